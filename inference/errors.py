"""What can go wrong while measuring. Knows nothing of how it is shown; `str(error)` is safe to log."""

from __future__ import annotations


class InferenceError(Exception):
    """Anything this library raises on purpose."""


class ModelFileMissing(InferenceError):
    """A file that the contract names is not there."""


class ModelFileChanged(InferenceError):
    """A file is there, but is not the one that the contract was written for."""


class RuntimeNotInstalled(InferenceError):
    """The library that was to run the network is not there."""


class UnreadableInput(InferenceError):
    """A path given on the command line holds nothing that can be read as faces, images or clips."""
