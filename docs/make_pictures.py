"""Make the pictures of the screen in docs/pictures/: `python docs/make_pictures.py`.

A small project is written into a temporary folder, scanned and reviewed a little; the running program then draws itself.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import tempfile
from pathlib import Path

from textual.pilot import Pilot

PICTURES = Path(__file__).parent / "pictures"
NOTEBOOK = {
    "cells": [
        {"cell_type": "markdown", "metadata": {}, "source": "# A look at the wines"},
        {
            "cell_type": "code",
            "metadata": {},
            "outputs": [],
            "execution_count": 1,
            "source": "import pandas as pd\nimport seaborn as sns\nframe = pd.read_csv('data/raw/wine.csv')\nframe.describe()",
        },
        {
            "cell_type": "code",
            "metadata": {},
            "outputs": [],
            "execution_count": 2,
            "source": "sns.pairplot(frame, hue='quality')",
        },
    ],
    "metadata": {},
    "nbformat": 4,
    "nbformat_minor": 5,
}
FILES = {
    "README.md": """# Wine quality

The goal is to predict the quality of a wine from its chemistry, so that the buyers taste fewer bottles.

The model predicts the grade of a wine, from three to nine, from eleven measurements. The data is the
Wine Quality set of the UCI repository.
""",
    "src/load.py": 'from ucimlrepo import fetch_ucirepo\n\nwine = fetch_ucirepo(id=186)\nwine.data.features.to_csv("data/raw/wine.csv")\n',
    "src/train.py": """import joblib
import pandas as pd
from sklearn.dummy import DummyRegressor
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.metrics import mean_absolute_error, r2_score
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

frame = pd.read_csv("data/raw/wine.csv").drop_duplicates().dropna()
frame["acid_ratio"] = frame["fixed_acidity"] / frame["volatile_acidity"]
X, y = frame.drop(columns="quality"), frame["quality"]
for model in (DummyRegressor(), make_pipeline(StandardScaler(), HistGradientBoostingRegressor())):
    print(model, cross_val_score(model, X, y, cv=5, scoring="neg_mean_absolute_error").mean())
model.fit(X, y)
print(mean_absolute_error(y, model.predict(X)), r2_score(y, model.predict(X)))
joblib.dump(model, "models/model.joblib")
""",
    "src/serve.py": """import joblib
from fastapi import FastAPI

app, model = FastAPI(), joblib.load("models/model.joblib")


@app.post("/predict")
def predict(row: dict[str, float]) -> float:
    return model.predict([list(row.values())])[0]
""",
    "tests/test_serve.py": "from src.serve import app\n\n\ndef test_predict():\n    assert app.routes\n",
    "notebooks/eda.ipynb": json.dumps(NOTEBOOK),
    "Dockerfile": 'FROM python:3.11-slim\nCOPY . /app\nCMD ["fastapi", "run", "src/serve.py"]\n',
    "requirements.txt": "scikit-learn==1.6.0\npandas==2.2.3\njoblib==1.4.2\nfastapi==0.115.6\nucimlrepo==0.0.7\n",
    "pyproject.toml": "[tool.ruff]\nline-length = 100\n",
    ".gitignore": "/data\n/models\n",
}


def write_project(root: Path) -> None:
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)

    def git(*words: str) -> None:
        subprocess.run(["git", "-C", str(root), *words], check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    git("config", "user.name", "Ana Lima")
    git("config", "user.email", "ana@example.org")
    git("remote", "add", "origin", "https://github.com/ana/wine-quality.git")
    git("add", "-A")
    git("commit", "-q", "-m", "feat: predict the quality of a wine")
    git("tag", "v0.3.1")
    for number, kind in enumerate(
        ("fix: keep the column order", "feat: serve predictions", "docs: say what it is for")
    ):
        (root / "CHANGES").write_text(str(number))
        git("add", "-A")
        git("commit", "-q", "-m", kind)


async def shoot(pilot: Pilot[int], name: str) -> None:
    await pilot.pause(0.3)
    pilot.app.clear_notifications()
    await pilot.pause(0.3)
    PICTURES.mkdir(exist_ok=True)
    (PICTURES / f"{name}.svg").write_text(_with_spaces_as_offsets(pilot.app.export_screenshot(title="mlcoach")))


def _with_spaces_as_offsets(svg: str) -> str:
    """Some programs drop the spaces that a text begins with; a text that begins later needs none."""

    def shifted(found: re.Match[str]) -> str:
        x, length, text = float(found[2]), float(found[4]), found[6]
        count = len(re.sub("&[^;]+;", "x", text))
        spaces = (len(text) - len(re.sub("^(&#160;)+", "", text))) // 6
        if not spaces or spaces == count:
            return found[0]
        step = length / count
        return (
            f"{found[1]}{x + spaces * step:g}{found[3]}{length - spaces * step:g}{found[5]}{text[6 * spaces :]}</text>"
        )

    return re.sub(r'(<text [^>]*?x=")([\d.]+)("[^>]*?textLength=")([\d.]+)("[^>]*>)([^<]*)</text>', shifted, svg)


async def pictures(root: Path) -> None:
    from mlcoach.tui import config, glyphs
    from mlcoach.tui.app import CoachApp
    from mlcoach.tui.session import Session

    async def ready(pilot: Pilot[int]) -> None:
        while not (app.session.fresh and app.session.rules):
            await pilot.pause(0.05)

    def go(id: str) -> None:
        app.main.checklist.move_to_key(id)

    app = CoachApp(Session(root, config.load()), signs=glyphs.UNICODE)
    async with app.run_test(size=(120, 36)) as pilot:
        await ready(pilot)
        for id in ("data/cleaning", "data/eda", "programming/shipping", "modelling/cv"):
            go(id)
            await pilot.press("c")
            await pilot.pause(0.2)
        go("programming/obfuscation")
        await pilot.press("w", *"stays in the house", "enter")
        go("data/sourcing")
        await shoot(pilot, "main-120x36")
        await pilot.press("I")
        await shoot(pilot, "sheet-120x36")
        await pilot.press("escape", "?")
        await shoot(pilot, "keys-120x36")
        await pilot.press("escape", "q")
    app = CoachApp(Session(root, config.load()), signs=glyphs.UNICODE)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await shoot(pilot, "main-80x24")
        go("programming/testing")
        await pilot.press("enter")
        await shoot(pilot, "item-80x24")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        os.environ |= {"HOME": name, "XDG_STATE_HOME": f"{name}/.state", "XDG_CONFIG_HOME": f"{name}/.config"}
        root = home / "wine-quality"
        write_project(root)
        asyncio.run(pictures(root))


if __name__ == "__main__":
    main()
