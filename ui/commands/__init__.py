"""The commands of ``dateline``, one family a file, imported only when called."""
