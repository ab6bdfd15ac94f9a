"""data/labeling: what counts and what does not."""

import pytest

ID = "data/labeling"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("load.py", "from label_studio_sdk import Client\n"),
        ("load.py", "from roboflow import Roboflow\n"),
        ("weak.py", "from snorkel.labeling import labeling_function\n"),
        ("check.py", "from cleanlab.filter import find_label_issues\n"),
        ("train.py", "from sklearn.semi_supervised import SelfTrainingClassifier\nm = SelfTrainingClassifier(svc)\n"),
        ("train.py", "def make_pseudo_labels(model):\n    pass\n"),
        ("prepare.py", "def create_labels(frame):\n    pass\n"),
        ("importers.py", "def validate_labels(frame):\n    pass\n"),
        ("eval/questions.py", "def generate_ground_truth(chunks):\n    pass\n"),
        ("tools/annotate_frames.py", "pass\n"),
        ("predefined_classes.txt", "cat\ndog\n"),
        ("README.md", "# Cats\n\nTwo of us labelled the photos with LabelImg.\n"),
        ("README.md", "# Voices\n\nMechanical Turk workers rated each clip.\n"),
        ("docs/annotation.md", "# Annotation guidelines\n\nA cat is an animal.\n"),
        ("data.yaml", "nc: 3\nroboflow:\n  workspace: a\n"),
    ],
)
def test_making_checking_or_repairing_labels_counts(infer, path, text):
    found = infer(ID, {path: text})
    assert found.state == "done"
    assert found.evidence[0].path == path


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("prepare.py", "from sklearn.preprocessing import LabelEncoder\ny = LabelEncoder().fit_transform(y)\n"),
        ("prepare.py", "df['label'] = df['diagnosis'].map({'M': 1, 'B': 0})\n"),
        ("convert.py", "def create_label_map(classes):\n    pass\ndef voc_to_yolo(box):\n    pass\n"),
        ("models/gan.py", "def make_labels(size):\n    pass\n"),
        ("README.md", "# Faces\n\nThe dataset is provided with labels annotated by experts.\n"),
        ("README.md", "# Faces\n\nUse LabelImg to label your images.\n"),
        ("slices.py", "from snorkel.slicing import slicing_function\n"),
        ("train.py", "# from cleanlab import Datalab\n"),
    ],
)
def test_labels_that_came_with_the_data_do_not(infer, path, text):
    found = infer(ID, {path: text})
    assert found.state == "missing"
    assert found.looked
