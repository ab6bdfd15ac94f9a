"""Code optimisation, option "refactoring": linters, formatters and type checkers that are set up."""

from __future__ import annotations

from mlcoach.rule import Evidence, Facts, Regex, TextHit, evidence_of, strings

CONFIGS = (
    ".flake8", ".pylintrc", "pylintrc", ".pylintrc.toml", "mypy.ini", ".mypy.ini", "ruff.toml", ".ruff.toml", ".style.yapf",
    ".isort.cfg", ".pycodestyle", ".pydocstyle*", ".pep8", "pytype.cfg", ".pyre_configuration", ".prospector.y*ml", "pylama.ini",
    ".clang-format", ".clang-tidy", ".lintr", ".eslintrc*", ".prettierrc*", "eslint.config.*", "biome.json",
    ".codeclimate.yml", "sonar-project.properties", ".deepsource.toml", ".landscape.y*ml", ".mega-linter.yml", ".hound.yml",
    ".github/linters/*", ".trunk/trunk.yaml", "pyrightconfig.json", "ty.toml", "pyrefly.toml",
)  # fmt: skip
TOOLS = (
    "flake8", "pylint", "black", "isort", "mypy", "pyright", "basedpyright", "ruff", "yapf", "autopep8", "autoflake", "pycodestyle",
    "pydocstyle", "pyflakes", "pep8", "docformatter", "pyupgrade", "pytype", "pyre", "pylama", "prospector", "radon", "xenon", "nbqa",
    "vulture", "bandit", "dmypy", "pyrefly", "flakeheaven",
)  # fmt: skip
TOOL = "|".join(TOOLS)
SECTION = rf"^\[(?:tool[.:])?(?:{TOOL})\b[^\]]*\]"
COMMAND = Regex(
    rf"(?:^\s*(?:-\s+)?|[;&|@\"'(]\s*|(?:run|script|entry|commands?|cmd)\s*[:=]\s*|-m\s+|\b(?:run|exec|uvx|pipx run|tool run)\s+)"
    rf"(?:(?:{TOOL})(?=\s+[-./\w$*{{\"']|\s*$)|pre-commit\s+run)"
    r"|\buses:\s*\S*(?:black|ruff|flake8|isort|mypy|pyright|pylint|pre-commit|linter|super-lint|megalint)"
)
INSTALL = Regex(r"\b(?:install|add|require\w*)\b[^&;|]*|(?:^|\s)#.*")  # and comments
SCRIPTS = ("*akefile*", "*.mk", "justfile", "Taskfile.y*ml", "*.sh")
TASK = rf"^[ \t]*[\"']?(?:lint|format|fmt|style|check|types?|typing|quality|fix)[\w:.-]*[\"']?[ \t]*=.*\b(?:{TOOL})\b"
EDITOR = (
    r"\"(?:python\.linting\.\w+Enabled|editor\.formatOnSave)\"[ \t]*:[ \t]*true"
    r"|\"python\.formatting\.provider\"[ \t]*:[ \t]*\"(?!none)\w|\"(?:black-formatter|ruff|isort|pylint|flake8|mypy)\.\w"
)
SESSIONS = strings(*TOOLS, *(f"{tool} *" for tool in TOOLS), note="a session runs it")
TASK_FILES = Regex(r"(?:^|/)(?:noxfile|tasks|dodo|fabfile)\.py$")
HOOK = r"^[ \t]*-?[ \t]*id:[ \t]*(?!dvc|nbstripout|gitleaks|detect-secrets|commitizen|conventional)\S+"


def linters(facts: Facts) -> tuple[Evidence, ...]:
    """Places that set up a linter, a formatter or a type checker: hooks first, then what runs it, then configuration."""
    hooks = facts.texts.find(HOOK, ".pre-commit-config.y*ml", limit=20)
    scripts = facts.texts.find(
        rf"^(?![ \t]*#).*\b(?:{TOOL}|pre-commit)\b", *SCRIPTS, limit=200, words=(*TOOLS, "pre-commit")
    )
    ci = facts.ci.find(rf"{TOOL}|pre-commit|lint", limit=200)
    sections = facts.texts.find(SECTION, "*.toml", "setup.cfg", "tox.ini", words=TOOLS)
    return evidence_of(
        [hit.evidence("a pre-commit hook") for hit in hooks[:1]],
        [Evidence(path, note="a linter's or formatter's configuration") for path in facts.find_paths(*CONFIGS)],
        [hit.evidence(f"configures {hit.text.strip()[:40]}") for hit in sections if not is_off(facts, hit)],
        [hit.evidence(f"runs {hit.text.strip()[:50]}") for hit in [*ci, *scripts] if is_run(hit)],
        [hit for hit in facts.code.find(SESSIONS) if TASK_FILES.search(hit.path)],
        [
            hit.evidence(f"runs {hit.text.strip()[:50]}")
            for hit in facts.texts.find(TASK, "pyproject.toml", words=TOOLS)
        ],
        [hit.evidence("the editor checks or formats") for hit in facts.texts.find(EDITOR, "*.vscode/settings.json")],
        [hit.evidence("a pre-commit hook") for hit in hooks[1:]],
    )


def is_run(hit: TextHit) -> bool:
    """Whether the line runs a tool, rather than installing it or naming it."""
    return COMMAND.search(INSTALL.sub("", hit.text)) is not None


def is_off(facts: Facts, section: TextHit) -> bool:
    """A pyright section that turns type checking off."""
    return "pyright" in section.text and bool(
        facts.texts.find(r"^typeCheckingMode[ \t]*=[ \t]*[\"']off", section.path, limit=1)
    )
