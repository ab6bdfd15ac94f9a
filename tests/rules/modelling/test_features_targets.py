"""modelling/features-targets: what counts and what does not."""

import pytest

ID = "modelling/features-targets"


@pytest.mark.parametrize(
    "code",
    [
        "X_train, X_test, y_train, y_test = train_test_split(X, y)\n",
        "model.fit(frame[['km']], frame['target'])\n",
        "target_col = 'fare'\n",
        "feature_names = ['km', 'hour']\n",
        "loader = flow_from_dataframe(frame, x_col='file', y_col='class')\n",
        "matrix = xgb.DMatrix(X, label=y)\n",
        "frame = frame.rename(columns={'day': 'ds', 'fare': 'y'})\n",
        "batch = {'input_ids': ids, 'labels': ids}\n",
        "for images, batch in loader:\n    labels = batch['label']\n",
        "class Rides(Dataset):\n    pass\nclass RidesDataset(Dataset):\n    def __getitem__(self, i):\n        return x, z\n",
        "class Speech(torch.utils.data.Dataset):\n    def __getitem__(self, i):\n        return x, z\n",
        "data = ImageDataBunch.from_folder(path)\n",
    ],
)
def test_naming_input_and_target_counts(infer, code):
    found = infer(ID, {"train.py": code})
    assert found.state == "done"
    assert found.evidence[0].path == "train.py"


@pytest.mark.parametrize(
    ("path", "text"), [("params.yaml", "train:\n  target: fare\n"), ("recipe.yaml", "target_col: 'fare'\n")]
)
def test_configuration_counts(infer, path, text):
    found = infer(ID, {path: text})
    assert (found.state, found.evidence[0].path) == ("done", path)


def test_training_code_is_shown_before_plots(infer):
    code = "y_train = frame['fare']\n"
    found = infer(ID, {"plot_results.py": code, "src/train.py": code})
    assert found.evidence[0].path == "src/train.py"


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("import gymnasium as gym\nenv = gym.make('CartPole-v1')\n", "agent"),
        ("class Discriminator(nn.Module):\n    pass\nlabel = torch.ones(8)\n", "generator"),
        ("from sklearn.cluster import KMeans\nKMeans(8).fit(frame)\n", "grouped"),
        ("import openai\n", "others have trained"),
    ],
)
def test_it_does_not_apply_where_nothing_is_predicted(infer, code, why):
    found = infer(ID, {"train.py": code})
    assert found.state == "na"
    assert why in found.summary


def test_a_labelled_data_set_beside_an_agent_counts(infer):
    assert infer(ID, {"train.py": "import gymnasium\ndata = ImageFolder(path)\n"}).state == "done"


def test_a_target_beside_a_clustering_counts(infer):
    code = "groups = KMeans(8).fit_predict(frame)\nX_train, X_test, y_train, y_test = train_test_split(frame, fares)\n"
    assert infer(ID, {"train.py": code}).state == "done"


@pytest.mark.parametrize(
    "code",
    [
        "self.features = nn.Sequential(conv)\n",
        "def accuracy(output, target, reverse=False):\n    pass\n",
        "print('done')\n",
    ],
)
def test_layers_parameters_and_prints_do_not(infer, code):
    assert infer(ID, {"model.py": code}).state == "missing"


def test_targets_of_ci_do_not(infer):
    assert (
        infer(ID, {".github/workflows/ci.yml": "    target: auto\n", "codecov.yml": "target: auto\n"}).state
        == "missing"
    )
