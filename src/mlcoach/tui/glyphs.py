"""The signs of the screen: one cell wide each, in Unicode or, where the terminal cannot show it, in ASCII."""

from __future__ import annotations

import os
import sys

import msgspec

from mlcoach.reports.text import GLYPHS
from mlcoach.rule import State


class Glyphs(msgspec.Struct, frozen=True):
    states: dict[State, str]
    reviewed: str
    marked: str
    cursor: str
    folded: str
    unfolded: str
    more: str
    running: str
    waiting: str
    arrow: str
    dash: str
    full: str
    empty: str
    ascii: bool


UNICODE = Glyphs(
    states=GLYPHS,
    reviewed="·", marked="*", cursor=">", folded="▸", unfolded="▾", more="…", running="▶", waiting="·", arrow="→",
    dash="–", full="█", empty="░", ascii=False,
)  # fmt: skip
ASCII = Glyphs(
    states={"done": "+", "partial": "~", "missing": "x", "ask": "?", "na": "-", "waived": "w"},
    reviewed=".", marked="*", cursor=">", folded=">", unfolded="v", more="~", running=">", waiting=".", arrow="->",
    dash="-", full="#", empty=".", ascii=True,
)  # fmt: skip

# Words and colours go together with the glyph: a state is never a colour alone.
WORDS: dict[State, str] = {
    "done": "done",
    "partial": "partial",
    "missing": "missing",
    "ask": "ask",
    "na": "n/a",
    "waived": "waived",
}
MUTED = "$foreground 70%"
HEAD = "bold $text-primary"
KEY = "bold $text-accent"
COLOURS: dict[State, str] = {
    "done": "$text-success",
    "partial": "$text-warning",
    "missing": "$text-error",
    "ask": "$text-primary",
    "na": "$foreground 70%",
    "waived": "$foreground 70%",
}


def choose() -> Glyphs:
    """Unicode, unless the terminal's encoding says that it cannot show it."""
    encoding = getattr(sys.__stderr__, "encoding", None) or "utf-8"
    locale = next((value for name in ("LC_ALL", "LC_CTYPE", "LANG") if (value := os.environ.get(name))), "utf-8")
    able = "utf" in encoding.lower() and "utf" in locale.lower()
    return UNICODE if able else ASCII
