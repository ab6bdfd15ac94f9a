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

import re

from mlcoach.rule import Evidence, Facts, Finding, Item, TextHit, calls, defines, done, evidence_of, imports, missing

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
    "label_studio", "label_studio_sdk", "label_studio_ml", "label_studio_converter", "label_studio_tools", "cvat_sdk", "labelme", "prodigy",
    "doccano_client", "doccano_api_client", "argilla", "rubrix", "labelbox", "superannotate", "scaleapi", "encord", "kili", "lightly",
    "roboflow", "pigeon", "ipyannotate", "superintendent", "dataturks", "tagtog", "autodistill", "crowdkit", "boto3.mturk", "labelImg",
    note="an annotation tool",
)  # fmt: skip
WEAK = imports("snorkel", "skweak", "wrench", "weasel", "refinery", "adala", "autolabel", note="weak supervision")
ERRORS = imports("cleanlab", "cleanvision", "docta", "doubtlab", note="search for label errors")
ACTIVE = imports("modAL", "small_text", "baal", "libact", "alipy", note="active learning")
PSEUDO = calls(
    "SelfTrainingClassifier", "LabelPropagation", "LabelSpreading", "find_label_issues", "labeling_function", "LabelModel", "PandasLFApplier",
    note="labels made or mended by a model",
)  # fmt: skip
MAKERS = defines(
    "*pseudo_label*", "*pseudolabel*", "*PseudoLabel*", "make_label*", "create_label*", "generate_label*", "build_label*", "assign_label*",
    "auto_label*", "autolabel*", "label_data*", "label_row*", "label_sample*", "label_image*", "label_text*", "label_sentence*",
    "label_clusters", "relabel*", "correct_label*", "fix_label*", "*annotate_data*", "annotate_image*", "annotate_sample*",
    "labeling_function*", "lf_*", "weak_label*", "triple_barrier*",
    note="makes labels",
)  # fmt: skip

DOCS = (
    r"\b(?:label[ -]?studio|labelimg|labelme|\bcvat\b|prodigy|doccano|brat\b.*annotat|labelbox|makesense\.ai|supervisely|vgg image annotator"
    r"|amazon mechanical turk|mechanical turk|m-?turk|crowd-?sourced|crowd workers|figure eight|crowdflower|appen|scale ai|toloka"
    r"|(?:hand|manually|self|human|expert)[ -](?:labell?ed|annotated|tagged|coded)|(?:labell?ed|annotated|tagged) (?:by hand|manually|by (?:us|two|three|experts?))"
    r"|(?:we|i) (?:have )?(?:manually |hand[- ])?(?:labell?ed|annotated)|pseudo[ -]?label\w*|annotation (?:guide(?:lines?)?|tool|instructions|interface)"
    r"|label(?:l?ing) (?:guide(?:lines?)?|tool|instructions|interface|functions?)|inter-?annotator|annotators?)\b"
)
FILES = re.compile(
    r"(?i)(?:^|/)(?:(?:pseudo_?label|label_?studio|labelimg|labelme|cvat|via_project|via_region|annotator|annotation_tool|label_tool|labelling|labeling"
    r"|auto_?label|make_labels?|create_labels?|generate_labels?|relabel|annotate)[\w-]*\.(?:py|ipynb|json|xml|ya?ml|md|sh|html|csv)"
    r"|predefined_classes\.txt)$"
)
GIVEN = re.compile(r"(?i)data ?set (?:is|comes|provides)|\bprovided\b|downloaded|pre-?trained")


def ours(hit: TextHit) -> bool:
    """The docs speak of labelling here, not of somebody else's data set."""
    return not GIVEN.search(hit.text)


def infer(facts: Facts) -> Finding:
    docs = [hit for hit in facts.docs.find(DOCS) if ours(hit)]
    files = [Evidence(path, note="a file of labelling") for path in facts.paths if FILES.search(path)]
    found = evidence_of(
        facts.code.find(TOOLS, WEAK, ERRORS, ACTIVE, PSEUDO), facts.code.find(MAKERS), files, docs,
    )  # fmt: skip
    if found:
        return done(found[0].note, found)
    return missing(
        "nothing makes, checks or repairs labels",
        looked=("annotation tools and weak supervision in code", "functions and files that make labels", "README and docs"),
    )
