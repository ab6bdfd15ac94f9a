"""The code is released under version numbers that say how much changed.

What counts
    Git tags that are versions in semantic form: v1.2.3, 1.2.3, package-v1.2.3, with or without a pre-release part.
    Major: a tag at or above 1.0.0. Minor and patch: tags that differ in that number.

What does not
    A version written in pyproject.toml or setup.py with no tag; tags of a model (model@v1.0.0, as GTO writes them),
    which are versions of that model; names that are no version (final, v2, 2024-01-05).

Known problems
    A shallow clone, such as a CI job makes, may hold no tags. Releases made on a website only, without a tag, are not
    seen.

Next step
    `git tag -a v0.1.0 -m "First release"` and push the tag; then raise the patch number for a repair, the minor
    number for a new ability, the major number when callers must change.
"""

from __future__ import annotations

from mlcoach.rule import Evidence, Facts, Finding, Item, Option, done, missing

ITEM = Item(
    id="programming/release",
    title="Code release",
    bullet="Code release: Major, Minor, Patch",
    stage="production",
    why="Without versions nobody can say which code gave a result, or know whether an update breaks theirs.",
    how=(
        "choose the number: patch for a repair, minor for an addition, major for a change that breaks callers",
        '`git tag -a v0.1.0 -m "First release"`',
        "`git push origin v0.1.0`",
    ),
    references=("https://semver.org", "https://git-scm.com/book/en/v2/Git-Basics-Tagging"),
    options=(Option("major", "Major"), Option("minor", "Minor"), Option("patch", "Patch")),
    actions=("release",),
)

LOOKED = ("git tags",)


def infer(facts: Facts) -> Finding:
    versions = facts.git.versions
    if not versions:
        return nothing(facts)
    tags = [(version.numbers, version.final, tag(version.tag.name, version.tag.annotated)) for version in versions]
    newest = [evidence for _, _, evidence in reversed(tags)]
    stable = [evidence for numbers, final, evidence in tags if numbers >= (1, 0, 0) and (final or numbers > (1, 0, 0))]
    options = {
        "major": stable[:2],
        "minor": first_of_each([(numbers[1], evidence) for numbers, _, evidence in tags]),
        "patch": first_of_each([(numbers[2], evidence) for numbers, _, evidence in tags]),
    }
    count = f"{len(tags)} version tags, newest " if len(tags) > 1 else "one version tag, "
    return done(count + versions[-1].tag.name, newest[:5], options=options)


def tag(name: str, annotated: bool) -> Evidence:
    return Evidence(ref=name, note="annotated tag" if annotated else "tag", confidence=1.0)


def first_of_each(tags: list[tuple[int, Evidence]]) -> list[Evidence]:
    """A tag for each value of a number, if there are at least two values."""
    first: dict[int, Evidence] = {}
    for number, evidence in tags:
        first.setdefault(number, evidence)
    return list(first.values())[:3] if len(first) > 1 else []


def nothing(facts: Facts) -> Finding:
    """Why there is no version: no git, no tags in a shallow clone, or tags of another kind."""
    git = facts.git
    if not git.present:
        return missing("the project is not in git, so it has no version tags", looked=LOOKED)
    models = {found.name for found in git.model_tags}
    near = [Evidence(ref=found.name, note="a model's" if found.name in models else "no version") for found in git.tags]
    if git.shallow:
        return missing(
            "no version tags in this shallow clone: `git fetch --tags` may bring some",
            looked=LOOKED,
            evidence=near[-3:],
        )
    return missing("no tag is a version" if near else "no tags", looked=LOOKED, evidence=near[-3:])
