"""A trained model is loaded and predicts on input that it has not seen.

What counts
    A predict or inference script, a script's mode that predicts or generates instead of training, a demo, an API
    endpoint, an application, a model in the browser, a serving configuration. On which
    hardware: CPUs (the default of most libraries), GPUs (the code can use one), TPUs (torch_xla, TPUStrategy, JAX
    on a TPU, Edge TPU).

What does not
    Predictions on the test split, or on a competition's test file, within the run that trained the model; an
    evaluation script.

Known problems
    A service in another language, or a script without an ending, is not read. Whether TensorFlow finds a GPU is
    decided where it runs: only code, packages or images that ask for one count.

Next step
    Press the key for inference, or write predict.py: load the model, read a file of rows, write a file of
    predictions.
"""

from __future__ import annotations

from collections.abc import Iterable

from mlcoach.rule import Evidence, Facts, Finding, Hit, Item, Option, Regex, TextHit, done, evidence_of, missing

from . import _devices, _serving
from ._models import FITS, FORWARD, HOSTED, LOADS, PREDICTS, of_model
from ._notes import with_names

ITEM = Item(
    id="modelling/inference",
    title="Model inference",
    bullet="Model inference",
    stage="mvp",
    why="A model that nobody can ask anything is a number in a report.",
    how=(
        "write predict.py: load the model, check the input's columns, predict, write the result",
        "or an endpoint: FastAPI with one POST /predict that takes the features by name",
        "choose the device in one place: `device = 'cuda' if torch.cuda.is_available() else 'cpu'`",
    ),
    references=("https://fastapi.tiangolo.com", "https://onnxruntime.ai/docs/"),
    options=(Option("cpu", "on CPUs"), Option("gpu", "on GPUs"), Option("tpu", "on TPUs")),
    actions=("infer", "export"),
)

OF_DATA = Regex(r"(?i)data|batch|image|text|sequence|feature|train|valid|report|config|schema")
MODE = Regex(r"(?i)mode|choices|phase|action|task|command|store_true|DEFINE_|[\"']--")
FLAG = Regex(r"add_argument|DEFINE_bool|option\(")
WITHIN = Regex(
    r"(?i)(?:^|\.)_?(?:predict|infer|inference|demo|serve|recommend|classify|detect|generate|translate"
    r"|transcribe)(?:_\w*)?$"
)
SPLIT = Regex(r"(?i)test|valid|\bval|train|dev|\bX\b|x_|_x\b|oof|fold|holdout|eval")


def infer(facts: Facts) -> Finding:
    files = places(facts)
    browser = [
        hit.evidence("a model in the browser")
        for hit in facts.texts.find(_serving.IN_BROWSER, "*.js", "*.ts", "*.html", limit=3)
    ]
    found = evidence_of(with_names(hit for hits in files.values() for hit in hits[:2]), browser) or evidence_of(
        configured(facts)
    )
    if not found:
        looked = ("predict scripts, demos and applications", "serving configurations")
        return missing("nothing loads a trained model and predicts on new input", looked=looked)
    near = frozenset({*files, *facts.code.reachable(*files)})
    options = {
        "cpu": _devices.on_cpu(facts, frozenset(files), near, [*browser[:1], *found[:2]]),
        "gpu": _devices.on_gpu(facts, near),
        "tpu": evidence_of(with_names(facts.code.find(*_devices.TPU))),
    }
    return done(found[0].note, found, options=options)


def by_path(hits: Iterable[Hit]) -> dict[str, list[Hit]]:
    grouped: dict[str, list[Hit]] = {}
    for hit in hits:
        grouped.setdefault(hit.path, []).append(hit)
    return grouped


def places(facts: Facts) -> dict[str, list[Hit]]:
    """The files that predict with a loaded model, and where they do it; those that only call others come last."""
    loads = by_path(hit for hit in facts.code.find(LOADS) if of_model(hit))
    predicts = by_path(hit for hit in facts.code.find(PREDICTS) if not hit.last[0].isupper())
    forward = by_path(hit for hit in facts.code.find(FORWARD) if not hit.last[0].isupper())
    modes = by_path([*(hit for hit in facts.code.find(_serving.MODES) if MODE.search(hit.text)), *generating(facts)])
    fits, hosted = by_path(facts.code.find(FITS)), by_path(facts.code.find(HOSTED))
    found: dict[str, list[Hit]] = {}
    apps = by_path(facts.code.find(_serving.APPS, *_serving.SERVERS, _serving.ROUTES))

    def shown(path: str) -> list[Hit]:
        return [hit for group in (hosted, predicts, forward, loads, apps, modes) for hit in group.get(path, [])]

    for path in [*apps, *(path for path in {**predicts, **forward, **loads, **modes} if path not in apps)]:
        within = [hit for hit in loads.get(path, []) if WITHIN.search(hit.inside)]
        if _serving.NO_SCRIPT.search(path) and not within:
            continue
        script = path in apps or _serving.SCRIPT.search(path) is not None
        if path in modes and {path, *facts.code.reachable(path)} & loads.keys():
            later = modes[path]
        elif path in fits and path not in apps:
            later = within or fresh(path, loads, predicts)
        elif script:
            near = {path, *facts.code.reachable(path)}
            loaded = near & loads.keys() or _serving.PREDICTOR.search(path)
            runs = near & (predicts.keys() | forward.keys())
            later = shown(path) if (loaded and runs) or near & hosted.keys() else []
        else:
            later = shown(path) if path in loads and path in predicts else []
        if later:
            found[path] = later
    return dict(sorted(found.items(), key=lambda entry: entry[1][0].kind == "import"))


def generating(facts: Facts) -> list[Hit]:
    """A switch without which a script does not train: what a generator is loaded for is to generate."""
    models = [hit for hit in facts.code.find(_serving.GENERATORS) if not OF_DATA.search(hit.name)]
    return [hit for hit in facts.code.find(_serving.SWITCH) if FLAG.search(hit.text)] if models else []


def fresh(path: str, loads: dict[str, list[Hit]], predicts: dict[str, list[Hit]]) -> list[Hit]:
    """Where a file also trains: predictions after the model was loaded again, on what is no split of the data."""
    if path not in loads:
        return []
    first = min((hit.cell or 0, hit.line) for hit in loads[path])
    return [
        hit
        for hit in predicts.get(path, [])
        if (hit.cell or 0, hit.line) > first and hit.args and not SPLIT.search(hit.args) and "predict" in hit.name
    ]


def configured(facts: Facts) -> list[Evidence | TextHit]:
    """Files and lines that set up a model server."""
    named = [Evidence(path, note="a serving configuration") for path in facts.find_paths(*_serving.SERVING_FILES)]
    return [*named, *facts.texts.find(_serving.SERVING, *_serving.DEPLOYMENT, limit=5)]
