"""programming/versioning: what counts and what does not."""

import pytest

from mlcoach.snapshot import GitMeta

ID = "programming/versioning"


def repository(**remotes):
    return GitMeta(head="c" * 40, branch="main", remotes=remotes)


@pytest.mark.parametrize(
    ("address", "option"),
    [
        ("https://github.com/a/b", "github"),
        ("git@github.com:a/b.git", "github"),
        ("https://github.example.org/a/b", "github"),
        ("https://gitlab.com/a/b.git", "gitlab"),
        ("ssh://git@gitlab.example.org:2222/a/b.git", "gitlab"),
    ],
)
def test_a_remote_counts_and_names_its_host(infer, address, option):
    found = infer(ID, {"a.py": ""}, git=repository(origin=address))
    assert found.state == "done"
    assert found.evidence[0].ref == address
    assert set(found.options) == {option}


@pytest.mark.parametrize(
    "address", ["https://bitbucket.org/a/b", "/srv/git/github/b.git", "https://example.org/github/b"]
)
def test_another_host_is_no_option(infer, address):
    found = infer(ID, {"a.py": ""}, git=repository(origin=address))
    assert found.state == "done"
    assert found.options == {}


def test_ci_files_tell_a_host_too(infer):
    files = {".github/workflows/ci.yml": "on: push\n", ".gitlab-ci.yml": "test:\n  script: make\n"}
    found = infer(ID, files, git=repository(origin="https://git.example.org/a/b"))
    assert [e.path for e in found.options["github"]] == [".github/workflows/ci.yml"]
    assert [e.path for e in found.options["gitlab"]] == [".gitlab-ci.yml"]


def test_ci_files_of_a_folder_below_are_not_read_by_the_host(infer):
    found = infer(ID, {"template/.gitlab-ci.yml": "a: 1\n"}, git=repository(origin="https://github.com/a/b"))
    assert set(found.options) == {"github"}


def test_no_remote_does_not_count(infer):
    found = infer(ID, {"a.py": ""}, git=repository())
    assert found.state == "missing"
    assert "no remote" in found.summary


def test_no_commit_does_not_count(infer):
    git = GitMeta(head=None, branch="main", remotes={"origin": "https://github.com/a/b"})
    assert infer(ID, {"a.py": ""}, git=git).state == "missing"


def test_a_folder_without_git_does_not_count(infer):
    assert infer(ID, {"a.py": "", ".github/workflows/ci.yml": "on: push\n"}).state == "missing"
