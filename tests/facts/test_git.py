"""What git says of a project."""

from mlcoach.facts.git import GitFacts
from mlcoach.snapshot import GitMeta


def test_a_shallow_clone_says_so():
    assert GitFacts(GitMeta(head="a" * 40, branch="main", shallow=True)).shallow


def test_a_folder_without_git_is_not_shallow():
    assert not GitFacts(None).shallow
