"""data/eda: what counts and what does not."""

import pytest

ID = "data/eda"
LOAD = "import pandas as pd\nframe = pd.read_csv('rides.csv')"


@pytest.mark.parametrize(
    "cells",
    [
        ["frame.head()", "frame.describe()"],
        ["frame['city'].value_counts()"],
        ["import seaborn as sns\nsns.heatmap(frame.corr())"],
        ["frame.hist(bins=50)"],
        ["sns.boxplot(data=frame, x='city', y='fare')", "frame.isnull().sum()"],
        ["import plotly.express as px\npx.histogram(frame, x='fare')", "frame.head()"],
        ["from statsmodels.graphics.tsaplots import plot_acf\nplot_acf(frame.fare)"],
    ],
)
def test_a_notebook_that_describes_or_plots_the_data_counts(infer, notebook, cells):
    found = infer(ID, {"look.ipynb": notebook(LOAD, *cells)})
    assert found.state == "done"
    assert found.evidence[0].path == "look.ipynb"
    assert found.evidence[0].cell is not None


@pytest.mark.parametrize(
    "code",
    [
        "from ydata_profiling import ProfileReport\n",
        "from skrub import TableReport\nTableReport(frame)\n",
        "import sweetviz\n",
    ],
)
def test_a_profiling_report_counts(infer, code):
    assert infer(ID, {"report.py": code}).state == "done"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("build.py", "def show_samples_breakdown(dataset):\n    print(dataset)\n"),
        ("utils.py", "def _plot_class_distribution(labels):\n    pass\n"),
        ("tasks/task_explore_rides.py", "def run(frame):\n    frame.describe()\n    ax.hist(frame.fare)\n"),
        ("sql/explore_rides.sql", "select city, count(*) from rides group by city;\n"),
    ],
)
def test_functions_scripts_and_queries_named_for_exploring_count(infer, path, text):
    found = infer(ID, {path: text})
    assert found.state == "done"
    assert found.evidence[0].path == path


def test_functions_named_for_results_or_for_agents_that_explore_do_not(infer):
    text = "def plot_prediction_distribution(y):\n    pass\ndef explore_env(agent):\n    pass\n"
    assert infer(ID, {"run.py": text}).state == "missing"


def test_sample_pictures_count(infer, notebook):
    cells = [
        "images = ImageFolder('train')",
        "def show_samples(images):\n    plt.imshow(images[0])",
        "show_samples(images)",
    ]
    assert infer(ID, {"gan.ipynb": notebook(*cells)}).state == "done"


def test_pictures_shown_where_no_model_is_count(infer, notebook):
    cells = ["image = cv2.imread(path)", "plt.imshow(image)"]
    assert infer(ID, {"data.ipynb": notebook(*cells)}).state == "done"
    assert infer(ID, {"demo.ipynb": notebook(*cells, "model.predict(image)")}).state == "missing"


def test_a_heading_makes_a_plot_an_exploration(infer, notebook):
    plot = [LOAD, "plt.plot(frame.day, frame.fare)"]
    assert infer(ID, {"a.ipynb": notebook(*plot)}).state == "missing"
    assert infer(ID, {"a.ipynb": notebook(("markdown", "## Exploratory data analysis"), *plot)}).state == "done"


def test_a_notebook_named_for_it_needs_less(infer, notebook):
    assert infer(ID, {"notebooks/01_eda.ipynb": notebook(LOAD, "frame.day.unique()")}).state == "done"


def test_a_script_named_for_it_counts(infer):
    code = f"{LOAD}\nif __name__ == '__main__':\n    print(len(frame))\n"
    assert infer(ID, {"data_statistics.py": code}).state == "done"
    assert infer(ID, {"eda/explore.R": "hist(rides$fare)\n"}).state == "done"


def test_a_marimo_notebook_counts(infer):
    assert infer(ID, {"look.py": f"import marimo\n{LOAD}\nframe.describe()\n"}).state == "done"


def test_a_stray_look_in_a_training_script_does_not(infer):
    code = f"{LOAD}\nprint(frame.head())\nprint(frame.city.value_counts())\nmodel.fit(frame, y)\n"
    assert infer(ID, {"train.py": code}).state == "missing"


@pytest.mark.parametrize(
    "cells",
    [
        ["plt.plot(history['loss'])", "plt.plot(history['val_loss'])"],
        ["sns.heatmap(confusion_matrix(y, predicted))"],
        ["pd.Series(model.feature_importances_).plot.bar()"],
        ["plt.hist(predictions)"],
    ],
)
def test_plots_of_training_or_results_do_not(infer, notebook, cells):
    assert infer(ID, {"model.ipynb": notebook(LOAD, *cells)}).state == "missing"


def test_a_notebook_that_only_reads_results_does_not(infer, notebook):
    cells = ["runs = pd.read_json('results/runs.json')", "runs.describe()", "runs.seed.value_counts()"]
    assert infer(ID, {"compare.ipynb": notebook(*cells)}).state == "missing"


def test_a_notebook_without_data_does_not(infer, notebook):
    assert infer(ID, {"bounds.ipynb": notebook("grid = make_grid()", "sns.pairplot(grid)")}).state == "missing"
