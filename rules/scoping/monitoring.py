"""Something records the objective or the live model over time.

What counts
    Monitoring code or configuration (Prometheus, Grafana, Evidently, NannyML, WhyLogs, a cloud's model monitor); live
    predictions, feedback or metrics that are stored with their time; a scheduled evaluation or retraining; a KPI history.

What does not
    Training curves of one run (TensorBoard, W&B, MLflow while training); tests or training that CI runs on a push.

Known problems
    Monitoring that is set up outside the repository is not seen. A dashboard described only in a doc does not count.

Next step
    A scheduled job that scores the live model and stores the number, or a committed kpis.csv that grows with each release.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from mlcoach.rule import Evidence, Facts, Finding, Hit, Item, done, evidence_of, missing, partial

from . import _monitors

ITEM = Item(
    id="scoping/monitoring",
    title="Objective monitored over time",
    bullet="Monitor your project's objective over time",
    stage="production",
    why="Data drift and habits change; a model that nobody watches gets worse unnoticed.",
    how=(
        "store each prediction with its time and, later, the truth",
        "score them in a scheduled job, and append the number to a committed kpis.csv",
        "or export metrics with `prometheus_client` and draw them in Grafana",
    ),
    references=("https://docs.evidentlyai.com", "https://prometheus.io/docs/introduction/overview/"),
)


def infer(facts: Facts) -> Finding:
    images = [
        hit.evidence("a monitoring container")
        for hit in facts.texts.find(_monitors.IMAGE, *_monitors.CONTAINERS, limit=10)
    ]
    history = [
        Evidence(file.path, note="a KPI's history")
        for file in facts.data
        if _monitors.HISTORY.fullmatch(file.path) and file.size
    ]
    serves = facts.code.imported(*_monitors.SERVERS)
    code = facts.code.find(
        _monitors.WATCHERS,
        _monitors.CLOUD,
        _monitors.DRIFT,
        _monitors.STORED,
        *((_monitors.KEPT, _monitors.LIVE, _monitors.ACTIONS) if serves else ()),
    )
    found = evidence_of(history, firsts(code), configs(facts), images, scheduled(facts))
    if found:
        return done(found[0].note, found)
    if service := facts.code.find(_monitors.SERVICE):
        return partial("the live service's errors are recorded, its results are not", evidence_of(service))
    return missing(
        "nothing records the objective over time",
        looked=("monitoring libraries in code", "Prometheus, Grafana and compose files", "scheduled jobs"),
    )


def configs(facts: Facts) -> list[Evidence]:
    """One file of each folder that configures monitoring, Prometheus's before dashboards."""
    paths = [path for path in facts.any_case_paths(*_monitors.CONFIGS) if not _monitors.TRACKING.search(path)]
    of_folder = {posixpath.dirname(path): path for path in reversed(paths)}
    chosen = sorted(of_folder.values(), key=lambda path: "prometheus" not in path)
    return [Evidence(path, note="monitoring configuration") for path in chosen]


def firsts(hits: list[Hit]) -> list[Hit]:
    """One place of each file, those that say most first; a callback watches a training run only."""
    return list({hit.path: hit for hit in reversed(hits) if "callback" not in hit.path.lower()}.values())[::-1]


def scheduled(facts: Facts) -> Iterator[Evidence]:
    """Jobs that run by the clock and train, evaluate or predict."""
    for hit in facts.ci.find(_monitors.ON_CRON, limit=20):
        text = facts.ci.get(hit.path)
        if text and _monitors.RUNS.search(text.text):
            yield hit.evidence("a scheduled job in CI")
    for hit in facts.texts.find(_monitors.CRON_LINE, "*cron*", "*.crontab", limit=10):
        named = {name.rpartition("/")[2] for name in re.findall(r"[\w./-]+\.(?:sh|py)", hit.text)}
        scripts = [text.text for text in facts.texts if text.path.rpartition("/")[2] in named]
        if _monitors.LASTING.search(hit.text) or any(map(_monitors.LASTING.search, scripts)):
            yield hit.evidence("a job by the clock")
    if facts.code.imported("airflow", "prefect", "dagster", "apscheduler", "schedule", "celery"):
        lasting = {
            definition.path for definition in facts.code.definitions() if _monitors.LASTING.search(definition.name)
        }
        for place in facts.code.find(_monitors.SCHEDULES, _monitors.SCHEDULERS):
            if place.path in lasting or re.search(r"(?i)evaluat|monitor|drift|retrain|train", place.path):
                yield place.evidence("a scheduled job")
