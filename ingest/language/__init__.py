"""The shipped language model as a spaCy pipeline."""

import os
import sys
from importlib import import_module
from types import ModuleType

# onnxruntime sends usage data home unless this is set before it is first imported; newsgraph speaks to no one.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"


def _import_spacy() -> None:
    """Import spaCy without its command line, which nobody here asks for: 0.13 of 0.46 s and 18 MB of each process.

    The one function of it that spaCy itself shows, `spacy.info`, imports it when it is called.
    """
    name = "spacy.cli.info"
    later = ModuleType(name)
    later.info = lambda *given, **named: import_module(name).info(*given, **named)  # type: ignore[attr-defined]
    sys.modules[name] = later
    try:
        import_module("spacy")
    finally:
        del sys.modules[name]


if "spacy" not in sys.modules:
    _import_spacy()
