"""The command line and the chat window."""

import os

# Must be set before gradio is imported anywhere: by default it reports every start to its developers.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
