"""data/sourcing and its four options: what counts and what does not."""

import pytest

from mlcoach.snapshot import GitMeta

ID = "data/sourcing"


@pytest.fixture
def options(infer):
    """The options that are found in a tree."""
    return lambda files: set(infer(ID, files).options)


# ---- the item


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("README.md", "# Sales\n\nDownload the sales data from the company's portal and unpack it.\n"),
        ("fetch.sh", "aws s3 cp s3://bucket/data.csv data/\n"),
        ("load.py", "import pandas as pd\ndf = pd.read_sql('SELECT * FROM sales', con)\n"),
        ("load.py", "from google.cloud import bigquery\nclient = bigquery.Client()\n"),
        ("get.py", "import gdown\ngdown.download(URL, 'data.zip')\n"),
        ("data/raw.csv.dvc", "deps:\n- path: https://example.com/raw.csv\nouts:\n- md5: 1a2b\n  path: raw.csv\n"),
    ],
)
def test_a_way_in_counts(infer, path, text):
    found = infer(ID, {path: text})
    assert found.state == "done"
    assert found.evidence[0].path == path


def test_a_path_that_nothing_explains_does_not(infer):
    found = infer(
        ID, {"train.py": "import pandas as pd\ndf = pd.read_csv('data/train.csv')\n", "data/train.csv": "a\n1\n"}
    )
    assert found.state == "missing"
    assert found.looked


def test_each_kind_of_place_is_shown_before_a_second_of_one_kind(infer):
    found = infer(
        ID,
        {
            "README.md": "Data: https://www.kaggle.com/c/titanic\n",
            "docs/more.md": "Also https://www.kaggle.com/datasets/a/b\n",
            "train.py": "from imblearn.over_sampling import SMOTE\nX, y = SMOTE().fit_resample(X, y)\n",
        },
    )
    assert [evidence.path for evidence in found.evidence[:2]] == ["README.md", "train.py"]


# ---- scraping


@pytest.mark.parametrize(
    "code",
    [
        "import requests\nfrom bs4 import BeautifulSoup\nsoup = BeautifulSoup(requests.get(url).text)\n",
        "import scrapy\nclass Spider(scrapy.Spider):\n    pass\n",
        "from selenium import webdriver\n",
        "from playwright.async_api import async_playwright\n",
        "import tweepy\n",
        "import yfinance as yf\ndf = yf.download('MSFT')\n",
        "import requests\ndef weather(day):\n    r = requests.get(BASE + day, params=PARAMS)\n    return r.json()\n",
        "import pandas as pd\ntables = pd.read_html('https://en.example.org/wiki/List')\n",
        "from googleapiclient.discovery import build\nyoutube = build('youtube', 'v3', developerKey=KEY)\n",
        "from langchain_community.document_loaders import WebBaseLoader\ndocs = WebBaseLoader(urls).load()\n",
    ],
)
def test_code_that_collects_from_the_web_is_scraping(options, code):
    assert "scraping" in options({"collect.py": code})


def test_a_shell_command_of_a_scraper_is_scraping(options):
    assert "scraping" in options({"get.sh": "gallery-dl https://example.org/album\n"})


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("get.py", "import requests\nopen('d.zip', 'wb').write(requests.get('https://example.org/d.zip').content)\n"),
        ("ui/page.py", "import requests\ndef models():\n    return requests.get(URL).json()\n"),
        ("app.py", "import streamlit, requests\ndef models():\n    return requests.get(URL).json()\n"),
        ("job.py", "import requests\ndef wait_until_done(job):\n    return requests.get(job).json()\n"),
        ("call.py", "import requests\ndef ask():\n    return requests.get('http://localhost:8000/x').json()\n"),
        ("text.py", "from bs4 import BeautifulSoup\ntext = BeautifulSoup(review).get_text()\n"),
        ("notes.py", "# we use selenium\n'''import scrapy'''\n"),
        ("tests/test_site.py", "from selenium import webdriver\n"),
    ],
)
def test_other_uses_of_the_web_are_not_scraping(options, path, code):
    assert "scraping" not in options({path: code})


def test_a_module_of_the_projects_own_is_no_platform(options):
    assert "scraping" not in options({"train.py": "import wikipedia\n", "wikipedia.py": "def load():\n    pass\n"})
    assert "scraping" in options({"train.py": "import wikipedia\n"})


# ---- own


@pytest.mark.parametrize(
    "sentence",
    [
        "We collected and labelled 3,000 images of leaves with a phone.",
        "I built my own dataset of chess positions.",
        "The recordings were made by us. The data was collected manually from the field.",
        "Ratings come from Mechanical Turk workers.",
        "A hand-labeled dataset of 500 tweets.",
        "Over 10,000 images were crawled from online communities.",
        "The captions were collected from each video and corrected with manual inspection of the samples. "
        "The labels are collected from captions and corrected with manual inspection.",
        "The clips were recorded with a thermal camera.",
        "We conducted an online survey among 300 students.",
        "You can find my generated training data on the drive.",
        "我们采集的数据集包含一千张图片",
    ],
)
def test_docs_that_say_so_are_an_own_data_set(options, sentence):
    assert "own" in options({"README.md": f"# Project\n\n{sentence}\n"})


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("collect_images.py", "pass\n"),
        ("src/data_collection/sensors.py", "pass\n"),
        ("gather.py", "def collect_data(day):\n    pass\n"),
        ("record.py", "import cv2\ncap = cv2.VideoCapture(0)\ncv2.imwrite('a.png', frame)\n"),
        ("src/pi/voicerecorder.py", "pass\n"),
        ("weather.py", "import requests\ndef get():\n    collection.insert_one(requests.get(BASE).json())\n"),
        ("scrape.py", "import requests\nfrom bs4 import BeautifulSoup\nsoup = BeautifulSoup(requests.get(url).text)\n"),
        ("pages.py", "from selenium import webdriver\n"),
        ("label.py", "import label_studio_sdk\n"),
    ],
)
def test_collecting_recording_and_annotating_are_an_own_data_set(options, path, code):
    assert "own" in options({path: code})


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("README.md", "# Project\n\nPrepare your own dataset in this format.\n"),
        ("README.md", "# Project\n\nQ: Can I use my own data?\n"),
        ("README.md", "# Project\n\nThe data comes from Kaggle.\n"),
        ("weather.py", "import requests\ndef weather():\n    return requests.get(BASE).json()\n"),
        ("demo.py", "import cv2\ncap = cv2.VideoCapture(0)\ncv2.imwrite('a.png', frame)\n"),
        ("live.py", "import cv2\ncap = cv2.VideoCapture(0)\n"),
        ("collect_metrics.py", "pass\n"),
        ("rl/video_recorder.py", "pass\n"),
        (
            "archives.py",
            "import tarfile\nfrom urllib.request import urlopen\nfrom bs4 import BeautifulSoup\n"
            "soup = BeautifulSoup(urlopen(url))\ntarfile.open(name).extractall()\n",
        ),
    ],
)
def test_somebody_elses_data_is_not_an_own_data_set(options, path, text):
    assert "own" not in options({path: text})


# ---- synthetic


@pytest.mark.parametrize(
    "code",
    [
        "from imblearn.over_sampling import SMOTE\nX, y = SMOTE().fit_resample(X, y)\n",
        "from torchvision import transforms as T\nt = T.Compose([T.RandomHorizontalFlip(), T.ToTensor()])\n",
        "import albumentations as A\n",
        "from keras.preprocessing.image import ImageDataGenerator\ng = ImageDataGenerator(\n    rotation_range=20,\n)\n",
        "import tensorflow as tf\nimage = tf.image.random_flip_left_right(image)\n",
        "from keras import layers\nmodel.add(layers.RandomRotation(0.1))\n",
        "import nlpaug.augmenter.word as naw\n",
        "from sdv.single_table import CTGANSynthesizer\n",
        "from faker import Faker\n",
        "from sklearn.datasets import make_classification\nX, y = make_classification()\n",
        "train_pipeline = [dict(type='RandomFlip', prob=0.5)]\n",
        "from sklearn.utils import resample\nmore = resample(minority, replace=True, n_samples=900)\n",
        "import numpy as np\ndef generate_fake_orders(n):\n    return [np.random.poisson(3) for _ in range(n)]\n",
        "import gymnasium as gym\nenv = gym.make('CartPole-v1')\n",
        "import numpy as np\ndef generate_data(n):\n    return np.random.normal(size=n)\n",
        "def generate_synthetic_users(n):\n    return []\n",
        "class Loader:\n    def append_flipped_images(self):\n        pass\n",
        "def augment_batch(x):\n    return x\n",
    ],
)
def test_generated_or_augmented_data_is_synthetic(options, code):
    assert "synthetic" in options({"data.py": code})


def test_augmentation_in_the_settings_is_synthetic(options):
    assert "synthetic" in options({"conf/train.yaml": "batch: 8\naugment: true\n"})


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            "data.py",
            "from imblearn.under_sampling import RandomUnderSampler\nRandomUnderSampler().fit_resample(X, y)\n",
        ),
        ("data.py", "from torchvision import transforms as T\nt = T.Compose([T.Resize(32), T.ToTensor()])\n"),
        (
            "data.py",
            "from keras.preprocessing.image import ImageDataGenerator\ng = ImageDataGenerator(rescale=1 / 255)\n",
        ),
        (
            "data.py",
            "from keras.preprocessing.image import ImageDataGenerator\ng = ImageDataGenerator(horizontal_flip=False)\n",
        ),
        ("data.py", "def generate_data(files):\n    yield from files\n"),
        ("data.py", "# SMOTE would help\nNOTE = 'make_classification()'\n"),
        ("tests/test_model.py", "from sklearn.datasets import make_classification\nX, y = make_classification()\n"),
        ("conf/train.yaml", "augment: false\n"),
        ("split.py", "def generate_fake_todays(start, window):\n    return [start - window]\n"),
        ("score.py", "from sklearn.utils import resample\nsample = resample(scores)\n"),
        ("model/poisson.py", "import numpy as np\ndef simulate(rate):\n    return np.random.poisson(rate)\n"),
    ],
)
def test_plain_loading_resizing_and_sampling_down_are_not_synthetic(options, path, text):
    assert "synthetic" not in options({path: text})


# ---- open


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("README.md", "Data: https://www.kaggle.com/c/titanic\n"),
        ("README.md", "Data: <https://archive.ics.uci.edu/dataset/1/abalone>\n"),
        ("README.md", "See https://huggingface.co/datasets/squad for the data\n"),
        ("README.md", "Get the [Lila dataset](https://lila.example.org)\n"),
        ("README.md", "# Digits\n\nTrains on the MNIST dataset.\n"),
        ("README.md", "# Loans\n\nThe data comes from Kaggle.\n"),
        ("README.md", "# Loans\n\nWe use a publicly available dataset of loans.\n"),
        ("README.md", "# House prices\n\n## Kaggle leaderboard\n\nScore 0.12.\n"),
        ("load.py", "from sklearn.datasets import load_iris\nX, y = load_iris(return_X_y=True)\n"),
        ("load.py", "from datasets import load_dataset\nds = load_dataset('openwebtext')\n"),
        ("load.py", "from torchvision import datasets\nds = datasets.CIFAR10('data', download=True)\n"),
        ("load.py", "import torchvision\nds = torchvision.datasets.Caltech256('data')\n"),
        ("load.py", "from tensorflow.keras.datasets import mnist\n(x, y), _ = mnist.load_data()\n"),
        ("load.py", "import tensorflow_datasets as tfds\nds = tfds.load('cats_vs_dogs')\n"),
        ("load.py", "URL = 'https://www.ncdc.noaa.gov/cdo-web/api/v2/data'\n"),
        ("load.py", "# from http://archive.ics.uci.edu/ml/datasets/Wine+Quality\n"),
        ("load.py", "df = read('/kaggle/input/titanic/train.csv')\n"),
        ("load.py", "import os\nos.system(f'kaggle competitions download -c {NAME}')\n"),
        ("get.sh", "kaggle datasets download -d a/b\n"),
        (
            "data.xml.dvc",
            "deps:\n- path: d.xml\n  repo:\n    url: https://github.com/x/dataset-registry\nouts:\n- path: d.xml\n",
        ),
    ],
)
def test_a_public_data_set_is_open(options, path, text):
    assert "open" in options({path: text})


def test_a_shell_line_of_a_notebook_is_read_too(options, notebook):
    assert "open" in options({"a.ipynb": notebook("!kaggle datasets download -d a/b")})


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("README.md", "My profile: https://www.kaggle.com/somebody\n"),
        ("README.md", "A [notebook](https://www.kaggle.com/code/a/b)\n"),
        ("README.md", "# X\n\nA ResNet with weights trained on the ImageNet dataset.\n"),
        ("README.md", "# X\n\nConvert your labels to COCO format before training on your data.\n"),
        ("README.md", "# X\n\nThere is no public dataset for this.\n"),
        ("README.md", "![samples of the test dataset](https://i.example.com/a.png)\n"),
        ("README.md", "See https://www.ncbi.nlm.nih.gov/pmc/articles/PMC1/ about the data\n"),
        ("load.py", "from datasets import load_dataset\nds = load_dataset('json', data_files='mine.json')\n"),
        ("load.py", "from torchvision import datasets\nds = datasets.ImageFolder('data')\n"),
        ("load.py", "from mine import load_dataset\nds = load_dataset('x')\n"),
        ("load.py", "URL = 'https://example.com/model.zip'\n"),
        ("load.py", "# after https://www.kaggle.com/somebody/simple-lightgbm\n"),
        ("load.py", "# formula: https://www.cdc.gov/growthcharts/bmi.html\n"),
    ],
)
def test_other_names_and_links_are_not_open(options, path, text):
    assert "open" not in options({path: text})


def test_the_projects_own_address_is_no_public_data_set(infer):
    address = "https://raw.githubusercontent.com/me/mine/main/data.csv"
    git = GitMeta(head=None, branch=None, remotes={"origin": "git@github.com:me/mine.git"})
    files = {"README.md": f"Data: {address}\n", "load.py": f"URL = '{address}'\n"}
    assert "open" not in infer(ID, files, git=git).options
    assert infer(ID, files, git=git).state == "done"
    assert "open" in infer(ID, files).options
