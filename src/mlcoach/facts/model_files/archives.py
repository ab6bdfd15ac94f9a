"""Which model a zip holds."""

from __future__ import annotations

from . import torch
from .describe import Draft
from .reader import Source, Unreadable
from .zips import Archive


def read(source: Source, draft: Draft) -> None:
    """A zip of one of the known kinds. Raises Unreadable for any other."""
    archive = Archive(source, draft)
    if archive.find("data.pkl") or archive.find("archive_format"):
        torch.read_archive(archive, draft)
    else:
        archive.mention_nested(draft)
        raise Unreadable("a zip that holds no known model")
