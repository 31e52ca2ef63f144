"""Reports of one run: terminal, Markdown, JSON, JUnit XML and a page. Each a pure function of a ``View``."""
