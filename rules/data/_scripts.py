"""Scripts that prepare data, told from their names, from what they read and write, and from their not training."""

from __future__ import annotations

import re

from mlcoach.rule import Evidence, Facts, Hit, Regex, calls

STEPS = calls(
    "process_*", "preprocess*", "pre_process*", "ingest*", "clean_*", "extract_*", "transform_*", "prepare_*", "scrape_*",
    "chunk_*", "convert_*", "make_*data*", "create_*data*", "create_*record*", "write_*record*", "split_*", "persist_*",
    "build_*layer*", "build_*data*", "generate_dataset*", "build_features*", "create_features*", "filter_*", "merge_*",
    "tokenize_*", "process", "prepare", "download", "download_*", "fetch_*", "collect_*", "crawl_*", "run_etl*", "run_*pipeline",
    "etl", note="a step",
)  # fmt: skip
READS = calls(
    "read_*", "scan_*", "open", "imread", "Image.open", "listdir", "glob", "iglob", "rglob", "iterdir", "walk", "scandir",
    "loadmat", "loadtxt", "genfromtxt", "np.load", "numpy.load", "json.load", "pickle.load", "cPickle.load", "requests.get",
    "urlretrieve", "urlopen", "execute", "fetchall", "find", "ET.parse", "ElementTree.parse", "h5py.File", "librosa.load",
    "torchaudio.load", "soundfile.read", "csv.reader", "extractall", "download*", "get_data", "get_raw*", "load_*", "iter_*",
    "*_iter", "*Reader", note="reads",
)  # fmt: skip
WRITES = calls(
    "to_csv", "to_parquet", "to_feather", "to_pickle", "to_json", "to_hdf", "to_sql", "to_excel", "sink_parquet", "np.save",
    "numpy.save", "savez", "savez_compressed", "savetxt", "savemat", "imwrite", "imsave", "soundfile.write", "wavfile.write",
    "json.dump", "pickle.dump", "cPickle.dump", "joblib.dump", "torch.save", "im*.save", "crop*.save", "save_*", "write", "write_*",
    "writerow", "writerows", "writelines", "*Writer", "insert_*", "update_one", "update_many", "upsert", "upsert_*", "bulk_write",
    "bulk_create", "executemany", "copy_from", "copy_expert", "get_or_create", "update_or_create", "copyfile", "copy2",
    "shutil.copy", "shutil.move", "create_dataset", "saveAsTable", "write.parquet", "write.csv", "write.jdbc", "tofile", "memmap",
    "put_object", "upload_file", "dump_svmlight_file", "push_to_hub", note="writes",
)  # fmt: skip
TRAINS = calls(
    "fit", "fit_generator", "train_on_batch", "backward", "Trainer", "trainer.train", "lightgbm.train", "xgboost.train", "minimize",
    "model.train", "optimizer.step", note="trains",
)  # fmt: skip
MODELS = calls(
    "load_model", "load_state_dict", "load_checkpoint", "from_pretrained", "load_weights", "save_weights", "load_graph",
    note="a model",
)  # fmt: skip

SETS = r"data(?:sets?)?|tfrecords?|lmdb|db|feats?|features?|splits?|folds?|corpus|tf_?records?|vocab"
PREPARES = (
    r"bronze|silver|(?:gold|staging)_(?:layer|tables?|task|step|data|asset)|pre_?proc|process(?:_|$|ed|ing)|prep(?:are|aration)?(?:_|$)|clean|transform(?!er)|convert|ingest|featuri[sz]|features?(?:_|$)|split"
    r"|merg|etl|elt|tokeni[sz]e|augment|resiz|normali[sz]e|import_|populate|curate|filter|dedup|chunk|crop|annotations?(?:_|$)|extend_"
    rf"|(?:generate|make|build|create|gen|import|populate|update)_?(?:\w+_)?(?:{SETS})(?:_|$)|to_?(?:voc|coco|csv|yolo)"
    r"|(?:create|build|update|populate)_(?:\w+_)?tables?(?:_|$)|data_?(?:gen|proc|prep|import|transform|valid|clean)"
)
GETS = r"download|fetch|scrap|crawl"
STEP = Regex(rf"(?:^|_)(?:{PREPARES}|{GETS}|extract|collect|harvest|acquire)")
PREPARING = Regex(rf"(?:^|_)(?:{PREPARES})")
GETTING = Regex(GETS)
NOT_STEP = Regex(
    r"(?:^|_)(?:train(?!_test|_val|_data|_set)|eval|predict|infer|serv|deploy|plot|metric|report|score|test|post_?process|submi|tun|search"
    r"|visuali|demo|app|api|get_(?!data))"
)
OTHER_THING = Regex(
    r"(?:^|_)(?:model|weight|checkpoint|ckpt|importan|results?|prediction|submission|config|callback|onnx|tflite|coreml|gguf|pytorch|caffe|hf"
    r"|response|request|logs?|args|layers?|bn|image_to|batch|conv|darknet|torch\w*|keras|dirs?|director(?:y|ie)|paths?|folders?|env)(?:_|s|$)"
)
NOT_DATA = Regex(
    r"(?i)pred|submission|metric|histor|weights|checkpoint|\bloss|savefig|\blogg|\bmodel\b|sys\.std|prompt|dotenv|(?:Summary|Video)Writer"
)
FITS_DATA = Regex(
    r"(?i)scal|encod|vector|token|imput|pca|tf_?idf|\ble\b|ohe|transf|prep|binar|normal|kmeans|cluster|lda|lsi|nmf"
)
DATA = Regex(r"data|features?|corpus|images|records|tables?$")
INTO_DATABASE = Regex(r"insert|update_|upsert|bulk_|to_sql|copy_from|copy_expert|executemany|_or_create")
ENDINGS = (".py", ".sh", ".R", ".r", ".sql", ".jl", ".pl", ".m", ".scala")
SUFFIX = Regex(r"\.(?:py|sh|R|r|sql|jl|pl|m|scala)$")
NUMBERED = Regex(r"(?:^|/)(?:step_?)?\d{1,2}[a-z]?[_.-][^/]*$")
OTHER_SCRIPT = Regex(r"(?i)(?:pre_?proc|prep|clean|etl|ingest|featur|data|table)\w*\.(?:sh|r|sql|jl|pl|m|scala)$")


def words(name: str) -> str:
    """`LoadData` and `load-data.py` as load_data."""
    return re.sub(r"[^0-9A-Za-z]+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", SUFFIX.sub("", name))).lower()


def last(name: str) -> str:
    """The last part of a path or of a dotted name."""
    return name.rpartition("/")[2] if "/" in name else name if SUFFIX.search(name) else name.rpartition(".")[2]


def about(name: str, step: Regex) -> bool:
    """Whether a name says first of all that it is such a step."""
    said = words(name)
    first, other = step.search(said), NOT_STEP.search(said)
    return first is not None and (other is None or other.start() > first.start()) and not OTHER_THING.search(said)


def is_step(name: str) -> bool:
    """Whether a name says that it gets or prepares data, before it says anything else: `prepare_train_set`, not `train_on_prepared`."""
    return about(name, STEP)


def prepares(name: str) -> bool:
    """Whether a name says that it changes data, not only gets them."""
    return about(name, PREPARING) and not GETTING.match(words(name))


def is_something_else(name: str) -> bool:
    """Whether a name speaks of training, results, models and the like anywhere."""
    said = words(name)
    return bool(NOT_STEP.search(said) or OTHER_THING.search(said))


def is_script(facts: Facts, hit: Hit) -> bool:
    """Whether a place stands in a script to run: it has a main block, or does its work at the top level."""
    return hit.path.endswith(".py") and (facts.code.files[hit.path].main or not hit.inside)


def working_scripts(facts: Facts) -> dict[str, Evidence]:
    """Scripts that read and write data without training, as their names say, or the steps that they call."""
    reads = {hit.path for hit in facts.code.find(READS) if not NOT_DATA.search(hit.text)}
    trains = {hit.path for hit in facts.code.find(TRAINS) if not FITS_DATA.search(hit.name)}
    writes = [hit for hit in facts.code.find(WRITES) if hit.path not in trains and not NOT_DATA.search(hit.text)]
    writing = {last(hit.inside) for hit in writes}
    steps = called_steps(facts, trains)
    named: dict[str, Evidence] = {}
    driving: dict[str, Evidence] = {}
    for hit in writes:
        called = steps.get(hit.path, set())
        where = "/".join(hit.path.split("/")[-2:])
        if not is_script(facts, hit):
            continue
        if hit.path in reads and (prepares(last(hit.path)) or (prepares(where) and is_step(last(hit.path)))):
            named.setdefault(hit.path, hit.evidence(f"writes what it prepared ({last(hit.name)})"))
        elif not is_something_else(hit.path) and called and (INTO_DATABASE.search(hit.name) or is_enough(called)):
            driving.setdefault(hit.path, hit.evidence(f"runs {', '.join(sorted(called))[:50]}"))
    for path, called in steps.items():
        if path not in named and not is_something_else(path) and called & writing and is_enough(called):
            driving.setdefault(path, Evidence(path, note=f"runs {', '.join(sorted(called))[:50]}"))
    return named | driving


def called_steps(facts: Facts, trains: set[str]) -> dict[str, set[str]]:
    """The project's own functions, named as steps, that scripts without a model call."""
    own = {last(found.name) for found in facts.code.definitions() if found.kind == "def"}
    models = facts.code.files_with(MODELS)
    steps: dict[str, set[str]] = {}
    for hit in facts.code.find(STEPS):
        if (
            last(hit.name) in own
            and hit.path not in trains | models
            and "." not in hit.inside
            and is_script(facts, hit)
        ):
            steps.setdefault(hit.path, set()).add(last(hit.name))
    return steps


def is_enough(called: set[str]) -> bool:
    """More than one step, or one that says that it prepares data."""
    steps = {name for name in called if prepares(name)}
    return bool(steps) and (len(called) > 1 or any(DATA.search(name) for name in steps))


def other_scripts(facts: Facts) -> list[Evidence]:
    """Scripts of the shell, R or SQL that a name says prepare data, and a numbered series of scripts in one folder."""
    scripts = [path for path in facts.paths if path.endswith(ENDINGS)]
    found = [path for path in scripts if OTHER_SCRIPT.search(path) and prepares(last(path))]
    series: dict[str, list[str]] = {}
    for path in filter(NUMBERED.search, scripts):
        series.setdefault(path.rpartition("/")[0], []).append(path)
    for paths in series.values():
        if len(paths) > 1 and any(STEP.search(words(last(path))) for path in paths):
            found += paths
    return [Evidence(path, note="a script that prepares data", confidence=0.6) for path in dict.fromkeys(found)]
