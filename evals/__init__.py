"""Measures the chatbot: golden sets, runs, measures, judges, statistics, gates, reports."""
