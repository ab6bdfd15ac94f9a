"""Where the data comes from, and how it gets in.

What counts
    Code or a documented command that fetches, scrapes, generates, queries or imports the data, or the data itself in the tree
    with its origin named.

What does not
    A path to a file that nothing explains.

Known problems
    A public data set under a name that is not widely known, without a link, is not recognised as one.

Next step
    Write into the README where the data comes from, under which licence, and the one command that fetches it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import zip_longest

from mlcoach.rule import Evidence, Facts, Finding, Hit, Item, Option, TextHit, calls, done, evidence_of, imports, missing

from ._open import HUB, LIBRARIES, LOADED, URLS, VISION, opened
from ._own import CAMERA, COLLECTED, PICTURES, RECORDERS, TOOLS, own
from ._scraping import BROWSERS, JSON, PARSERS, PLATFORMS, REQUESTS, SAVED, TABLES, YOUTUBE, scraping
from ._synthetic import GENERATOR, GENERATORS, IMAGES, MADE, OVERSAMPLED, OWN_AUGMENTATION, OWN_GENERATORS, SOUND, WORLDS, synthetic
from ._synthetic import LIBRARIES as AUGMENTATION

ITEM = Item(
    id="data/sourcing",
    title="Data sourcing",
    bullet="Data sourcing/collection/ingestion",
    stage="poc",
    why="Nobody can repeat, extend or legally use a model when nobody knows where its data came from.",
    how=(
        "name the source, the date and the licence of the data in the README",
        "put the fetching into a script: `kaggle datasets download -d OWNER/NAME`, `wget URL`, a query, a scraper",
        "keep what it fetched under a version: `dvc import-url URL data/raw`",
    ),
    references=("https://www.kaggle.com/datasets", "https://archive.ics.uci.edu", "https://huggingface.co/datasets"),
    options=(
        Option("scraping", "Collect your data from the web via scraping"),
        Option("own", "Build your own dataset"),
        Option("synthetic", "Create/augment your data with some synthetic data generation techniques"),
        Option("open", "Download some open source. Best resource is probably Kaggle"),
    ),
    actions=("track-data",),
)

PATTERNS = (
    HUB, LIBRARIES, LOADED, URLS, VISION, CAMERA, COLLECTED, PICTURES, RECORDERS, TOOLS, BROWSERS, JSON, PARSERS, PLATFORMS, REQUESTS, SAVED, TABLES,
    YOUTUBE, GENERATOR, GENERATORS, IMAGES, MADE, OVERSAMPLED, OWN_AUGMENTATION, OWN_GENERATORS, SOUND, WORLDS, AUGMENTATION,
)  # fmt: skip
FETCHED = calls(
    "urlretrieve", "download_url", "download_and_extract_archive", "gdown.download", "wget.download", "get_file", "download_file", "download_fileobj", "get_object",
    "download_blob", "download_to_filename", "fget_object", "maybe_download*", "s3fs.S3FileSystem", "gcsfs.GCSFileSystem", note="downloads data",
)  # fmt: skip
QUERIED = calls("read_sql*", "read_gbq", "read_sql_query", "run_query", "fetchall", "to_dataframe", "spark.sql", note="queries a database")
CONNECTED = imports("pymongo", "psycopg2", "pymysql", "snowflake.connector", "google.cloud.bigquery", "kafka", "confluent_kafka", "feast", "cassandra", "elasticsearch",
                    "influxdb", "influxdb_client", note="reads a database or stream")  # fmt: skip
COMMANDS = r"\b(?:wget|curl|gdown|aws s3 (?:cp|sync)|gsutil (?:-m )?(?:cp|rsync)|kaggle|azcopy|rclone|dvc (?:pull|import|import-url|get))\b[^\n]*"
DOCS = (
    r"\bdownload\w* [^\n]{0,60}\b(?:data ?sets?|data|corpus|images|files?)\b|\b(?:data ?sets?|data|corpus)\b[^\n]{0,60}\b(?:download\w*|obtained|retrieved|collected|provided by|comes? from|source[ds]?|available (?:at|from|on|here))\b"
    r"|^#+ .*\b(?:data ?sets?|data sources?|data collection|data ingestion|data acquisition)\b"
)


def telling(*groups: Iterable[Hit | TextHit | Evidence]) -> tuple[Evidence, ...]:
    """The best place of each group first."""
    return evidence_of([hit for hits in zip_longest(*groups) for hit in hits if hit])


def infer(facts: Facts) -> Finding:
    scraped = scraping(facts)
    found = {"scraping": scraped, "own": own(facts, scraped), "synthetic": synthetic(facts), "open": opened(facts)}
    options = {name: evidence_of(hits) for name, hits in found.items()}
    imported = [Evidence(out.file, out.line, note=f"imported from {out.imported_from}"[:60]) for out in facts.dvc.outs if out.imported_from]
    fetched = facts.code.find(FETCHED, QUERIED, CONNECTED)
    commands = facts.texts.find(COMMANDS, "*.sh", "*akefile*", "dvc.yaml", "*ockerfile*", "*.yml", "*.yaml")
    commands = [hit for hit in commands if re.search(r"(?i)data|corpus|train|images|raw|input|dvc", hit.text)]
    documented = facts.docs.find(DOCS, limit=20)
    evidence = telling(imported, options.get("open", ()), options.get("scraping", ()), options.get("own", ()), options.get("synthetic", ()), fetched, commands, documented)
    if evidence:
        return done(evidence[0].note, evidence, options=options)
    return missing("nothing says where the data comes from", looked=("README and docs", "downloads, queries and scrapers in code", "scripts and DVC files"))
