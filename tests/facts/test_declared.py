"""Dependencies and DVC files, as their tools write them."""

import pytest


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("requirements.txt", "# tools\nscikit_learn[extra]==1.5 ; python_version > '3.8'\n"),
        ("src/requirements-dev.txt", "scikit-learn\n"),
        ("requirements", "scikit-learn\n"),
        ("dev/freeze.pip", "scikit-learn==0.16.1\n"),
        ("pip-freeze.txt", "scikit-learn==1.5\n"),
        ("requirements/base.txt", "scikit-learn>=1\n"),
        (
            "environment.yml",
            "name: x\ndependencies:\n  - python=3.9\n  - conda-forge::scikit-learn=1.0\n  - pip:\n    - torch\n",
        ),
        ("environment.yml", "dependencies:\n  - pip:\n    - scikit-learn==1.0\n"),
        ("pyproject.toml", '[project]\ndependencies = ["scikit-learn>=1"]\n'),
        ("pyproject.toml", '[project.optional-dependencies]\nml = ["scikit-learn"]\n'),
        ("pyproject.toml", '[dependency-groups]\nml = ["scikit-learn"]\n'),
        ("pyproject.toml", '[tool.poetry.dependencies]\npython = "^3.9"\nscikit-learn = "^1.0"\n'),
        ("pyproject.toml", '[tool.poetry.group.ml.dependencies]\nscikit-learn = {version = "1"}\n'),
        ("pixi.toml", '[dependencies]\nscikit-learn = "*"\n'),
        ("Pipfile", '[packages]\nscikit-learn = "*"\n'),
        ("setup.py", "from setuptools import setup\nsetup(install_requires=['numpy', 'scikit-learn>=0.2'])\n"),
        ("setup.py", "DEPENDENCIES = ['scikit-learn']\nsetup(install_requires=DEPENDENCIES)\n"),
        ("setup.cfg", "[options]\ninstall_requires =\n    numpy\n    scikit-learn>=1\n"),
        ("poetry.lock", '[[package]]\nname = "scikit-learn"\nversion = "1.5.0"\n'),
    ],
)
def test_a_declared_package_is_found(facts_with, path, text):
    (found,) = facts_with({path: text}).dependencies.find("scikit_learn")
    assert (found.path, found.name) == (path, "scikit-learn")
    assert "scikit" in text.splitlines()[found.line - 1]


@pytest.mark.parametrize("text", ["-r base.txt\n", "--index-url https://x\n", "# scikit-learn\n", "./scikit-learn\n"])
def test_what_declares_nothing(facts_with, text):
    assert not facts_with({"requirements.txt": text}).dependencies.find("scikit-learn")


def test_dvc_outputs_stages_and_remotes(facts_with):
    dvc = facts_with(
        {
            "data/raw.csv.dvc": "outs:\n- md5: 1\n  path: raw.csv\n",
            "data/imported.dvc": "deps:\n- path: a\n  repo:\n    url: https://x/registry\nouts:\n- path: imported\n",
            "dvc.yaml": "stages:\n  prepare:\n    cmd: python p.py\n    deps: [p.py]\n    outs:\n    - data/out:\n        cache: false\n"
            "metrics:\n- metrics.json\n",
            "dvc.lock": "schema: '2.0'\nstages:\n  prepare:\n    cmd: python p.py\n    outs:\n    - path: data/out\n      md5: 1\n",
            ".dvc/config": "[core]\n    remote = s\n['remote \"s\"']\n    url = s3://bucket/x\n",
        }
    ).dvc
    assert {(out.path, out.file) for out in dvc.outs} == {
        ("data/raw.csv", "data/raw.csv.dvc"),
        ("data/imported", "data/imported.dvc"),
        ("data/out", "dvc.yaml"),
        ("data/out", "dvc.lock"),
    }
    assert [out.imported_from for out in dvc.outs if out.path == "data/imported"] == ["https://x/registry"]
    assert [(stage.name, stage.command, stage.line) for stage in dvc.stages] == [("prepare", "python p.py", 2)]
    assert [(remote.name, remote.url, remote.line) for remote in dvc.remotes] == [("s", "s3://bucket/x", 4)]
    assert [out.path for out in dvc.metrics] == ["metrics.json"]


def test_broken_yaml_is_a_warning(warnings_of):
    (warning,) = warnings_of({"dvc.yaml": "stages:\n  a: [\n"})
    assert warning.startswith("dvc.yaml: not valid YAML (line ")


def test_lfs_patterns(facts_with):
    (kept,) = facts_with({".gitattributes": "*.bin filter=lfs diff=lfs -text\n*.py text\n"}).lfs
    assert (kept.pattern, kept.path, kept.line, kept.files) == ("*.bin", ".gitattributes", 1, ())


def test_files_that_lfs_keeps(facts_with):
    files = {"data/a.csv": "x", "data/deep/b.csv": "x", "c.csv": "x", "data/.gitattributes": "*.csv filter=lfs -text\n"}
    (kept,) = facts_with(files).lfs
    assert kept.files == ("data/a.csv", "data/deep/b.csv")


def test_a_folder_full_of_txt_files_is_data_and_a_few_are_docs(facts_with):
    reviews = {f"data/reviews/{number}.txt": "a fine film" for number in range(20)}
    facts = facts_with({**reviews, "docs/notes.txt": "a fine plan"})
    assert [hit.path for hit in facts.docs.find("a fine")] == ["docs/notes.txt"]


BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9)
)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("dvc.yaml", BOMB + "stages:\n  s:\n    cmd: *a8\n"),
        ("data.dvc", BOMB + "deps:\n- path: x\n  repo: {url: *a8}\nouts:\n- path: y\n"),
        ("dvc.yaml", "stages: !!int ''\n"),
        ("dvc.yaml", "stages: !!bool x\n"),
        ("dvc.yaml", "stages: !!timestamp x\n"),
        ("dvc.lock", "stages:\n  s:\n    outs:\n" + "".join(f"    - path: d/{n}\n" for n in range(3000))),
        ("pyproject.toml", "a = " + "9" * 3900 + "\nb = " + "1" * 3900),
        ("pyproject.toml", "a = " + "1_" * 1999 + "1\n"),
    ],
)
def test_hostile_files_cost_no_more_than_themselves(facts_with, path, text):
    facts = facts_with({path: text, "requirements.txt": "scikit-learn\n"})
    assert all("x, x" not in stage.command for stage in facts.dvc.stages)
    assert facts.dependencies.find("scikit-learn")


def test_a_number_too_long_to_read_leaves_the_other_files(facts_with):
    facts = facts_with({"pyproject.toml": "a = [" + "\n9," * 9 + "\n" + "9" * 3999 + "]", "requirements.txt": "dvc\n"})
    assert facts.dependencies.find("dvc")


def test_a_locked_version_knows_its_line(facts_with):
    text = "".join(f'[[package]]\nname = "p{n}"\nversion = "1.{n}"\n' for n in range(3))
    (found,) = facts_with({"poetry.lock": text}).dependencies.find("p2")
    assert (found.spec, found.line) == ("==1.2", 8)
