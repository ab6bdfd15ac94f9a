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

from mlcoach.rule import Evidence, Facts, Finding, Hit, Item, Regex, done, evidence_of, missing

from . import _looks

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

ENOUGH = 2  # points
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
    books = facts.code.files_with(_looks.MARIMO) | {path for path in facts.code.files if path.endswith(".ipynb")}
    reading = {hit.path for hit in facts.code.find(_looks.READS) if not RESULT.search(hit.text)}
    headings = {hit.path for hit in facts.docs.find(HEADING, "*.ipynb", limit=200) if not RESULT.search(hit.text)}
    looks: dict[str, list[Hit]] = {}
    for hit in facts.code.ranked(*_looks.LOOKS, *_looks.FIRST_LOOKS, _looks.CHARTS):
        if (hit.path in reading or EXPLORED.search(hit.path)) and not RESULT.search(f"{hit.text} {hit.inside}"):
            looks.setdefault(hit.path, []).append(hit)
    samples = books & facts.code.files_with(_looks.PICTURES) - facts.code.files_with(_looks.MODELS)
    agents = "agents" in facts.kind
    points = {
        path: explored(path, hits, path in books, path in headings, agents) + 2 * (path in samples)
        for path, hits in looks.items()
    }
    shown = sorted((path for path in looks if points[path] >= ENOUGH), key=lambda path: -points[path])
    own = [hit for hit in facts.code.find(_looks.OWN_LOOKS) if not RESULT.search(f"{hit.name} {hit.path}")]
    found = evidence_of(facts.code.find(*_looks.REPORTS), *(looks[path] for path in shown), own, named(facts, reading))
    if found:
        return done(f"{found[0].note} in {found[0].path}", found)
    return missing(
        "no look at the data is kept", looked=("notebooks and scripts that describe or plot data", "profiling reports")
    )


def explored(path: str, hits: list[Hit], book: bool, headed: bool, agents: bool) -> int:
    """How much of a file is a look at data, in points: by what it shows, then by its name and headings.

    Without such a name, scripts and files of results need more; and where agents learn, most plots are of what they did.
    """
    kinds = {hit.note for hit in hits}
    first, strong = kinds & _looks.FIRST, kinds - _looks.FIRST - {_looks.CHARTS.note}
    called = EXPLORING.search(path) is not None
    points = 2 * len(strong) - (_looks.PLOT in strong) + (_looks.SAMPLES in strong)
    if strong or called:
        points += len(first)
    if _looks.CHARTS.note in kinds and (called or headed):
        points += 1
    if headed:
        points += 2
    if called:
        return points + 2
    return points - 3 * ((not book) + agents + (RESULT_FILE.search(path) is not None))


def named(facts: Facts, reading: set[str]) -> list[Evidence]:
    """Reports in R or HTML, and scripts to run that read data, under a name that says what they are for."""
    return [
        Evidence(path, note="named for exploring the data", confidence=0.6)
        for path in facts.paths
        if (NAMED_REPORT.search(path) or (path in reading and facts.code.files[path].main)) and EXPLORING.search(path)
    ]
