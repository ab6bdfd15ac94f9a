"""data/etl: what counts and what does not."""

import pytest

ID = "data/etl"
PREPARE = "import pandas as pd\nframe = pd.read_csv('raw.csv')\nframe.dropna().to_csv('clean.csv')\n"


def stage(name, command, out):
    return f"stages:\n  {name}:\n    cmd: {command}\n    deps:\n    - raw\n    outs:\n    - {out}\n"


@pytest.mark.parametrize(
    "text",
    [
        stage("prepare", "python src/a.py", "x"),
        stage("s1", "python src/featurize.py", "x"),
        stage("vectors", "python v.py", "data/v.npy"),
    ],
)
def test_a_dvc_stage_that_prepares_data_counts(infer, text):
    found = infer(ID, {"dvc.yaml": text})
    assert found.state == "done"
    assert (found.evidence[0].path, found.evidence[0].line) == ("dvc.yaml", 2)


@pytest.mark.parametrize(
    "text", [stage("train", "python train.py", "model.pkl"), stage("lightgbm", "python fit.py", "model.txt")]
)
def test_a_dvc_stage_that_only_trains_does_not(infer, text):
    assert infer(ID, {"dvc.yaml": text}).state == "missing"


@pytest.mark.parametrize(
    "code",
    [
        "import luigi\nclass CleanRides(luigi.Task):\n    pass\n",
        "from prefect import task\n@task\ndef extract_rides():\n    pass\n",
        "from dagster import asset\n@asset\ndef cleaned_rides():\n    pass\n",
        "from airflow.operators.python import PythonOperator\nPythonOperator(task_id='ingest_rides', python_callable=run)\n",
        "from zenml import step\n@step\ndef preprocess_rides():\n    pass\n",
        "from prefect import task\n@task\ndef silver_task(rides):\n    pass\n",
        "import apache_beam as beam\nclass ParseRides(beam.DoFn):\n    pass\ndef transform_rides():\n    pass\n",
        "from pyspark.sql import SparkSession\ndef transform(frame):\n    return frame\n",
    ],
)
def test_a_task_of_an_orchestrator_counts(infer, code):
    assert infer(ID, {"flow.py": code}).state == "done"


def test_an_orchestrated_job_that_only_trains_does_not(infer):
    code = "from prefect import flow, task\n@task\ndef train_model():\n    pass\n@flow\ndef training():\n    train_model()\n"
    assert infer(ID, {"flow.py": code}).state == "missing"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("etl/Drakefile", "clean.csv <- raw.csv\n  python clean.py\n"),
        ("src/PrepareRides.m", "rides = readtable('rides.csv');\n"),
        ("Snakefile", "rule clean:\n    input: 'raw.csv'\n"),
        ("dbt/dbt_project.yml", "name: rides\n"),
        ("scripts/clean_rides_table.sql", "delete from rides where fare is null\n"),
        ("R/prepare_data.R", "x <- read.csv('raw.csv')\n"),
    ],
)
def test_pipelines_of_other_tools_count(infer, path, text):
    assert infer(ID, {path: text}).state == "done"


def test_a_numbered_series_of_scripts_counts(infer):
    files = {"scripts/1_download.sh": "curl -O $URL\n", "scripts/2_create_train.sh": "mv raw train\n"}
    assert infer(ID, files).state == "done"
    assert infer(ID, {"scripts/1_download.sh": "curl -O $URL\n"}).state == "missing"


def test_a_script_that_reads_transforms_and_writes_counts(infer):
    found = infer(ID, {"prepare.py": PREPARE, "README.md": "First run `python prepare.py`.\n"})
    assert found.state == "done"
    assert {e.path for e in found.evidence} == {"prepare.py", "README.md"}


def test_a_script_that_runs_steps_of_other_modules_counts(infer):
    files = {
        "run.py": "from lib import process_rides\nif __name__ == '__main__':\n    process_rides()\n    extract_stops()\n",
        "lib.py": "import pandas as pd\ndef process_rides():\n    pd.read_csv('raw').to_csv('out')\ndef extract_stops(): pass\n",
    }
    found = infer(ID, files)
    assert found.state == "done"
    assert found.evidence[0].path == "run.py"


def test_steps_of_a_home_made_pipeline_count(infer):
    classes = "class DataIngestion:\n    pass\nclass DataTransformation:\n    pass\n"
    assert infer(ID, {"src/components.py": classes}).state == "done"
    assert (
        infer(ID, {"steps/ingest.py": "def run(): pass\n", "steps/transform.py": "def run(): pass\n"}).state == "done"
    )


@pytest.mark.parametrize("name", ["prepare.ipynb", "train_and_prepare.py", "helpers.py"])
def test_preparation_in_a_notebook_or_elsewhere_does_not(infer, notebook, name):
    assert infer(ID, {name: notebook(PREPARE) if name.endswith("ipynb") else PREPARE}).state == "missing"


def test_a_prepare_script_that_trains_does_not(infer):
    assert infer(ID, {"prepare.py": PREPARE + "model.fit(X, y)\n"}).state == "missing"
    assert infer(ID, {"prepare.py": PREPARE + "scaler.fit(X)\n"}).state == "done"


def test_a_library_module_that_nothing_runs_does_not(infer):
    code = "import pandas as pd\ndef prepare(path):\n    pd.read_csv(path).to_csv('x.csv')\n"
    assert infer(ID, {"prepare.py": code}).state == "missing"


@pytest.mark.parametrize("name", ["convert_weights.py", "download_data.py", "prepare_model.py", "split_results.py"])
def test_converting_models_or_only_fetching_does_not(infer, name):
    assert infer(ID, {name: PREPARE}).state == "missing"


def test_make_targets_need_a_script_that_works(infer):
    makefile = "data:\n\tpython src/make_dataset.py data/raw data/processed\n"
    stub = "import logging\nif __name__ == '__main__':\n    logging.info('making the data set')\n"
    assert infer(ID, {"Makefile": makefile, "src/make_dataset.py": stub}).state == "missing"
    found = infer(ID, {"Makefile": makefile, "src/make_dataset.py": PREPARE})
    assert (found.evidence[0].path, found.evidence[0].line) == ("Makefile", 1)


def test_code_that_runs_the_scripts_of_each_step_counts(infer):
    files = {
        "run_all.py": "import os\ncmd = 'python ./preprocess.py'\nos.system(cmd)\n",
        "preprocess.py": "from steps import work\nwork()\n",
    }
    assert infer(ID, files).evidence[0].path == "run_all.py"
    assert infer(ID, {"run_all.py": files["run_all.py"]}).state == "missing"


def test_a_script_that_drives_the_making_of_records_counts(infer):
    files = {
        "build.py": "from writer import create_tf_records, split_by_day\nsplit_by_day()\ncreate_tf_records(rides)\n",
        "writer.py": "def split_by_day():\n    pass\ndef create_tf_records(rides):\n    open('r').write(rides)\n",
    }
    assert infer(ID, files).state == "done"
