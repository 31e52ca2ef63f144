"""Gradio components of ours: panes of HTML that open articles, and a native date field."""
