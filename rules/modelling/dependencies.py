"""What the code needs is declared in a file.

What counts
    requirements.txt, environment.yml, pyproject.toml, Pipfile, setup.py or setup.cfg with their dependencies, a lock file, a
    frozen list of packages, under any of the names they go by and in any folder.

What does not
    `pip install` lines in a README or a notebook alone; a template's list without the libraries that the code imports.

Known problems
    A package whose name differs from its module's is known only where that is common (cv2 is opencv-python).

Next step
    `uv init --bare && uv add scikit-learn pandas`, which also writes a lock file; or `pip freeze > requirements.txt` in a clean
    environment.
"""

from __future__ import annotations

import sys

from mlcoach.rule import Evidence, Facts, Finding, Item, done, evidence_of, missing, partial

ITEM = Item(
    id="modelling/dependencies",
    title="Model dependencies",
    bullet="Keep track of your model dependencies",
    stage="poc",
    why="A model loads only beside the libraries that wrote it; without a list nobody can run the code a year later.",
    how=(
        "`uv init --bare`, then `uv add scikit-learn pandas`: writes pyproject.toml and uv.lock",
        "or in a clean environment: `pip freeze > requirements.txt`",
        "or `conda env export --from-history > environment.yml`",
        "commit the file, and the lock file too",
    ),
    references=(
        "https://docs.astral.sh/uv/guides/projects/",
        "https://pip.pypa.io/en/stable/reference/requirements-file-format/",
    ),
)

PACKAGES = {
    "cv2": "opencv", "sklearn": "scikit-learn", "PIL": "pillow", "skimage": "scikit-image", "yaml": "pyyaml", "bs4": "beautifulsoup4",
    "imblearn": "imbalanced-learn", "umap": "umap-learn", "skopt": "scikit-optimize", "tf_keras": "keras", "pytorch_lightning": "lightning",
    "Bio": "biopython", "torchtext": "torch", "airflow": "apache-airflow", "psycopg2": "psycopg", "attr": "attrs", "git": "gitpython",
    "faiss": "faiss", "MySQLdb": "mysqlclient", "serial": "pyserial", "dateutil": "python-dateutil", "pl_bolts": "lightning-bolts",
    "kafka": "kafka-python", "Levenshtein": "python-levenshtein", "jwt": "pyjwt", "OpenSSL": "pyopenssl", "sagemaker": "sagemaker",
    "prophet": "prophet", "fbprophet": "fbprophet", "community": "python-louvain", "surprise": "scikit-surprise", "docx": "python-docx",
}  # fmt: skip
TEMPLATE = frozenset(
    "click dotenv setuptools pkg_resources pip wheel sphinx pytest nose tox coverage flake8 black isort mypy IPython".split()
)
PYTHON_2 = frozenset(
    "cPickle Queue urllib2 urlparse ConfigParser StringIO cStringIO httplib Tkinter commands exceptions".split()
)

LOOKED = (
    "requirements*.txt, environment.yml, pyproject.toml",
    "Pipfile, setup.py, setup.cfg",
    "lock files",
    "frozen lists",
)
FROZEN = r"^[A-Za-z][\w.-]*={1,2}\d[^\s=]*(?:=\S+)?[ \t]*$"
CONDA = r"^dependencies:[ \t]*\n(?:[ \t]*#[^\n]*\n)*[ \t]*-[ \t]*(?:[\w-]+::)?\w[\w.-]*[ \t]*(?:[=<>\n])"
OTHER_LANGUAGES = ("renv.lock", "packrat.lock", "DESCRIPTION", "Project.toml", "Manifest.toml", "environment.jl")


def infer(facts: Facts) -> Finding:
    manifests = [made for made in facts.dependencies.manifests if made.dependencies or made.kind == "lock"]
    files = [
        Evidence(made.path, note=f"declares {len(made.dependencies) or 'locked'} packages", confidence=0.95)
        for made in manifests
    ]
    lists = frozen(facts)
    found = evidence_of(
        files,
        (Evidence(path, note=f"pins {len(names)} packages") for path, names in lists.items()),
        (hit.evidence() for hit in facts.texts.find(CONDA, "*.y*ml", words=("dependencies:",))),
    )
    others = [Evidence(path, note="another language's packages") for path in facts.find_paths(*OTHER_LANGUAGES)]
    imported = libraries(facts)
    declared = set(facts.dependencies.by_name).union(*lists.values())
    known = {name for name in imported if is_declared(name, declared)}
    if found and imported and declared and not known and not any(made.kind == "lock" for made in manifests):
        what = ", ".join(sorted(imported)[:6])
        return missing(
            f"the declared packages are none of those that the code imports ({what})", looked=LOOKED, evidence=found
        )
    if not found and not others:
        return missing("nothing declares what the code needs", looked=LOOKED)
    if declared and 3 * len(known) < len(imported):
        left = sorted(imported - known)
        return partial(f"declares {len(known)} of {len(imported)} imported packages; not {', '.join(left[:6])}", found)
    return done(
        ", ".join(dict.fromkeys(place.path.rpartition("/")[2] for place in found if place.path)),
        evidence_of(found, others),
    )


def frozen(facts: Facts) -> dict[str, set[str]]:
    """Lists in pip's or conda's frozen format under a name of their own: path to packages."""
    lists: dict[str, set[str]] = {}
    for hit in facts.docs.find(FROZEN, "*.txt", limit=400) + facts.texts.find(FROZEN, "*.txt", limit=400):
        lists.setdefault(hit.path, set()).add(hit.text.partition("=")[0].replace("_", "-").lower())
    return {path: names for path, names in lists.items() if len(names) >= 3}


def libraries(facts: Facts) -> set[str]:
    """What the code imports that is neither Python's own, nor the project's, nor a tool that every template brings."""
    own = {part.removesuffix(".py") for path in facts.paths if path.endswith(".py") for part in path.split("/")}
    return {name for name in facts.code.modules() if name} - own - sys.stdlib_module_names - TEMPLATE - PYTHON_2


def is_declared(module: str, declared: set[str]) -> bool:
    """A package goes by its module's name, by one known to differ, or by either with an ending: tensorflow-gpu."""
    names = {module.lower().replace("_", "-"), PACKAGES.get(module, module).lower()}
    return any(package == name or package.startswith(f"{name}-") for package in declared for name in names)
