"""Bad records are repaired or removed.

What counts
    Code for missing values (dropna, fillna, imputers), duplicates, outliers, invalid types or values, and the clean-up
    of text or signals.

What does not
    Only scaling, encoding, tokenising or resizing; counting missing values without doing anything about them; dropping them
    only for a plot or a drift test.

Known problems
    Clean-up that was done by hand before the data came here leaves no trace.

Next step
    Count missing values, duplicates and impossible values, and put what you do about each into one function.
"""

from __future__ import annotations

import re

from mlcoach.rule import Evidence, Facts, Finding, Hit, Item, Regex, done, evidence_of, missing

from . import _cleaners

ITEM = Item(
    id="data/cleaning",
    title="Data cleaning",
    bullet="Data cleaning",
    stage="poc",
    why="A model learns the errors in its data, and one bad record can break a run months later.",
    how=(
        "count: `df.isna().sum()`, `df.duplicated().sum()`, `df.describe()`",
        "decide for each column: remove, repair, or keep and say why",
        "put the decisions into one function that training and prediction both call",
    ),
    references=(
        "https://pandas.pydata.org/docs/user_guide/missing_data.html",
        "https://scikit-learn.org/stable/modules/impute.html",
    ),
)

ASIDE = Regex(
    r"(?i)(?:^|[/_])(?:monitor\w*|drift\w*|dashboards?|plots?|plotting|visuali[sz]\w*|forms|setup|conf|infer\w*|predict\w*|eval\w*)(?:[/_.-]|$)"
)
SHOWN = Regex(r"(?i)\b(?:sns|plt|ax|px|go|seaborn|kdeplot|hist|distplot|boxplot|plot|print|display|len)\b\s*[.(]")
TIDYING = Regex(
    r"(?i)clean_?(?:up|dir|folder|check|cache|log|te?mp|env|build|state|file|path|name|session|gpu|mem|repo|branch|tree|docker|dist|output|checkpoint|db)|input"
)
FILLED = Regex(r"\.map\([^#]*\.fillna\(")  # codes for categories that were not seen
EMPTIED = Regex(  # characters taken out of a text
    r"(?i),\s*[rbu]?(['\"])\s?\1\s*,.*(?:text|\bline|sent|word|label|caption|review|tweet|comment|content|doc|title|phrase|corpus|transcri"
    r"|\bs\b|\bx\b)"
)
SELF_FILTER = Regex(
    r"^\s*(\w+)\s*=\s*\1(?:\.loc)?(?:\[|\.(?:filter|query|where)\()(?!.*(?:date|time|year|fold|split)).*"
    r"(?:[<>]=?\s*-?\d|!=\s*['\"](?:\W?|n/?a|none|null|unknown|other)['\"])",
    re.IGNORECASE,
)
MASK = Regex(
    r"\[\s*~?\s*\(*[\w.\[\]'\"() ]*\b(?:isna|isnull|notna|notnull|duplicated|isfinite|isnan|isNotNull|isin|zscore)\("
    r"|\.(?:filter|where)\("
)
NAME = Regex(r"(?i)name|path|file|folder|\bdir|\bkey|model|version|ckpt|checkpoint|layer|param|\bid\b|url\b|slug")
OUTPUT = Regex(r"(?i)pred|output|prob|loss|grad|score|logit|action")
BAD = Regex(
    r"(?i)dup|bad|invalid|outlier|corrupt|nois|broken|missing|error|exclud|blacklist|null|nan\b|unknown|wrong|remove"
)
PLACES = (
    Regex(r"(?i)clean|imput|dedup|outlier"),
    Regex(
        r"(?i)(?<!post)pre_?proc|(?<!post)process|prepar|\betl\b|transform|feature|ingest|wrangl|munging|dataset|\btrain"
    ),
    Regex(""),
)
FILE = Regex(
    r"(?i)(?:^|[/_ -])(?:data_?)?(?:clean|cleaning|clean_data|cleanse|dedup\w*|imputation)(?:[_ -]\w+)?\.(?:py|ipynb|sql|r)$"
)


def infer(facts: Facts) -> Finding:
    sure = facts.code.find(*_cleaners.ALWAYS)
    perhaps = [hit for hit in facts.code.find(_cleaners.FILTERED) if SELF_FILTER.search(hit.text)]
    perhaps += [hit for hit in facts.code.find(*_cleaners.SOMETIMES) if repairs(hit)]
    r = facts.texts.find(r"\b(?:na\.omit|drop_na|replace_na|complete\.cases|is\.na|distinct)\s*\(", "*.R", "*.r")
    sql = facts.texts.find(r"\b(?:coalesce|nullif)\s*\(|\bis\s+not\s+null\b", "*.sql")
    hits = sorted(filter(cleans, [*sure, *perhaps, *facts.code.find(_cleaners.QUARTILES)]), key=place)
    shown = {hit.path for hit in hits}
    found = evidence_of(
        hits,
        [hit.evidence("SQL removes or replaces nulls") for hit in sql],
        [hit.evidence("R removes or replaces missing values") for hit in r],
        [Evidence(path, note="a file for cleaning") for path in facts.paths if FILE.search(path) and path not in shown],
    )
    if found:
        return done(found[0].note, found)
    looked = (
        "missing values, duplicates and outliers in code",
        "clean-up of text and signals",
        "functions for cleaning",
    )
    return missing("nothing repairs or removes bad records", looked=looked)


def repairs(hit: Hit) -> bool:
    """Whether a call that may only look at values does something about bad ones."""
    match hit.last:
        case "to_numeric" | "to_datetime":
            return "coerce" in hit.args
        case "replace":
            return re.search(r"(?i)\bnan\b|\binf\b|\bNA\b|[,:] *None\b", hit.args) is not None
        case "read_csv":
            return re.search(r"na_values|on_bad_lines|error_bad_lines", hit.args) is not None
        case "clip":
            return re.search(r"\b(?:lower|upper)\s*=|quantile", hit.args) is not None and not OUTPUT.search(hit.text)
        case "drop":
            return re.search(r"\.index\b|index\s*=", hit.args) is not None
        case "sub" | "regexp_replace":
            cleared = re.search(r"\[\^|http|<|\\[sSdDW]|@|punctuation", hit.args) or EMPTIED.search(hit.args)
            return cleared is not None and not NAME.search(f"{hit.text} {hit.inside}")
        case "get_text" | "translate":
            return re.search(r"BeautifulSoup|punctuation|maketrans", hit.text) is not None
        case "nan_to_num":
            return "loss" not in hit.text
        case "interpolate":
            return not re.search(r"scale_factor|mode|size|align_corners", hit.args) and "functional" not in hit.name
        case "isin":
            return MASK.search(hit.text) is not None and BAD.search(hit.args) is not None
    return MASK.search(hit.text) is not None


def cleans(hit: Hit) -> bool:
    """Whether it repairs the data themselves: not a copy that is shown, nor the disk, nor what a model is asked."""
    if hit.kind == "define" and TIDYING.search(hit.name):
        return False
    return not ASIDE.search(hit.path) and not SHOWN.search(hit.text) and not FILLED.search(hit.text)


def place(hit: Hit) -> int:
    """Files for cleaning first, then those for preparation."""
    return next(number for number, words in enumerate(PLACES) if words.search(hit.path))
