"""Reads articles into an archive and retrieves scored chunks from it. Imports nothing from the layers above."""
