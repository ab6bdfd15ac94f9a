"""The commands: what they print where, their exit status, their one-line errors, and what they load."""

from __future__ import annotations

import importlib.metadata
import json
import os
import pty
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest

from mlcoach import __version__, cli, completion
from mlcoach.checklist import answers, merge
from mlcoach.checklist.report import Report, count
from mlcoach.rule import Evidence, Finding, Item, ask, done, missing

FINDINGS: dict[str, tuple[str, Finding]] = {
    "scoping/objective": (
        "Main objective",
        ask("the README may say it", draft="Predict churn", evidence=[Evidence("README.md", 3)]),
    ),
    "scoping/domain-experts": ("Domain experts consulted", ask("nothing says it")),
    "data/versioning": ("Data versioning", missing("no data-versioning tool", ["*.dvc"])),
    "data/eda": ("Exploratory data analysis", done("one notebook", [Evidence("a.ipynb", cell=1, note="plot")])),
    "programming/versioning": ("Code versioning", done("git", [Evidence(ref="v1", note="tag")])),
    "modelling/versioning": ("Model versioning", missing("no version of a model", ["*.onnx"])),
}
WARNING = "x.ipynb: not valid JSON (line 1)"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose scan finds FINDINGS, without one."""

    def rule(id: str, title: str) -> SimpleNamespace:
        kind = "answered" if id.startswith("scoping") else "inferred"
        item = Item(id=id, title=title, bullet=title, kind=kind, why="w", how=("h",))
        return SimpleNamespace(item=item, doc="What counts\n    Something.")

    rules = {id: rule(id, title) for id, (title, _) in FINDINGS.items()}

    def scan(path: Path, *, ref: str | None = None, only: tuple[str, ...] = (), cache: bool = True) -> Report:
        known = answers.load(path)
        items = tuple(
            merge.merge(rule.item, FINDINGS[id][1], known.get(id))
            for id, rule in rules.items()
            if not only or id in only
        )
        return Report(
            mlcoach="0", project="churn", root=str(path), commit=ref, items=items, counts=count(items),
            sections=merge.sections(items), warnings=(WARNING,), seconds=0.1,
        )  # fmt: skip

    monkeypatch.setattr(cli, "_rules", lambda: rules)
    monkeypatch.setattr(cli, "_scan", scan)
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Ann Lee")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "ann@example.org")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)
    return tmp_path


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command; its exit status, stdout and stderr."""

    def run(*arguments: str) -> tuple[int, str, str]:
        status = cli.main(arguments)
        out, err = capsys.readouterr()
        return status, out, err

    return run


# ---- the terminal UI -----------------------------------------------------------------------------------------------


def test_on_a_terminal_the_bare_command_opens_the_ui(project: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[tuple[Path, bool]] = []

    def start(path: Path, *, readonly: bool) -> int:
        opened.append((path, readonly))
        return 0

    monkeypatch.setattr(cli, "_has_screen", lambda: True)
    monkeypatch.setattr("mlcoach.tui.start", start)
    (project / "sub").mkdir()
    assert [run()[0], run("sub", "--readonly")[0], run("nosuch")[0]] == [0, 0, 2]
    assert opened == [(project, False), (project / "sub", True)]


# ---- check ---------------------------------------------------------------------------------------------------------


def test_check_prints_the_text_report(project: Path, run: Run) -> None:
    status, out, err = run("check")
    assert (status, err) == (0, "")
    assert "2 of 6 done · 2 missing · 2 ask" in out
    assert "\x1b" not in out


def test_without_a_terminal_the_bare_command_is_check(project: Path, run: Run) -> None:
    assert run()[1] == run(".")[1] == run("--readonly")[1] == run("check")[1]


def test_json_stands_alone_on_stdout(project: Path, run: Run) -> None:
    status, out, err = run("check", "--format", "json", "--ref", "abc")
    report = json.loads(out)
    assert status == 0
    assert (report["schema"], report["commit"], len(report["items"])) == (1, "abc", 6)
    assert err == f"mlcoach: warning: {WARNING}\n"


def test_output_goes_to_a_file_and_nowhere_else(project: Path, run: Run) -> None:
    assert run("check", "--format", "json", "--output", "report.json")[:2] == (0, "")
    assert json.loads((project / "report.json").read_text())["project"] == "churn"
    assert run("check", "--output", "report.txt")[:2] == (0, "")
    assert "2 of 6 done" in (project / "report.txt").read_text()
    assert sorted(os.listdir(project)) == ["report.json", "report.txt"]


def test_output_that_cannot_be_written_is_one_line(project: Path, run: Run) -> None:
    status, out, err = run("check", "--output", "no/such/folder.txt")
    assert (status, out) == (2, "")
    assert err == "mlcoach: cannot write no/such/folder.txt: No such file or directory\n"


def test_only_shows_those_items_in_full(project: Path, run: Run) -> None:
    status, out, _ = run("check", "--only", "eda", "--only", "data/versioning")
    assert status == 0
    assert out.index("data/versioning") < out.index("data/eda"), "the checklist's order"
    assert "Looked at" in out
    assert "Main objective" not in out


def test_only_takes_a_section(project: Path, run: Run) -> None:
    assert len(json.loads(run("check", "--only", "scoping", "--format", "json")[1])["items"]) == 2


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["--fail-under", "2"], 0, ""),
        (["--fail-under", "0"], 0, ""),
        (["--fail-under", "3"], 1, "mlcoach: 2 of 6 items done; --fail-under asks for 3\n"),
        (["--require", "eda"], 0, ""),
        (
            ["--require", "eda", "--require", "data/versioning", "--require", "modelling"],
            1,
            "mlcoach: data/versioning is missing, --require asks for done: no data-versioning tool\n"
            "mlcoach: modelling/versioning is missing, --require asks for done: no version of a model\n",
        ),
        (["--only", "eda", "--require", "eda", "--fail-under", "1"], 0, ""),
    ],
)
def test_the_exit_status_says_whether_it_fell_short(
    project: Path, run: Run, arguments: list[str], status: int, says: str
) -> None:
    found, out, err = run("check", *arguments)
    assert (found, err) == (status, says)
    assert "done" in out, "the report is printed all the same"


def test_a_persons_answer_counts(project: Path, run: Run) -> None:
    run("answer", "data/versioning", "--disagree", "not-detected", "--why", "the lake")
    assert run("check", "--fail-under", "3", "--require", "data/versioning")[0] == 0
    run("answer", "data/versioning", "--waive", "one-off study")
    assert run("check", "--require", "data/versioning")[0] == 1, "waived is not done"


# ---- wrong use -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nosuchfolder"], "no such folder: nosuchfolder"),
        (["chek"], "no such folder: chek; did you mean `mlcoach check`?"),
        (["a.txt"], "not a folder: a.txt; to see what a model file is: mlcoach inspect a.txt"),
        (["check", "nosuch"], "no such folder: nosuch"),
        (["check", "a.txt"], "not a folder: a.txt"),
        (["check", "data/eda"], "no such folder: data/eda; to check one item: mlcoach check --only data/eda"),
        (["check", ".", "data/eda"], "one folder at a time; to check one item: mlcoach check --only data/eda"),
        ([".", "check"], "the command comes first: mlcoach check ..."),
        (["check", "--formt", "json"], "no option --formt; did you mean --format?"),
        (["check", "--no-cache=1"], "argument --no-cache: ignored explicit argument '1'; see `mlcoach check --help`"),
        (["check", "--format", "pdf"], "argument --format: invalid choice: 'pdf' (choose from"),
        (["check", "--fail-under", "80%"], "argument --fail-under: '80%' is not a number of items"),
        (["check", "--fail-under", "-1"], "argument --fail-under: '-1' is not a number of items"),
        (["check", "--fail-under", "34"], "--fail-under 34 can never be met: 6 items were checked"),
        (["check", "--only", "eda", "--require", "scoping"], "--require scoping/objective is not among the items"),
        (["explain", "versioning"], "'versioning' may be data/versioning, programming/versioning, modelling/v"),
        (["explain", "data/versionin", "x"], "too many arguments: 'x'; see `mlcoach explain --help`"),
        (["explain", "data/verzioning"], "no item 'data/verzioning'; did you mean data/versioning"),
        (["explain", "objectiv3"], "no item 'objectiv3'; did you mean scoping/objective?"),
        (["explain", "zzzz"], "no item 'zzzz'; `mlcoach explain` lists them"),
        (["explain", ""], "no item ''; `mlcoach explain` lists them"),
        (["answer"], "the following arguments are required: ID"),
        (["answer", "eda", "two", "words"], "too many words: 'words'; put the text of an answer in quotes"),
        (["answer", "eda", "-5%"], "no option -5%; put -- before a text that starts with a dash"),
        (["answer", "eda", "yes", "--agree"], "TEXT and --agree exclude each other; give one"),
        (["answer", "eda", "--why", "x"], "--why goes with --disagree REASON"),
        (["answer", "eda", "yes"], "data/eda: it is read from the repository; agree, disagree or waive it"),
        (["answer", "domain-experts", "--agree"], "scoping/domain-experts: there is no draft to agree with"),
        (["answer", "eda", "--disagree", "no"], "argument --disagree: invalid choice: 'no' (choose from"),
        (["answer", "eda", "--disagree", "other"], "data/eda: say why"),
        (["answer", "eda", "--waive", " "], "data/eda: a waiver needs a reason"),
        (["answer", "eda", "--path", "nosuch"], "no such folder: nosuch"),
        (["inspect", "nosuch.onnx"], "no such file: nosuch.onnx"),
        (["completion", "tcsh"], "argument SHELL: invalid choice: 'tcsh'"),
    ],
)  # fmt: skip
def test_wrong_use_is_one_line_that_helps(project: Path, run: Run, arguments: list[str], says: str) -> None:
    (project / "a.txt").write_text("")
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert err.startswith(f"mlcoach: {says}")
    assert err.count("\n") == 1
    assert not (project / "mlcoach.toml").exists()


def test_what_the_error_repeats_is_escaped(project: Path, run: Run) -> None:
    assert "\\x1b[2J" in run("check", "\x1b[2J")[2]


def test_an_error_of_ours_is_one_line_and_a_traceback_on_request(
    project: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> Report:
        raise RuntimeError("boom\nbang")

    monkeypatch.setattr(cli, "_scan", fail)
    status, _, err = run("check")
    assert status == 2
    assert err.startswith("mlcoach: unexpected RuntimeError: boom\\nbang. This is a mistake in mlcoach")
    assert err.count("\n") == 1
    monkeypatch.setenv("MLCOACH_DEBUG", "1")
    assert "Traceback" in run("check")[2]


def test_an_interrupt_ends_quietly(project: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> Report:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_scan", stop)
    assert run("check") == (130, "", "")


# ---- explain -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word",
    ["data/eda", "DATA/EDA", "eda", "data/e", "Exploratory data analysis", "exploratory", "exploratory_data-analysis"],
)
def test_an_item_can_be_named_in_many_ways(project: Path, run: Run, word: str) -> None:
    status, out, _ = run("explain", word)
    assert status == 0
    assert out.startswith("Exploratory data analysis  data/eda\n")
    assert "What counts\n  Something." in out


def test_explain_alone_lists_the_items(project: Path, run: Run) -> None:
    assert [line.split()[0] for line in run("explain")[1].splitlines()] == list(FINDINGS)


# ---- answer --------------------------------------------------------------------------------------------------------


def kept(project: Path) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = tomllib.loads((project / "mlcoach.toml").read_text())["answers"]
    return found


def test_an_answer_is_written_signed_and_shown(project: Path, run: Run) -> None:
    status, out, err = run("answer", "objective", " Keep customers ")
    assert (status, err) == (0, "")
    assert out.startswith("✓ done  Main objective  scoping/objective")
    assert "Answered by Ann Lee <ann@example.org>" in out
    answer = kept(project)["scoping/objective"]
    assert (answer["kind"], answer["text"], answer["by"]) == ("answer", "Keep customers", "Ann Lee <ann@example.org>")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", answer["at"])
    assert answer["fingerprint"] == merge.fingerprint(FINDINGS["scoping/objective"][1])


def test_agreeing_with_a_draft_keeps_its_text(project: Path, run: Run) -> None:
    assert run("answer", "objective", "--agree")[1].startswith("✓ done")
    assert kept(project)["scoping/objective"]["text"] == "Predict churn"


@pytest.mark.parametrize(
    ("arguments", "shows"),
    [
        (["eda", "--agree"], "✓ done"),
        (["eda", "--disagree", "wrong-evidence"], "✗ missing"),
        (["eda", "--disagree", "not-applicable", "--why", "no data"], "– na"),
        (["data/versioning", "--disagree", "not-detected", "--why", "the lake"], "✓ done"),
        (["data/versioning", "--waive", "one-off"], "⊘ waived"),
        (["domain-experts", "--", "-- none"], "✓ done"),
    ],
)
def test_every_kind_of_answer_moves_the_item(project: Path, run: Run, arguments: list[str], shows: str) -> None:
    status, out, _ = run("answer", *arguments)
    assert status == 0
    assert out.startswith(shows)
    assert len(kept(project)) == 1


def test_an_answer_can_be_seen_and_taken_back(project: Path, run: Run) -> None:
    run("answer", "data/versioning", "--waive", "one-off")
    assert "Waived by Ann Lee" in run("answer", "data/versioning")[1]
    assert run("answer", "data/versioning", "--clear")[1].startswith("✗ missing")
    assert (project / "mlcoach.toml").read_text() == ""
    assert run("answer", "data/versioning", "--clear") == (0, "", "mlcoach: data/versioning had no answer\n")


def test_an_item_alone_is_shown_with_the_way_to_answer(project: Path, run: Run) -> None:
    assert "mlcoach answer scoping/objective TEXT (or --agree)" in run("answer", "objective")[1]
    assert "mlcoach answer data/eda --agree" in run("answer", "eda")[1]
    assert not (project / "mlcoach.toml").exists()


# ---- inspect -------------------------------------------------------------------------------------------------------


def test_a_pickle_is_described_without_being_loaded(tmp_path: Path, run: Run) -> None:
    canary, pickle = tmp_path / "canary", tmp_path / "model.pkl"
    pickle.write_bytes(f"cos\nsystem\n(S'touch {canary}'\ntR.".encode())
    status, out, err = run("inspect", str(pickle), "--format", "json")
    assert (status, err) == (0, "")
    assert json.loads(out)[0]["globals"] == ["os.system"]
    status, out, _ = run("inspect", str(pickle))
    assert status == 0
    assert "os.system" in out
    assert not canary.exists()


def test_what_cannot_be_opened_is_told_with_status_2(tmp_path: Path, run: Run) -> None:
    os.mkfifo(tmp_path / "pipe.onnx")
    status, out, err = run("inspect", str(tmp_path / "pipe.onnx"), "--format", "json")
    assert status == 2
    assert json.loads(out)[0]["problem"] in err
    assert err.count("\n") == 1


# ---- processes: what is loaded, pipes, terminals -------------------------------------------------------------------


def loaded(code: str, cwd: Path) -> set[str]:
    """The top-level modules that a fresh interpreter holds after that code."""
    script = code + "\nimport sys\nprint('|'.join({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], cwd=cwd, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return set(done.stderr.splitlines()[-1].split("|"))


def test_version_loads_next_to_nothing(tmp_path: Path) -> None:
    code = "from mlcoach.cli import main\nassert main(['--version']) == 0"
    heavy = {
        "textual",
        "rich",
        "git",
        "yaml",
        "msgspec",
        "tomlkit",
        "tomllib",
        "dvc",
        "sklearn",
        "numpy",
        "importlib_metadata",
    }
    assert loaded(code, tmp_path) & heavy == set()


def test_check_loads_no_framework(tmp_path: Path) -> None:
    code = "from mlcoach.cli import main\nassert main(['check', '--no-cache']) == 0"
    heavy = {"textual", "rich", "git", "tomlkit", "dvc", "sklearn", "optuna", "onnxruntime", "numpy", "pandas", "onnx"}
    assert loaded(code, tmp_path) & heavy == set()


def mlcoach(*arguments: str, cwd: Path, **more: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mlcoach", *arguments]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return subprocess.run(command, cwd=cwd, env=environment, text=True, timeout=60, **more)  # type: ignore[call-overload,no-any-return]


def test_the_version_is_the_packages(tmp_path: Path) -> None:
    done = mlcoach("--version", cwd=tmp_path, capture_output=True)
    assert done.stdout == f"mlcoach {__version__}\n"
    assert __version__ == importlib.metadata.version("mlcoach")


def test_help_names_every_command(tmp_path: Path) -> None:
    page = mlcoach("--help", cwd=tmp_path, capture_output=True).stdout
    assert all(f"\n  {name} " in page for name in cli.COMMANDS)


def test_a_real_folder_is_checked_from_end_to_end(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# Churn\n\nThis project predicts which customers leave.\n")
    done = mlcoach("check", "--format", "json", cwd=tmp_path, capture_output=True)
    report = msgspec.json.decode(done.stdout, type=Report)
    assert (done.returncode, report.project, report.commit) == (0, tmp_path.name, None)
    assert report.counts["of"] == len(report.items)


def test_a_broken_answers_file_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "mlcoach.toml").write_text('[answers."data/eda"]\nkind = agree\n')
    done = mlcoach("check", cwd=tmp_path, capture_output=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("mlcoach: mlcoach.toml, line 2: not valid TOML")
    assert done.stderr.count("\n") == 1


def test_a_ref_needs_a_repository(tmp_path: Path) -> None:
    done = mlcoach("check", "--ref", "HEAD", cwd=tmp_path, capture_output=True)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "not in a git repository" in done.stderr


@pytest.mark.parametrize("command", ["check", "--help", "explain"])
def test_a_reader_that_leaves_ends_it_quietly(tmp_path: Path, command: str) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    done = mlcoach(command, cwd=tmp_path, stdout=theirs, stderr=subprocess.PIPE)
    os.close(theirs)
    assert (done.returncode, done.stderr) == (141, "")


def test_a_closed_stdout_is_no_crash(tmp_path: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m mlcoach check >&-'],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_terminal_is_seen_unless_it_cannot_show_the_ui(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    code = "from mlcoach.cli import _has_screen as h; import sys; print(h(), file=sys.stderr)"
    environment = {name: value for name, value in os.environ.items() if name not in ("CI", "TERM")}

    def seen(**more: object) -> str:
        streams = {"stdin": theirs, "stdout": theirs, "stderr": subprocess.PIPE, **more}
        return subprocess.run([sys.executable, "-c", code], text=True, timeout=60, **streams).stderr.strip()  # type: ignore[call-overload,no-any-return]

    xterm = {**environment, "TERM": "xterm-256color"}
    assert seen(env=xterm) == "True"
    assert seen(env={**xterm, "CI": "true"}) == "False"
    assert seen(env={**xterm, "TERM": "dumb"}) == "False"
    assert seen(env=xterm, stdin=subprocess.DEVNULL) == "False"
    os.close(ours)
    os.close(theirs)


def test_a_long_scan_shows_its_progress_and_clears_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = iter([0.0, 0.1, 0.5, 0.55])
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    progress = cli._Progress()
    for number in range(3):
        progress("files\x1b", number, 3)
    progress.clear()
    assert capsys.readouterr().err == "\r\x1b[Kfiles\\x1b 1/3\r\x1b[K"


# ---- completion ----------------------------------------------------------------------------------------------------

IDS = ["data/eda", "data/etl", "modelling/cv"]


def complete(shell: str, words: list[str], cwd: Path) -> set[str]:
    """What a shell offers for the last word of a command line."""
    parsers = {name: cli._parser(name) for name in ("", *cli.COMMANDS)}
    (cwd / "m.script").write_text(completion.script(shell, parsers, IDS))
    line = " ".join(f"'{word}'" for word in words)
    asks = {
        "bash": f"source ./m.script; compopt() {{ :; }}; COMP_WORDS=({line}); COMP_CWORD={len(words) - 1};"
        " _mlcoach; printf '%s\\n' \"${COMPREPLY[@]}\"",
        "fish": f'source ./m.script; complete -C "{" ".join(words)}"',
    }
    environment = {**os.environ, "HOME": str(cwd)}
    done = subprocess.run(
        [shell, "-c", asks[shell]], cwd=cwd, env=environment, capture_output=True, text=True, timeout=20, check=True
    )
    assert done.stderr == ""
    return {offer.partition("\t")[0].rstrip("/") for offer in done.stdout.splitlines() if offer}


@pytest.mark.parametrize("shell", ["bash", "fish"])
def test_shells_complete_commands_options_and_ids(tmp_path: Path, shell: str) -> None:
    if not shutil.which(shell):
        pytest.skip(f"there is no {shell} here")
    (tmp_path / "src").mkdir()
    (tmp_path / "model.onnx").write_text("")
    for words, offers in (
        (["ch"], {"check"}),
        (["--r"], {"--readonly"}),
        (["check", "--format", ""], {"text", "json"}),
        (["check", "--only", "data/e"], {"data/eda", "data/etl"}),
        (["check", "--fail-under", ""], set()),
        (["check", "s"], {"src"}),
        (["check", "--re"], {"--ref", "--require"}),
        (["explain", "m"], {"modelling/cv"}),
        (["answer", "data/eda", "--disagree", "wrong"], {"wrong-evidence"}),
        (["inspect", "mo"], {"model.onnx"}),
        (["completion", "z"], {"zsh"}),
    ):
        assert complete(shell, ["mlcoach", *words], tmp_path) == offers, words
    assert complete(shell, ["mlcoach", ""], tmp_path) >= {*cli.COMMANDS, "src"}


@pytest.mark.parametrize("shell", completion.SHELLS)
def test_every_shell_gets_a_script_with_all_commands_and_ids(project: Path, run: Run, shell: str) -> None:
    status, out, _ = run("completion", shell)
    assert status == 0
    assert all(name in out for name in [*cli.COMMANDS, *FINDINGS, "require", "wrong-evidence"])


@pytest.mark.parametrize("shell", completion.SHELLS)
def test_the_scripts_are_well_formed(project: Path, run: Run, shell: str) -> None:
    if not shutil.which(shell):
        pytest.skip(f"there is no {shell} here")
    (project / "script").write_text(run("completion", shell)[1])
    assert subprocess.run([shell, "-n", str(project / "script")], timeout=20).returncode == 0
