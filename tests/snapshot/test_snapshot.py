"""Where files come from: real repositories in temporary folders."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from mlcoach.snapshot import SnapshotError, open_snapshot

IDENTITY = ("-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "commit.gpgSign=false")


def git(folder: Path, *words: str) -> str:
    command = ["git", *IDENTITY, "-c", "protocol.file.allow=always", *words]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """A repository of one commit: a.py, and a .gitignore that leaves data/ out."""
    folder = tmp_path / "repo"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    (folder / "a.py").write_text("x = 1\n")
    (folder / ".gitignore").write_text("data/\n")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "feat: first")
    return folder


def paths(folder: Path, **how: str) -> set[str]:
    return set(open_snapshot(folder, **how).entries)


def test_tracked_and_untracked_files_are_seen_and_ignored_ones_are_not(repo):
    (repo / "new.py").write_text("y = 1\n")
    (repo / "data").mkdir()
    (repo / "data" / "big.csv").write_text("a\n")
    assert paths(repo) == {"a.py", ".gitignore", "new.py"}


def test_a_subfolder_opens_the_whole_project(repo):
    (repo / "src").mkdir()
    assert open_snapshot(repo / "src").root == repo


def test_a_deleted_file_is_gone_and_counts_as_changed(repo):
    (repo / "a.py").unlink()
    snapshot = open_snapshot(repo)
    assert "a.py" not in snapshot.entries
    assert snapshot.changed({}) == 1


def test_a_touched_file_of_the_same_content_has_not_changed(repo):
    os.utime(repo / "a.py", (1, 1))
    assert open_snapshot(repo).changed({}) == 0


def test_an_edited_file_has_changed(repo):
    (repo / "a.py").write_text("x = 2\n")
    os.utime(repo / "a.py", (1, 1))
    assert open_snapshot(repo).changed({}) == 1


def test_any_commit_is_read_without_a_checkout(repo):
    (repo / "a.py").write_text("x = 2\n")
    (repo / "b.py").write_text("")
    git(repo, "add", "-A")
    git(repo, "commit", "-q", "-m", "second")
    snapshot = open_snapshot(repo, ref="HEAD~1")
    assert set(snapshot.entries) == {"a.py", ".gitignore"}
    assert snapshot.read("a.py", 100) == b"x = 1\n"
    assert snapshot.read(".gitignore", 3) == b"dat"
    assert snapshot.read("a.py", 100) == b"x = 1\n"
    assert not snapshot.writable


def test_a_commit_has_only_the_tags_that_it_contains(repo):
    git(repo, "tag", "v1.0.0")
    git(repo, "commit", "-q", "--allow-empty", "-m", "later")
    git(repo, "tag", "-a", "v1.1.0", "-m", "with a message")
    assert [tag.name for tag in open_snapshot(repo, ref="v1.0.0").git.tags] == ["v1.0.0"]
    assert [(tag.name, tag.annotated) for tag in open_snapshot(repo).git.tags] == [("v1.0.0", False), ("v1.1.0", True)]


def test_git_tells_branch_remote_and_commits(repo):
    git(repo, "remote", "add", "origin", "https://me:secret@example.org/o/r.git")
    meta = open_snapshot(repo).git
    assert meta.branch == "main"
    assert meta.remotes == {"origin": "https://example.org/o/r.git"}
    assert [commit.subject for commit in meta.commits] == ["feat: first"]


def test_a_repository_without_a_commit(tmp_path):
    git(tmp_path, "init", "-q")
    (tmp_path / "a.py").write_text("")
    snapshot = open_snapshot(tmp_path)
    assert set(snapshot.entries) == {"a.py"}
    assert snapshot.git.head is None


def test_a_folder_without_git_skips_the_usual_folders(tmp_path):
    for name in ("a.py", "node_modules/b.py", ".venv/c.py", "env2/pyvenv.cfg", "env2/d.py", "src/e.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    snapshot = open_snapshot(tmp_path)
    assert set(snapshot.entries) == {"a.py", "src/e.py"}
    assert snapshot.git is None


def test_a_bare_repository_shows_its_last_commit(repo, tmp_path):
    git(tmp_path, "clone", "-q", "--bare", str(repo), "bare.git")
    snapshot = open_snapshot(tmp_path / "bare.git")
    assert snapshot.read("a.py", 100) == b"x = 1\n"
    assert any("bare" in warning for warning in snapshot.warnings)


def test_a_linked_worktree_and_a_shallow_clone(repo, tmp_path):
    git(repo, "commit", "-q", "--allow-empty", "-m", "second")
    git(repo, "worktree", "add", "-q", str(tmp_path / "linked"), "-b", "other")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repo}", "shallow")
    assert open_snapshot(tmp_path / "linked").git.branch == "other"
    shallow = open_snapshot(tmp_path / "shallow").git
    assert shallow.shallow
    assert len(shallow.commits) == 1


def test_a_submodule_is_named_and_not_entered(repo, tmp_path):
    git(tmp_path, "init", "-q", "outer")
    git(tmp_path / "outer", "submodule", "add", "-q", str(repo), "inner")
    outer = open_snapshot(tmp_path / "outer")
    assert outer.entries["inner"].kind == "submodule"
    assert not any(path.startswith("inner/") for path in outer.entries)
    assert paths(tmp_path / "outer" / "inner") == {"a.py", ".gitignore"}


def test_links_are_never_followed(repo, tmp_path):
    (tmp_path / "secret.py").write_text("password")
    (repo / "link.py").symlink_to(tmp_path / "secret.py")
    (repo / "loop").symlink_to("loop")
    (repo / "folder").symlink_to(tmp_path)
    snapshot = open_snapshot(repo)
    assert snapshot.read("link.py", 100) is None
    assert not any(path.startswith("folder/") for path in snapshot.entries)
    assert sorted(snapshot.warnings) == [
        "folder: a link out of the project, not followed",
        "link.py: a link out of the project, not followed",
        "loop: a link that leads nowhere, not read",
    ]


def test_a_link_inside_the_project_is_no_cause_for_a_word(repo):
    (repo / "link.py").symlink_to("a.py")
    assert not open_snapshot(repo).warnings


def test_a_fifo_does_not_block(tmp_path):
    os.mkfifo(tmp_path / "pipe.py")
    snapshot = open_snapshot(tmp_path)
    assert snapshot.read("pipe.py", 100) is None
    assert snapshot.warnings[-1] == "pipe.py: not a regular file, not read"


def test_a_file_that_becomes_a_link_is_not_read(tmp_path):
    (tmp_path / "secret").write_text("password")
    folder = tmp_path / "p"
    folder.mkdir()
    (folder / "a.py").write_text("x")
    snapshot = open_snapshot(folder)
    (folder / "a.py").unlink()
    (folder / "a.py").symlink_to(tmp_path / "secret")
    assert snapshot.read("a.py", 100) is None
    assert snapshot.warnings[-1].startswith("a.py: ")


def test_nothing_of_the_repositorys_own_config_runs(repo, tmp_path):
    ran = tmp_path / "ran"
    script = tmp_path / "evil.sh"
    script.write_text(f"#!/bin/sh\ntouch {ran}\ncat\n")
    script.chmod(0o755)
    (repo / ".gitattributes").write_text("*.py filter=evil diff=evil\n")
    for key in (
        "core.fsmonitor",
        "filter.evil.clean",
        "filter.evil.smudge",
        "diff.external",
        "diff.evil.textconv",
        "core.pager",
    ):
        git(repo, "config", key, str(script))
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in ("post-index-change", "post-checkout", "reference-transaction", "fsmonitor-watchman"):
        (hooks / name).write_text(script.read_text())
        (hooks / name).chmod(0o755)
    git(repo, "config", "core.hooksPath", str(hooks))
    (repo / "a.py").write_text("x = 2\n")
    os.utime(repo / "a.py", (1, 1))
    ran.unlink(missing_ok=True)

    snapshot = open_snapshot(repo)
    assert snapshot.changed({}) == 2
    open_snapshot(repo, ref="HEAD").read("a.py", 100)
    assert not ran.exists()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path / "nowhere", "no such folder"),
        (lambda path: path / "file", "not a folder"),
        (lambda path: path / ".git", "git's own folder"),
    ],
)
def test_what_cannot_be_opened_says_why(tmp_path, make, said):
    git(tmp_path, "init", "-q")
    (tmp_path / "file").write_text("")
    with pytest.raises(SnapshotError, match=said):
        open_snapshot(make(tmp_path))


def test_an_unknown_commit_says_so(repo):
    with pytest.raises(SnapshotError, match="no commit 'v9'"):
        open_snapshot(repo, ref="v9")
    with pytest.raises(SnapshotError, match="no commit '--output=x'"):
        open_snapshot(repo, ref="--output=x")


def test_a_commit_of_a_folder_without_git(tmp_path):
    with pytest.raises(SnapshotError, match="not in a git repository"):
        open_snapshot(tmp_path, ref="HEAD")


@pytest.mark.parametrize("commit", [False, True])
def test_odd_names_are_read_and_one_that_is_no_text_is_named(repo, commit):
    odd = ["a\nb.py", "[bold]x.py", "é.py"]
    for name in [*odd, os.fsdecode(b"\xff.py")]:
        (repo / name).write_text("x = 1\n")
    if commit:
        git(repo, "add", "-A")
        git(repo, "commit", "-q", "-m", "odd")
    snapshot = open_snapshot(repo, ref="HEAD" if commit else None)
    assert set(snapshot.entries) == {"a.py", ".gitignore", *odd}
    assert snapshot.read("a\nb.py", 10) == b"x = 1\n"
    assert snapshot.warnings == ["\\xff.py: its name is not UTF-8, not read"]


def test_subjects_and_names_of_tags_may_hold_odd_line_breaks(repo):
    git(repo, "tag", "-a", "v1.0.0", "-m", "one\x0ctwo\u2028three")
    git(repo, "tag", "v\u20282.0.0")
    assert {tag.name for tag in open_snapshot(repo).git.tags} == {"v1.0.0", "v\u20282.0.0"}


def test_the_history_is_read_whatever_encoding_the_repository_asks_for(repo):
    git(repo, "config", "i18n.logOutputEncoding", "UTF-16")
    assert open_snapshot(repo).git.commits[0].subject == "feat: first"


def test_a_broken_index_is_said_and_not_an_empty_project(repo):
    (repo / ".git" / "index").write_bytes(b"garbage")
    with pytest.raises(SnapshotError, match="index"):
        open_snapshot(repo)


def test_a_commit_without_its_tree_is_said(repo):
    tree = git(repo, "rev-parse", "HEAD^{tree}")
    (repo / ".git" / "objects" / tree[:2] / tree[2:]).unlink()
    with pytest.raises(SnapshotError, match="git cannot read"):
        open_snapshot(repo, ref="HEAD")


@pytest.mark.parametrize("ref", ["", "^main", "main..main"])
def test_what_names_no_single_commit_is_refused(repo, ref):
    with pytest.raises(SnapshotError, match="no commit"):
        open_snapshot(repo, ref=ref)


def test_the_environment_of_another_repositorys_hook_does_not_count(repo, tmp_path, monkeypatch):
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "-q")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git" / "index"))
    assert paths(repo) == {"a.py", ".gitignore"}


def test_a_filter_of_a_submodule_does_not_run(repo, tmp_path):
    outer = tmp_path / "outer"
    outer.mkdir()
    git(outer, "init", "-q")
    git(outer, "submodule", "add", "-q", str(repo), "sub")
    git(outer, "commit", "-q", "-m", "feat: sub")
    git(outer / "sub", "config", "filter.evil.clean", f"touch {tmp_path}/ran; cat")
    (outer / "sub" / ".gitattributes").write_text("* filter=evil\n")
    os.utime(outer / "sub" / "a.py", (1, 1))
    open_snapshot(outer).changed({})
    assert not (tmp_path / "ran").exists()


def test_a_partial_clone_fetches_nothing(repo, tmp_path):
    git(repo, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--bare", "--filter=blob:none", f"file://{repo}", "part.git")
    snapshot = open_snapshot(tmp_path / "part.git")
    assert snapshot.read("a.py", 100) is None
