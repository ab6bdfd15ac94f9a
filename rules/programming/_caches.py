"""Code optimisation, option "caching": results are kept on purpose, so that they are not computed again."""

from __future__ import annotations

import re

from mlcoach.rule import (
    Evidence,
    Facts,
    Hit,
    Pattern,
    Regex,
    assigns,
    calls,
    defines,
    evidence_of,
    imports,
    keywords,
    uses,
)

LIBRARIES = imports(
    "diskcache", "cachetools", "cachier", "cacheout", "percache", "klepto", "flask_caching", "fastapi_cache",
    "aiocache", "requests_cache", "django.core.cache", "beaker.cache", "gptcache", "langchain.cache",
    "langchain_community.cache", "joblib.memory", note="a cache",
)  # fmt: skip
MEMO = uses(
    "lru_cache", "functools.cache", "cached_property", "cached_method", "joblib.Memory", "joblib.memory.Memory",
    "memoize", "memoized", "memory.cache", "mem.cache", "streamlit.cache", "streamlit.cache_data",
    "streamlit.cache_resource", "experimental_memo", "experimental_singleton", "set_llm_cache", "setex",
    "StorageLevel", "overwrite_cache", note="a cache",
)  # fmt: skip
METHOD = calls("cache", note="keeps the data set that was prepared")
PIPELINE = calls("Pipeline", "make_pipeline", note="a pipeline that caches its transformers")
SWITCHES = keywords(
    "enable_cache", "cache_key_fn", "cache_policy", "cache_expiration", "persist_result", "cache_ttl", "save_cache",
    "cache_file_name*", "force_calc*", "force_recalc*", "force_comput*", "force_recomput*",
    "force_build*", "force_rebuild*", "force_process*", "force_reprocess*", "force_preprocess*", "force_extract*",
    note="a cache, with a switch",
)  # fmt: skip
FILES = assigns(
    "cache_file*", "cache_path*", "cache_fn", "cache_fname", "cache_name", "cachefile", "cache_key", "cached_file",
    "cached_path", "*_cache_file", "*_cache_path", "feature_cache*", "features_cache*", "cached_data*",
    "cached_features*", note="a cache on disk",
)  # fmt: skip
FUNCTIONS = defines(
    "load_or_build*", "load_or_compute*", "load_or_create*", "load_or_make*", "load_or_generate*", "load_or_process*",
    "load_or_extract*", "load_or_calc*", "load_or_prepare*", "*_or_load*", "get_or_compute*", "get_or_build*",
    "load_and_cache*", "*_from_cache", "*_to_cache", "load_cache*", "save_cache*", "read_cache*", "write_cache*",
    "load_cached*", "get_cached*", "cache_features*", "cache_data*", "cache_result*", "*cached_feature*", "cached_data*", "cached_result*",
    "cached_load*", "cached_compute*", note="a cache",
)  # fmt: skip
TABLES = assigns("*_cache", "*_CACHE", "CACHE", note="a cache in memory")
EXISTS = calls("exists", "isfile", "is_file", note="loads the file if it is there, makes it otherwise")
FAILS = uses("FileNotFoundError", note="loads the file if it is there, makes it otherwise")
LOADS = calls(
    "read_pickle", "read_feather", "read_parquet", "read_hdf", "read_ipc", "pickle.load", "cPickle.load",
    "joblib.load", "np.load", "numpy.load", "load_npz", "load_pickle", "load_pkl", "mmread", "pkl.load", "dill.load",
    "load_from_disk",
)  # fmt: skip
SAVES = calls(
    "to_pickle", "to_feather", "to_parquet", "to_hdf", "pickle.dump", "cPickle.dump", "joblib.dump", "np.save",
    "np.savez*", "numpy.save", "numpy.savez*", "save_npz", "save_pickle", "save_pkl", "dump_pickle", "mmwrite",
    "pkl.dump", "dill.dump", "save_to_disk",
)  # fmt: skip
SAVE = calls("save")
FOLDERS = calls("makedirs", "mkdir")
PATTERNS = (
    LIBRARIES,
    MEMO,
    METHOD,
    PIPELINE,
    SWITCHES,
    FILES,
    FUNCTIONS,
    TABLES,
    EXISTS,
    FAILS,
    LOADS,
    SAVES,
    SAVE,
    FOLDERS,
)

OFF = Regex(r"\b(?:enable_cache|cache_policy|persist_result)\s*=\s*(?:False|None|NO_CACHE)\b")
EMPTY = Regex(r"=\s*(?:\{\s*\}|dict\(\s*\)|OrderedDict\(|defaultdict\(|LRU\w*\(|TTLCache\()")
SKIPS = Regex(r"\bnot\s+(?:\w+\.)?(?:force_\w+|refresh|recomput|recalc|recreat|rebuild|regenerat|reprocess)")
OVERWRITES = Regex(r"\bnot\s+(?:\w+\.)?overwrite(?!_output)")
CLOSE, FAR = 12, 60  # lines from the question whether the file exists to loading it, and to saving it


def caches(facts: Facts) -> tuple[Evidence, ...]:
    """Places that keep results for later."""
    code = facts.code
    return evidence_of(
        code.ranked(LIBRARIES, MEMO),
        [hit for hit in code.find(METHOD) if "." in hit.name and not hit.name.startswith("self.cache")],
        [hit for hit in code.find(PIPELINE) if re.search(r"\bmemory\s*=\s*(?!None)[\w'\"]", hit.args)],
        [hit for hit in code.find(SWITCHES) if not OFF.search(hit.text)],
        code.ranked(FILES),
        code.find(FUNCTIONS),
        [hit for hit in code.find(TABLES) if EMPTY.search(hit.text)],
        kept_on_disk(facts),
        stages(facts),
    )


def stages(facts: Facts) -> list[Evidence]:
    """DVC stages whose lock tells which have not changed; before DVC 1.0 each stage's own file did."""
    old = [stage for stage in facts.dvc.stages if stage.file.endswith(".dvc")]
    return [
        *(Evidence(path, note="DVC skips stages that have not changed") for path in facts.dvc.locks),
        *(Evidence(stage.file, stage.line, note="DVC skips the stage if nothing changed") for stage in old),
    ]


def kept_on_disk(facts: Facts) -> list[Hit]:
    """Where one function asks whether a file exists, loads it if so, and computes and saves it otherwise.

    Or asks at once whether it must be made again: `if path.exists() and not overwrite`.
    """
    loads, saves, kept = by_place(facts, LOADS), by_place(facts, SAVES), by_place(facts, SAVE)
    folders = by_place(facts, FOLDERS)
    return [
        hit
        for hit in facts.code.find(EXISTS, FAILS)
        for loaded in [distances(hit, loads)]
        for saved in [distances(hit, saves)]
        if SKIPS.search(hit.text)
        or (OVERWRITES.search(hit.text) and (saved or distances(hit, kept)))
        or (loaded and saved and min(loaded + saved, key=abs) <= CLOSE and not makes_folder(hit, folders))
    ]


def makes_folder(hit: Hit, folders: dict[Place, list[int]]) -> bool:
    """Whether the question is about a folder that is made at once."""
    return any(line <= 2 for line in distances(hit, folders))


Place = tuple[str, int | None, str]


def by_place(facts: Facts, pattern: Pattern) -> dict[Place, list[int]]:
    """The lines on which a pattern is found, for each function or cell."""
    lines: dict[Place, list[int]] = {}
    for hit in facts.code.find(pattern):
        lines.setdefault((hit.path, hit.cell, hit.inside), []).append(hit.line)
    return lines


def distances(hit: Hit, lines: dict[Place, list[int]]) -> list[int]:
    """How many lines below a place the others stand; a load may stand just above the `except` that sees it fail."""
    first = -CLOSE if hit.name.endswith("Error") else 0
    return [
        line - hit.line for line in lines.get((hit.path, hit.cell, hit.inside), ()) if first <= line - hit.line <= FAR
    ]
