"""A scan: snapshot, facts, findings, and the report."""

from __future__ import annotations

import gc
import posixpath
import time
from collections.abc import Callable
from pathlib import Path

from mlcoach import __version__
from mlcoach.checklist import answers, merge
from mlcoach.checklist.report import ItemReport, Report, count
from mlcoach.checklist.rules import Rule, load, load_problems
from mlcoach.checklist.version import next_versions
from mlcoach.facts.cache import Cache
from mlcoach.facts.project import Facts, gather
from mlcoach.facts.vocabulary import Vocabulary
from mlcoach.parallel import processes, share
from mlcoach.rule import Finding
from mlcoach.snapshot import Snapshot, open_snapshot

Progress = Callable[[str, int, int], None]


def scan(
    path: Path,
    *,
    ref: str | None = None,
    only: tuple[str, ...] = (),
    cache: bool = True,
    progress: Progress | None = None,
) -> Report:
    """The report of a project, or of one of its commits. `progress` hears (phase, done, of).

    Raises SnapshotError when nothing can be read, AnswersError when mlcoach.toml is broken.
    """
    started = time.perf_counter()
    gc.disable()  # what a scan makes is kept to its end: looking for garbage finds none
    try:
        return read_project(path, ref=ref, only=only, cache=cache, progress=progress, started=started)
    finally:
        gc.enable()


def read_project(
    path: Path, *, ref: str | None, only: tuple[str, ...], cache: bool, progress: Progress | None, started: float
) -> Report:
    rules = {id: rule for id, rule in load().items() if not only or id in only}
    snapshot = open_snapshot(path, ref=ref)
    snapshot.warnings.extend(load_problems())
    vocabulary = Vocabulary(pattern for rule in load().values() for pattern in rule.patterns)

    def open_cache() -> Cache | None:
        return Cache(snapshot.root, vocabulary.key) if cache and snapshot.writable else None

    facts, blobs = gather(snapshot, vocabulary, open_cache=open_cache, progress=progress)
    given = answers_of(snapshot, ref)
    snapshot.warnings.extend(f"mlcoach.toml: no item {id!r}" for id in given if id not in load())
    findings = run_rules(rules, facts, snapshot.warnings, progress)
    items = tuple(merge.merge(rule.item, findings[id], given.get(id)) for id, rule in rules.items())
    return build_report(snapshot, facts, items, changed=snapshot.changed(blobs), started=started)


def run_rules(
    rules: dict[str, Rule], facts: Facts, warnings: list[str], progress: Progress | None = None
) -> dict[str, Finding]:
    """What each rule finds. Rules are pure, so a second process can take some: those on data, which cost about as much as
    all others together.
    """
    parts = min(2, len(rules), processes())

    def run(part: int) -> tuple[dict[str, Finding], list[str]]:
        mine = [(id, rule) for id, rule in rules.items() if parts == 1 or (rule.item.section == "data") == bool(part)]
        found, problems = {}, list[str]()
        for number, (id, rule) in enumerate(mine):
            if progress and not part:
                progress("rules", number, len(mine))
            found[id] = run_rule(rule, facts, problems)
        return found, problems

    results = share(run, parts, tuple[dict[str, Finding], list[str]])
    warnings.extend(problem for _, problems in results for problem in problems)
    return {id: finding for found, _ in results for id, finding in found.items()}


def run_rule(rule: Rule, facts: Facts, warnings: list[str]) -> Finding:
    """A rule that crashes costs its one item, with a warning."""
    try:
        return rule.infer(facts)
    except Exception as error:
        warnings.append(f"rule {rule.module} failed: {type(error).__name__}: {error}")
        return Finding(state="ask", summary="the rule failed; only you can say", looked=("nothing: the rule failed",))


def answers_of(snapshot: Snapshot, ref: str | None) -> dict[str, answers.Answer]:
    if ref is None and snapshot.writable:
        return answers.load(snapshot.root)
    raw = snapshot.read(answers.NAME, 1_000_000)
    return answers.parse(raw) if raw else {}


def build_report(
    snapshot: Snapshot, facts: Facts, items: tuple[ItemReport, ...], *, changed: int, started: float
) -> Report:
    git = facts.git
    return Report(
        mlcoach=__version__,
        project=project_name(snapshot.root, git.remotes),
        root=str(snapshot.root),
        commit=git.head,
        branch=git.branch,
        dirty=changed > 0,
        changed=changed,
        detected=facts.detected,
        items=items,
        counts=count(items),
        sections=merge.sections(items),
        version=next_versions(git),
        warnings=tuple(dict.fromkeys(snapshot.warnings)),
        seconds=round(time.perf_counter() - started, 3),
    )


def project_name(root: Path, remotes: dict[str, str]) -> str:
    """The origin's name, else the folder's: a clone may lie in a folder of any name."""
    address = remotes.get("origin", "").rstrip("/").removesuffix(".git")
    return posixpath.basename(address.replace(":", "/")) or root.name
