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

from mlcoach.rule import (
    Evidence,
    Facts,
    Finding,
    Hit,
    Item,
    Option,
    Regex,
    Sentence,
    TextHit,
    calls,
    done,
    evidence_of,
    imports,
    missing,
)

from . import _open, _own, _scraping, _synthetic
from ._docs import sentences

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

FETCHED = calls(
    "urlretrieve", "download_url", "download_and_extract_archive", "gdown.download", "wget.download", "get_file", "download_file",
    "download_fileobj", "get_object", "download_blob", "download_to_filename", "fget_object", "maybe_download*",
    note="downloads data",
)  # fmt: skip
QUERIED = calls(
    "read_sql*", "read_gbq", "run_query", "fetchall", "to_dataframe", "spark.sql", note="queries a database"
)
CONNECTED = imports(
    "pymongo", "mongoengine", "psycopg2", "pymysql", "snowflake.connector", "google.cloud.bigquery", "kafka", "confluent_kafka",
    "stomp", "feast", "cassandra", "elasticsearch", "influxdb", "influxdb_client", "wrds", note="reads a database or stream",
)  # fmt: skip
COMMANDS = r"\b(?:wget|curl|gdown|aws s3 (?:cp|sync)|gsutil (?:-m )?(?:cp|rsync)|azcopy|rclone|dvc (?:pull|import|import-url|get))\b"
COMMAND_WORDS = ("wget", "curl", "gdown", "aws s3", "gsutil", "azcopy", "rclone", "dvc ")
SAID = Regex(
    r"(?i)\bdownload\w* .{0,60}\b(?:data ?sets?|data|corpus|images)\b|\b(?:data ?sets?|data|corpus)\b.{0,60}"
    r"\b(?:download\w*|obtained|retrieved|collected|provided by|comes? from|available (?:at|from|on|here))\b"
)
TOPIC = Regex(
    r"(?i)\A.{0,20}\b(?:data ?sets?|data sources?|data collection|data ingestion|data acquisition)\b.{0,20}\Z"
)
DATA_FILE = Regex(r"(?i)\.(?:csv|tsv|jsonl?|parquet|xlsx?|zip|tar\.gz|tgz|h5|npz|feather)(?:[?#]\S*)?$")
DATA_ADDRESS = r"https?://[^\s)>\"'`]+\.(?:csv|tsv|jsonl|parquet|xlsx|zip|tar\.gz|tgz|h5|npz)\b"
FILES = Regex(
    r"(?i)(?:^|/)(?:\w*ingest\w*|\w*download\w*|(?:fetch|import|acquire|load)_\w*|get_\w*data\w*|data_?extract\w*)\.(?:py|ipynb|sh|r|sql)$"
)


def infer(facts: Facts) -> Finding:
    collected, asked = _scraping.scraping(facts)
    options = {
        "scraping": evidence_of(collected, asked),
        "own": evidence_of(_own.own(facts, collected, asked)),
        "synthetic": evidence_of(_synthetic.synthetic(facts)),
        "open": evidence_of(_open.opened(facts)),
    }
    imported = [
        Evidence(out.file, out.line, note=f"imported from {out.imported_from}"[:60])
        for out in facts.dvc.outs
        if out.imported_from
    ]
    commands = facts.texts.find(
        COMMANDS, "*.sh", "*akefile*", "*ockerfile*", "*.yml", "*.yaml", limit=200, words=COMMAND_WORDS
    )
    evidence = telling(
        imported,
        options["open"],
        options["scraping"],
        options["own"],
        options["synthetic"],
        documented(facts),
        facts.code.find(FETCHED, QUERIED, CONNECTED),
        [
            hit
            for hit in facts.docs.find(DATA_ADDRESS, "*.md", "*.rst", words=("http",))
            if not hit.text.startswith("!")
        ],
        [hit for hit in facts.code.links() if DATA_FILE.search(hit.name)],
        [hit for hit in commands if re.search(r"(?i)data|corpus|train|images|raw|input|dvc", hit.text)],
        [Evidence(path, note="a script that gets data in") for path in facts.paths if FILES.search(path)],
    )
    if evidence:
        return done(evidence[0].note, evidence, options=options)
    return missing(
        "nothing says where the data comes from",
        looked=("README and docs", "downloads, queries and scrapers in code", "scripts and DVC files"),
    )


def telling(*groups: Iterable[Hit | TextHit | Sentence | Evidence]) -> tuple[Evidence, ...]:
    """The best place of each group first."""
    return evidence_of([hit for hits in zip_longest(*groups) for hit in hits if hit])


def documented(facts: Facts) -> list[Sentence]:
    """Sentences that say how the data is got, then headings about the data."""
    headings = [sentence for sentence in sentences(facts, TOPIC, words=("data",)) if sentence.kind == "heading"]
    return [*sentences(facts, SAID, words=("data", "corpus", "images")), *headings]
