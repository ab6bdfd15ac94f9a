"""The words of a paper that TeX has set."""

import zlib

from mlcoach.facts.pdf import read_pdf


def pdf(*pages: bytes) -> bytes:
    streams = (b"<< /Filter /FlateDecode >>\nstream\n" + zlib.compress(page) + b"\nendstream\n" for page in pages)
    return b"%PDF-1.5\n" + b"".join(streams) + b"<< /Producer (pdfTeX-1.40) >>\n%%EOF"


def test_pieces_are_joined_and_gaps_part_words():
    assert read_pdf(pdf(b"BT /F1 10 Tf [(W)80(e)-333(train)]TJ ET")).split() == ["We", "train"]


def test_lines_hyphens_ligatures_and_escapes():
    page = rb"BT (an anno-)Tj 0 -12 Td (tated \(new\) \034eld)Tj ET"
    assert read_pdf(pdf(page)).strip() == "an annotated (new) field"


def test_glyph_numbers_are_no_text():
    assert read_pdf(pdf(b"BT (\x06\x15\x10\x07\x19\x10\x11\x06)Tj ET")) == ""


def test_pages_follow_one_another():
    assert read_pdf(pdf(b"BT (one)Tj ET", b"BT (two)Tj ET")).split() == ["one", "two"]


def test_another_programs_pdf_gives_none():
    assert read_pdf(pdf(b"BT (one)Tj ET").replace(b"pdfTeX", b"Word")) == ""


def test_what_holds_no_text_gives_none():
    assert read_pdf(b"") == ""
    assert read_pdf(b"%PDF-1.5 TeX\nstream\nnot compressed\nendstream") == ""
    assert read_pdf(pdf(b"0 0 m 1 1 l S")) == ""


def test_a_bomb_is_inflated_up_to_a_limit_only():
    assert len(read_pdf(pdf(b"BT (a)Tj ET" + b" " * 10_000_000, b"BT (b)Tj ET"))) < 100
