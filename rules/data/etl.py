"""Preparing the data is an explicit pipeline that can be run again.

What counts
    Stages of dvc.yaml, or tasks of Airflow, Prefect, Dagster, Luigi, Kedro, ZenML, Metaflow, Snakemake, Beam, Spark, dbt and
    their kin, that prepare data; Make targets that run a working script; scripts that read, transform and write data.

What does not
    Preparation inside a notebook or inside the training script; an orchestrated job that only trains; a template's stub.

Known problems
    Whether a script prepares data is told from its name, from what it reads and writes, and from its not training.

Next step
    `dvc stage add -n prepare -d prepare.py -d data/raw -o data/prepared python prepare.py`, then `dvc repro`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlcoach.rule import Evidence, Facts, Finding, Item, Regex, calls, done, evidence_of, imports, missing

from . import _runs, _scripts
from ._scripts import STEP, is_something_else, is_step, last, prepares, words

ITEM = Item(
    id="data/etl",
    title="ETL pipeline",
    bullet="Build an ETL (Extra, Transform & Load) pipeline",
    stage="mvp",
    why="Data that were prepared by hand cannot be prepared again, neither for new records nor after a mistake.",
    how=(
        "move the preparation out of the notebook into `prepare.py`, which reads raw files and writes prepared ones",
        "`dvc stage add -n prepare -d prepare.py -d data/raw -o data/prepared python prepare.py`",
        "`dvc repro` runs what has changed",
    ),
    references=(
        "https://dvc.org/doc/start/data-pipelines/data-pipelines",
        "https://docs.dagster.io",
        "https://airflow.apache.org/docs/",
    ),
    actions=("track-data",),
)

ORCHESTRATORS = imports(
    "airflow", "prefect", "dagster", "luigi", "kedro", "zenml", "metaflow", "kfp", "apache_beam", "mage_ai", "flytekit", "ploomber",
    "tfx", "hera", "d6tflow", "hamilton", "mlflow.recipes", "mlflow.pipelines", "sagemaker.processing", "sagemaker.workflow",
    "azureml.pipeline", "azure.ai.ml", "clearml.automation", "pyspark", "dlt", "petl", "bonobo", "snakemake", "redun", "pypyr",
    "orchest", "covalent", "doit", "bytewax", "pathway", "sqlmesh", "pypeln", "kestra", "azureml.core", "vertexai.pipeline_jobs",
    "google_cloud_pipeline_components", note="an orchestrator",
)  # fmt: skip
TASKS = calls("*Operator", "ContainerOp", "*ExampleGen", "ProcessingStep", "PythonScriptStep", "node", note="a task")
JOBS = calls(
    "DAG",
    "define_asset_job",
    "Definitions",
    "luigi.build",
    "luigi.run",
    "Pipeline",
    "ScheduleDefinition",
    note="a pipeline's definition",
)

EXTRACTING = Regex(r"data_?(?:ingest|extract|collect|acqui)|ingest|extract(?:or|ion)?_(?:step|stage|task)")
TRANSFORMING = Regex(
    r"data_?(?:transform|prep|clean|process|valid)|(?:transform|preprocess|clean|prepar)\w*_?(?:step|stage|task)"
)
STEP_FOLDER = Regex(
    r"(?:^|/)(?:steps|stages|components|tasks|nodes|pipelines?|flows|assets|etl|jobs)/(?:\w+/)?[^/]+\.py$"
)
MODEL_FILE = Regex(
    r"(?i)model|weight|checkpoint|\.(?:pkl|h5|pt|pth|joblib|onnx|keras)$|metric|score|report|plots?(?:/|$)|predict"
)
RULE = r"^[ \t]*(?:rule|process|checkpoint)\s+\w+|^[ \t]*(?:name|profile|models):"
RULE_FILES = ("Snakefile", "*.smk", "*.nf", "dbt_project.yml")
WORKFLOWS = ("Drakefile", "*/Drakefile", "*.wdl", "*.cwl", "*/workflow/Snakefile")


def infer(facts: Facts) -> Finding:
    scripts = _scripts.working_scripts(facts)
    rules = facts.texts.find(RULE, *RULE_FILES)
    found = evidence_of(
        stages(facts),
        tasks(facts),
        rules,
        [Evidence(path, note="a workflow") for path in facts.find_paths(*WORKFLOWS)],
        _runs.targets(facts, scripts),
        _runs.drivers(facts),
        home_made(facts),
        scripts.values(),
        _scripts.other_scripts(facts),
    )
    if found:
        return done(found[0].note, evidence_of(found[:3], _runs.instructions(facts, list(scripts)[:4]), found))
    looked = ("dvc.yaml", "orchestrators in code", "Makefile, Snakefile", "scripts that read and write data")
    return missing("no pipeline prepares the data", looked=looked)


def stages(facts: Facts) -> Iterator[Evidence]:
    """DVC stages that a name says prepare data, or that write something else than models and results."""
    for stage in facts.dvc.stages:
        names = [stage.name, *map(last, _runs.RUNS.findall(stage.command))]
        data = (
            stage.deps
            and stage.outs
            and not any(map(is_something_else, names))
            and not all(map(MODEL_FILE.search, stage.outs))
        )
        if data or any(map(is_step, names)):
            yield Evidence(stage.file, stage.line, note=f"DVC stage {stage.name[:40]}", confidence=0.95)


def tasks(facts: Facts) -> list[Evidence]:
    """What an orchestrator runs, where its name says that it prepares data; then the pipeline's own definition."""
    files = {hit.path: hit for hit in reversed(facts.code.find(ORCHESTRATORS)) if hit.path.endswith(".py")}
    found = [
        Evidence(made.path, made.line, note=f"{made.name[:40]} ({files[made.path].name.partition('.')[0]})")
        for made in facts.code.definitions()
        if made.path in files and is_step(last(made.name))
    ]
    found += [hit.evidence() for path, hit in files.items() if prepares(last(path))]
    found += [hit.evidence() for hit in facts.code.find(TASKS) if hit.path in files and STEP.search(words(hit.args))]
    jobs = [hit.evidence() for hit in facts.code.find(JOBS) if hit.path in files] if found else []
    return [*evidence_of(found)[:2], *jobs[:2], *found]


def home_made(facts: Facts) -> list[Evidence]:
    """A pipeline of the project's own: classes that extract and classes that transform, or such modules in a folder of steps."""
    classes = [
        made
        for made in facts.code.definitions()
        if made.kind == "class" and not made.test and made.path.endswith(".py")
    ]
    extract = [made for made in classes if EXTRACTING.search(words(made.name))]
    transform = [made for made in classes if TRANSFORMING.search(words(made.name))]
    if extract and transform:
        return [
            Evidence(made.path, made.line, note=f"class {made.name[:40]}", confidence=0.6)
            for made in [*extract[:3], *transform[:2]]
        ]
    files = [path for path in facts.paths if path.endswith(".py") and STEP_FOLDER.search(path) and is_step(last(path))]
    return [Evidence(path, note="a step", confidence=0.6) for path in files] if len(files) > 1 else []
