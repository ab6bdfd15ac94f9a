"""The code is under version control, and a copy of it is kept elsewhere.

What counts
    A git repository with at least one commit and a remote. GitHub: a remote there, or workflows in .github/. GitLab:
    a remote on a GitLab server, or a .gitlab-ci.yml.

What does not
    A folder without git; a git repository with no commit or no remote.

Known problems
    A company's own GitLab or GitHub server whose name holds neither word is seen by its CI files only.

Next step
    `git init`, commit, make an empty repository on GitHub or GitLab, then `git remote add origin ADDRESS` and `git
    push -u origin HEAD`.
"""

from __future__ import annotations

from mlcoach.rule import Evidence, Facts, Finding, Item, Option, Regex, done, missing

ITEM = Item(
    id="programming/versioning",
    title="Code versioning",
    bullet="Code versionning",
    stage="poc",
    why="Code that only lies on one disk is lost with it, and no result can be traced back to the code that gave it.",
    how=("`git init` and commit", "`git remote add origin ADDRESS`", "`git push -u origin HEAD`"),
    references=("https://docs.github.com/en/repositories", "https://docs.gitlab.com/user/project/repository/"),
    options=(Option("github", "GitHub"), Option("gitlab", "GitLab")),
)

HOST = Regex(r"^(?:\w[\w+.-]*://)?(?:[^@/\s]+@)?(?P<host>[\w.-]+)")


def infer(facts: Facts) -> Finding:
    git = facts.git
    remotes = {
        name: Evidence(ref=address, note=f"remote {name}", confidence=1.0) for name, address in git.remotes.items()
    }
    hosts = {name: host_of(address) for name, address in git.remotes.items()}
    workflows = ci_files(
        facts, ".github/workflows/*.yml", ".github/workflows/*.yaml", note="a workflow of GitHub Actions"
    )
    pipelines = ci_files(facts, ".gitlab-ci.yml", note="a pipeline of GitLab CI")
    options = {
        "github": [*(remotes[name] for name, host in hosts.items() if "github" in host), *workflows[:3]],
        "gitlab": [*(remotes[name] for name, host in hosts.items() if "gitlab" in host), *pipelines[:3]],
    }
    if not git.present:
        return missing("the folder is not in git", looked=("git",), evidence=[*workflows, *pipelines])
    if not git.head:
        return missing("git holds no commit yet", looked=("git log",))
    if not remotes:
        return missing(
            "git has commits but no remote",
            looked=("git remote",),
            evidence=[Evidence(ref=git.head, note="last commit")],
        )
    where = ", ".join(sorted({host for host in hosts.values() if host})) or "another folder"
    return done(
        f"in git, with a remote on {where}", [*remotes.values(), *workflows[:1], *pipelines[:1]][:5], options=options
    )


def host_of(address: str) -> str:
    """The server's name, empty for a folder: `git@github.com:a/b`, `https://gitlab.example.org/a/b`, `/srv/git/a`."""
    found = HOST.match(address)
    return (
        found["host"].lower()
        if found and "." in found["host"].strip(".") and not address.startswith((".", "/"))
        else ""
    )


def ci_files(facts: Facts, *paths: str, note: str) -> list[Evidence]:
    """CI files that the server reads: those at the repository's root only."""
    return [Evidence(path, note=note) for path in facts.find_paths(*paths) if path.startswith(".git")]
