"""A look at the data themselves is kept in the repository.

What counts
    A notebook or script that describes or plots the data: summaries, counts, histograms, correlations, sample pictures; a
    profiling report (ydata-profiling, Sweetviz, skrub).

What does not
    Plots of training curves, predictions or other results; one stray `head()`.

Known problems
    What a plot shows is told from the words on its line, and from the notebook's name and headings.

Next step
    `TableReport(frame).write_html("reports/data.html")` (skrub), or a notebook with `describe()`, counts of the target and
    histograms.
"""

from __future__ import annotations

import re

from mlcoach.rule import Evidence, Facts, Finding, Hit, Item, calls, done, evidence_of, imports, missing

ITEM = Item(
    id="data/eda",
    title="Exploratory data analysis",
    bullet="EDA (Exploratory Design Analysis)",
    stage="poc",
    why="Leaks, imbalance and broken columns show at first sight; a model hides them behind a number.",
    how=(
        "`pip install skrub`, then `TableReport(frame).write_html('reports/data.html')`",
        "or a notebook: `frame.describe()`, `frame[target].value_counts()`, `frame.hist()`, `frame.corr()`",
        "pictures or sound: show samples of each class, count them",
    ),
    references=("https://skrub-data.org/stable/reference/generated/skrub.TableReport.html", "https://docs.profiling.ydata.ai/"),
)

REPORTS = (
    imports("ydata_profiling", "pandas_profiling", "sweetviz", "dtale", "autoviz", "dataprep.eda", "klib", "missingno", note="a profiling report"),
    calls("ProfileReport", "TableReport", "AutoViz_Class", note="a profiling report"),
)  # fmt: skip
LOOKS = (
    calls("describe", note="summary statistics"),
    calls("value_counts", "countplot", note="counts of values"),
    calls("corr", "scatter_matrix", "pairplot", "corrplot", note="correlations"),
    calls("hist", "histplot", "distplot", "displot", "kdeplot", "histogram", "hist2d", "plot.hist", "plot.kde", note="a distribution"),
    calls("boxplot", "violinplot", "boxenplot", "swarmplot", "stripplot", "px.box", "px.violin", "box", note="a distribution by group"),
    calls("px.histogram", "px.scatter", "px.bar", "px.pie", "px.line", "px.scatter_matrix", "px.choropleth*", "iplot", "alt.Chart",
          "scatterplot", "jointplot", "lmplot", "regplot", "catplot", "factorplot", "FacetGrid", "barplot", "pie", "lineplot", "relplot",
          note="a plot of the data"),
    calls("isnull", "isna", note="missing values"),
    calls("nunique", "unique", "skew", "kurtosis", "crosstab", "duplicated", note="values of a column"),
    calls("info", "dtypes", "head", "sample", "tail", note="a first look"),
    calls("plot_acf", "plot_pacf", "seasonal_decompose", "adfuller", "lag_plot", "autocorrelation_plot", note="a time series"),
    calls("WordCloud", "FreqDist", "folium.Map", "HeatMap", "specshow", "show_batch", "waveplot", "waveshow", "plot_images", "show_images",
          "plot_sample*", "show_sample*", "visualize_data*", "plot_data*", "plot_class*", "plot_distribution*", note="a look at samples"),
)  # fmt: skip
CHARTS = calls("heatmap", "scatter", "bar", "barh", "imshow", "matshow", "plot", note="a plot")
WEAK = {"a first look", "values of a column", "missing values", "a plot"}

RESULT = re.compile(
    r"(?i)pred|loss|accura|\bacc\b|score|histor(?:y|ies)\b|results?\b|metric|importance|confusion|conf_?mat|\bcm\b|\broc\b|auc|fpr|tpr|epoch"
    r"|recon|fake|generated|attention|reward|episode|learning_curve|y_hat|residual|error|rmse|\bmae\b|shap|lime|grad_?cam|embedding|tsne"
)
RESULT_FILE = re.compile(r"(?i)result|post_?process|evaluat|perform|compar|benchmark|inference|predict|train|progress|ablation")
EXPLORING = re.compile(r"(?i)(?:^|[/_\W])eda(?:[/_\W]|$)|explor|(?:data|dataset)[ _-]*(?:analysis|visuali[sz]|understanding|insight|profil)|profiling")
HEADING = (
    r"^\s*(?:#+|\*\*|<h\d>)\s*[^\n]*(?:\bEDA\b|explor|data (?:analysis|visuali|understanding|overview|insight)|"
    r"visuali[sz](?:e|ing|ation)(?: of)?(?: the| some| our)? (?:data|image|sample|distribution|feature|train|example)|correlation|distribution)"
)  # fmt: skip


def infer(facts: Facts) -> Finding:
    reports = facts.code.find(*REPORTS)
    headings = {hit.path: hit for hit in reversed(facts.docs.find(HEADING, "*.ipynb", limit=200))}
    looks: dict[str, list[Hit]] = {}
    for hit in facts.code.ranked(*LOOKS, CHARTS):
        if not RESULT.search(f"{hit.text} {hit.inside}"):
            looks.setdefault(hit.path, []).append(hit)
    strength = {path: explored(path, hits, path in headings) for path, hits in looks.items()}
    shown = sorted((path for path in looks if strength[path] >= 3), key=lambda path: -strength[path])
    found = evidence_of(reports, (best(looks[path]) for path in shown), *(looks[path] for path in shown))
    if found:
        return done(f"{found[0].note} in {found[0].path}", found)
    return missing("no look at the data is kept", looked=("notebooks and scripts that describe or plot data", "profiling reports"))


def explored(path: str, hits: list[Hit], headed: bool) -> int:
    """How much of a file is a look at data: a point for each kind of look, less for what is seen in every script."""
    kinds = {hit.note for hit in hits}
    points = len(kinds - WEAK) * 2 + len(kinds & WEAK)
    if not kinds - WEAK and "a plot" not in kinds:
        return 0
    named = bool(EXPLORING.search(path))
    points += 2 * named + headed
    if not path.endswith(".ipynb"):
        points -= 0 if named else 3
    if RESULT_FILE.search(path) and not named:
        points -= 2
    return points


def best(hits: list[Hit]) -> Evidence:
    return next((hit for hit in hits if hit.note not in WEAK), hits[0]).evidence()
