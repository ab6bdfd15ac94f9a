"""The model is compared with something that is not machine learning.

What counts
    A heuristic, a rule, a statistic (mean, majority, last value), a closed formula, a keyword search or a person's work that
    the model is set against in a doc, a notebook or code; DummyClassifier and DummyRegressor too.

What does not
    A comparison of models with one another; a general remark that older methods are worse; a random choice that only fills gaps.

Known problems
    A home-made rule with a name of its own is not recognised as one.

Next step
    Score a dummy estimator beside the model, or write the rule that an expert would use, and score that.
"""

from __future__ import annotations

import posixpath

from mlcoach.rule import Evidence, Facts, Finding, Item, Regex, Sentence, ask, calls, defines, evidence_of, uses

from ._statements import INTENTION, draft, ranked, scored

ITEM = Item(
    id="scoping/non-ml",
    title="Solutions without ML",
    bullet="Are there any solutions not based on a ML model? You are likely to be asked to compared your method against some no-ML model!",
    kind="answered",
    stage="poc",
    why="If a rule of one line does as well, the model is cost without benefit; somebody will ask.",
    how=(
        "score `DummyClassifier` or `DummyRegressor`, the last value, or today's rule on the same split",
        "put its row beside the model's in the README",
        '`mlcoach answer scoping/non-ml "..."` keeps the comparison as the answer',
    ),
    references=("https://scikit-learn.org/stable/modules/model_evaluation.html#dummy-estimators",),
    actions=("train",),
)

DUMMY = calls(
    "sklearn.dummy.*", "DummyClassifier", "DummyRegressor", "NaiveForecaster", "SeasonalNaive", "NaiveSeasonal",
    "NaiveDrift", "NaiveMean", "HistoricAverage",
    "SeasonalNaiveModel", "NaiveModel", "surprise.NormalPredictor", "NormalPredictor", "ZeroRule",
    "RandomWalkWithDrift",
    note="a reference without learning",
)  # fmt: skip
OWN = defines(
    "*majority_class*", "*most_frequent_baseline*", "*random_guess*", "*random_baseline*", "*RandomBaseline*",
    "*random_agent*", "*RandomAgent*", "*random_policy*", "*RandomPolicy*",
    "*mean_baseline*", "*MeanBaseline*", "*median_baseline*", "*baseline_mean*", "*baseline_median*",
    "*naive_forecast*", "*NaiveForecast*", "*naive_baseline*", "*NaiveBaseline*", "*seasonal_naive*",
    "*persistence_forecast*", "*persistence_model*", "*persistence_baseline*", "*last_value*", "*popularity*",
    "*Popularity*", "*most_popular*", "*MostPopular*", "*heuristic*", "*Heuristic*",
    "*rule_based*", "*RuleBased*", "*rulebased*", "*keyword_search*", "*bm25*", "*BM25*",
    note="a method without learning",
)  # fmt: skip
USED = uses(*OWN.names, note="a method without learning is run")
ELSEWHERE = Regex(r"(?i)eval|compar|benchmark|baseline|score|metric|experiment|backtest|simulat|\bmain\b")

TERM = (
    r"(?:rule[- ]based|rules? engine|heuristics?|hand-?(?:crafted|written) rules?|(?:simple|business|expert"
    r"|fixed) rules?|naive (?:forecast\w*|baseline|method|approach|predict\w+|benchmark|model)|seasonal[- ]naive"
    r"|persistence (?:model|forecast|baseline)|majority[- ](?:class|baseline|label|guess\w*|classifier)"
    r"|most[- ]frequent(?: class)?|random(?:ly)? (?:guess\w*|chance|baseline|classifier|policy|agents?|ranking"
    r"|selection|recommend\w+)"
    r"|chance level|dummy (?:classifier|regressor|model|baseline)|(?:mean|median|average|constant) (?:baseline"
    r"|predictor|prediction)|(?:historical|always predicting the) (?:mean|average|median)|last[- ](?:known )?value"
    r"|last observation"
    r"|moving[- ]average (?:baseline|forecast)|(?:most )?popular(?:ity)?(?:[- ]based)? (?:baseline|recommend\w*|model"
    r"|items?)|keyword[- ](?:search|only|based|match\w*)|keyword \(\w+\)|lexical search|bm25|closed[- ]form"
    r"|black[- ]scholes"
    r"|physics[- ]based|human (?:performance|baseline|level|annotators?|experts?|accuracy)|no[- ]ml\b|non[- ]?ml\b"
    r"|without (?:any )?(?:machine learning|ml|ai)\b|non-machine[- ]learning|lookup table|template matching"
    r"|regex(?:es)?|regular expressions?)"
)
GENERAL = (
    r"(?:(?:traditional|conventional|classical|existing|current|analytical|statistical"
    r"|manual) (?:[\w-]+ ){0,2}?(?:models?|methods?|approach(?:es)?|systems?|process(?:es)?|practices?|rules"
    r"|formulas?|solvers?|review))"
)
COMPARES = Regex(
    r"(?i)\bcompar\w+|\bvs\b|\bversus\b|outperform\w*|underperform\w*|(?:better|worse|higher|lower|more|less|faster"
    r"|slower) than|\bbeats?\b|baseline|improv\w+ (?:over|on|upon)|relative to|opposed to|over (?:a |the )?(?:random"
    r"|naive)"
    r"|surpass\w+|exceed\w*|lift over|gain (?:in|over)|benchmark(?:ed)?|instead of|rather than"
)
STRONG = Regex(rf"(?i)\b{TERM}")
WEAK = Regex(rf"(?i)\b{GENERAL}\b")
NUMBER = Regex(r"\d+(?:\.\d+)? ?%|\b\d*\.\d+|\b\d+(?:\.\d+)?x\b")
ORIENTAL = Regex(r"(?:简单的?|基于|人工|手工)规则|规则(?:方法|匹配)|随机(?:猜测|基线)|传统方法.{0,40}\d")
NOT_SUCH = Regex(
    r"(?i)naive[- ]bayes|random forest|\bheuristic (?:search|nms)|keyword arguments?|mixture"
    r"|regular expression.{0,20}(?:clean|tokeni|remove)|rule of thumb"
)


def infer(facts: Facts) -> Finding:
    hits = facts.code.find(DUMMY)
    of_folder = {posixpath.dirname(hit.path): hit for hit in reversed(hits)}
    dummies = [*reversed(of_folder.values()), *hits]
    if dummies:
        told = f"{dummies[0].name.rpartition('.')[2]} is scored beside the model ({dummies[0].path})"
        return ask("a reference without learning is in the code", draft=told, evidence=evidence_of(dummies))
    found = ranked(scored(facts, weigh), least=1)
    if found:
        evidence = [sentence.evidence("a comparison without ML") for sentence in found]
        return ask(
            "the docs compare with a method without ML",
            draft=draft(facts, found[0]),
            evidence=[*evidence, *own(facts)][:5],
        )
    if evidence := own(facts):
        name = evidence[0].note
        return ask(
            "code compares with a method without ML", draft=f"{name} is evaluated beside the models", evidence=evidence
        )
    return ask(
        "no comparison with a method without ML",
        looked=("README", "docs", "Markdown of notebooks", "dummy estimators and naive forecasts in code"),
    )


def own(facts: Facts) -> list[Evidence]:
    """Methods without learning that the project defines, and evaluates somewhere else than where they stand."""
    defined = {hit.last: hit for hit in facts.code.find(OWN) if not NOT_SUCH.search(hit.name)}
    places: list[Evidence] = []
    for hit in facts.code.find(USED):
        name = hit.last
        if name in defined and ELSEWHERE.search(f"{hit.path} {hit.inside}"):
            places += [defined[name].evidence(name), hit.evidence(name)]
    return list(evidence_of(places))


def weigh(sentence: Sentence) -> float:
    """1 and more: the sentence sets a method without learning against the model, or gives its number."""
    text = sentence.text
    if sentence.kind == "heading" or NOT_SUCH.search(text):
        return 0
    if ORIENTAL.search(text):
        return 1.2
    number, compared = bool(NUMBER.search(text)), bool(COMPARES.search(text))
    if STRONG.search(text) and not INTENTION.search(text):
        return 1.5 + 0.5 * number if compared else 1.2 * (number and sentence.kind in ("row", "item"))
    return 1.2 * (number and compared and bool(WEAK.search(text)))
