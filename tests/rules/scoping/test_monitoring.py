"""scoping/monitoring: the objective or the live model over time."""

import pytest

ID = "scoping/monitoring"


@pytest.mark.parametrize(
    "code",
    [
        "from prometheus_client import Counter\nhits = Counter('hits', 'h')\n",
        "from evidently.report import Report\n",
        "import nannyml as nml\n",
        "import whylogs\n",
        "import boto3\nboto3.client('cloudwatch').put_metric_data(Namespace='m')\n",
        "def detect_drift(reference, current):\n    return 0\n",
        "db = connect()\ndb.ml_metrics.insert_one({'mae': 1, 'at': now()})\n",
    ],
)
def test_monitoring_code_counts(infer, code):
    found = infer(ID, {"watch.py": code})
    assert found.state == "done"
    assert found.evidence[0].path == "watch.py"


def test_live_predictions_that_a_service_keeps_count(infer):
    code = "from flask import Flask\ndef log_prediction(x, y):\n    db.insert(x, y)\n"
    assert infer(ID, {"app.py": code}).state == "done"


@pytest.mark.parametrize(
    "path",
    [
        "monitoring/prometheus.yml",
        "grafana/dashboards/model.json",
        "ops/alertmanager.yaml",
        "ui/chronograf_dashboards/all.json",
    ],
)
def test_configuration_counts(infer, path):
    assert [e.path for e in infer(ID, {path: "{}"}).evidence] == [path]


def test_a_container_in_compose_counts(infer):
    found = infer(ID, {"docker-compose.yml": "services:\n  g:\n    image: grafana/grafana:latest\n"})
    assert [(e.path, e.line) for e in found.evidence] == [("docker-compose.yml", 3)]


def test_a_scheduled_evaluation_in_ci_counts(infer):
    text = "on:\n  schedule:\n    - cron: '0 6 * * 1'\njobs:\n  a:\n    steps:\n      - run: python evaluate.py\n"
    assert infer(ID, {".github/workflows/weekly.yml": text}).state == "done"


def test_a_cron_file_counts_through_the_script_that_it_names(infer):
    files = {"cron": "0 0 * * * /bin/bash /opt/do.sh\n", "do.sh": "python models/train_model.py\n"}
    assert [e.path for e in infer(ID, files).evidence] == ["cron"]


def test_a_scheduled_dag_that_evaluates_counts(infer):
    code = "from airflow import DAG\ndef evaluate_model(): ...\ndag = DAG('d', schedule_interval='@weekly')\n"
    assert infer(ID, {"dags/weekly.py": code}).state == "done"


def test_a_history_of_a_kpi_counts(infer):
    found = infer(ID, {"kpis.csv": "date,name,value\n2026-01-01,minutes,3\n"})
    assert [e.path for e in found.evidence] == ["kpis.csv"]


def test_errors_of_the_service_alone_are_weak(infer):
    assert infer(ID, {"app.py": "import sentry_sdk\nsentry_sdk.init()\n"}).state == "partial"


@pytest.mark.parametrize(
    "files",
    [
        {"train.py": "import wandb\nwandb.init()\nwandb.log({'loss': 1})\n"},
        {"train.py": "from torch.utils.tensorboard import SummaryWriter\nSummaryWriter()\n"},
        {"train.py": "import mlflow\nmlflow.log_metric('f1', 1)\n"},
        {".github/workflows/ci.yml": "on: [push]\njobs:\n  a:\n    steps:\n      - run: python train.py\n"},
        {
            ".github/workflows/nightly.yml": "on:\n  schedule:\n    - cron: '0 6 * * 1'\njobs:\n  a:\n    steps:\n      - run: pytest\n"
        },
        {"README.md": "Grafana will watch it one day.\n"},
        {"predict.py": "def save_predictions(df):\n    df.to_csv('out.csv')\n"},
        {"callbacks/model_monitor.py": "class ModelMonitor:\n    pass\n"},
    ],
)
def test_a_run_of_training_and_tests_do_not(infer, files):
    found = infer(ID, files)
    assert found.state == "missing"
    assert found.looked
