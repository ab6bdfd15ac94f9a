"""The project's data lives in a database or a declared store.

What counts
    Code, configuration or SQL files that read or write the project's data in a SQL database or a warehouse, in a document,
    key-value, wide-column, vector, search or object store; a DVC remote.

What does not
    Local CSV files alone; a store that only the experiment tracker uses; a bucket for trained models, logs or checkpoints
    only; a template's placeholder bucket; a DVC remote on the same disk.

Known problems
    What a bucket holds is judged by the words around its use. A store that is mounted as a folder leaves little to see.

Next step
    Put tables into a database (DuckDB needs no server) and files into a bucket: `dvc remote add -d store s3://bucket/data`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlcoach.rule import Evidence, Facts, Finding, Hit, Item, Option, Pattern, Regex, done, evidence_of, missing

from . import _stores

ITEM = Item(
    id="data/storage",
    title="Data storage",
    bullet="Data storage",
    stage="mvp",
    why="Files on one disk are lost with it, cannot be queried, and drift apart as soon as two people copy them.",
    how=(
        "tables: a database, for a start `duckdb.connect('data.duckdb')`",
        "files: a bucket, `dvc remote add -d store s3://bucket/data`, then `dvc push`",
        "keep addresses in configuration and secrets out of git",
    ),
    references=("https://dvc.org/doc/user-guide/data-management/remote-storage", "https://duckdb.org/docs/"),
    options=(Option("sql", "Structured: SQL"), Option("nosql", "Unstructured: NoSQL")),
    actions=("track-data",),
)


def infer(facts: Facts) -> Finding:
    sql = evidence_of(
        settings(facts),
        code(facts, *_stores.SQL, _stores.SQL_CLIENTS, _stores.DJANGO_MODELS),
        aws(facts, _stores.AWS_SQL),
        facts.texts.find(_stores.SQL_SETTINGS, *_stores.CATALOGS),
        facts.texts.find(_stores.R_TABLES, "*.R", "*.r"),
        sql_files(facts),
        said(facts, _stores.SQL_NAMES),
    )
    nosql = evidence_of(
        remotes(facts, objects=True),
        code(facts, *_stores.DATABASES),
        aws(facts, _stores.AWS_NOSQL),
        facts.texts.find(_stores.NOSQL_SETTINGS, *_stores.CATALOGS),
        buckets(facts),
        said(facts, _stores.NOSQL_NAMES),
    )
    sql = sql and evidence_of(sql[:4], services(facts, _stores.SQL_SERVICE), sql)
    nosql = nosql and evidence_of(nosql[:4], services(facts, _stores.NOSQL_SERVICE), nosql)
    found = evidence_of(sql[:2], nosql[:3], sql, remotes(facts, objects=False))
    if found:
        return done(found[0].note, found, options={"sql": sql, "nosql": nosql})
    looked = ("database clients and bucket addresses in code", ".dvc/config", "*.sql", "scripts, configs and docs")
    return missing("no database or store holds the data", looked=looked)


def code(facts: Facts, *patterns: Pattern) -> list[Evidence]:
    """Modules before notebooks: a connection that the project shares tells most."""
    hits = sorted(facts.code.ranked(*patterns), key=lambda hit: hit.path.endswith(".ipynb"))
    return list(evidence_of(hits))


def aws(facts: Facts, service: Regex) -> list[Hit]:
    return [hit for hit in facts.code.find(_stores.CLOUD) if service.search(hit.args)]


def settings(facts: Facts) -> list[Hit]:
    """Where Django's tables live; its default settings alone say nothing."""
    return facts.code.find(_stores.DJANGO) if facts.code.find(_stores.DJANGO_MODELS) else []


def said(facts: Facts, names: str) -> list[Evidence]:
    """Where the docs say that the data are stored in one of these."""
    found = facts.docs.find(
        _stores.STORED.format(names), "*.md", "*.rst", "*.ipynb", limit=5, words=tuple(names.split("|"))
    )
    return [hit.evidence() for hit in found if holds_data(hit.text)]


def services(facts: Facts, expression: str) -> list[Evidence]:
    """A container of the database: a place to show, no proof, for trackers and schedulers bring one too."""
    return [hit.evidence() for hit in facts.texts.find(expression, "*.yml", "*.yaml", limit=1, words=("image:",))]


def sql_files(facts: Facts) -> Iterator[Evidence]:
    """SQL files that define or query tables; one that only creates a server's databases and users does not."""
    for hit in facts.texts.find(
        r"^[ \t]*(?:create\s+(?:\w+\s+){0,3}(?:table|view)|select|insert\s+into|with\s+\w+\s+as)\b", "*.sql", "*.hql"
    ):
        yield hit.evidence("SQL")
    for hit in facts.texts.find(r"^\s*(?:name|profile|models):", "dbt_project.yml"):
        yield hit.evidence("a dbt project")


def remotes(facts: Facts, *, objects: bool) -> Iterator[Evidence]:
    """DVC remotes on other machines: object stores, or the rest."""
    for remote in facts.dvc.remotes:
        elsewhere = "://" in remote.url and not remote.url.startswith(("file:", "local:", "remote:"))
        if elsewhere and bool(_stores.REMOTE.search(f"{remote.name} {remote.url}")) == objects:
            yield Evidence(remote.file, remote.line, note=f"DVC remote {remote.url[:45]}", confidence=0.9)


def buckets(facts: Facts) -> Iterator[Hit | Evidence]:
    """Object stores that hold data, as far as the words around their use tell."""
    moves = facts.code.find(_stores.TRANSFERS)
    moving = {hit.path for hit in moves}
    carrying = {hit.path for hit in moves if holds_data(f"{hit.path} {hit.inside} {hit.args} {hit.text}")}
    for hit in [*aws(facts, _stores.S3), *facts.code.find(*_stores.BUCKETS)]:
        if hit.path in carrying if hit.path in moving else holds_data(f"{hit.path} {hit.inside} {hit.text}"):
            yield hit
    for hit in facts.code.magics():
        if re.search(_stores.SHELL, hit.text) and _stores.ABOUT_DATA.search(hit.text) and holds_data(hit.text):
            yield hit.evidence("a bucket of data")
    templates = {hit.path for hit in facts.texts.find(_stores.TEMPLATE, "Makefile")}
    for line in facts.texts.find(_stores.SHELL, *_stores.SCRIPTS, words=_stores.SHELL_WORDS):
        comment = line.text.lstrip().startswith("#")
        if (
            line.path not in templates
            and not comment
            and _stores.ABOUT_DATA.search(line.text)
            and holds_data(line.text)
        ):
            yield line.evidence("a bucket of data")


def holds_data(text: str) -> bool:
    """Whether the words around a bucket speak of data, or at least of nothing else."""
    return not _stores.PLACEHOLDER.search(text) and (
        bool(_stores.ABOUT_DATA.search(text)) or not _stores.OTHER_USE.search(text)
    )
