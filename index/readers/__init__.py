"""Readers, one module per format. A reader yields articles and problems; no file content makes it raise."""
