"""modelling/feature-engineering: what counts and what does not."""

import pytest

ID = "modelling/feature-engineering"


@pytest.mark.parametrize(
    "code",
    [
        "df['month'] = df['date'].dt.month\n",
        "df['rate'] = df['won'] / df['played']\n",
        "df['lag_1'] = df.groupby('shop')['sales'].shift(1)\n",
        "df['mean_7'] = df['sales'].rolling(7).mean()\n",
        "df['shop_mean'] = df.groupby('shop')['sales'].transform('mean')\n",
        "df['band'] = pd.cut(df['age'], 5)\n",
        "df['title'] = df['name'].str.extract('([A-Z])')\n",
        "from sklearn.decomposition import PCA\nPCA(5).fit_transform(X)\n",
        "from sklearn.feature_extraction.text import TfidfVectorizer\nTfidfVectorizer().fit(texts)\n",
        "from sklearn.preprocessing import PolynomialFeatures\nPolynomialFeatures(2)\n",
        "from gensim.models import Word2Vec\nWord2Vec(sentences)\n",
        "import librosa\nlibrosa.feature.mfcc(y=y)\n",
        "from skimage.feature import hog\nhog(image)\n",
        "def add_features(x):\n    return np.c_[x, x.mean(axis=1)]\n",
        "df = df.assign(rate=lambda d: d.won / d.played)\n",
        "import polars as pl\ndf = df.with_columns((pl.col('a') / pl.col('b')).alias('rate'))\n",
        "from pyspark.sql import functions as F\ndf = df.withColumn('h', F.hour(F.col('time')))\n",
        "df['rate'] = df.won / df.played\n",
        "q = 'select id, avg(paid) from bills group by id'\n",
    ],
)
def test_derived_features_count(infer, code):
    found = infer(ID, {"features.py": "import pandas as pd\n" + code})
    assert found.state == "done"
    assert found.evidence[0].path == "features.py"


@pytest.mark.parametrize(
    "code",
    [
        "from sklearn.preprocessing import StandardScaler\nStandardScaler().fit(X)\n",
        "pd.get_dummies(df)\n",
        "df['age'] = df['age'].fillna(0)\n",
        "df['date'] = pd.to_datetime(df['date'])\n",
        "df['label'] = df['status'].apply(code)\n",
        "df['error'] = df['y'] - df['y_hat']\n",
        "took = (datetime.now() - start).total_seconds()\n",
        "import numpy as np\nnp.diff(signal)\n",
        "def build_features(df):\n    return pd.get_dummies(df.fillna(df.mean()))\n",
        "class FeatureEngineer:\n    def fit(self, x):\n        self.scaler = StandardScaler().fit(x)\n",
        "def get_top_features(model):\n    return model.coef_.sum()\n",
        "df = df.withColumn('age', col('age').cast('int'))\n",
        "df['action'] = np.where(df['p'] > 0, 'call', 'wait')\n",
    ],
)
def test_scaling_encoding_and_results_do_not(infer, code):
    assert infer(ID, {"train.py": "import pandas as pd\n" + code}).state == "missing"


def test_features_that_sql_derives_count(infer):
    sql = "select id, avg(paid) over (partition by id) from bills\n"
    assert infer(ID, {"sql/features.sql": sql}).state == "done"
    assert infer(ID, {"sql/create_users.sql": "select count(*) as n from users\n"}).state == "missing"


def test_tables_of_tracked_runs_do_not(infer):
    code = "import pandas as pd\nruns = client.search_runs(ids)\ndf['hour'] = df['start'].dt.hour\n"
    assert infer(ID, {"runs.py": code}).state == "missing"


def test_columns_of_a_report_do_not(infer):
    code = "import pandas as pd\ndf['share'] = df['a'] / df['b']\n"
    assert infer(ID, {"evaluation/report.py": code}).state == "missing"


def test_pixels_into_a_network_do_not(infer):
    code = "import torch\nimport cv2\nimport pandas as pd\ndf['area'] = df['w'] * df['h']\n"
    assert infer(ID, {"train.py": code}).state == "missing"
    assert infer(ID, {"train.py": code + "XGBClassifier().fit(df, y)\n"}).state == "done"


def test_a_series_into_a_forecaster_does_not(infer):
    code = "import pandas as pd\nfrom prophet import Prophet\ndf['month'] = df['date'].dt.month\nProphet().fit(df)\n"
    assert infer(ID, {"train.py": code}).state == "missing"


def test_the_empty_script_of_a_template_does_not(infer):
    assert infer(ID, {"src/features/build_features.py": ""}).state == "missing"
