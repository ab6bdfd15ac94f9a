"""The code is kept clean, measured and spared needless work.

What counts
    Any one of: linters, formatters or type checkers that a config file, a hook, a CI step or a Make target sets up; profilers
    in the code or its scripts, or a suite of benchmarks; results that are cached on purpose, in memory or on disk, with DVC
    stages that have a dvc.lock among them.

What does not
    Tools that only the requirements name; durations that are printed or logged; a model that is merely kept in memory; caches
    of downloads, of Docker layers or of CI; a type checker that is switched off.

Known problems
    A cache whose names say nothing is found only where one function asks for the file, loads it and saves it.

Next step
    `ruff check --fix . && ruff format .`, then a pre-commit hook for both. Before making anything faster, profile it:
    `python -m cProfile -o out.prof train.py`.
"""

from __future__ import annotations

from mlcoach.rule import Facts, Finding, Item, Option, done, evidence_of, missing

from . import _caches, _linters, _profilers

ITEM = Item(
    id="programming/optimisation",
    title="Code optimisation",
    bullet="Code optimisation",
    stage="mvp",
    why="Untidy code hides errors, and a slow or wasteful pipeline costs every later experiment the same time again.",
    how=(
        "`ruff check --fix . && ruff format .`, and the same as a pre-commit hook",
        "`python -m cProfile -o out.prof train.py` to see where the time goes",
        "cache what is expensive and seldom changes: `functools.lru_cache`, `joblib.Memory`, DVC stages",
    ),
    references=(
        "https://docs.astral.sh/ruff/",
        "https://docs.python.org/3/library/profile.html",
        "https://joblib.readthedocs.io",
    ),
    options=(Option("refactoring", "Refactoring"), Option("profilers", "Profilers"), Option("caching", "Caching")),
)


def infer(facts: Facts) -> Finding:
    options = {
        "refactoring": _linters.linters(facts),
        "profilers": _profilers.profilers(facts),
        "caching": _caches.caches(facts),
    }
    used = [name for name, places in options.items() if places]
    if used:
        first = [places[0] for places in options.values() if places]
        rest = [place for places in options.values() for place in places[1:]]
        return done(f"{', '.join(used)} in use", evidence_of(first, rest), options=options)
    looked = ("linter configs, hooks, CI, Makefiles", "profilers and benchmarks", "caches in code, dvc.lock")
    return missing("no linter, profiler or cache", looked=looked)
