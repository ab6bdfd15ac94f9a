"""The project ships as a container image that anybody can build again.

What counts
    A Dockerfile or Containerfile, a compose file that builds an image, a Singularity or Apptainer definition, a Cog,
    Bento or buildpack descriptor, an image that is defined in code (Modal, Flyte).

What does not
    Instructions to pull another project's image; a compose file or CI job that only uses ready images; a development
    container on a stock image.

Known problems
    An image that is built by a script without any of these files (Nix, Bazel, Jib) is not recognised.

Next step
    Write a Dockerfile: a slim base image with a fixed version, the locked requirements, the code, a user that is not
    root, and the command that serves or predicts; then `docker build -t NAME .`.
"""

from __future__ import annotations

from mlcoach.rule import Evidence, Facts, Finding, Item, TextHit, calls, done, evidence_of, missing

ITEM = Item(
    id="programming/shipping",
    title="Code shipping",
    bullet="Code shipping: Containersition Docker image",
    stage="production",
    why="A model that runs on one machine only is not delivered: libraries, drivers and versions differ everywhere else.",
    how=(
        "write a Dockerfile: a base image with a fixed version, locked requirements, the code, a command",
        "add a .dockerignore, so that data and secrets stay out",
        "`docker build -t NAME .` and run it in CI",
    ),
    references=("https://docs.docker.com/build/building/best-practices/", "https://apptainer.org/docs/user/latest/"),
)

DOCKERFILES = ("*[Dd]ockerfile*", "*[Cc]ontainerfile*")
YAML = ("*.yml", "*.yaml")
IMAGES = (
    calls(
        "modal.Image.debian_slim",
        "modal.Image.from_registry",
        "modal.Image.from_dockerfile",
        "modal.Image.micromamba",
        note="an image that is defined in code",
    ),
    calls("ImageSpec", "bentoml.images.Image", "bentoml.images.PythonImage", note="an image that is defined in code"),
)


def infer(facts: Facts) -> Finding:
    dockerfiles = [
        hit for hit in first_lines(facts, r"^[ \t]*FROM[ \t]+\S", *DOCKERFILES) if not hit.path.endswith(".md")
    ]
    own = [hit for hit in dockerfiles if not is_devcontainer(hit.path) or builds(facts, hit.path)]
    found = evidence_of(
        [hit.evidence(f"{hit.text.strip()[:60]}") for hit in own],
        compose_builds(facts),
        definitions(facts),
        facts.code.find(*IMAGES),
    )
    if found:
        return done(f"{found[0].path} defines an image", found)
    looked = ("Dockerfile, Containerfile", "compose files with a build", "Singularity, Cog, Bento and buildpack files")
    return missing(
        "no container image is defined",
        looked=looked,
        evidence=[hit.evidence("a stock image") for hit in dockerfiles[:3]],
    )


def first_lines(facts: Facts, expression: str, *globs: str) -> list[TextHit]:
    """The first hit in each file."""
    first: dict[str, TextHit] = {}
    for hit in facts.texts.find(expression, *globs, limit=400):
        first.setdefault(hit.path, hit)
    return list(first.values())


def is_devcontainer(path: str) -> bool:
    return path.startswith(".devcontainer/") or "/.devcontainer/" in path


def builds(facts: Facts, path: str) -> bool:
    """Whether a Dockerfile adds anything to its base image."""
    return bool(facts.texts.find(r"^[ \t]*(?:RUN|COPY|ADD)[ \t]+\S", path, limit=1))


def compose_builds(facts: Facts) -> list[Evidence]:
    """Compose files by their content, for they have many names: services, one of which is built."""
    compose = {hit.path for hit in facts.texts.find(r"^services:", *YAML, limit=200)}
    built = [hit for hit in first_lines(facts, r"^[ \t]+build:", *YAML) if hit.path in compose]
    return [hit.evidence("a service that is built from here") for hit in built]


def definitions(facts: Facts) -> list[Evidence]:
    """The other descriptors, each told by a line that only it has."""
    kinds = (
        (r"^Bootstrap:[ \t]*\w", ("*.def", "*ingularity*", "*pptainer*"), "a Singularity or Apptainer definition"),
        (r"^(?:build|predict|image):", ("cog.yaml", "cog.yml"), "a Cog definition"),
        (r"^service:", ("bentofile.yaml", "bentofile.yml"), "a Bento definition"),
        (r"^\[(?:_|build|io\.buildpacks[\w.]*|\[?build\.env\]?)\]", ("project.toml",), "a buildpack descriptor"),
        (r"^[ \t]*docker:", ("heroku.yml",), "an image that Heroku builds"),
    )
    return [hit.evidence(note) for expression, globs, note in kinds for hit in first_lines(facts, expression, *globs)]
