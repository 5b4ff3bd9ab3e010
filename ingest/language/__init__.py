"""The shipped language model as a spaCy pipeline."""

import os

# onnxruntime sends usage data home unless this is set before it is first imported; newsgraph speaks to no one.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
