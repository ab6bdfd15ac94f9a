"""A procedure, not a hand, chooses which features the model gets.

What counts
    SelectKBest, RFE, SelectFromModel, VarianceThreshold, mutual information, filters that drop correlated
    columns, selection by importance or by lasso, Boruta, stepwise and genetic selection.

What does not
    Dropping an id column; a list of columns or of feature groups written by hand; a plot of importances that
    changes nothing. Where pixels, sound or text go straight into a network there are no features to choose: not
    applicable.

Known problems
    A selection made outside the repository, whose result is pasted as a list, looks like a list written by hand.

Next step
    `make_pipeline(SelectKBest(mutual_info_classif, k=20), model)`: inside the pipeline, so that each fold selects
    on its own training part.
"""

from __future__ import annotations

from mlcoach.rule import (
    Evidence,
    Facts,
    Finding,
    Hit,
    Item,
    Regex,
    assigns,
    calls,
    done,
    evidence_of,
    missing,
    na,
    uses,
)

from ._notes import with_names

ITEM = Item(
    id="modelling/feature-selection",
    title="Feature selection",
    bullet="Feature selection",
    stage="mvp",
    why="Useless and repeated features cost time, hide the useful ones and let the model learn noise.",
    how=(
        "put `SelectKBest(mutual_info_classif, k=20)` or `RFECV(model, cv=5)` into the pipeline, before the model",
        "drop one of each pair of columns whose correlation is above 0.95",
        "compare the cross-validated score with and without",
    ),
    references=("https://scikit-learn.org/stable/modules/feature_selection.html",),
    actions=("train",),
)

SELECTORS = uses(
    "SelectKBest", "SelectPercentile", "SelectFpr", "SelectFdr", "SelectFwe", "GenericUnivariateSelect", "RFE",
    "RFECV", "SelectFromModel", "SequentialFeatureSelector", "ExhaustiveFeatureSelector", "VarianceThreshold",
    "BorutaPy", "BorutaShap", "Boruta", "GeneticSelectionCV", "ChiSqSelector", "UnivariateFeatureSelector",
    "VarianceThresholdSelector", "ShapRFECV", "EarlyStoppingShapRFECV", "ReliefF", "MultiSURF", "PowerShap",
    "FeatureSelector", "ColumnSelectorByCorrelation", "DropCorrelatedFeatures", "SmartCorrelatedSelection",
    "DropConstantFeatures", "SelectByShuffling", "SelectBySingleFeaturePerformance", "RecursiveFeatureElimination",
    "RecursiveFeatureAddition", "ProbeFeatureSelection", "SelectByInformationValue", "NullImportance*",
    "RandomizedLasso", "StabilitySelection", "LOFOImportance", "FeatureWiz",
    note="a feature selector",
)  # fmt: skip
SCORES = uses(
    "mutual_info_classif", "mutual_info_regression", "mutual_info_score", "f_classif", "f_regression",
    "sklearn.feature_selection.*", "variance_inflation_factor", "mrmr_classif", "mrmr_regression", "calculate_vif",
    "information_value",
    note="a score of each feature",
)  # fmt: skip
FUNCTIONS = calls(
    "select_features", "extract_relevant_features", "feature_selection", "*_feature_selection", "feature_selection_*",
    "select_features_*", "featurewiz", "*select_best_features*", "*drop_correlated*", "*remove_correlated*",
    "*correlated_features*", "*remove_collinear*", "*stepwise_selection*", "*forward_selection*",
    "*backward_elimination*", "forward_select*", "backward_select*", "*select_top_features*", "*select_important*",
    "var_filter", "boruta*", "lasso_selection", "*drop_low_importance*", "*remove_low_variance*",
    "*feature_selector*", "toad.selection.*",
    note="a selection of features",
)  # fmt: skip
NAMES = (
    "to_drop", "*_to_drop", "to_keep", "*_to_keep", "drop_cols", "drop_columns", "dropped_features", "selected_features",
    "selected_cols", "selected_columns", "selected_feats", "*_selected_features", "features_selected", "*_features_selected",
    "best_features", "top_features", "top_feats", "top_*_features", "top_cols", "important_features", "important_cols", "relevant_features",
    "correlated_features", "correlated_cols", "corr_features", "high_corr*", "highly_corr*", "low_importance*", "low_variance*",
    "unimportant*", "kept_features", "feature_subset", "zero_importance*", "useful_features", "redundant_features", "feature_mask",
    "feat_mask", "constant_cols", "constant_columns",
)  # fmt: skip
CHOSEN = assigns(*NAMES, note="chosen by a score")
NAMED = uses(*NAMES)

FILES = (
    "*feature*selection*.py", "*feature*selection*.ipynb", "*feature*selection*/*.py", "*feature*selection*/*.ipynb",
    "*select*features*.py",
)  # fmt: skip
PROCEDURE = Regex(
    r"(?i)corr|upper|thresh|importance|coef_|p_?val|vif|nlargest|argsort|sort|support|rank|mutual|variance|\bstd\b"
    r"|nunique|>\s*0|<\s*0|gain|shap|indices\["
)
TAKEN = Regex(
    r"\w\[|\[\[|\b(?:drop|loc|iloc|filter|select\w*|reindex|usecols|columns|transform|inputCols|intersection|difference|union)\b"
    r"|\bif\b.*\bin\b|\breturn\b"
)
SHOWN = Regex(r"\b(?:print|plot\w*|bar\w*|show|display|log\w*)\b|\breturn\b.*(?:top|important)")


def infer(facts: Facts) -> Finding:
    files = [Evidence(path, note="a file of that name") for path in facts.any_case_paths(*FILES)]
    found = evidence_of(with_names([*facts.code.find(SELECTORS, FUNCTIONS, SCORES), *chosen(facts)]), files)
    if found:
        return done(found[0].note, found)
    raw = facts.kind & {"vision", "sound", "language"} and not facts.kind & {"classic", "tabular"}
    if "deep" in facts.kind and raw:
        return na("raw pixels, sound or text go into a network: there are no features to choose among")
    looked = ("selectors, scores of features and columns dropped by a threshold in code",)
    return missing("no procedure chooses features", looked=looked)


def chosen(facts: Facts) -> list[Hit]:
    """Columns that a score chooses and that something then takes or drops, rather than only shows."""
    uses = [hit for hit in facts.code.find(NAMED) if TAKEN.search(hit.text) and not SHOWN.search(hit.text)]
    taken = {(hit.path, hit.last) for hit in uses}
    hits = [hit for hit in facts.code.find(CHOSEN) if PROCEDURE.search(hit.text.partition("=")[2])]
    return [hit for hit in hits if (hit.path, hit.name) in taken]
