"""Measure an expression pattern from face frames. Knows nothing of Django, Celery, students or LTI.

Importing this package is cheap; the heavy libraries are opened by `Analyser.load`.
"""

from inference.analyser import Analyser
from inference.errors import InferenceError, ModelFileChanged, ModelFileMissing, RuntimeNotInstalled
from inference.measurement import Measurement
from inference.runtimes import Runtime

__all__ = [
    "Analyser",
    "InferenceError",
    "Measurement",
    "ModelFileChanged",
    "ModelFileMissing",
    "Runtime",
    "RuntimeNotInstalled",
]
