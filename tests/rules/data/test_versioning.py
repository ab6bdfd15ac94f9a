"""data/versioning: what counts and what does not."""

import pytest

ID = "data/versioning"


def test_a_dvc_file_counts(infer):
    found = infer(ID, {"data/raw.csv.dvc": "outs:\n- md5: 1a2b\n  path: raw.csv\n"})
    assert found.state == "done"
    assert [(e.path, e.line) for e in found.evidence] == [("data/raw.csv.dvc", 3)]


def test_outputs_in_dvc_lock_count(infer):
    stages = "stages:\n  prepare:\n    cmd: python prepare.py\n    outs:\n    - path: data/prepared\n"
    assert infer(ID, {"dvc.lock": "schema: '2.0'\n" + stages}).state == "done"


@pytest.mark.parametrize("pattern", ["*.csv", "data/*.csv", "data/**", "data/a.csv"])
def test_lfs_patterns_count(infer, pattern):
    found = infer(
        ID,
        {
            ".gitattributes": f"{pattern} filter=lfs diff=lfs merge=lfs -text\n",
            "data/a.csv": "version https://git-lfs\n",
        },
    )
    assert found.state == "done"
    assert found.evidence[0].path == ".gitattributes"


@pytest.mark.parametrize(
    "code",
    [
        "import lakefs\n",
        "import hopsworks\n",
        "spark.sql('create table rides using delta as select 1')\n",
        "rides.register(workspace, name='rides', create_new_version=True)\n",
        "from deltalake import DeltaTable\n",
        "df.write.format('delta').save(path)\n",
        "import dvc.api\ntext = dvc.api.read('data.csv', repo=REPO, rev='v1')\n",
        "import wandb\nartifact = wandb.Artifact('raw-data', type='dataset')\n",
        "data = run.use_artifact('team/project/train_dataset:v3')\n",
        "import mlflow\nmlflow.log_input(mlflow.data.from_pandas(df))\n",
    ],
)
def test_versioned_tables_and_artifacts_count(infer, code):
    assert infer(ID, {"prepare.py": code}).state == "done"


def test_a_versioned_kedro_data_set_counts(infer):
    assert infer(ID, {"conf/base/catalog.yml": "raw:\n  type: pandas.CSVDataset\n  versioned: true\n"}).state == "done"


def test_a_datalad_data_set_counts(infer):
    assert infer(ID, {".datalad/config": '[datalad "dataset"]\n\tid = 1\n'}).state == "done"


def test_data_in_plain_git_does_not(infer):
    assert infer(ID, {"data/raw.csv": "a,b\n1,2\n"}).state == "missing"


def test_dvc_in_the_requirements_alone_does_not(infer):
    assert infer(ID, {"requirements.txt": "dvc==3.5\n"}).state == "missing"


def test_outputs_that_no_lock_file_tracks_do_not_and_are_shown(infer):
    found = infer(ID, {"dvc.yaml": "stages:\n  prepare:\n    cmd: python prepare.py\n    outs:\n    - data/prepared\n"})
    assert found.state == "missing"
    assert found.evidence[0].path == "dvc.yaml"


@pytest.mark.parametrize("path", ["model.pkl", "models/net.pt", "metrics.json", "plots"])
def test_a_tracked_model_metric_or_plot_does_not(infer, path):
    assert infer(ID, {f"{path}.dvc": f"outs:\n- md5: 1a2b\n  path: {path.rpartition('/')[2]}\n"}).state == "missing"


@pytest.mark.parametrize(
    ("pattern", "path"),
    [("*.pt", "models/net.pt"), ("*.parquet", "README.md"), ("*.png", "docs/screen.png")],
)
def test_lfs_for_models_pictures_or_nothing_does_not(infer, pattern, path):
    assert infer(ID, {".gitattributes": f"{pattern} filter=lfs -text\n", path: "x\n"}).state == "missing"


def test_a_model_or_result_artifact_does_not(infer):
    code = "a = wandb.Artifact('net', type='model')\nb = wandb.Artifact('results', type='dataset')\n"
    assert infer(ID, {"train.py": code}).state == "missing"


def test_metadata_of_an_artifact_is_no_data(infer):
    code = "import wandb\nartifact = wandb.Artifact('resnet', type='weights', metadata=settings)\n"
    assert infer(ID, {"train.py": code}).state == "missing"
