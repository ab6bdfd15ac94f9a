"""The words of a paper that TeX has set: its fonts spell plain letters, where other programs number their glyphs.

Nothing is rendered and nothing is run: compressed streams are inflated up to a limit, and the operators that show text
are read out. The order of the pages is the order in the file.
"""

from __future__ import annotations

import re
import zlib

INFLATED = 4_000_000  # bytes read out of one file's streams
STREAMS = 400

STREAM = re.compile(rb"(?<!end)stream\r?\n")
TOKEN = re.compile(rb"\((?:\\.|[^\\()]){0,2000}\)|[-+]?\d{1,9}(?:\.\d{0,6})?|\b(?:Td|TD|Tm|ET)\b|T\*|'", re.DOTALL)
ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
LIGATURES = str.maketrans(
    {"\x0b": "ff", "\x0c": "fi", "\r": "fl", "\x0e": "ffi", "\x0f": "ffl"}
    | {"\x1b": "ff", "\x1c": "fi", "\x1d": "fl", "\x1e": "ffi", "\x1f": "ffl"}
)
PLAIN = re.compile(r"[A-Za-z \n,.]")
HYPHENATED = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
GAP = -200  # thousandths of the letter size between two pieces; more than that parts words


def read_pdf(raw: bytes) -> str:
    """Lines of text; empty when there are none to read, or TeX has not set them. Raises nothing."""
    if b"TeX" not in raw:
        return ""
    pages = (page_text(stream) for stream in inflated(raw))
    return HYPHENATED.sub("", "\n\n".join(filter(None, pages)))


def inflated(raw: bytes) -> list[bytes]:
    """Streams that hold text operators."""
    room, found = INFLATED, []
    for start in list(STREAM.finditer(raw))[:STREAMS]:
        if room <= 0:
            break
        try:
            stream = zlib.decompressobj().decompress(raw[start.end() : start.end() + INFLATED], room)
        except zlib.error:
            continue
        room -= len(stream)
        if b"BT" in stream and (b"TJ" in stream or b"Tj" in stream):
            found.append(stream)
    return found


def page_text(stream: bytes) -> str:
    parts: list[str] = []
    numbers: list[float] = []
    for token in TOKEN.finditer(stream):
        match token[0]:
            case word if word.startswith(b"("):
                parts.append(shown(word[1:-1]))
            case b"Td" | b"TD":
                parts.append(" " if len(numbers) > 1 and abs(numbers[-1]) < 0.5 else "\n")
                numbers.clear()
            case b"Tm" | b"T*" | b"'" | b"ET":
                parts.append("\n")
                numbers.clear()
            case number:
                numbers.append(float(number))
                if numbers[-1] < GAP:
                    parts.append(" ")
    text = "".join(parts).translate(LIGATURES)
    return text if len(PLAIN.findall(text)) > 0.7 * len(text) else ""


def shown(piece: bytes) -> str:
    return ESCAPE.sub(unescaped, piece).decode("latin-1").replace("\n", " ")


def unescaped(code: re.Match[bytes]) -> bytes:
    if code[1][0] in b"01234567":
        return bytes([int(code[1], 8) & 255])
    return b" " if code[1] in b"nrtbf\n\r" else code[1]
