"""Data files: known by name and size, never read whole."""

from __future__ import annotations

import msgspec


class DataFile(msgspec.Struct, frozen=True):
    path: str
    format: str
    size: int  # bytes
