"""The command line and the chat window."""

import os

# Here, because it has to be said before gradio is imported anywhere: it reports every start to its makers otherwise.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
