"""programming/shipping: what counts and what does not."""

import pytest

ID = "programming/shipping"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("Dockerfile", "# syntax=docker/dockerfile:1\nFROM python:3.12-slim\nCOPY . .\n"),
        ("services/api/Dockerfile.gpu", "FROM nvidia/cuda:12.4.0-base\nRUN pip install torch\n"),
        ("docker/train.dockerfile", "from python:3.12\n"),
        ("Dockerfile.train.tmpl", "FROM tensorflow/tensorflow\n"),
        ("Containerfile", "FROM fedora\n"),
        ("docker-compose.yml", "services:\n  api:\n    build: .\n"),
        ("deploy/stack.yaml", "version: '3'\nservices:\n  api:\n    build:\n      context: ..\n"),
        ("singularity/train.def", "Bootstrap: docker\nFrom: python:3.12\n"),
        ("Singularity", "Bootstrap: library\nFrom: ubuntu\n"),
        ("cog.yaml", "build:\n  gpu: true\npredict: predict.py:Predictor\n"),
        ("bentofile.yaml", 'service: "service:svc"\n'),
        ("project.toml", '[_]\nid = "x"\n[[io.buildpacks.group]]\nid = "p"\n'),
        (".devcontainer/Dockerfile", "FROM mcr.microsoft.com/devcontainers/python\nRUN pip install -r r.txt\n"),
    ],
)
def test_an_image_of_the_project_counts(infer, path, text):
    found = infer(ID, {path: text})
    assert found.state == "done"
    assert found.evidence[0].path == path


def test_an_image_that_is_defined_in_code_counts(infer):
    found = infer(ID, {"serve.py": "import modal\n\nimage = modal.Image.debian_slim().pip_install('torch')\n"})
    assert [(e.path, e.line) for e in found.evidence] == [("serve.py", 3)]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("README.md", "Run `docker pull tensorflow/serving`, or write a Dockerfile:\n\n    FROM python\n"),
        ("docs/dockerfile.md", "FROM python:3\n"),
        ("Dockerfile", ""),
        ("docker-compose.yml", "services:\n  db:\n    image: postgres\n"),
        (".github/workflows/ci.yml", "jobs:\n  build:\n    container: python:3\n    services:\n      db: {}\n"),
        (".devcontainer/devcontainer.json", '{"image": "mcr.microsoft.com/devcontainers/python:3"}'),
        (".devcontainer/Dockerfile", "FROM mcr.microsoft.com/devcontainers/python:3\n"),
        ("third_party/tool/Dockerfile", "FROM python\nRUN make\n"),
        ("render.yaml", "services:\n  - type: web\n    env: python\n    buildCommand: pip install .\n"),
        ("styles.def", "colour: blue\n"),
    ],
)
def test_what_defines_no_image_of_the_project_does_not(infer, path, text):
    assert infer(ID, {path: text}).state == "missing"
