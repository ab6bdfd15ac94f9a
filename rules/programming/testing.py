"""Automated tests exercise the project's own code.

What counts
    Test functions and classes that a runner collects: `test*` functions and `Test*` classes in `test_*.py` or `*_test.py`
    (pytest, nose), TestCase classes in any file (unittest, Django), doctests that something runs, tests in notebooks (nbval,
    nbmake, testbook, ipytest), testthat. Tests that no CI job runs count as partial.

What does not
    A script called test.py that evaluates the model on the test set; `test(model, loader)` and the `test_step` of a training
    module; an empty tests folder; a template's sample test that checks nothing of the project.

Known problems
    Tests in other languages than Python and R are not seen, nor are runners with names of their own for test files. CI is
    read for the usual commands; a job that runs the tests through a script of another name leaves them partial.

Next step
    Write `tests/test_features.py` with a small input and the output that you expect, run `pytest`, then let CI run it on
    every push.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlcoach.rule import (
    Definition,
    Evidence,
    Facts,
    Finding,
    Item,
    Regex,
    TextHit,
    calls,
    done,
    evidence_of,
    imports,
    missing,
    partial,
    uses,
)

ITEM = Item(
    id="programming/testing",
    title="Code testing",
    bullet="Code testing: Unittesting",
    stage="mvp",
    why="An error in data preparation or metrics raises no exception: it gives a worse model, or a better score than is true.",
    how=(
        "`pip install pytest`",
        "write tests/test_NAME.py: functions `test_...` with a small input and an `assert`",
        "run `pytest` locally and in CI",
    ),
    references=("https://docs.pytest.org", "https://madewithml.com/courses/mlops/testing/"),
)

FRAMEWORKS = imports(
    "pytest", "unittest", "unittest2", "nose", "nose2", "hypothesis", "parameterized", "absl.testing", "django.test",
    "testbook", "ipytest", "mock", "numpy.testing", "pandas.testing", "torch.testing", "chex",
)  # fmt: skip
CHECKS = uses("assert*")
DOCTESTS = calls("doctest.testmod", "doctest.testfile", "doctest.DocTestSuite", note="doctests are run")
NOTEBOOK_TESTS = calls("ipytest.run", "ipytest.run_pytest", "testbook", note="tests in a notebook")

COLLECTED = Regex(r"(?:^|/)(?:test_[^/]*|[^/]*_test)\.py$")
BUILT_IN = frozenset(
    "self cls tmp_path tmpdir tmp_path_factory tmpdir_factory capsys capfd caplog monkeypatch request".split()
)
HARNESS = frozenset("pytest unittest nose os sys pathlib typing __future__ kedro".split())
SAMPLE = Regex(
    r"test_?(?:version|dummy|placeholder|sample|example|nothing|pass(?:es)?|true|something|000\w*|code_is_tested)?"
)
RUN = Regex(
    r"\b(?:py\.?test|nosetests|nose2|tox|nox|unittest|testthat)\b|\b(?:setup|manage)\.py\s+test\b"
    r"|\b(?:make|just|task|inv|invoke|hatch|poe|pdm|npm)(?:\s+run)?\s+[\w:-]*test"
)
INSTALL = Regex(r"\b(?:install|add)\b[^&;|]*|(?:^|\s)#.*")  # and comments
SCRIPTS = ("tox.ini", "noxfile.py", "*.y*ml", "*akefile", "*.sh", "justfile")
IN_SCRIPT = r"^(?![ \t]*#).*(?:--doctest-(?:modules|glob)|--nbval|--nbmake|\btreon\b|-m doctest\b)"


def infer(facts: Facts) -> Finding:
    files = sorted(collected(facts), key=lambda found: -found[0])
    places = [evidence for _, evidence in files]
    others = evidence_of(
        facts.code.find(DOCTESTS, NOTEBOOK_TESTS, tests=True),
        facts.texts.find(IN_SCRIPT, *SCRIPTS, words=("doctest", "--nb", "treon")),
        [hit for hit in facts.code.magics() if hit.text.startswith(("%%ipytest", "%%run_pytest"))],
        facts.texts.find(r"^[ \t]*test_that\(", "*.R", "*.r", words=("test_that",)),
    )
    runs = [
        hit.evidence(f"CI: {hit.text.strip()[:50]}") for hit in facts.ci.find(r"test|\bnox\b|\btox\b") if is_run(hit)
    ]
    found = evidence_of(places[:4], runs[:1], others, places)
    if not places and not others:
        looked = ("test_*.py, *_test.py", "TestCase classes", "doctests", "notebook tests")
        return missing("no tests of the project's own code", looked=looked, evidence=samples(facts))
    count = sum(number for number, _ in files)
    what = (
        f"{count} {'test' if count == 1 else 'tests'} in {len(files)} {'file' if len(files) == 1 else 'files'}"
        if files
        else others[0].note
    )
    return done(f"{what}, run by CI", found) if runs else partial(f"{what}, but no CI runs them", found)


def collected(facts: Facts, *, sample: bool = False) -> Iterator[tuple[int, Evidence]]:
    """(number of tests, the first of them) for each file with tests of the project, or with nothing but a sample."""
    by_path: dict[str, list[Definition]] = {}
    for definition in facts.code.definitions():
        by_path.setdefault(definition.path, []).append(definition)
    fixtures = {definition.name for path in by_path if path.endswith("conftest.py") for definition in by_path[path]}
    framework = facts.code.files_with(FRAMEWORKS, tests=True)
    checked = {(hit.path, hit.inside) for hit in facts.code.find(CHECKS, tests=True)}
    for path, definitions in by_path.items():
        tests = list(cases(definitions))
        if not tests and COLLECTED.search(path):
            tests = [
                test for test in functions(definitions) if path in framework or parameters(test) <= BUILT_IN | fixtures
            ]
            if path not in framework and not any((path, test.name) in checked for test in tests):
                continue
        if tests and is_sample(facts, path, tests) == sample:
            first = tests[0]
            yield len(tests), Evidence(path, first.line, first.cell, note=first.name)


def cases(definitions: list[Definition]) -> Iterator[Definition]:
    """The test methods of TestCase classes."""
    classes = {
        definition.name for definition in definitions if definition.kind == "class" and "TestCase" in definition.given
    }
    return (test for test in definitions if test.name.rpartition(".")[0] in classes and is_named(test))


def functions(definitions: list[Definition]) -> Iterator[Definition]:
    """What pytest collects: functions of the module, methods of Test classes that have no constructor."""
    made = {
        definition.name.removesuffix(".__init__") for definition in definitions if definition.name.endswith(".__init__")
    }
    for test in definitions:
        owner = test.name.rpartition(".")[0]
        if is_named(test) and (not owner or (owner.startswith("Test") and owner not in made)):
            yield test


def is_named(test: Definition) -> bool:
    return test.kind == "def" and test.last.startswith("test")


def parameters(test: Definition) -> set[str]:
    """The parameters that a runner has to fill in."""
    listed = re.sub(r"\[[^\]]*\]", "", test.given).split(",")
    return {
        name.partition(":")[0].strip()
        for name in listed
        if name.strip() and "=" not in name and name.strip()[0] not in "*/"
    }


def is_sample(facts: Facts, path: str, tests: list[Definition]) -> bool:
    """Whether a template wrote the file: it needs nothing of the project, or only asks for its version."""
    if all(SAMPLE.fullmatch(test.last) for test in tests) and len(tests) < 3:
        return True
    needs = {name for name, _ in facts.code.files[path].imports if not name.endswith("__version__")}
    return {name.partition(".")[0] for name in needs} <= HARNESS and all(parameters(test) <= BUILT_IN for test in tests)


def samples(facts: Facts) -> list[Evidence]:
    """Tests that a template wrote, to be shown as no tests of the project."""
    return [Evidence(found.path, found.line, note="a sample test") for _, found in collected(facts, sample=True)][:3]


def is_run(hit: TextHit) -> bool:
    """Whether a line of a CI definition runs tests, rather than installing a runner or describing one."""
    return not hit.path.endswith(("tox.ini", "noxfile.py")) and RUN.search(INSTALL.sub("", hit.text)) is not None
