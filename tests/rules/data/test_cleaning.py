"""data/cleaning: what counts and what does not."""

import pytest

ID = "data/cleaning"


@pytest.mark.parametrize(
    "code",
    [
        "df = df.dropna()\n",
        "df['age'] = df['age'].fillna(0)\n",
        "df = df.drop_nulls()\n",
        "df = df.na.drop()\n",
        "from sklearn.impute import SimpleImputer\nX = SimpleImputer().fit_transform(X)\n",
        "df = df.drop_duplicates()\n",
        "df = df[~df.name.isin(duplicates)]\n",
        "df = df[df['price'].notna()]\n",
        "df = df[(np.abs(stats.zscore(df)) < 3).all(axis=1)]\n",
        "df = df.drop(df[df.age > 120].index)\n",
        "df['x'] = pd.to_numeric(df['x'], errors='coerce')\n",
        "df = df.replace('?', np.nan)\n",
        "df['x'] = df['x'].clip(lower=0, upper=99)\n",
        "q1 = df.x.quantile(0.25)\nIQR = df.x.quantile(0.75) - q1\ndf = df[df.x > q1 - 1.5 * IQR]\n",
        "def remove_outliers(df):\n    return df\n",
        "df = df[df['fare'] > 0]\n",
        "train_df = train_df.query('fare >= 2')\n",
        "def _drop_outliers(df):\n    return df\n",
        "def is_valid_image(path):\n    return True\n",
        "import re\ndef prepare(text):\n    return re.sub(unwanted, '', text)\n",
        "from nltk.corpus import stopwords\nstops = stopwords.words('english')\n",
        "def filter_empty_images(images):\n    return images\n",
        "import re\ndef prepare(text):\n    return re.sub(r'[^a-z ]', '', text)\n",
        "def clean_text(text):\n    return text.lower()\n",
        "text = BeautifulSoup(review, 'lxml').get_text()\n",
        "from scipy.signal import filtfilt\nsignal = filtfilt(b, a, signal)\n",
        "import ftfy\n",
    ],
)
def test_repairing_or_removing_bad_records_counts(infer, code):
    found = infer(ID, {"prepare.py": code})
    assert found.state == "done"
    assert found.evidence[0].path == "prepare.py"


def test_sql_that_drops_nulls_counts(infer):
    assert infer(ID, {"sql/clean_rides.sql": "select * from rides where fare is not null\n"}).state == "done"


def test_r_that_drops_missing_values_counts(infer):
    assert infer(ID, {"prepare.R": "rides <- drop_na(rides)\n"}).state == "done"


def test_files_for_cleaning_are_shown_first(infer):
    found = infer(ID, {"a.py": "df = df.dropna()\n", "src/data/clean_rides.py": "df = df.drop_duplicates()\n"})
    assert [evidence.path for evidence in found.evidence] == ["src/data/clean_rides.py", "a.py"]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("prepare.py", "X = StandardScaler().fit_transform(X)\nx = LabelEncoder().fit_transform(x)\n"),
        ("prepare.py", "tokens = tokenizer(text)\nimage = image.resize((32, 32))\n"),
        ("look.py", "print(df.isnull().sum())\nprint(df.duplicated().sum())\n"),
        ("look.py", "sns.histplot(df['age'].dropna())\n"),
        ("prepare.py", "test = df[df['day'].isin(last_days)]\n"),
        ("prepare.py", "now = now.replace(hour=0, tzinfo=None)\nname = name.replace('a', 'b')\n"),
        ("prepare.py", "df = df.drop('id', axis=1)\ndf['x'] = pd.to_numeric(df['x'])\n"),
        ("net.py", "x = F.interpolate(x, scale_factor=2)\nx = x.clip(0, 1)\n"),
        ("monitoring/drift.py", "ks_2samp(old.dropna(), new.dropna())\n"),
        ("predict.py", "df = df.fillna(0)\n"),
        ("prepare.py", "code = city.map(codes).fillna(-1)\n"),
        ("prepare.py", "train_df = df[df.day > 3]\ntrain_df = train_df[train_df.fold != 2]\n"),
        ("train.py", "pred = pred.clip(lower=0)\n"),
        ("tools.py", "import re\nname = re.sub(r'[^a-z]', '_', model_name)\n"),
        ("tools.py", "import re\ncommand = re.sub(prompt, '', command)\ndef clean_repo(url):\n    pass\n"),
        ("tools.py", "def clean_up(folder):\n    pass\ndef clean_cache():\n    pass\n"),
        ("prepare.py", "# df.dropna()\nNOTE = 'fillna'\n"),
    ],
)
def test_other_steps_and_looking_alone_do_not(infer, path, code):
    assert infer(ID, {path: code}).state == "missing"
