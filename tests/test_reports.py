"""Reports as text and JSON, the page of an item, and what makes repository text fit for a screen."""

from __future__ import annotations

import io
import os
import pty
import re
from pathlib import Path

import msgspec
import pytest

from mlcoach.checklist import merge
from mlcoach.checklist.report import Answer, ItemReport, Report, count, from_json, to_json
from mlcoach.reports import explain, paint, schema, text
from mlcoach.reports.escape import harmless, shorten, shorten_path, visible, width, wrap
from mlcoach.rule import Evidence, Finding, Item, Option, ask, done, missing, partial


def item(id: str, title: str, finding: Finding, answer: Answer | None = None, **more: object) -> ItemReport:
    about = Item(id=id, title=title, bullet=title, why="w", how=("h",), **more)  # type: ignore[arg-type]
    return merge.merge(about, finding, answer)


def report(*items: ItemReport, **more: object) -> Report:
    return Report(
        mlcoach="0.1.0",
        project="churn",
        root="/p",
        commit="3f2a9c1" + "0" * 33,
        branch="main",
        items=items,
        counts=count(items),
        sections=merge.sections(items),
        seconds=0.3,
        **more,  # type: ignore[arg-type]
    )


DEEP = "data/interim/a/very/long/folder/of/somebody/data.xml.dvc"
VERSIONED = item("data/versioning", "Data versioning", done("DVC tracks 3 outputs", [Evidence(DEEP, 1, note="out")]))
UNTESTED = item("programming/testing", "Code testing", missing("no test", ["tests/", "test_*.py"]), actions=("tests",))
DRAFTED = item(
    "scoping/objective",
    "Main objective",
    ask("the README may say it", draft="Predict churn\nso that we call", evidence=[Evidence("README.md", 3, note="x")]),
    kind="answered",
)
SOURCED = item(
    "data/sourcing",
    "Data sourcing",
    partial("one source", [Evidence("a.ipynb", cell=2, note="get")], options={"web": [Evidence("a.ipynb", cell=2)]}),
    options=(Option("web", "From the web"), Option("own", "Our own")),
)  # fmt: skip
FULL = report(DRAFTED, VERSIONED, SOURCED, UNTESTED, warnings=("x.ipynb: not valid JSON (line 1)",), changed=2)


# ---- the text report -----------------------------------------------------------------------------------------------


def row_of(title: str, page: str) -> str:
    return next(line for line in page.splitlines() if f" {title} " in line)


def test_each_item_is_a_row_with_state_evidence_and_summary() -> None:
    page = text.as_text(FULL, columns=120)
    assert re.search(r"✓ done +Data versioning +data/.*data\.xml\.dvc:1  DVC tracks 3 outputs", page)
    assert re.search(r"◐ partial +Data sourcing +a\.ipynb#cell 2  one source", page)
    assert re.search(r"✗ missing +Code testing +no test", page)
    assert re.search(r"\? ask +Main objective +README\.md:3  the README may say it", page)


def test_counts_stand_per_state_and_section() -> None:
    page = text.as_text(FULL)
    assert "\n1 of 4 done · 1 partial · 1 missing · 1 ask\n" in page
    assert "\nData  1 of 2 done · 1 partial\n" in page
    assert "%" not in page


def test_the_end_says_what_is_left_to_review_and_what_to_do_next() -> None:
    page = text.as_text(FULL)
    assert "1 only you can answer: scoping/objective" in page
    assert "x.ipynb: not valid JSON (line 1)" in page
    assert "mlcoach explain data/sourcing" in page
    assert "0.30 s" in page


def test_a_stale_answer_says_review_again() -> None:
    stale = item("data/eda", "EDA", missing("none", ["*.ipynb"]), Answer("waive", text="one-off", fingerprint="older"))
    page = text.as_text(report(stale))
    assert "review again: one-off" in row_of("EDA", page)
    assert "1 whose evidence changed after the review: data/eda" in page


@pytest.mark.parametrize("columns", [40, 60, 80, 100, 200])
@pytest.mark.parametrize("detail", [False, True])
def test_no_line_is_wider_than_asked(columns: int, detail: bool) -> None:
    wide = item(
        "data/etl", "ETL", missing("日本語の要約がここにあります、とても長いので切る必要があります" * 3, ["x" * 300])
    )
    said = item(
        "data/eda", "EDA", missing("n", ["x"]), Answer("waive", text="y " * 200, by="Ann " * 40, at="2025-03-01")
    )
    page = text.as_text(
        report(*FULL.items, wide, said, warnings=("w" * 300,), detected=("z" * 300,), dirty=True),
        columns=columns,
        detail=detail,
    )
    assert [line for line in page.splitlines() if width(line) > columns] == []


def test_a_long_path_keeps_its_end() -> None:
    assert re.search(r"…\S*\.dvc:1", text.as_text(FULL, columns=80))


def test_what_came_near_is_no_evidence_of_a_missing_item() -> None:
    near = item("data/eda", "EDA", missing("no plot", ["*.ipynb"]))
    near = msgspec.structs.replace(near, evidence=(Evidence("a.ipynb", cell=3, note="a table"),))
    assert "a.ipynb" not in text.as_text(report(near))
    assert "What came near\n    a.ipynb#cell 3  a table\n" in text.as_text(report(near), detail=True)


def test_a_commit_is_shown_by_its_first_figures() -> None:
    row = row_of("Git", text.as_text(report(item("data/eda", "Git", done("in git", [Evidence(ref="0123456789" * 4)])))))
    assert row.endswith("  01234567  in git")


def test_detail_shows_all_that_is_known() -> None:
    page = text.as_text(FULL, detail=True)
    for part in (
        "✓ done  Data versioning  data/versioning",
        "Draft of an answer\n    Predict churn\n    so that we call\n",
        "✓ found      From the web\n        a.ipynb#cell 2\n",
        "– not found  Our own",
        "Looked at\n    tests/, test_*.py\n",
        "mlcoach can help with\n    tests\n",
    ):
        assert part in page


def test_detail_says_who_overruled_what() -> None:
    answer = Answer("disagree", "the lake", "not-detected", "Ann <a@x>", "2025-03-01T10:00:00Z", line=7)
    page = text.as_text(report(item("data/versioning", "DV", missing("no", ["dvc"]), answer)), detail=True)
    assert (
        "Disagreed (not-detected) by Ann <a@x> on 2025-03-01\n    the lake\n    Without this answer it is missing."
        in page
    )
    assert "mlcoach.toml:7  the lake" in page


def test_nothing_from_the_repository_reaches_the_screen_unescaped() -> None:
    bad = "\x1b[2J\x07\u202e[red]\n"
    hostile = item(
        "data/eda",
        f"E{bad}",
        ask(f"s{bad}", draft=f"d{bad}", evidence=[Evidence(f"p{bad}", 1, note=f"n{bad}")], looked=[f"l{bad}"]),
        Answer("waive", text=f"t{bad}", by=f"b{bad}"),
    )
    nasty = msgspec.structs.replace(report(hostile), project=bad, branch=bad, detected=(bad,), warnings=(bad,))
    for detail in (False, True):
        page = text.as_text(nasty, detail=detail, columns=200)
        assert all(c.isprintable() or c == "\n" for c in page)
        assert "\\x1b[2J\\x07\\u202e[red]" in page


def test_an_empty_report_is_a_page_too() -> None:
    assert "0 of 0 done" in text.as_text(report())


# ---- streams -------------------------------------------------------------------------------------------------------


def on_terminal(lines: list[paint.Line], monkeypatch: pytest.MonkeyPatch, **environment: str) -> str:
    """What the lines look like as bytes on a real terminal."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"TERM": "xterm-256color", **environment}.items():
        monkeypatch.setenv(name, value)
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w", encoding="utf-8") as stream:
        paint.write(lines, stream)
        stream.flush()
        seen = os.read(ours, 65536).decode()
    os.close(ours)
    return seen.replace("\r\n", "\n")


LINES = [paint.line(("✓ done", "green"), "  [bold]x[/] :smile:"), (), paint.line("end " * 60)]


def test_a_terminal_gets_colours_and_no_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = on_terminal(LINES, monkeypatch)
    assert "\x1b[32m✓ done\x1b[0m  [bold]x[/] :smile:" in seen
    assert re.sub(r"\x1b\[[0-9;]*m", "", seen).rstrip() == paint.plain(LINES).rstrip(), "the same words, unwrapped"


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colours_can_be_refused(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]) -> None:
    assert on_terminal(LINES, monkeypatch, **environment) == paint.plain(LINES)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437"])
def test_any_encoding_can_take_the_report(encoding: str) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    paint.write([paint.line("✓ ✗ – · … é 日 \udcff")], stream)
    stream.flush()
    written = stream.buffer.getvalue().decode(encoding)  # type: ignore[attr-defined]
    assert written.startswith("+ x - | ~ ")
    assert "\\u65e5" in written


def test_the_width_is_the_environments_the_terminals_or_80(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "123")
    assert paint.columns(io.StringIO()) == 123
    monkeypatch.setenv("COLUMNS", "x")
    assert paint.columns(io.StringIO()) == 80


# ---- escape --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain é 日 😀", "plain é 日 😀"),
        ("a\tb\nc\r", r"a\tb\nc\r"),
        ("\x1b]0;x\x07", r"\x1b]0;x\x07"),
        ("\x9b2J", r"\x9b2J"),
        ("caf\udce9", r"caf\xe9"),
        ("\ud800", r"\ud800"),
        ("a\u202eb\u200b", r"a\u202eb\u200b"),
        ("back\\slash", "back\\slash"),
        ("no\u00a0break", "no\u00a0break"),
    ],
)
def test_control_characters_are_shown_as_escapes(raw: str, shown: str) -> None:
    assert visible(raw) == shown


def test_widths_count_columns() -> None:
    assert [width(part) for part in ("abc", "日本", "e\u0301", "")] == [3, 4, 1, 0]


@pytest.mark.parametrize("columns", range(12))
def test_shortening_never_takes_more_columns(columns: int) -> None:
    for sample in ("a/long/path.py:12", "日本語の長い名前", "e\u0301" * 20):
        assert width(shorten(sample, columns)) <= columns
        assert width(shorten_path(sample, columns)) <= columns
        assert all(width(line) <= max(columns, 2) for line in wrap(sample, columns))


def test_shortening_shows_the_cut() -> None:
    assert shorten("a sentence that goes on", 12) == "a sentence…"
    assert shorten_path("src/package/module.py:120", 16) == "src/p…ule.py:120"
    assert shorten("fits", 4) == shorten_path("fits", 4) == "fits"


def test_wrapping_keeps_words_and_line_breaks() -> None:
    assert wrap("one two three\nfour\x07", 8) == ["one two", "three", "four\\x07"]
    assert wrap("abcdefghij", 4) == ["abcd", "efgh", "ij"]
    assert wrap("", 4) == [""]


# ---- JSON ----------------------------------------------------------------------------------------------------------


def test_json_comes_back_as_the_same_report() -> None:
    assert from_json(to_json(FULL)) == FULL


def test_json_holds_nothing_that_a_terminal_obeys() -> None:
    odd = msgspec.structs.replace(FULL, project="\x1b[2J \x9b2J \x7f \u202e \u2066 é 日 😀")
    safe = harmless(to_json(odd))
    assert from_json(safe) == odd
    assert all(c.isprintable() or c == "\n" for c in safe.decode())
    assert "é 日 😀" in safe.decode()


def test_names_that_are_not_unicode_do_not_break_json() -> None:
    odd = report(item("data/eda", "EDA", done("s", [Evidence("caf\udce9.ipynb")])))
    assert from_json(to_json(odd)).items[0].evidence[0].path == "caf\\udce9.ipynb"


def test_the_published_schema_is_current() -> None:
    published = Path(__file__).parent.parent / "docs/report.schema.json"
    assert published.read_text() == schema.as_text(), "run: python -m mlcoach.reports.schema > docs/report.schema.json"


def test_the_schema_names_every_field_that_json_has() -> None:
    parts = schema.schema()["$defs"]
    data = msgspec.json.decode(to_json(FULL))
    assert set(data) == set(parts["Report"]["properties"])
    assert set(data["items"][0]) == set(parts["ItemReport"]["properties"])


# ---- explain -------------------------------------------------------------------------------------------------------

DOC = """Data versioning.

    What counts
    -----------
    Data files under a tool that keeps
    their versions:

    - DVC
      outputs
    - git-lfs

    What does not:
        Data in plain git.

    ## Known problems
    A lake elsewhere is not seen.

    **Next step:** `dvc add data`
    """
ABOUT = Item(
    id="data/versioning",
    title="Data versioning",
    bullet="Data versioning, for short",
    why="A result can be repeated only on the data that gave it.",
    how=("Run `dvc init`", "Run `dvc add data`"),
    references=("https://dvc.org/doc",),
    options=(Option("dvc", "DVC"),),
    actions=("track-data",),
)


def test_docstrings_are_read_by_their_headings() -> None:
    intro, parts = explain.sections(DOC)
    assert intro == "Data versioning."
    assert parts == {
        "What counts": "Data files under a tool that keeps\ntheir versions:\n\n- DVC\n  outputs\n- git-lfs",
        "What does not": "Data in plain git.",
        "Known problems": "A lake elsewhere is not seen.",
        "Next step": "`dvc add data`",
    }


def test_the_page_of_an_item_has_all_that_is_known() -> None:
    assert (
        explain.as_text(ABOUT, DOC, columns=60)
        == """\
Data versioning  data/versioning
Data versioning, for short

read from the repository · from the stage mvp on

Why it matters
  A result can be repeated only on the data that gave it.

What counts
  Data files under a tool that keeps their versions:

  - DVC outputs
  - git-lfs

What does not
  Data in plain git.

Known problems
  A lake elsewhere is not seen.

Options, found one by one
  - DVC (dvc)

How to do it
  1. Run `dvc init`
  2. Run `dvc add data`

Next step
  `dvc add data`

mlcoach can help with
  track-data

References
  - https://dvc.org/doc
"""
    )


def test_a_rule_without_a_docstring_still_has_a_page() -> None:
    page = explain.as_text(ABOUT, None, columns=40)
    assert "Why it matters" in page
    assert "What counts" not in page
    assert max(map(len, page.splitlines())) <= 40
