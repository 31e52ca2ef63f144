"""Reports of a run on the terminal and as Markdown, JSON, JUnit XML or HTML, each a pure function of a ``View``."""
