"""How often the rules are right, on repositories that people have labelled.

    python benchmarks/accuracy.py LABELS REPOS [--errors] [--markdown]

LABELS is a folder of label files, one a repository, named like the repository's folder in REPOS:

    {"commit": "<40 hex>", "labels": {"data/eda": {"state": "yes", "evidence": ["eda.ipynb#cell 3"], "why": "..."},
                                      "data/storage:sql": {"state": "no"}, ...}}

"yes" is a positive and "no" a negative; "na" and "unclear" are left out. A report says yes when an item is done or partial,
or when it has a draft answer; an option, when it is detected. Evidence is the share of right answers that show a file
which is among the labelled ones. Macro F1 is the mean over items with at least two positives and two negatives.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from mlcoach.checklist.report import ItemReport, OptionReport
from mlcoach.checklist.run import scan


class Verdict(NamedTuple):
    key: str
    repository: str
    said: bool
    labelled: bool
    places_agree: bool
    why: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", type=Path)
    parser.add_argument("repos", type=Path)
    parser.add_argument("--errors", action="store_true", help="list each wrong answer with the label's reason")
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    args = parser.parse_args()
    files = sorted(args.labels.glob("*.json"))
    verdicts = [verdict for file in files for verdict in judge(file, args.repos / file.stem)]
    print(f"{len(files)} repositories, {len(verdicts)} labelled answers\n")
    print_table(verdicts, markdown=args.markdown)
    if args.errors:
        for verdict in sorted(verdicts):
            if verdict.said != verdict.labelled:
                print(verdict.key, "said yes" if verdict.said else "said no", verdict.repository, verdict.why, sep="  ")


def judge(file: Path, repository: Path) -> list[Verdict]:
    truth = json.loads(file.read_text())
    said: dict[str, ItemReport | OptionReport] = {}
    for item in scan(repository, cache=False).items:
        said[item.id] = item
        said.update((f"{item.id}:{option.id}", option) for option in item.options)
    verdicts = []
    for key, label in truth["labels"].items():
        if label["state"] in ("yes", "no"):
            shown = {found.path for found in said[key].evidence if found.path}
            agree = bool(shown & {path_of(place) for place in label.get("evidence", [])})
            verdict = Verdict(key, file.stem, says_yes(said[key]), label["state"] == "yes", agree, label.get("why", ""))
            verdicts.append(verdict)
    return verdicts


def says_yes(node: ItemReport | OptionReport) -> bool:
    match node:
        case OptionReport(detected=detected):
            return detected
        case ItemReport(state=state, draft=draft):
            return state in ("done", "partial") or (state == "ask" and bool(draft))


def path_of(place: str) -> str:
    path, _, line = place.rpartition(":")
    return path if line.isdigit() else place.partition("#")[0]


def f1(right: int, false_yes: int, missed: int) -> float:
    return 2 * right / (2 * right + false_yes + missed) if right + false_yes + missed else float("nan")


def print_table(verdicts: list[Verdict], *, markdown: bool) -> None:
    columns = ("yes", "no", "precision", "recall", "F1", "evidence")
    row = (
        "| {:38} | {:>4} | {:>4} | {:>9} | {:>6} | {:>5} | {:>8} |"
        if markdown
        else "{:38} {:>4} {:>4} {:>9} {:>6} {:>5} {:>8}"
    )
    print(row.format("item", *columns))
    if markdown:
        print("| --- |" + " ---: |" * len(columns))
    totals: dict[bool, Counter[str]] = {False: Counter(), True: Counter()}
    scores: dict[bool, list[float]] = {False: [], True: []}
    for key in sorted({verdict.key for verdict in verdicts}):
        count = Counter[str]()
        for verdict in verdicts:
            if verdict.key == key:
                count["yes" if verdict.labelled else "no"] += 1
                count["said"] += verdict.said
                count["right"] += verdict.said and verdict.labelled
                count["shown"] += verdict.said and verdict.labelled and verdict.places_agree
        score = f1(count["right"], count["said"] - count["right"], count["yes"] - count["right"])
        option = ":" in key
        totals[option].update(count)
        if count["yes"] >= 2 and count["no"] >= 2:
            scores[option].append(score)
        ratios = (ratio(count["right"], count["said"]), ratio(count["right"], count["yes"]))
        print(
            row.format(key, count["yes"], count["no"], *ratios, f"{score:.2f}", ratio(count["shown"], count["right"]))
        )
    for option, name in ((False, "items"), (True, "options")):
        total = totals[option]
        macro = sum(scores[option]) / len(scores[option]) if scores[option] else float("nan")
        micro = f1(total["right"], total["said"] - total["right"], total["yes"] - total["right"])
        print(f"\n{name}: macro F1 {macro:.3f}, micro F1 {micro:.3f}, evidence {ratio(total['shown'], total['right'])}")


def ratio(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "-"


if __name__ == "__main__":
    main()
