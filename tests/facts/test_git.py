"""What git says of a project."""

from mlcoach.facts.git import GitFacts
from mlcoach.snapshot import GitMeta


def test_a_shallow_clone_says_so():
    assert GitFacts(GitMeta(head="a" * 40, branch="main", shallow=True)).shallow


def test_a_folder_without_git_is_not_shallow():
    assert not GitFacts(None).shallow


def test_repositories_of_remotes():
    remotes = {"origin": "git@github.com:Owner/Name.git", "mirror": "https://gitlab.com/group/name"}
    assert GitFacts(GitMeta(head=None, branch=None, remotes=remotes)).repositories == ("Owner/Name", "group/name")
