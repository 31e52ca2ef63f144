"""Benchmarks: each module that has a ``main`` is a command, run with ``python -m evals.bench.NAME``."""
