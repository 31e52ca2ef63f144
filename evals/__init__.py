"""Evaluation of the chatbot: golden sets, runs, measures, judges, statistics, gates and reports."""
