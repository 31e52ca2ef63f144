"""Readers of published data: questions with articles (suites), and claims that people labelled (judge sets)."""
