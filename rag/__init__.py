"""Answers a question with a cited, verified reply."""
