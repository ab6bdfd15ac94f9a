"""Answers in mlcoach.toml: what is read, what a change leaves alone, and what an answer makes of a finding."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import msgspec
import pytest

from mlcoach.checklist import answers, merge
from mlcoach.checklist.answers import AnswersError
from mlcoach.checklist.report import Answer, Report, count
from mlcoach.rule import Evidence, Finding, Item, Option, ask, done, missing, na, partial

ANN = Answer("agree", by="Ann Lee <ann@example.org>", at="2025-03-01T09:30:00Z", fingerprint="5e0c7a91d2f4")
BOTH = """\
# Our answers.

[settings]  # how we work
colour = "blue"

# agreed in the March review
[answers."data/versioning"]
kind = "agree"   # all of us
by = "Ann"

# the rest
[answers.'data/eda']
kind = "waive"
text = '''
Not
[answers."data/etl"]
here'''

# tools
[tool.x]
y = 1
"""


def write(root: Path, text: str) -> Path:
    path = root / "mlcoach.toml"
    path.write_text(text)
    return path


# ---- reading -------------------------------------------------------------------------------------------------------


def test_no_file_holds_no_answers(tmp_path: Path) -> None:
    assert answers.load(tmp_path) == {}


def test_answers_are_read_with_their_lines(tmp_path: Path) -> None:
    write(tmp_path, BOTH)
    found = answers.load(tmp_path)
    assert found == {
        "data/versioning": Answer("agree", by="Ann", line=7),
        "data/eda": Answer("waive", text='Not\n[answers."data/etl"]\nhere', line=12),
    }


def test_a_date_without_quotes_is_a_date_too(tmp_path: Path) -> None:
    write(tmp_path, '[answers."data/eda"]\nkind = "agree"\nat = 2025-03-01T09:30:00Z\n')
    assert answers.load(tmp_path)["data/eda"].at == "2025-03-01T09:30:00+00:00"


def test_windows_line_ends_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    (tmp_path / "mlcoach.toml").write_bytes(b'\xef\xbb\xbf[answers."data/eda"]\r\nkind = "agree"\r\n')
    assert answers.load(tmp_path)["data/eda"].kind == "agree"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b'a = 1\n[answers."x"\nkind = "agree"\n', "line 2: not valid TOML"),
        (b'a = "', "not valid TOML"),
        (b'a = 1\nb = "\xff"\n', "line 2: not UTF-8"),
        (b"answers = 3\n", "answers is not a table"),
        (b'[answers."data/eda"]\nkind = "aggree"\n', "line 1: the answer to data/eda: kind is 'aggree'; write one"),
        (b'[answers]\n"data/eda" = "yes"\n', "the answer to data/eda: is not a table"),
        (b'[answers."data/eda"]\nkind = "waive"\ntext = 3\n', "text is not text; put it in quotes"),
        (b'[answers."data/eda"]\nkind = "disagree"\nreason = "no"\n', "reason is 'no'; write one of not-detected"),
    ],
)  # fmt: skip
def test_a_broken_file_says_where_and_what_to_do(tmp_path: Path, data: bytes, says: str) -> None:
    (tmp_path / "mlcoach.toml").write_bytes(data)
    with pytest.raises(AnswersError, match=r"^mlcoach\.toml") as caught:
        answers.load(tmp_path)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_one_mistyped_answer_leaves_the_others(tmp_path: Path) -> None:
    write(tmp_path, '[answers."a/b"]\nkind = "no"\n[answers."a/c"]\nkind = "no"\n[answers."a/d"]\nkind = "agree"\n')
    with pytest.raises(AnswersError, match=r"and 1 more") as caught:
        answers.load(tmp_path)
    assert list(caught.value.answers) == ["a/d"]


def test_a_named_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "mlcoach.toml")
    with pytest.raises(AnswersError, match="not a regular file"):
        answers.load(tmp_path)


# ---- writing -------------------------------------------------------------------------------------------------------


def test_a_first_answer_makes_the_file(tmp_path: Path) -> None:
    answers.save(tmp_path, {"data/versioning": ANN})
    assert (tmp_path / "mlcoach.toml").read_text() == (
        '[answers."data/versioning"]\n'
        'kind = "agree"\n'
        'by = "Ann Lee <ann@example.org>"\n'
        'at = "2025-03-01T09:30:00Z"\n'
        'fingerprint = "5e0c7a91d2f4"\n'
    )
    assert answers.load(tmp_path) == {"data/versioning": msgspec.structs.replace(ANN, line=1)}
    assert os.listdir(tmp_path) == ["mlcoach.toml"]


def test_a_change_keeps_every_other_line(tmp_path: Path) -> None:
    path = write(tmp_path, BOTH)
    answers.save(tmp_path, {"data/versioning": Answer("waive", text="No", by="Ann")})
    assert path.read_text() == BOTH.replace(
        'kind = "agree"   # all of us\nby = "Ann"\n', 'kind = "waive"   # all of us\nby = "Ann"\ntext = "No"\n'
    )


def test_a_new_answer_follows_the_last_one_above_the_comment_of_what_comes_next(tmp_path: Path) -> None:
    path = write(tmp_path, BOTH)
    answers.save(tmp_path, {"data/cleaning": Answer("agree")})
    assert path.read_text() == BOTH.replace(
        "here'''\n", "here'''\n\n[answers.\"data/cleaning\"]\nkind = \"agree\"\n"
    )  # fmt: skip


def test_removing_an_answer_leaves_the_comments_around_it(tmp_path: Path) -> None:
    path = write(tmp_path, BOTH)
    answers.save(tmp_path, {"data/versioning": None})
    assert path.read_text() == BOTH.replace(
        '[answers."data/versioning"]\nkind = "agree"   # all of us\nby = "Ann"\n\n', ""
    )
    assert list(answers.load(tmp_path)) == ["data/eda"]


def test_what_was_added_and_removed_again_leaves_the_answers_of_others(tmp_path: Path) -> None:
    path = write(tmp_path, BOTH)
    answers.save(tmp_path, {"data/etl": ANN, "data/cleaning": ANN})
    answers.save(tmp_path, {"data/etl": None, "data/cleaning": None})
    assert tomllib.loads(path.read_text()) == tomllib.loads(BOTH)
    for line in BOTH.splitlines():
        assert line in path.read_text().splitlines()


def test_removing_what_is_not_there_writes_nothing(tmp_path: Path) -> None:
    answers.save(tmp_path, {"data/eda": None})
    assert not (tmp_path / "mlcoach.toml").exists()


@pytest.mark.parametrize(
    "text",
    [
        '[answers]\n"data/eda" = { kind = "agree", by = "A" }  # short\n',
        'answers."data/eda".kind = "agree"\nanswers."data/eda".by = "A"\n',
        'answers = { "data/eda" = { kind = "agree" } }\n',
        '[answers."data/eda"]\nkind = "agree"\n[answers."data/eda".ours]\nx = 1\n',
        '[answers."data/eda"]\nkind = "agree"\n[z]\nb = 1\n[answers."data/etl"]\nkind = "agree"',
    ],
)
def test_other_ways_to_write_an_answer_can_be_changed_and_removed(tmp_path: Path, text: str) -> None:
    write(tmp_path, text)
    answers.save(tmp_path, {"data/eda": Answer("waive", text="why")})
    changed = answers.load(tmp_path)["data/eda"]
    assert (changed.kind, changed.text) == ("waive", "why")
    answers.save(tmp_path, {"data/eda": None})
    assert "data/eda" not in answers.load(tmp_path)


def test_a_file_without_a_last_newline_can_grow(tmp_path: Path) -> None:
    path = write(tmp_path, "[settings]\nx = 1")
    answers.save(tmp_path, {"data/eda": Answer("agree")})
    assert path.read_text() == '[settings]\nx = 1\n\n[answers."data/eda"]\nkind = "agree"\n'


@pytest.mark.parametrize(
    "text",
    [
        "two\nlines",
        "\nfirst line empty",
        'quotes """ and\n"""',
        "back\\slash\nC:\\new",
        "ends in a quote\n\"",
        "\x1b[31mred\x1b[0m\x00\x7f\nx",
        "[answers.\"data/eda\"]\nkind = 'x'",
        "naïve 日本\u202e",
        "tab\there",
    ],
)  # fmt: skip
def test_any_text_comes_back_as_it_was(tmp_path: Path, text: str) -> None:
    answers.save(tmp_path, {"scoping/objective": Answer("answer", text=text), "data/eda": Answer("agree")})
    answers.save(tmp_path, {"data/eda": Answer("waive", text="later")})
    found = answers.load(tmp_path)
    assert found["scoping/objective"].text == text
    assert found["data/eda"].text == "later"


def test_an_id_with_quotes_and_line_ends_comes_back(tmp_path: Path) -> None:
    answers.save(tmp_path, {'odd"\n\\id': Answer("agree")})
    answers.save(tmp_path, {'odd"\n\\id': Answer("waive", text="x"), "data/eda": Answer("agree")})
    assert {id: answer.kind for id, answer in answers.load(tmp_path).items()} == {
        'odd"\n\\id': "waive",
        "data/eda": "agree",
    }


def test_windows_line_ends_stay(tmp_path: Path) -> None:
    path = tmp_path / "mlcoach.toml"
    path.write_bytes(b'# us\r\n[answers."data/eda"]\r\nkind = "agree"\r\n')
    answers.save(tmp_path, {"data/etl": Answer("agree")})
    assert path.read_bytes() == (
        b'# us\r\n[answers."data/eda"]\r\nkind = "agree"\r\n\r\n[answers."data/etl"]\r\nkind = "agree"\r\n'
    )


def test_the_mode_stays(tmp_path: Path) -> None:
    path = write(tmp_path, "")
    path.chmod(0o640)
    answers.save(tmp_path, {"data/eda": ANN})
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_link_inside_the_project_is_written_through(tmp_path: Path) -> None:
    (tmp_path / "conf").mkdir()
    target = tmp_path / "conf/answers.toml"
    target.write_text("x = 1\n")
    (tmp_path / "mlcoach.toml").symlink_to("conf/answers.toml")
    answers.save(tmp_path, {"data/eda": ANN})
    assert (tmp_path / "mlcoach.toml").is_symlink()
    assert "data/eda" in target.read_text()


def test_a_link_out_of_the_project_is_neither_read_nor_written(tmp_path: Path) -> None:
    outside = tmp_path / "secret.toml"
    outside.write_text("x = 1\n")
    root = tmp_path / "project"
    root.mkdir()
    (root / "mlcoach.toml").symlink_to(outside)
    with pytest.raises(AnswersError, match="leaves the project"):
        answers.load(root)
    with pytest.raises(AnswersError, match="leaves the project"):
        answers.save(root, {"data/eda": ANN})
    assert outside.read_text() == "x = 1\n"


def test_a_broken_file_is_not_written_over(tmp_path: Path) -> None:
    path = write(tmp_path, "[answers\n")
    with pytest.raises(AnswersError, match="line 1"):
        answers.save(tmp_path, {"data/eda": ANN})
    assert path.read_text() == "[answers\n"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(AnswersError, match="cannot open the folder"):
        answers.save(tmp_path / "gone", {"data/eda": ANN})


def test_a_link_to_nowhere_gives_a_readable_error(tmp_path: Path) -> None:
    (tmp_path / "mlcoach.toml").symlink_to("gone/answers.toml")
    with pytest.raises(AnswersError, match=r"cannot write mlcoach\.toml: No such file"):
        answers.save(tmp_path, {"data/eda": ANN})


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_write_permission_gives_a_readable_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(AnswersError, match=r"cannot write mlcoach\.toml: Permission denied"):
            answers.save(tmp_path, {"data/eda": ANN})
    finally:
        tmp_path.chmod(0o700)


def test_two_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from mlcoach.checklist import answers as a\n"
        "for n in range(15): a.save(Path(sys.argv[1]), {f'{sys.argv[2]}/{n}': a.Answer('agree')})"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), name]) for name in ("one", "two")]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    assert set(answers.load(tmp_path)) == {f"{name}/{n}" for name in ("one", "two") for n in range(15)}


# ---- who -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CONFIG_HOME", "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL"):
        monkeypatch.delenv(name, raising=False)
    return home


def test_identity_is_the_repositorys_then_the_persons(tmp_path: Path, home: Path) -> None:
    (home / ".gitconfig").write_text("[user]\n\tname = Ann Lee\n\temail = ann@home.example\n")
    assert answers.identity(tmp_path) == "Ann Lee <ann@home.example>"
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    subprocess.run(["git", "-C", str(tmp_path), "config", "user.email", "ann@work.example"], check=True)
    assert answers.identity(tmp_path) == "Ann Lee <ann@work.example>"


def test_identity_without_a_git_user_is_user_at_host(tmp_path: Path, home: Path) -> None:
    user, _, host = answers.identity(tmp_path).partition("@")
    assert user
    assert host


# ---- merging -------------------------------------------------------------------------------------------------------

TRACKED = done("DVC tracks 2 files", [Evidence("data.dvc", 3, note="tracked")])
NOTHING = missing("no data-versioning tool", ["*.dvc"])
WEAK = partial("tests that CI never runs", [Evidence("tests/test_a.py", 1, note="a test")])
DRAFT = ask("the README may say it", draft="Predict churn", evidence=[Evidence("README.md", 4, note="objective")])
SILENT = ask("nothing says it")
NONE = na("no data in this project")
ITEM = Item(id="data/versioning", title="Data versioning", bullet="Data versioning", why="w", how=("h",))
OPEN = Item(id="scoping/objective", title="Objective", bullet="?", kind="answered", why="w", how=("h",))


@pytest.mark.parametrize(
    ("finding", "answer", "state"),
    [
        (TRACKED, None, "done"),
        (TRACKED, Answer("agree"), "done"),
        (NOTHING, Answer("agree"), "missing"),
        (WEAK, Answer("agree"), "partial"),
        (NONE, Answer("agree"), "na"),
        (NOTHING, Answer("disagree", reason="not-detected"), "done"),
        (WEAK, Answer("disagree", reason="not-detected"), "done"),
        (TRACKED, Answer("disagree", reason="wrong-evidence"), "missing"),
        (WEAK, Answer("disagree", reason="wrong-evidence"), "missing"),
        (NOTHING, Answer("disagree", reason="wrong-evidence"), "missing"),
        (TRACKED, Answer("disagree", reason="not-applicable"), "na"),
        (NOTHING, Answer("disagree", reason="other", text="hm"), "missing"),
        (NOTHING, Answer("waive", text="one-off"), "waived"),
        (NOTHING, Answer("answer", text="yes"), "missing"),
        (SILENT, Answer("answer", text="yes"), "done"),
    ],
)
def test_a_person_wins(finding: Finding, answer: Answer | None, state: str) -> None:
    merged = merge.merge(ITEM, finding, answer)
    assert (merged.state, merged.inferred) == (state, finding.state)
    assert merged.state != "done" or merged.evidence


@pytest.mark.parametrize(
    ("finding", "answer", "state"),
    [
        (DRAFT, None, "ask"),
        (DRAFT, Answer("agree"), "done"),
        (SILENT, Answer("agree"), "ask"),
        (DRAFT, Answer("answer", text="Keep customers"), "done"),
        (SILENT, Answer("answer", text="Keep customers"), "done"),
        (DRAFT, Answer("disagree", reason="wrong-evidence"), "ask"),
        (DRAFT, Answer("agree", fingerprint="older"), "ask"),
        (SILENT, Answer("agree", text="Predict churn", fingerprint="older"), "done"),
    ],
)
def test_what_only_a_person_can_say(finding: Finding, answer: Answer | None, state: str) -> None:
    assert merge.merge(OPEN, finding, answer).state == state


def test_the_evidence_of_a_persons_word_is_its_line_in_mlcoach_toml() -> None:
    merged = merge.merge(ITEM, NOTHING, Answer("disagree", reason="not-detected", text="the lake\nhas them", line=12))
    assert merged.evidence == (Evidence("mlcoach.toml", 12, note="the lake has them", confidence=1.0),)
    assert merge.headline(merged) == "the lake has them"


def test_the_headline_is_the_rules_unless_a_person_decided() -> None:
    assert merge.headline(merge.merge(ITEM, TRACKED, None)) == "DVC tracks 2 files"
    assert merge.headline(merge.merge(ITEM, TRACKED, Answer("agree"))) == "DVC tracks 2 files"
    assert merge.headline(merge.merge(ITEM, NOTHING, Answer("waive", text="one-off"))) == "one-off"
    assert merge.headline(merge.merge(OPEN, DRAFT, Answer("agree"))) == "Predict churn"


def test_other_evidence_asks_for_another_review() -> None:
    seen = merge.fingerprint(TRACKED)
    moved = done("DVC tracks 2 files", [Evidence("data.dvc", 30, note="tracked")])
    other = done("DVC tracks 3 files", [Evidence("data.dvc", 3, note="tracked"), Evidence("b.dvc", note="tracked")])
    answer = Answer("agree", fingerprint=seen)
    assert merge.merge(ITEM, TRACKED, answer).reviewed
    assert merge.merge(ITEM, moved, answer).reviewed
    assert not merge.merge(ITEM, other, answer).reviewed
    assert not merge.merge(ITEM, NOTHING, answer).reviewed
    assert merge.merge(ITEM, NOTHING, answer).state == "missing"
    assert merge.merge(ITEM, TRACKED, Answer("agree")).reviewed, "a hand-written answer has no fingerprint"


def test_a_stale_waiver_stands_until_a_person_looks_again() -> None:
    merged = merge.merge(ITEM, TRACKED, Answer("waive", text="x", fingerprint=merge.fingerprint(NOTHING)))
    assert merged.state == "waived"
    assert merged.answer is not None
    assert merged.answer.stale


def test_the_next_release_opens_no_review_again() -> None:
    first, next_one = (done("released", [Evidence(ref=f"v1.{n}.0", note="tag")]) for n in (2, 11))
    kind = done("released", [Evidence(ref="release-1", note="tag")])
    assert merge.fingerprint(first) == merge.fingerprint(next_one) != merge.fingerprint(kind)


def test_the_fingerprint_covers_options_and_draft_but_no_order() -> None:
    a, b = Evidence("a", note="x"), Evidence("b", note="y")
    assert merge.fingerprint(done("s", [a, b])) == merge.fingerprint(done("t", [b, a]))
    assert merge.fingerprint(done("s", [a], options={"sql": [b]})) != merge.fingerprint(done("s", [a]))
    assert merge.fingerprint(ask("s", draft="x", evidence=[a])) != merge.fingerprint(ask("s", draft="y", evidence=[a]))


def test_options_are_reported_in_the_items_order() -> None:
    item = msgspec.structs.replace(ITEM, options=(Option("sql", "SQL"), Option("web", "Web")))
    merged = merge.merge(item, done("s", [Evidence("a")], options={"web": [Evidence("a")]}), None)
    assert [(option.id, option.detected) for option in merged.options] == [("sql", False), ("web", True)]


def report(*items: merge.ItemReport) -> Report:
    return Report(mlcoach="0", project="p", root="/p", commit=None, items=items, counts=count(items))


def test_an_answer_is_applied_and_taken_back_without_a_scan() -> None:
    plain = report(merge.merge(ITEM, NOTHING, None), merge.merge(OPEN, DRAFT, None))
    word = Answer("disagree", reason="not-detected", text="lake", line=3)
    answered = merge.apply(plain, {"data/versioning": word, "scoping/objective": Answer("agree"), "x/y": ANN})
    assert [item.state for item in answered.items] == ["done", "done"]
    assert answered.items[0] == merge.merge(ITEM, NOTHING, word)
    assert answered.counts["done"] == 2
    assert answered.sections["data"]["done"] == 1
    assert list(answered.sections) == ["scoping", "data", "programming", "modelling"]
    assert merge.apply(answered, {}).items == plain.items


@pytest.mark.parametrize(
    ("item", "finding", "answer", "says"),
    [
        (OPEN, SILENT, Answer("agree"), "no draft"),
        (OPEN, DRAFT, Answer("agree"), None),
        (OPEN, SILENT, Answer("answer", text=" "), "needs a text"),
        (ITEM, NOTHING, Answer("answer", text="yes"), "agree, disagree or waive"),
        (ITEM, SILENT, Answer("answer", text="yes"), None),
        (ITEM, NOTHING, Answer("waive"), "needs a reason"),
        (ITEM, NOTHING, Answer("disagree", reason="other"), "say why"),
        (ITEM, TRACKED, Answer("disagree", reason="not-detected"), "detected already"),
        (ITEM, NOTHING, Answer("disagree", reason="wrong-evidence"), "no evidence"),
        (OPEN, DRAFT, Answer("disagree", reason="wrong-evidence"), None),
        (ITEM, NONE, Answer("disagree", reason="not-applicable"), "already"),
    ],
)
def test_an_answer_that_makes_no_sense_is_refused_with_a_way_out(
    item: Item, finding: Finding, answer: Answer, says: str | None
) -> None:
    refused = merge.refuse(merge.merge(item, finding, None), answer)
    assert (refused is None) if says is None else (refused is not None and says in refused)


def test_a_bare_repository_keeps_no_answers(tmp_path):
    subprocess.run(["git", "init", "-q", "--bare", str(tmp_path)], check=True)
    with pytest.raises(AnswersError, match="a bare repository"):
        answers.save(tmp_path, {"data/eda": Answer("agree")})
    assert not (tmp_path / "mlcoach.toml").exists()


def test_a_folder_in_the_files_place_is_said(tmp_path):
    (tmp_path / "mlcoach.toml").mkdir()
    with pytest.raises(answers.AnswersError, match="not a regular file"):
        answers.load(tmp_path)


@pytest.mark.parametrize("text", ["a = " + "9" * 9999, "a = " + "[" * 99999])
def test_what_no_parser_can_take_is_said(text):
    with pytest.raises(AnswersError, match="too large"):
        answers.parse(text.encode())
