"""Which model a zip holds."""

from __future__ import annotations

from . import keras, pickled, skops, tensors, torch
from .describe import Draft
from .reader import Source, Unreadable
from .zips import Archive

MOST_ARRAYS = 1_000
MOST_PICKLES = 20


def read(source: Source, draft: Draft) -> None:
    """A zip of one of the known kinds, told by its members. Raises Unreadable for any other."""
    archive = Archive(source, draft)
    names = [member.name for member in archive.members]
    if archive.find("data.pkl") or archive.find("archive_format"):
        torch.read_archive(archive, draft)
    elif archive.find("config.json") and (archive.find("metadata.json") or archive.find("model.weights.h5")):
        keras.read_archive(archive, draft)
    elif "schema.json" in names:
        skops.read(archive, draft)
    elif names and all(name.endswith(".npy") for name in names):
        _arrays(archive, draft)
    else:
        _unknown(archive, draft)


def _arrays(archive: Archive, draft: Draft) -> None:
    """An .npz: the type and shape of each array."""
    draft.format = "npz"
    for member in archive.members[:MOST_ARRAYS]:
        name = member.name.removesuffix(".npy")
        draft.metadata[name] = tensors.written(tensors.array(archive.open(member), draft))
    draft.partly = draft.partly or len(archive.members) > MOST_ARRAYS


def _unknown(archive: Archive, draft: Draft) -> None:
    """Some other zip: what is pickled in it is still told, one level deep."""
    pickles = [m for m in archive.members if m.name.lower().endswith((".pkl", ".pickle", ".joblib"))]
    for member in pickles[:MOST_PICKLES]:
        draft.format = "zip"
        try:
            pickled.read_part(archive.open(member), draft)
        except Unreadable as error:
            draft.trouble(f"{member.name}: {error}", partly=True)
    if len(pickles) > MOST_PICKLES:
        draft.partly = True
    archive.mention_nested(draft)
    if not pickles:
        raise Unreadable("a zip that holds no known model")
