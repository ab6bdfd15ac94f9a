"""The commands. Nothing heavy is imported here: each command imports what it needs when it runs."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from mlcoach import __version__

if TYPE_CHECKING:
    from mlcoach.checklist.report import Answer, ItemReport, Report
    from mlcoach.checklist.rules import Rule
    from mlcoach.jobs.runner import Job
    from mlcoach.reports.paint import Line

FINE, SHORT, WRONG, INTERRUPTED, PIPE = 0, 1, 2, 130, 141

_EPILOG = """\
exit status:
  0  fine
  1  the check fell short of --fail-under or --require
  2  wrong use, or nothing could be done
"""


class Problem(Exception):
    """Nothing can be done: one line that says what is wrong and how to mend it."""


class Command(NamedTuple):
    summary: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]
    more: str = ""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status. Errors are one line on stderr; MLCOACH_DEBUG=1 adds the traceback."""
    try:
        try:
            status = _dispatch(list(sys.argv[1:] if argv is None else argv))
        except SystemExit as end:  # --help, --version
            status = int(end.code or FINE)
        if sys.stdout is not None:
            sys.stdout.flush()
        return status
    except Problem as problem:
        _say(str(problem))
        return WRONG
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has gone. Python would flush stdout once more when it ends, and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return PIPE
    except OSError as error:
        _say(": ".join(filter(None, [str(error.filename or "")[:80], error.strerror or str(error)])))
        return 2
    except Exception as error:
        if os.environ.get("MLCOACH_DEBUG"):
            import traceback

            traceback.print_exc()
        _say(
            f"unexpected {type(error).__name__}: {error}. This is a mistake in mlcoach: please report it,"
            " with what MLCOACH_DEBUG=1 prints"
        )
        return WRONG


def _dispatch(arguments: list[str]) -> int:
    name = arguments[0] if arguments and arguments[0] in COMMANDS else ""
    parser = _parser(name)
    options, rest = parser.parse_known_args(arguments[1:] if name else arguments)
    if rest:
        raise Problem(_too_much(name, parser, rest))
    return (COMMANDS[name] if name else _OPEN).run(options)


# ---- parsers -------------------------------------------------------------------------------------------------------


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Problem(f"{message}; see `{self.prog} --help`")


def _parser(name: str) -> argparse.ArgumentParser:
    command = COMMANDS[name] if name else _OPEN
    parser = _Parser(
        prog=f"mlcoach {name}".strip(),
        description=command.summary + ".",
        epilog="\n".join(part for part in (command.more, _EPILOG) if part),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    command.arguments(parser)
    return parser


def _too_much(name: str, parser: argparse.ArgumentParser, rest: list[str]) -> str:
    """What to say of arguments that no parser wants."""
    first = rest[0]
    where = f"mlcoach {name}".strip()
    if first.startswith("-") and len(first) > 1:
        known = [option for action in parser._actions for option in action.option_strings]
        option = first.partition("=")[0]
        if option in known:
            return f"{option} takes no value"
        if close := _close(option, known):
            return f"no option {option}; did you mean {close[0]}?"
        hint = "; put -- before a text that starts with a dash" if name == "answer" else ""
        return f"no option {option}{hint}; see `{where} --help`"
    if name == "answer":
        return f"too many words: {first!r}; put the text of an answer in quotes"
    if first in COMMANDS and not name:
        return f"the command comes first: mlcoach {first} ..."
    if name == "check":
        return f"one folder at a time; to check one item: mlcoach check --only {first}"
    return f"too many arguments: {first!r}; see `{where} --help`"


def _close(word: str, words: Iterable[str], cutoff: float = 0.6) -> list[str]:
    import difflib

    return difflib.get_close_matches(word, list(words), n=3, cutoff=cutoff)


def _whole_number(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of items")
    return int(text)


# ---- mlcoach [PATH] ------------------------------------------------------------------------------------------------


def _open_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", metavar="PATH", nargs="?", default=".", help="the project's folder (default: this one)")
    parser.add_argument("--readonly", action="store_true", help="look only: refuse every change")
    parser.add_argument("--version", action="version", version=f"mlcoach {__version__}")


def _open(options: argparse.Namespace) -> int:
    path = _folder(options.path, command="")
    if _has_screen():
        from mlcoach.tui import start

        return start(path, readonly=options.readonly)
    _print_report(_scan(path))
    return FINE


def _has_screen() -> bool:
    return (
        sys.stdin is not None
        and sys.stdout is not None
        and sys.stdin.isatty()
        and sys.stdout.isatty()
        and os.environ.get("TERM", "") not in ("", "dumb")
        and not os.environ.get("CI")
    )


# ---- mlcoach check -------------------------------------------------------------------------------------------------


def _check_arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("path", metavar="PATH", nargs="?", default=".", help="the project's folder (default: this one)")
    add("--ref", metavar="REV", help="check that commit, tag or branch, without a checkout")
    add("--format", choices=("text", "json"), default="text", help="text (default) or json")
    add("--output", metavar="F", help="write the report to this file")
    add("--only", metavar="ID", action="append", default=[], help="check this item or section only; may be repeated")
    add("--fail-under", metavar="N", type=_whole_number, help="exit with 1 when fewer than N items are done")
    add("--require", metavar="ID", action="append", default=[], help="exit with 1 unless this item is done; repeatable")
    add("--no-cache", action="store_true", help="read every file again")


_CHECK_MORE = """\
ID is an item's id (data/versioning), its start, its last part (eda) or its title; for --only and --require a section
(data) too. "Done" counts items whose state is done after the answers in mlcoach.toml; na and waived are not done.
"""


def _check(options: argparse.Namespace) -> int:
    path = _folder(options.path, command="check")
    only: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    if options.only or options.require:
        titles = _titles()
        only, required = _several(options.only, titles), _several(options.require, titles)
        if outside := [id for id in required if only and id not in only]:
            raise Problem(f"--require {outside[0]} is not among the items of --only; add --only {outside[0]}")
    report = _scan(path, ref=options.ref, only=only, cache=not options.no_cache)
    if (wanted := options.fail_under) is not None and wanted > report.counts["of"]:
        raise Problem(f"--fail-under {wanted} can never be met: {report.counts['of']} items were checked")
    if options.format == "json":
        from mlcoach.checklist.report import to_json
        from mlcoach.reports.escape import harmless

        _put(harmless(to_json(report)) + b"\n", options.output)
        for warning in report.warnings:
            _say(f"warning: {warning}")
    elif options.output:
        from mlcoach.reports.text import as_text

        _put(as_text(report, detail=bool(only)).encode("utf-8", "backslashreplace"), options.output)
    else:
        _print_report(report, detail=bool(only))
    return _verdict(report, options.fail_under, required)


def _verdict(report: Report, wanted: int | None, required: tuple[str, ...]) -> int:
    status = FINE
    done = report.counts["done"]
    if wanted is not None and done < wanted:
        _say(f"{done} of {report.counts['of']} items done; --fail-under asks for {wanted}")
        status = SHORT
    for id in required:
        item = report.item(id)
        if item.state != "done":
            from mlcoach.checklist.merge import headline

            _say(f"{id} is {item.state}, --require asks for done: {headline(item)}")
            status = SHORT
    return status


# ---- mlcoach explain -----------------------------------------------------------------------------------------------


def _explain_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", nargs="?", help="an item's id, its start, its last part or its title")


def _explain(options: argparse.Namespace) -> int:
    from mlcoach.reports import explain, paint

    rules = _rules()
    if options.id is None:
        from mlcoach.reports.escape import visible

        longest = max((len(id) for id in rules), default=0)
        _print(paint.line(f"{id:<{longest}}  ", (visible(rule.item.title), "dim")) for id, rule in rules.items())
        return FINE
    rule = rules[_one(options.id, {id: rule.item.title for id, rule in rules.items()})]
    _print(explain.lines(rule.item, rule.doc, columns=paint.columns(sys.stdout)))
    return FINE


# ---- mlcoach answer ------------------------------------------------------------------------------------------------


def _answer_arguments(parser: argparse.ArgumentParser) -> None:
    from mlcoach.checklist.answers import REASONS

    add = parser.add_argument
    add("id", metavar="ID", help="an item's id, its start, its last part or its title")
    add("text", metavar="TEXT", nargs="?", help="the answer to an item that only a person can answer")
    add("--agree", action="store_true", help="agree with what was found, or take the draft for the answer")
    add("--disagree", metavar="REASON", choices=REASONS, help="overrule what was found: " + ", ".join(REASONS))
    add("--why", metavar="TEXT", help="a few words on --disagree")
    add("--waive", metavar="WHY", help="do without this item, for that reason")
    add("--clear", action="store_true", help="take the answer back")
    add("--path", metavar="DIR", default=".", help="the project's folder (default: this one)")


_ANSWER_MORE = """\
With an ID alone it shows what is known. Answers are kept in mlcoach.toml at the project's root: commit it.
"""


def _answer(options: argparse.Namespace) -> int:
    from mlcoach.checklist import answers, merge
    from mlcoach.checklist.answers import AnswersError

    given = _given(options)
    id = _one(options.id, _titles())
    report = _scan(_folder(options.path, command="answer"), only=(id,))
    item = report.item(id)
    if given is None:
        _print(_shown(item))
        return FINE
    root = Path(report.root)
    try:
        if given == "clear":
            if item.answer is None:
                _say(f"{id} had no answer")
                return FINE
            answers.save(root, {id: None})
        else:
            said = _made(options, given, item, root)
            if refusal := merge.refuse(item, said):
                raise Problem(f"{id}: {refusal}")
            answers.save(root, {id: said})
        kept = answers.load(root)
    except AnswersError as error:
        raise Problem(str(error)) from error
    _print(_shown(merge.apply(report, kept).item(id)))
    return FINE


def _given(options: argparse.Namespace) -> str | None:
    """Which of the ways to answer was used. Raises Problem for two at once."""
    ways = {
        "TEXT": options.text is not None,
        "--agree": options.agree,
        "--disagree": options.disagree is not None,
        "--waive": options.waive is not None,
        "--clear": options.clear,
    }
    used = [way for way, is_used in ways.items() if is_used]
    if options.why is not None and used != ["--disagree"]:
        raise Problem("--why goes with --disagree REASON")
    if len(used) > 1:
        raise Problem(f"{used[0]} and {used[1]} exclude each other; give one")
    return used[0].lstrip("-").lower() if used else None


def _made(options: argparse.Namespace, given: str, item: ItemReport, root: Path) -> Answer:
    from mlcoach.checklist import answers
    from mlcoach.checklist.report import Answer

    by, at = answers.identity(root), answers.now()

    def answer(kind: str, text: str, reason: str = "") -> Answer:
        return Answer(kind, text.strip(), reason, by, at, item.fingerprint)  # type: ignore[arg-type]

    match given:
        case "agree":
            return answer("agree", (item.draft or "") if item.inferred == "ask" else "")
        case "disagree":
            return answer("disagree", options.why or "", options.disagree)
        case "waive":
            return answer("waive", options.waive)
    return answer("answer", options.text)


def _shown(item: ItemReport) -> Iterable[Line]:
    from mlcoach.reports import paint, text

    yield from text.item_lines(item, columns=paint.columns(sys.stdout))
    if item.answer is None or item.answer.stale:
        yield ()
        if item.inferred == "ask":
            yield paint.line(
                (f"Answer it: mlcoach answer {item.id} TEXT" + (" (or --agree)" if item.draft else ""), "dim")
            )
        else:
            yield paint.line((f"Review it: mlcoach answer {item.id} --agree (or --disagree, --waive)", "dim"))


# ---- mlcoach inspect -----------------------------------------------------------------------------------------------


def _inspect_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", metavar="FILE", nargs="+", help="a model file")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="text (default) or json")


def _inspect(options: argparse.Namespace) -> int:
    paths = [Path(file) for file in options.files]
    for path in paths:
        if not path.exists():
            raise Problem(f"no such file: {path}")
    from mlcoach.facts.model_files import inspect_path
    from mlcoach.reports import inspect, paint
    from mlcoach.reports.escape import harmless

    models = [inspect_path(path) for path in paths]
    if options.format == "json":
        _put(harmless(inspect.as_json(models)))
    else:
        _print(paint.line(part) for model in models for part in inspect.as_text(model).split("\n"))
    unread = [model for model in models if model.problem and model.format is None]
    for model in unread:
        _say(f"{model.file}: {model.problem}")
    return WRONG if unread else FINE


# ---- mlcoach train -------------------------------------------------------------------------------------------------


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds")
    return value


def _train_arguments(parser: argparse.ArgumentParser) -> None:
    from mlcoach.actions.train.setup import BUDGET, METRICS

    add = parser.add_argument
    add("path", metavar="PATH", nargs="?", default=".", help="the project's folder (default: this one)")
    add("--data", metavar="F", help="the table: CSV, TSV, JSON lines, Parquet, Arrow or SQLite")
    add("--target", metavar="COL", help="the column to predict")
    add("--task", choices=("binary", "multiclass", "regression"), help="what kind of target it is")
    add("--time", metavar="COL", help="test on the last rows by this column")
    add("--group", metavar="COL", help="keep rows that share this value on one side of the split")
    add("--exclude", metavar="COL", action="append", default=[], help="leave this column out; may be repeated")
    add("--metric", metavar="M", choices=tuple(METRICS), help="what to choose by: " + ", ".join(METRICS))
    add("--budget", metavar="S", type=_seconds, help=f"CPU seconds to spend at most, about (default: {BUDGET:.0f})")
    add("--seed", metavar="N", type=_whole_number, help="the start of all random choices (default: 0)")
    add("--name", metavar="NAME", help="the model's folder under models/ (default: from the target)")
    add("--dry-run", action="store_true", help="print the plan and change nothing")
    add("--yes", action="store_true", help="run the plan without asking")


_TRAIN_MORE = """\
Without options it detects data, target, task and columns, shows them with the reasons and what would run, and asks.
The table [train] of mlcoach.toml sets the same by name (data, target, task, time, group, exclude, metric, ...).
"""


def _train(options: argparse.Namespace) -> int:
    import msgspec

    from mlcoach.actions import console
    from mlcoach.actions.plan import Plan, as_text
    from mlcoach.actions.train import job
    from mlcoach.actions.train.setup import BUDGET, Options, TrainError

    root = _folder(options.path, command="train")
    asked = Options(
        data=options.data and _within(root, options.data), target=options.target, task=options.task, time=options.time,
        group=options.group, exclude=tuple(options.exclude), metric=options.metric, budget=options.budget or BUDGET,
        seed=options.seed or 0, name=options.name,
    )  # fmt: skip
    plan = msgspec.json.decode(_data_of(console.follow(job.detect(root, asked))), type=Plan)
    _put(as_text(plan).encode("utf-8", "backslashreplace"))
    if options.dry_run:
        return FINE
    if not options.yes:
        if not (sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty()):
            raise Problem("nothing was run: add --yes to run this plan")
        sys.stdout.flush()
        sys.stderr.write("\nRun it? [y/N] ")
        sys.stderr.flush()
        if sys.stdin.readline().strip().lower() not in ("y", "yes"):
            _say("nothing was run")
            return FINE
    try:
        running = job.run(plan)
    except TrainError as error:
        raise Problem(str(error)) from None
    job.conclude(console.follow(running))
    data = msgspec.json.decode(_data_of(running))
    _put(("\n" + job.as_text(data)).encode("utf-8", "backslashreplace"))
    return FINE


def _within(root: Path, file: str) -> str:
    """The path as seen from the project's folder, when it lies in it."""
    path = Path(os.path.abspath(file))
    return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)


def _data_of(job: Job) -> bytes:
    """The data of a job that went well. Raises Problem with what it said otherwise."""
    if job.state == "stopped":
        raise KeyboardInterrupt
    if job.result is None or job.state != "done":
        if os.environ.get("MLCOACH_DEBUG"):
            sys.stderr.write("\n".join(job.log) + "\n")
        error = job.error
        raise Problem("; ".join(filter(None, (error.message, error.remedy))) if error else "the job gave no result")
    return bytes(job.result.data)


# ---- mlcoach completion --------------------------------------------------------------------------------------------


def _completion_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", metavar="SHELL", choices=("bash", "zsh", "fish"), help="bash, zsh or fish")


_COMPLETION_MORE = """\
to install:
  mlcoach completion bash > ~/.local/share/bash-completion/completions/mlcoach
  mlcoach completion zsh  > ~/.zfunc/_mlcoach        (a folder of your $fpath)
  mlcoach completion fish > ~/.config/fish/completions/mlcoach.fish
"""


def _completion(options: argparse.Namespace) -> int:
    from mlcoach import completion

    parsers = {name: _parser(name) for name in ("", *COMMANDS)}
    _put(completion.script(options.shell, parsers, list(_rules())).encode())
    return FINE


COMMANDS: dict[str, Command] = {
    "check": Command("Print where the project stands, with the evidence", _check_arguments, _check, _CHECK_MORE),
    "explain": Command("Say what counts for an item, why it matters and how to do it", _explain_arguments, _explain),
    "answer": Command("Answer, agree, disagree or waive on one line", _answer_arguments, _answer, _ANSWER_MORE),
    "inspect": Command("Say what a model file is, from its bytes alone", _inspect_arguments, _inspect),
    "train": Command("Train a baseline on a table and leave it with its scores", _train_arguments, _train, _TRAIN_MORE),
    "completion": Command("Print a shell's completion script", _completion_arguments, _completion, _COMPLETION_MORE),
}

_OPEN = Command(
    "Show where a machine-learning project stands on an end-to-end checklist.\n"
    "A terminal UI; where there is no terminal, the text of `mlcoach check`",
    _open_arguments,
    _open,
    "commands:\n" + "".join(f"  {name:<12}{command.summary.lower()}\n" for name, command in COMMANDS.items()),
)


# ---- what the commands share ---------------------------------------------------------------------------------------


def _folder(path: str, command: str) -> Path:
    """That folder, absolute. Raises Problem, with a hint at what was meant, when there is none."""
    folder = Path(path)
    try:
        if folder.is_dir():
            return Path(os.path.abspath(folder))
        if folder.exists():
            hint = "" if command else f"; to see what a model file is: mlcoach inspect {path}"
            raise Problem(f"not a folder: {path}{hint}")
    except (OSError, ValueError) as error:
        raise Problem(f"cannot open {path}: {error}") from None
    if not command and (close := _close(path, COMMANDS)):
        raise Problem(f"no such folder: {path}; did you mean `mlcoach {close[0]}`?")
    if command == "check" and path.partition("/")[0] in ("scoping", "data", "programming", "modelling"):
        raise Problem(f"no such folder: {path}; to check one item: mlcoach check --only {path}")
    raise Problem(f"no such folder: {path}")


def _scan(path: Path, *, ref: str | None = None, only: tuple[str, ...] = (), cache: bool = True) -> Report:
    from mlcoach.checklist.answers import AnswersError
    from mlcoach.checklist.rules import RuleError
    from mlcoach.checklist.run import scan
    from mlcoach.snapshot import SnapshotError

    progress = _Progress() if sys.stderr is not None and sys.stderr.isatty() else None
    try:
        return scan(path, ref=ref, only=only, cache=cache, progress=progress)
    except (SnapshotError, AnswersError, RuleError) as error:
        raise Problem(str(error)) from error
    finally:
        if progress:
            progress.clear()


class _Progress:
    """A line on stderr that says how far a scan is, once it has taken long enough to wonder."""

    def __init__(self) -> None:
        import time

        self._clock = time.monotonic
        self._next = self._clock() + 0.4
        self._shown = False

    def __call__(self, what: str, done: int, total: int) -> None:
        now = self._clock()
        if now < self._next:
            return
        from mlcoach.reports.escape import shorten, visible
        from mlcoach.reports.paint import columns

        self._next = now + 0.1
        self._shown = True
        count = f" {done}/{total}" if total else ""
        sys.stderr.write("\r\x1b[K" + shorten(visible(what) + count, columns(sys.stderr) - 1))
        sys.stderr.flush()

    def clear(self) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def _rules() -> Mapping[str, Rule]:
    from mlcoach.checklist import rules

    try:
        return rules.load()
    except rules.RuleError as error:
        raise Problem(str(error)) from error


def _titles() -> dict[str, str]:
    return {id: rule.item.title for id, rule in _rules().items()}


def _several(words: Sequence[str], titles: Mapping[str, str]) -> tuple[str, ...]:
    """Their ids, a section's name standing for its items, in the checklist's order."""
    found: set[str] = set()
    for word in words:
        section = [id for id in titles if id.partition("/")[0] == word.strip("/").casefold()]
        found.update(section or [_one(word, titles)])
    return tuple(id for id in titles if id in found)


def _one(word: str, titles: Mapping[str, str]) -> str:
    """The one id that the word names: an id, its last part, a title, or the start of one. Raises Problem."""
    wanted = "-".join(word.casefold().replace("_", "-").split())
    last = {id: id.partition("/")[2] for id in titles}
    named = {id: "-".join(title.casefold().split()) for id, title in titles.items()}
    for fits in (
        lambda id: id == wanted,
        lambda id: wanted in (last[id], named[id]),
        lambda id: id.startswith(wanted),
        lambda id: last[id].startswith(wanted) or named[id].startswith(wanted),
    ):
        match [id for id in titles if wanted and fits(id)]:
            case []:
                continue
            case [id]:
                return id
            case several:
                listed = ", ".join(several[:4]) + (f" and {len(several) - 4} more" if len(several) > 4 else "")
                raise Problem(f"{word!r} may be {listed}; give one of them")
    names = {**{name: id for id, name in named.items()}, **{name: id for id, name in last.items()}}
    close = dict.fromkeys([*_close(wanted, titles), *(names[name] for name in _close(wanted, names, 0.7))])
    hint = f"did you mean {' or '.join(list(close)[:3])}?" if close else "`mlcoach explain` lists them"
    raise Problem(f"no item {word!r}; {hint}")


def _print_report(report: Report, *, detail: bool = False) -> None:
    from mlcoach.reports import paint, text

    _print(text.lines(report, columns=paint.columns(sys.stdout), detail=detail))


def _print(lines: Iterable[Line]) -> None:
    from mlcoach.reports import paint

    if sys.stdout is not None:
        paint.write(lines, sys.stdout)


def _put(data: bytes, file: str | None = None) -> None:
    """Write to that file, else to stdout."""
    if file is None:
        if sys.stdout is not None:
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
        return
    from mlcoach import atomic

    path = Path(file)
    try:
        if path.exists() and not path.is_file():  # /dev/stderr, a named pipe
            path.write_bytes(data)
        else:
            atomic.write(path, data)
    except OSError as error:
        raise Problem(f"cannot write {file}: {error.strerror}") from error


def _say(message: str) -> None:
    """One line on stderr."""
    from mlcoach.reports.escape import visible
    from mlcoach.reports.paint import encodable

    if sys.stderr is not None:
        sys.stderr.write(encodable(f"mlcoach: {visible(message)}\n", sys.stderr.encoding))
