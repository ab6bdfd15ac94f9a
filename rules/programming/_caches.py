"""Code optimisation, option "caching": results are kept on purpose, so that they are not computed again."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mlcoach.rule import (
    Evidence,
    Facts,
    Hit,
    Regex,
    assigns,
    calls,
    defines,
    evidence_of,
    imports,
    keywords,
    strings,
    uses,
)

LIBRARIES = imports(
    "diskcache", "cachetools", "cachier", "cacheout", "percache", "klepto", "flask_caching", "fastapi_cache", "aiocache", "async_lru",
    "requests_cache", "django.core.cache", "beaker.cache", "dogpile.cache", "gptcache", "langchain.cache", "langchain_community.cache",
    "joblib.memory", "pymemcache", "pylibmc", "memcache", "memoization", "cached_property", note="a cache",
)  # fmt: skip
MEMO = uses(
    "lru_cache", "functools.cache", "cached_property", "cachedproperty", "cached_method", "joblib.Memory", "joblib.memory.Memory",
    "memoize", "memoized", "memory.cache", "mem.cache", "streamlit.cache", "streamlit.cache_data", "streamlit.cache_resource",
    "experimental_memo", "experimental_singleton", "solara.memoize", "panel.cache", "set_llm_cache", "InMemoryCache", "SQLiteCache",
    "CacheBackedEmbeddings", "setex", "StorageLevel", "overwrite_cache", "CacheDataset", "PersistentDataset", "SmartCacheDataset",
    "cache_page", note="a cache",
)  # fmt: skip
METHOD = calls("cache", note="keeps the data set that was prepared")
PERSIST = calls("persist", note="keeps the data set that was prepared")
CLUSTERS = ("pyspark", "dask")
PIPELINE = calls("Pipeline", "make_pipeline", "make_union", note="a pipeline that caches its transformers")
MEMORY = keywords("memory", note="a pipeline that caches its transformers")
SWITCHES = keywords(
    "enable_cache", "cache_key_fn", "cache_policy", "cache_expiration", "persist_result", "cache_ttl", "save_cache", "cached",
    "cache_file_name*", "load_from_cache_file", "cache_data", "cache_dataset", "cache_features", "cache_images", "cache_latents",
    "cache_rate", "cache_prepared_data", "use_cached*", "use_caching", "force_calc*", "force_recalc*", "force_comput*",
    "force_recomput*", "force_build*", "force_rebuild*", "force_process*", "force_reprocess*", "force_preprocess*", "force_extract*",
    note="a cache, with a switch",
)  # fmt: skip
ARGUMENTS = strings(
    "--overwrite_cache", "--overwrite-cache", "--cache_data*", "--cache-data*", "--cache_feat*", "--cache-feat*", "--cache_images",
    "--cache-images", "--cache_latents*", "--cache-latents*", "--use_cached*", "--use-cached*", note="a cache, with a switch",
)  # fmt: skip
FILES = assigns(
    "cache_file*", "cache_path*", "cache_fn", "cache_fname", "cache_name", "cachefile", "cache_key", "cached_file", "cached_path",
    "*_cache_file", "*_cache_path", "feature_cache*", "features_cache*", "cached_data*", "cached_features*", note="a cache on disk",
)  # fmt: skip
FUNCTIONS = defines(
    "load_or_build*", "load_or_compute*", "load_or_create*", "load_or_make*", "load_or_generate*", "load_or_process*",
    "load_or_extract*", "load_or_calc*", "load_or_prepare*", "*_or_load*", "get_or_compute*", "get_or_build*",
    "load_and_cache*", "*_from_cache", "*_to_cache", "load_cache*", "save_cache*", "read_cache*", "write_cache*",
    "load_cached*", "get_cached*", "cache_features*", "cache_data*", "cache_result*", "*cached_feature*", "cached_data*", "cached_result*",
    "cached_load*", "cached_compute*", note="a cache",
)  # fmt: skip
TABLES = assigns("*_cache", "*_CACHE", "CACHE", "memo", "_memo", note="a cache in memory")
REDIS = imports("redis", "aioredis")
IN_REDIS = (calls("*cache*"), defines("*cache*", "*Cache*"), assigns("*cache*"))
EXISTS = calls("exists", "isfile", "is_file", "file_exists", note="loads the file if it is there, makes it otherwise")
FAILS = uses(
    "FileNotFoundError",
    "IOError",
    "OSError",
    "EOFError",
    "Exception",
    note="loads the file if it is there, makes it otherwise",
)
LOADS = calls("read_*", "load_*", "load", "loadtxt", "mmread")
SAVES = calls("to_*", "save_*", "savez*", "save", "dump", "dump_*", "write_*", "store_*", "savetxt", "mmwrite")
OPENS = calls("open", "h5py.File")
MAKES_FOLDER = calls("makedirs", "mkdir")
JOINS = calls("concat", "append", "extend", "update", "vstack", "concatenate")
DOWNLOADS = calls("requests.get", "urlretrieve", "urlopen", "wget.download", "gdown.download", "download*")

OFF = Regex(r"\b\w*cache\w*\s*=\s*(?:False|None|NO_CACHE|0\b)|\bpersist_result\s*=\s*(?:False|None)")
MEMORY_ON = Regex(r"\bmemory\s*=\s*(?!None)[\w'\"]")
EMPTY = Regex(r"=\s*(?:\{\s*\}|dict\(\s*\)|OrderedDict\(|defaultdict\(|LRU\w*\(|TTLCache\()")
INNER = Regex(r"(?i)kv_?cache|grad|momentum|backward|forward")  # what a network keeps of one pass
NAMED = Regex(r"(?i)(?<!use_)(?<!no_)cache(?!_dates)")
SKIPS = Regex(r"\bnot\s+(?:\w+\.)?(?:force_\w+|refresh|recomput|recalc|recreat|rebuild|regenerat|reprocess)")
OVERWRITES = Regex(r"\bnot\s+(?:\w+\.)?overwrite(?!_output)")
KEPT_ANYWAY = Regex(
    r"(?i)config|setting|\blogs?\b|histor|session|credential|checkpoint|ckpt|state_?dict|resume|https?:"
)
HANDLE = Regex(r"f|fh|fp|fd|fin|fout|file|handle|\w*_file")  # an open file, not its name
WRITES = Regex(r"[\"'][wx]b?\+?[\"']")
WRAPPED = Regex(r"Path\(([^()]+)\)\.(?:exists|is_file)")
CLOSE, FAR = 12, 60  # lines from loading a file to the `except` that sees it fail; from asking for it to saving it


def caches(facts: Facts) -> tuple[Evidence, ...]:
    """Places that keep results for later."""
    code = facts.code
    pipelines, redis = code.files_with(PIPELINE), code.files_with(REDIS)
    return evidence_of(
        code.ranked(LIBRARIES, MEMO),
        [hit for hit in code.find(METHOD) if "." in hit.name and not hit.name.startswith("self.cache")],
        code.find(PERSIST) if code.imported(*CLUSTERS) else (),
        [hit for hit in code.find(MEMORY) if hit.path in pipelines and MEMORY_ON.search(hit.text)],
        code.ranked(FILES),
        code.find(FUNCTIONS),
        [hit for hit in code.find(TABLES) if EMPTY.search(hit.text) and not INNER.search(f"{hit.name} {hit.inside}")],
        [hit.evidence("a cache in Redis") for hit in code.find(*IN_REDIS) if hit.path in redis],
        kept_on_disk(facts),
        [hit for hit in code.find(SWITCHES, ARGUMENTS) if not OFF.search(hit.text)],
        stages(facts),
    )


def stages(facts: Facts) -> list[Evidence]:
    """DVC stages whose lock tells which have not changed; before DVC 1.0 each stage's own file did."""
    old = [stage for stage in facts.dvc.stages if stage.file.endswith(".dvc")]
    return [
        *(Evidence(path, note="DVC skips stages that have not changed") for path in facts.dvc.locks),
        *(Evidence(stage.file, stage.line, note="DVC skips the stage if nothing changed") for stage in old),
    ]


def kept_on_disk(facts: Facts) -> list[Evidence]:
    """Files that are called a cache, and those that are made only where they are not there yet."""
    code = facts.code
    opened = [hit for hit in code.find(OPENS) if is_result(hit)]
    written = [hit for hit in opened if WRITES.search(hit.args)]
    loads = [hit for hit in code.find(LOADS) if is_result(hit)]
    saves = [hit for hit in code.find(SAVES) if is_result(hit)]
    reads = by_place([*loads, *(hit for hit in opened if hit not in written)])
    writes = by_place([*saves, *written])
    folders, downloads = by_place(code.find(MAKES_FOLDER)), by_place(code.find(DOWNLOADS))
    joins = {(place(hit), hit.line - after) for hit in code.find(JOINS) for after in (1, 2)}

    def asked(hit: Hit) -> bool:
        """Asks whether the file must be made again; or asks for it, loads it, and makes and saves it otherwise."""
        if SKIPS.search(hit.text) or (OVERWRITES.search(hit.text) and below(hit, writes)):
            return True
        read, wrote = below(hit, reads), below(hit, writes)
        if all(hit in opened for hit in read) or all(hit in opened for hit in wrote):
            return False  # lines of text, such as a list of what is done already
        loaded, saved = naming(file_of(hit), read), naming(file_of(hit), wrote)
        added = any((place(load), load.line) in joins for load in loaded)  # new rows to what was there
        folder = any(made.line <= hit.line + 3 for made in below(hit, folders))
        return bool(loaded and saved) and not (added or folder or below(hit, downloads))

    def failed(hit: Hit) -> bool:
        """Loads it, and where that fails makes and saves it."""
        if not hit.text.lstrip().startswith("except"):
            return False
        loaded = [load for load in reads.get(place(hit), ()) if 0 < hit.line - load.line <= CLOSE]
        files = {load.first_argument for load in loaded}
        return any(naming(file, below(hit, writes)) for file in files if not HANDLE.fullmatch(file))

    return [
        *(hit.evidence("a cache on disk") for hit in [*loads, *saves, *opened] if NAMED.search(hit.args)),
        *(hit.evidence() for hit in code.find(EXISTS) if asked(hit)),
        *(hit.evidence() for hit in code.find(FAILS) if failed(hit)),
    ]


def is_result(hit: Hit) -> bool:
    """Something computed: no settings, logs or checkpoints, which are kept for other reasons."""
    return not KEPT_ANYWAY.search(f"{hit.name} {hit.args} {hit.text}")


def file_of(asked: Hit) -> str:
    """What the code calls the file that it asks for: `exists(file)`, `file.exists()`, `Path(file).exists()`."""
    if wrapped := WRAPPED.search(asked.text):
        return str(wrapped[1])
    return asked.args.strip() or asked.name.rpartition(".")[0]


def naming(file: str, hits: list[Hit]) -> list[Hit]:
    """Those that name the file as well."""
    bare = file.strip().strip("\"'")
    return [hit for hit in hits if bare and re.search(rf"(?<!\w){re.escape(bare)}(?!\w)", hit.args)]


Place = tuple[str, int | None, str]


def place(hit: Hit) -> Place:
    """The function or cell around it."""
    return hit.path, hit.cell, hit.inside


def by_place(hits: Iterable[Hit]) -> dict[Place, list[Hit]]:
    found: dict[Place, list[Hit]] = {}
    for hit in hits:
        found.setdefault(place(hit), []).append(hit)
    return found


def below(hit: Hit, others: dict[Place, list[Hit]]) -> list[Hit]:
    """Those in the same function that follow soon, the nearest first."""
    soon = [other for other in others.get(place(hit), ()) if 0 <= other.line - hit.line <= FAR]
    return sorted(soon, key=lambda other: other.line)
