"""Trained-model files, described from their bytes alone: nothing they name is imported, nothing is unpickled."""

from __future__ import annotations

from .describe import ModelFile
from .files import inspect_stream
from .kinds import model_format
from .paths import inspect_path

__all__ = ["ModelFile", "inspect_path", "inspect_stream", "model_format"]
