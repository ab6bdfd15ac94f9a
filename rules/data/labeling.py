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

from mlcoach.rule import Evidence, Facts, Finding, Item, Regex, done, evidence_of, missing

from . import _labels
from ._docs import sentences

ITEM = Item(
    id="data/labeling",
    title="Data labeling",
    bullet="Data labeling",
    stage="mvp",
    why="No model gets better than its labels, and wrong ones in the test set hide it.",
    how=(
        "write a page of guidelines: what each label means, and the hard cases",
        "label with a tool that keeps who and when: `pip install label-studio`",
        "look for wrong labels: `pip install cleanlab`, then `cleanlab.filter.find_label_issues(labels, pred_probs)`",
    ),
    references=("https://labelstud.io", "https://docs.cleanlab.ai"),
)

TOOL = Regex(r"(?i)label|annot|mark|tagg?")
NETWORK = Regex(
    r"(?i)(?:^|/)(?:models?|nets?|networks?|layers|loss\w*|objectives?|metrics|plot\w*|visuali[sz]\w*|widgets?|g?ui|commands?)(?:/|\.py)"
)
NOT_MADE = Regex(
    r"(?i)_(?:maps?|encod\w*|dict\w*|files?|widget|frame|names?|index|indices|smooth\w*|plot\w*|legend|colou?r\w*|tensors?)\b"
)


def infer(facts: Facts) -> Finding:
    files = [Evidence(path, note="a file about labels") for path in facts.paths if _labels.FILES.search(path)]
    exports = [hit for says, globs in _labels.EXPORTED for hit in facts.texts.find(says, *globs, limit=2)]
    makers = [
        hit
        for hit in facts.code.find(_labels.MAKERS, _labels.CHECKERS)
        if not NOT_MADE.search(hit.name) and not NETWORK.search(hit.path)
    ]
    tools = facts.code.find(*_labels.WAYS)
    tools += [hit for hit in facts.code.find(_labels.POINTED) if TOOL.search(f"{hit.path} {hit.inside}")]
    said = sentences(facts, _labels.SAID, unless=_labels.GIVEN, words=_labels.SAID_WORDS)
    found = evidence_of(tools, makers, files, said, exports)
    if found:
        return done(found[0].note, found)
    looked = (
        "annotation tools and weak supervision in code",
        "functions and files that make labels",
        "README and docs",
    )
    return missing("nothing makes, checks or repairs labels", looked=looked)
