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

from mlcoach.rule import Evidence, Facts, Finding, Hit, Item, Regex, calls, defines, done, evidence_of, imports, missing

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
    references=(
        "https://skrub-data.org/stable/reference/generated/skrub.TableReport.html",
        "https://docs.profiling.ydata.ai/",
    ),
)

REPORTS = (
    imports(
        "ydata_profiling", "pandas_profiling", "sweetviz", "dtale", "autoviz", "dataprep.eda", "klib", "missingno",
        note="a profiling report",
    ),
    calls("ProfileReport", "TableReport", "AutoViz_Class", note="a profiling report"),
)  # fmt: skip
ENOUGH = 2
PLOT = "a plot of the data"
LOOKS = (
    calls("describe", note="summary statistics"),
    calls("value_counts", "countplot", "count_values", note="counts of values"),
    calls("corr", "scatter_matrix", "pairplot", "corrplot", "PairGrid", note="correlations"),
    calls(
        "hist", "histplot", "distplot", "displot", "kdeplot", "hist2d", "plot.hist", "plot.kde", "probplot", "qqplot",
        note="a distribution",
    ),
    calls(
        "boxplot", "violinplot", "boxenplot", "swarmplot", "stripplot", "express.box", "express.violin", "plot.box",
        note="a distribution by group",
    ),
    calls(
        "express.histogram", "express.scatter*", "express.bar", "express.pie", "express.line", "express.choropleth*", "express.density*",
        "iplot", "altair.Chart", "scatterplot", "jointplot", "lmplot", "regplot", "catplot", "factorplot", "FacetGrid", "barplot",
        "plot.bar", "plot.pie", "plot.scatter", "pie", "lineplot", "relplot", "ggplot", "pointplot", note=PLOT,
    ),
    calls("plot_acf", "plot_pacf", "seasonal_decompose", "adfuller", "lag_plot", "autocorrelation_plot", note="a time series"),
    calls(
        "WordCloud", "FreqDist", "folium.Map", "HeatMap", "specshow", "show_batch", "waveplot", "waveshow", "plot_gallery",
        "show_example*", "plot_example*", "show_image*", "plot_image*", "display_image*", "show_sample*", "plot_sample*",
        "display_sample*", "visuali*_sample*", "visuali*_data*", "visuali*_image*", "plot_data*", "plot_class*", "plot_distribution*",
        "show_random*", "plot_random*", "show_dataset*", note="a look at samples",
    ),
)  # fmt: skip
OWN_LOOKS = defines(
    "plot_*distribution*", "print_*distribution*", "show_*distribution*", "get_class_distribution*", "*class_imbalance",
    "plot_class_balance*", "print_*counts", "show_*counts", "show_*breakdown", "print_*breakdown", "*dataset_stats",
    "*dataset_statistics", "*data_statistics", "describe_data*", "summari*e_data*", "explore_data*", "perform_eda", "run_eda",
    "eda_*", "*correlation_matrix", "plot_correlation*", "visuali*e_data*", "plot_missing*", "analy*e_data*",
    note="a function that looks at the data",
)  # fmt: skip
FIRST_LOOKS = (
    calls("isnull", "isna", "null_count", note="missing values"),
    calls("nunique", "unique", "n_unique", "skew", "kurtosis", "crosstab", "duplicated", note="values of a column"),
    calls("head", "glimpse", "tail", note="a first look"),
)  # fmt: skip
PICTURES = calls(
    "imread", "Image.open", "ImageFolder", "load_img", "read_image", "decode_jpeg", "dcmread", note="reads pictures"
)
MODELS = calls(
    "fit", "predict", "load_model", "load_state_dict", "from_pretrained", "eval", "compile", "backward", "load_weights",
    note="a model",
)  # fmt: skip
CHARTS = calls("heatmap", "scatter", "bar", "barh", "imshow", "matshow", "plot", note="a plot")
READS = calls(
    "read_*", "scan_*", "load_*", "loadmat", "loadtxt", "genfromtxt", "open", "imread", "fetch_*", "ImageFolder", "glob", "rglob",
    "iglob", "listdir", "walk", "get_*data*", "np.load", "numpy.load", "execute", "from_pandas", "*Dataset", "*DataLoader*",
    "spark.table", "from_csv", "from_folder", "*_dataset", "*Reader", note="reads data",
)  # fmt: skip
MARIMO = imports("marimo", note="a marimo notebook")

FIRST = {pattern.note for pattern in FIRST_LOOKS}
RESULT = Regex(
    r"(?i)pred|loss|accura|\bacc\b|scores?\b|histor(?:y|ies)\b|results?\b|metric|importance|confusion|conf_?mat|\bcm\b|\broc\b|auc"
    r"|fpr|tpr|epoch|recon|fake|generated|attention|reward|episode|learning_curve|y_hat|residual|errors?\b|rmse|\bmae\b|shap|lime"
    r"|grad_?cam|embedding|tsne|weights|gradients?|monitor"
)
RESULT_FILE = Regex(
    r"(?i)result|post_?process|evaluat|perform|compar|benchmark|inference|predict|train|progress|ablation|figure|submi"
)
CALLED = r"(?:^|[/_\W])eda(?:[/_\W]|$)|exploration|exploratory|explor(?:e|ing)_"
EXPLORED = Regex(rf"(?i){CALLED}")
EXPLORING = Regex(
    rf"(?i){CALLED}"
    r"|(?:data|dataset)[ _-]*(?:anal|visuali|understand|insight|profil|stat)|(?:^|/)(?:stat(?:istic)?s|profiling)\.py"
    r"|(?:plot|visuali[sz]e|view|inspect|summari[sz]e|analy[sz]e|show)_\w*(?:data|sample|image|label|signal|class|distrib)"
)
NAMED_REPORT = Regex(r"(?i)\.(?:rmd|qmd|r|html|sql)$")
HEADING = (
    r"^[ \t]*(?:#+|\*\*|<h\d>)[^\n]*(?:\bEDA\b|explor|data (?:analysis|understanding|overview|insight)|correlation|distribution|outlier|"
    r"visuali[sz]\w*[^\n]{0,25}\b(?:data|images?|samples?|features?|examples?)\b)"
)


def infer(facts: Facts) -> Finding:
    books = facts.code.files_with(MARIMO) | {path for path in facts.code.files if path.endswith(".ipynb")}
    reading = {hit.path for hit in facts.code.find(READS) if not RESULT.search(hit.text)}
    headings = {hit.path for hit in facts.docs.find(HEADING, "*.ipynb", limit=200) if not RESULT.search(hit.text)}
    looks: dict[str, list[Hit]] = {}
    for hit in facts.code.ranked(*LOOKS, *FIRST_LOOKS, CHARTS):
        if (hit.path in reading or EXPLORED.search(hit.path)) and not RESULT.search(f"{hit.text} {hit.inside}"):
            looks.setdefault(hit.path, []).append(hit)
    samples = books & facts.code.files_with(PICTURES) - facts.code.files_with(MODELS)
    agents = "agents" in facts.kind
    points = {
        path: explored(path, hits, path in books, path in headings, agents) + 2 * (path in samples)
        for path, hits in looks.items()
    }
    shown = sorted((path for path in looks if points[path] >= ENOUGH), key=lambda path: -points[path])
    own = [hit for hit in facts.code.find(OWN_LOOKS) if not RESULT.search(f"{hit.name} {hit.path}")]
    found = evidence_of(facts.code.find(*REPORTS), *(looks[path] for path in shown), own, named(facts, reading))
    if found:
        return done(f"{found[0].note} in {found[0].path}", found)
    return missing(
        "no look at the data is kept", looked=("notebooks and scripts that describe or plot data", "profiling reports")
    )


def explored(path: str, hits: list[Hit], book: bool, headed: bool, agents: bool) -> int:
    """How much of a file is a look at data. Where agents learn, most plots are of what an agent did: results."""
    kinds = {hit.note for hit in hits}
    strong = kinds - FIRST - {CHARTS.note}
    called = bool(EXPLORING.search(path))
    points = (
        2 * len(strong)
        - (PLOT in strong)
        + len(kinds & FIRST) * bool(strong or called)
        + (called or headed) * (CHARTS.note in kinds)
    )
    points += ("a look at samples" in strong) + 2 * called + 2 * (headed and bool(kinds))
    return points - 3 * (bool(RESULT_FILE.search(path)) and not called) - 3 * (not called) * ((not book) + agents)


def named(facts: Facts, reading: set[str]) -> list[Evidence]:
    """Reports in R or HTML, and scripts to run that read data, under a name that says what they are for."""
    return [
        Evidence(path, note="named for exploring the data", confidence=0.6)
        for path in facts.paths
        if (NAMED_REPORT.search(path) or (path in reading and facts.code.files[path].main)) and EXPLORING.search(path)
    ]
