"""data/transformation: what counts and what does not."""

import pytest

ID = "data/transformation"


@pytest.mark.parametrize(
    "code",
    [
        "from sklearn.preprocessing import StandardScaler\nX = StandardScaler().fit_transform(X)\n",
        "encoder = OneHotEncoder()\n",
        "X = pd.get_dummies(frame)\n",
        "y = to_categorical(y)\n",
        "tokenizer = AutoTokenizer.from_pretrained('bert-base-uncased')\n",
        "words = word_tokenize(text)\n",
        "stem = PorterStemmer()\n",
        "codes = tf.keras.layers.StringLookup()(city)\n",
        "vectors = TfidfVectorizer().fit_transform(texts)\n",
        "from torchvision import transforms\nt = transforms.Compose([transforms.Resize(64), transforms.ToTensor()])\n",
        "image = cv2.resize(image, (64, 64))\n",
        "features = librosa.feature.mfcc(y=sound)\n",
        "means = frame.groupby('city').mean()\n",
        "wide = frame.pivot_table(index='day')\n",
        "both = left.merge(right, on='id')\n",
        "x = x.reshape(-1, 784)\n",
        "pixels_normalized = pixels / 255\n",
    ],
)
def test_scaling_encoding_tokenising_resizing_joining_or_reshaping_counts(infer, code):
    found = infer(ID, {"prepare.py": code})
    assert found.state == "done"
    assert found.evidence[0].path == "prepare.py"


def test_joins_in_sql_count(infer):
    assert infer(ID, {"features.sql": "select * from a\nleft join b on a.id = b.id\n"}).state == "done"


def test_a_file_for_preparing_data_is_shown_first(infer):
    code = "from sklearn.preprocessing import StandardScaler\nStandardScaler()\n"
    found = infer(ID, {"app.py": code, "src/preprocess.py": code})
    assert [e.path for e in found.evidence] == ["src/preprocess.py", "app.py"]


def test_reading_a_file_and_passing_it_on_does_not(infer):
    code = "import pandas as pd\nframe = pd.read_csv('rides.csv')\nmodel.fit(frame[['km']], frame['fare'])\n"
    assert infer(ID, {"train.py": code}).state == "missing"


def test_a_comment_does_not(infer):
    assert infer(ID, {"train.py": "# StandardScaler() would help\n"}).state == "missing"


def test_files_that_prepare_are_shown_before_those_of_models(infer):
    files = {
        "grid/train.py": "y = to_categorical(y)\n",
        "utils/normalize.py": "x = x.reshape(-1, 9)\n",
        "genFeat_counts.py": "vectors = CountVectorizer().fit_transform(texts)\n",
    }
    found = infer(ID, files)
    assert [evidence.path for evidence in found.evidence] == [
        "genFeat_counts.py",
        "utils/normalize.py",
        "grid/train.py",
    ]
