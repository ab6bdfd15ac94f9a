"""Comments and strings are blanked, and nothing else moves."""

import pytest

from mlcoach.facts.lexer import read_source, string_value


def code(text: str) -> str:
    return read_source(text.encode()).code.decode()


@pytest.mark.parametrize(
    ("text", "blanked"),
    [
        ("x = 1  # KFold", "x = 1         "),
        ("x = 'KFold'", 'x = "     "'),
        ('x = "a\\"b" + y', 'x = "    " + y'),
        ("'''a\nb''' + z", '"   \n   " + z'),
        ("x = 'open\ny = 1", 'x = "   "\ny = 1'),
        ("x = '#' + y", 'x = " " + y'),
        ("f'a {fit(x)} b'", 'f"   fit(x)   "'),
        ("rf'{d[\"a\"]}{y}'", 'rf" d[" "]  y "'),
        ("f'{{no}}'", 'f"      "'),
        ("'{no}'", '"    "'),
        ("of'{no}'", 'of"    "'),
    ],
)
def test_strings_and_comments_become_blank(text, blanked):
    assert code(text) == blanked


def test_length_and_lines_stay():
    text = 'def f():\n    """Doc\n\n    more"""\n    return "é" # ü\n'
    source = read_source(text.encode())
    assert len(source.code) == len(source.raw)
    assert source.code.count(b"\n") == source.raw.count(b"\n")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ('"""Module"""\nx = 1', []),
        ("def f():\n    r'''Doc'''\n    return 'v'", ["v"]),
        ('run(\n    """SELECT 1"""\n)', ["SELECT 1"]),
        ('q = """SELECT 1"""', ["SELECT 1"]),
        ("x = ''", [""]),
        ('def f():\n    return """text"""', ["text"]),
    ],
)
def test_docstrings_are_not_values(text, values):
    source = read_source(text.encode())
    assert [string_value(source.raw[start:end]) for start, end in source.strings] == values


def test_an_unclosed_string_ends_with_its_file():
    assert code('x = """never closed\nKFold') == 'x = "' + " " * 14 + '\n    "'


def test_a_line_is_counted_from_one():
    source = read_source(b"a\nbb\nc")
    assert [source.line(0), source.line(2), source.line(5)] == [1, 2, 3]
    assert source.text(2) == "bb"
