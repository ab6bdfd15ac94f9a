"""A declared schema, or a check, that the data is held against.

What counts
    Pandera, Great Expectations, TFDV, Cerberus, JSON Schema, pydantic models of records, Evidently, Deepchecks or alibi-detect
    drift checks, a two-sample test for drift, explicit checks of columns and types that fail on a mismatch.

What does not
    Request models of a web API that never check the training data; SQL tables or Django models alone; a dictionary of
    column names used only for selecting; dtypes given to a reader to save memory; asserts on the shape of a tensor.

Known problems
    A check that calls neither a library nor itself a validation is not found.

Next step
    Write the columns, types and ranges that you expect as a Pandera schema and call `schema.validate(df)` right after reading.
"""

from __future__ import annotations

from mlcoach.rule import Evidence, Facts, Finding, Hit, Item, Regex, done, evidence_of, missing

from . import _checks

ITEM = Item(
    id="data/schema",
    title="Data schema and drift",
    bullet="Establish a data schema which helps validate the data. Especially for concept drift",
    stage="mvp",
    why="Data changes without telling anyone: without a check the model goes on predicting, and is wrong.",
    how=(
        "`pip install pandera`",
        "`schema = pandera.infer_schema(df)`, then tighten it: types, ranges, allowed values, nulls",
        "`schema.validate(df)` right after reading, in training and in prediction; compare new data with the training data",
    ),
    references=(
        "https://pandera.readthedocs.io",
        "https://docs.evidentlyai.com",
        "https://machinelearningmastery.com/gentle-introduction-concept-drift-machine-learning/",
    ),
)

COLUMNS = Regex(
    r"(?i)(?:missing|required|expected|unexpected|invalid|mismatch\w*|wrong)[^\"'\n]{0,30}\b(?:columns?|fields?|schema|dtypes?)\b"
    r"|\b(?:columns?|schema|dtypes?)\b[^\"'\n]{0,30}\b(?:missing|required|expected|mismatch\w*|not match\w*|do not match|differ)\b"
    r"|set\([\w.]*columns|columns\.(?:equals|isin)|\.columns\)? ?==|dtypes\b.{0,20}=="
)
WEB = Regex(
    r"(?i)(?:^|[/_])(?:api|apis|app|main|server?|serving|service|endpoints?|routes?|routers?|backend|web|deploy\w*|request\w*)(?:[/_.]|$)"
)
BASES = Regex(r"\b(?:BaseModel|SQLModel|Schema|DataFrameModel|SchemaModel)\b")
RECORD = Regex(r"(?i)schema|record|row\b|valid|ingest|(?:^|/)etl|sample|entry|raw")
NOT_RECORD = Regex(
    r"(?i)config|settings|request|response|params|args|options|message|chat|prompt|state|agent|output|answer|query"
)
SETTINGS = Regex(r"(?i)config|settings|param|argument|options|(?:^|/)cli\b|spec")
SHIFT = Regex(r"(?i)drift|monitor|valid|check|stabil|shift|quality|compare")


def infer(facts: Facts) -> Finding:
    declared = [Evidence(path, note="a declared schema") for path in facts.any_case_paths(*_checks.DECLARED)]
    columns = facts.texts.find(r"^[ \t]*(?:\w+_)?columns[ \t]*:", "*schema*.y*ml", limit=3)
    scripts = [
        Evidence(path, note="a script that checks the data") for path in facts.paths if _checks.SCRIPT.search(path)
    ]
    quality = facts.texts.find(
        _checks.QUALITY, "*.yml", "*.yaml", words=("not_null", "unique", "accepted_", "relation", "checks for", "dbt_")
    )
    found = evidence_of(
        facts.code.find(_checks.VALIDATORS, _checks.DRIFT, _checks.TFX, tests=True),
        general_schemas(facts),
        facts.code.find(_checks.CHECKS),
        [hit for hit in facts.code.find(_checks.TESTS) if SHIFT.search(f"{hit.path} {hit.inside}")],
        declared,
        columns,
        quality,
        explicit(facts),
        scripts,
        records(facts),
    )
    if found:
        return done(found[0].note, found)
    return missing(
        "no schema or check that the data is held against",
        looked=("schema and drift libraries in code", "functions that check columns and types", "schema files"),
    )


def general_schemas(facts: Facts) -> list[Hit]:
    """Libraries for schemas of anything, where they are not for settings."""
    own = facts.code.own_modules
    hits = [hit for hit in facts.code.find(_checks.GENERAL) if hit.name.partition(".")[0] not in own]
    return [hit for hit in hits if not SETTINGS.search(hit.path)]


def explicit(facts: Facts) -> list[Hit]:
    """`raise ValueError(f"missing columns {missing}")`, `assert set(df.columns) == EXPECTED`."""
    return [
        hit
        for hit in facts.code.find(_checks.FAILS, _checks.ASSERTS)
        if COLUMNS.search(hit.text) and not WEB.search(hit.path)
    ]


def records(facts: Facts) -> list[Evidence]:
    """Pydantic models that describe records of data, where no web API imports them."""
    apis = facts.code.files_with(_checks.APIS)
    files = facts.code.files_with(_checks.MODELS) - apis - facts.code.reachable(*apis)
    return [
        Evidence(found.path, found.line, found.cell, note=f"{found.name} describes a record")
        for found in facts.code.definitions()
        if found.path in files
        and BASES.search(found.given)
        and not NOT_RECORD.search(found.name)
        and not WEB.search(found.path)
        and (RECORD.search(found.name) or RECORD.search(found.path))
    ]
