"""Articles in, scored chunks out. Knows nobody above it."""
