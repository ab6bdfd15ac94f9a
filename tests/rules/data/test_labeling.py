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
        ("train.py", "pseudo_labels = model.predict(unlabelled)\n"),
        ("select.py", "class ConfidentSampleSelector:\n    pass\n"),
        ("check.py", "def _drop_mislabeled(frame):\n    pass\n"),
        ("load.py", "for region in regions:\n    shape = region['shape_attributes']\n"),
        ("tools/label_boxes.py", "import cv2\ncv2.setMouseCallback('image', mark)\n"),
        ("boxes/cat1.xml", "<annotation>\n<source>\n<database>Unknown</database>\n</source>\n</annotation>\n"),
        ("README.md", "# Plates\n\nWe release the test images with corrected labels.\n"),
        ("README.md", "# Talks\n\nThe transcripts come from captions and were corrected by hand.\n"),
        ("README.md", "# Shops\n\nConfident predictions for the test set are added to the training data.\n"),
        ("README.md", "# Reviews\n\nThe reviews were labelled using GPT.\n"),
        ("docs/data.md", "# Data\n\nWe removed 40 mislabelled photos.\n"),
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
        ("label_image.py", "def label_image(path):\n    return model.predict(path)\n"),
        ("draw.py", "def annotate_image(image, boxes):\n    cv2.rectangle(image, *boxes)\n"),
        ("view.py", "import cv2\ncv2.setMouseCallback('window', zoom)\n"),
        ("README.md", "# Faces\n\nThe dataset contains 10,000 hand-labeled faces.\n"),
        ("ui/button.py", "def validate_label(text):\n    pass\n"),
        ("graph.py", "def relabel_nodes(graph):\n    pass\n"),
        ("slices.py", "from snorkel.slicing import slicing_function\n"),
        ("train.py", "# from cleanlab import Datalab\n"),
    ],
)
def test_labels_that_came_with_the_data_do_not(infer, path, text):
    found = infer(ID, {path: text})
    assert found.state == "missing"
    assert found.looked
