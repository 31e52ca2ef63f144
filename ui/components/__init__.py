"""The Gradio components of the page and their listeners."""
