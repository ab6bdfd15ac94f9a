"""The JSON Schema of the report: `python -m mlcoach.reports.schema > docs/report.schema.json`."""

from __future__ import annotations

from typing import Any

import msgspec

from mlcoach.checklist.report import SCHEMA, Report


def schema() -> dict[str, Any]:
    described = msgspec.json.schema(Report)
    described["$defs"]["Report"]["properties"]["schema"] = {"const": SCHEMA}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "mlcoach report",
        "description": "What `mlcoach check --format json` prints.",
        **described,
    }


def as_text() -> str:
    return msgspec.json.format(msgspec.json.encode(schema()), indent=2).decode() + "\n"


if __name__ == "__main__":
    print(as_text(), end="")
