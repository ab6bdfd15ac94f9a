"""The project makes, checks or repairs its labels.

What counts
    Annotation tools or their exports (Label Studio, CVAT, LabelImg, Labelme, Prodigy, doccano, Roboflow, VIA), weak
    supervision (Snorkel), search for label errors (cleanlab), pseudo-labels, crowd workers, a script that makes labels,
    guidelines for annotators.

What does not
    A data set that came with its labels; labels only moved to another format; LabelEncoder.

Known problems
    A target that a rule derives from other columns is label making to some and a feature step to others: it counts when
    the code or the docs call it labelling.

Next step
    Write down what each label means, with two or three hard examples, and let a second person label a sample.
"""

from __future__ import annotations

from mlcoach.rule import Evidence, Facts, Finding, Item, Regex, calls, defines, done, evidence_of, imports, missing

from ._docs import sentences

ITEM = Item(
    id="data/labeling",
    title="Data labeling",
    bullet="Data labeling",
    why="No model gets better than its labels, and wrong ones in the test set hide it.",
    how=(
        "write a page of guidelines: what each label means, and the hard cases",
        "label with a tool that keeps who and when: `pip install label-studio`",
        "look for wrong labels: `pip install cleanlab`, then `cleanlab.filter.find_label_issues(labels, pred_probs)`",
    ),
    references=("https://labelstud.io", "https://docs.cleanlab.ai"),
)

TOOLS = imports(
    "label_studio", "label_studio_sdk", "label_studio_ml", "label_studio_converter", "cvat_sdk", "labelme", "prodigy", "argilla",
    "doccano_client", "doccano_api_client", "rubrix", "labelbox", "superannotate", "scaleapi", "encord", "kili", "lightly",
    "roboflow", "pigeon", "ipyannotate", "superintendent", "dataturks", "autodistill", "crowdkit", note="an annotation tool",
)  # fmt: skip
WEAK = imports("snorkel.labeling", "skweak", "wrench", "adala", "autolabel", note="weak supervision")
ERRORS = imports("cleanlab", "cleanvision", "doubtlab", note="search for label errors")
ACTIVE = imports("modAL", "small_text", "baal", "libact", "alipy", note="active learning")
PSEUDO = calls(
    "SelfTrainingClassifier", "LabelPropagation", "LabelSpreading", "find_label_issues", "labeling_function", "LabelModel",
    "PandasLFApplier", note="labels made or mended by a model",
)  # fmt: skip
MAKERS = defines(
    "*pseudo_label*", "*pseudolabel*", "*PseudoLabel*", "make_label*", "create_label*", "generate_label*",
    "auto_label*", "autolabel*", "label_data*", "label_row*", "label_sample*", "label_image*", "label_text*",
    "label_sentence*", "annotate_data*", "annotate_image*", "annotate_sample*", "*labeling_function*",
    "weak_label*", "triple_barrier*", "generate_ground_truth*", "create_ground_truth*", "make_ground_truth*",
    "build_ground_truth*", note="makes labels",
)  # fmt: skip
CHECKERS = defines(
    "validate_label*", "verify_label*", "correct_label*", "fix_label*", "repair_label*", "review_label*",
    "*LabelFilter", "*LabelValidator", "find_mislabel*", "find_label_err*", "*label_noise*", "*noisy_label*", note="checks labels",
)  # fmt: skip

SAID = Regex(
    r"(?i)\b(?:label[ -]?studio|labelimg|labelme|cvat|prodigy|doccano|labelbox|makesense\.ai|supervisely|vgg image annotator"
    r"|mechanical turk|m-?turk|crowd-?sourced|crowd ?workers|figure eight|crowdflower|toloka"
    r"|(?:hand|manually|self|human|expert)[ -](?:labell?ed|annotated|tagged|coded)"
    r"|(?:labell?ed|annotated|tagged) (?:by hand|manually|by (?:us|two|three|experts?|humans?))"
    r"|(?:we|i) (?:have )?(?:manually |hand[- ])?(?:labell?ed|annotated)|pseudo[ -]?label\w*"
    r"|annotation (?:guide(?:lines?)?|tool|instructions|interface)|label(?:l?ing) (?:guide(?:lines?)?|tool|instructions|functions?)"
    r"|inter-?annotator)\b"
)
SAID_WORDS = (
    "label",
    "annotat",
    "cvat",
    "prodigy",
    "doccano",
    "makesense",
    "supervisely",
    "turk",
    "crowd",
    "figure eight",
    "toloka",
    "tagged",
    "coded",
)
GIVEN = Regex(r"(?i)data ?set (?:is|comes|provides)|\bprovided\b|download|pre-?trained|\byour\b|\byou\b")
FILES = Regex(
    r"(?i)(?:^|/)(?:(?:pseudo_?label|label_?studio|labelimg|labelme|via_project|via_region|annotator|annotation_tool|label_tool|labell?ing_(?:tool|guide|app)"
    r"|auto_?label|(?:make|create|generate)_(?:labels?|masks?|annotations?|ground_?truth)|ground_?truth|label_(?:data|images?|samples?|videos?|frames?|texts?|tweets?)|annotate)[\w-]*"
    r"\.(?:py|ipynb|xml|ya?ml|md|sh|html)|predefined_classes\.txt)$"
)


NETWORK = Regex(
    r"(?i)(?:^|/)(?:models?|nets?|networks?|layers|loss\w*|objectives?|metrics|plot\w*|visuali[sz]\w*)(?:/|\.py)"
)
NOT_MADE = Regex(
    r"(?i)_(?:maps?|encod\w*|dict\w*|files?|widget|frame|names?|index|indices|smooth\w*|plot\w*|legend|colou?r\w*|tensors?)\b"
)


def infer(facts: Facts) -> Finding:
    files = [Evidence(path, note="a file about labels") for path in facts.paths if FILES.search(path)]
    exports = facts.texts.find(r"^roboflow:|app\.roboflow\.com", "data.y*ml", "README*.txt", limit=3)
    makers = [
        hit
        for hit in facts.code.find(MAKERS, CHECKERS)
        if not NOT_MADE.search(hit.name) and not NETWORK.search(hit.path)
    ]
    tools = facts.code.find(TOOLS, WEAK, ERRORS, ACTIVE, PSEUDO)
    found = evidence_of(tools, makers, files, sentences(facts, SAID, unless=GIVEN, words=SAID_WORDS), exports)
    if found:
        return done(found[0].note, found)
    return missing(
        "nothing makes, checks or repairs labels",
        looked=(
            "annotation tools and weak supervision in code",
            "functions and files that make labels",
            "README and docs",
        ),
    )
