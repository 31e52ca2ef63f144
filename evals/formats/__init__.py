"""Readers of published data: questions with articles (suites), and claims labelled by people (judge sets)."""
