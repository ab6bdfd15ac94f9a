"""data/schema: what counts and what does not."""

import pytest

ID = "data/schema"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("check.py", "import pandera as pa\n"),
        ("check.py", "import great_expectations as gx\n"),
        ("check.py", "validator.expect_column_values_to_not_be_null('id')\n"),
        ("check.py", "import tensorflow_data_validation as tfdv\n"),
        ("check.py", "import jsonschema\n"),
        ("watch.py", "from evidently.report import Report\n"),
        ("watch.py", "from alibi_detect.cd import KSDrift\n"),
        ("watch.py", "from scipy.stats import ks_2samp\ndef check_drift(old, new):\n    return ks_2samp(old, new)\n"),
        ("steps.py", "class DataValidationStep:\n    pass\n"),
        ("steps.py", "def validate_columns(df):\n    pass\n"),
        ("load.py", "def read(df):\n    if missing:\n        raise ValueError(f'missing columns: {missing}')\n"),
        ("load.py", "assert set(df.columns) == EXPECTED\n"),
        ("load.py", "raise RuntimeError('no text: missing CSV column')\n"),
        ("src/schemas.py", "from pydantic import BaseModel\nclass Ride(BaseModel):\n    fare: float\n"),
        ("tests/data/test_dataset.py", "import great_expectations as gx\n"),
        ("load.py", "def _validate_schema(frame, table):\n    pass\n"),
        (
            "models/staging/rides.yml",
            "models:\n  - name: rides\n    columns:\n      - name: id\n        tests:\n          - not_null\n",
        ),
        ("checks.yml", "checks for rides:\n  - missing_count(fare) = 0\n"),
        ("scripts/validate_data.py", "pass\n"),
        ("conf/schema.yaml", "columns:\n  - age: int\n"),
        ("great_expectations/great_expectations.yml", "config_version: 3\n"),
    ],
)
def test_a_declared_schema_or_a_check_counts(infer, path, text):
    found = infer(ID, {path: text})
    assert found.state == "done"
    assert found.evidence[0].path == path


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("api/schemas.py", "from pydantic import BaseModel\nclass Ride(BaseModel):\n    fare: float\n"),
        ("src/schemas.py", "from pydantic import BaseModel\nclass PredictionRequest(BaseModel):\n    fare: float\n"),
        ("src/train.py", "from pydantic import BaseModel\nclass TrainConfig(BaseModel):\n    rate: float\n"),
        ("db/tables.py", "from sqlalchemy import Column\nclass Ride(Base):\n    fare = Column(Float)\n"),
        ("schema.sql", "create table rides (fare float);\n"),
        ("load.py", "COLUMNS = {'fare': 'float'}\ndf = df[list(COLUMNS)]\n"),
        ("load.py", "df = pd.read_csv(path, dtype={'fare': 'float32'})\n"),
        ("net.py", "assert x.shape[1] == 3\nassert x.dtype == 'float32'\n"),
        ("load.py", "raise ValueError('unknown optimizer')\n"),
        ("features.py", "from scipy.stats import ks_2samp\np = ks_2samp(a, b)\n"),
        ("requirements.txt", "pandera\n"),
        ("load.py", "# import pandera\n"),
        ("split.py", "def validate_datasets(train, test):\n    assert not train.ids & test.ids\n"),
        ("src/config.py", "import voluptuous\n"),
        ("callbacks.py", "class DataCheckpoint:\n    pass\n"),
        ("train/validation.py", "def validate(model):\n    pass\n"),
    ],
)
def test_requests_tables_selections_and_shapes_do_not(infer, path, text):
    assert infer(ID, {path: text}).state == "missing"


def test_a_module_of_the_projects_own_is_no_library(infer):
    assert infer(ID, {"load.py": "from schema import Schema\n"}).state == "done"
    assert infer(ID, {"load.py": "from schema import COLUMNS\n", "schema.py": "COLUMNS = []\n"}).state == "missing"


def test_models_that_a_web_service_imports_do_not(infer):
    files = {
        "src/records.py": "from pydantic import BaseModel\nclass Ride(BaseModel):\n    fare: float\n",
        "service.py": "from fastapi import FastAPI\nfrom src.records import Ride\n",
    }
    assert infer(ID, files).state == "missing"
    assert infer(ID, files | {"service.py": "from fastapi import FastAPI\n"}).state == "done"
