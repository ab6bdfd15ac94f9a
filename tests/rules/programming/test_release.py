"""programming/release: what counts and what does not."""

import pytest

from mlcoach.snapshot.base import GitMeta, Tag

ID = "programming/release"


def tagged(*names, shallow=False):
    tags = tuple(Tag(name, True, "c" * 40) for name in names)
    return GitMeta(head="c" * 40, branch="main", tags=tags, shallow=shallow)


@pytest.fixture
def release(infer):
    """The finding for a repository with these tags."""
    return lambda *names, files=None, **more: infer(ID, files or {}, git=tagged(*names, **more))


@pytest.mark.parametrize("name", ["v1.2.3", "1.2.3", "pkg-v1.2.3", "v0.1.0-alpha.1", "1.0.0rc1"])
def test_a_tag_in_semantic_form_counts(release, name):
    found = release(name)
    assert found.state == "done"
    assert [e.ref for e in found.evidence] == [name]


def test_the_newest_version_comes_first(release):
    found = release("v0.9.0", "v0.10.0", "v0.2.0")
    assert found.evidence[0].ref == "v0.10.0"
    assert "3 version tags" in found.summary


@pytest.mark.parametrize("name", ["final", "v2", "v1.2", "2024-01-05", "paper-submission"])
def test_other_tags_do_not(release, name):
    found = release(name)
    assert found.state == "missing"
    assert found.evidence[0].ref == name


def test_tags_of_a_model_do_not(release):
    found = release("churn@v1.0.0", "churn#prod#1")
    assert found.state == "missing"
    assert found.evidence[0].note == "a model's"


def test_a_version_in_pyproject_does_not(release):
    assert release(files={"pyproject.toml": '[project]\nname = "a"\nversion = "1.2.3"\n'}).state == "missing"


def test_a_folder_without_git_has_none(infer):
    found = infer(ID, {"setup.py": "setup(version='1.0.0')"})
    assert found.state == "missing"
    assert "not in git" in found.summary


def test_a_shallow_clone_is_told(release):
    assert "shallow" in release(shallow=True).summary


@pytest.mark.parametrize(
    ("names", "options"),
    [
        (["v0.1.0"], set()),
        (["v1.0.0"], {"major"}),
        (["v1.0.0-rc.1"], set()),  # before 1.0.0
        (["v1.0.1-rc.1"], {"major"}),
        (["v0.1.0", "v0.2.0"], {"minor"}),
        (["v0.1.0", "v0.1.1"], {"patch"}),
        (["v1.0.0", "v1.1.0", "v2.0.1"], {"major", "minor", "patch"}),
    ],
)
def test_options(release, names, options):
    assert set(release(*names).options) == options
