"""Raw data is turned into what the model takes.

What counts
    Code that scales, encodes, tokenises, resizes, joins, aggregates, reshapes or normalises data before it meets a model.

What does not
    Reading a file and passing it on unchanged.

Known problems
    Hand-written arithmetic (`image / 255`) is not seen. Reshaping, joining and normalising by their plain names count too,
    though such words have other uses.

Next step
    Put every step into one object that is fitted on the training data alone: `make_pipeline(StandardScaler(), model)`.
"""

from __future__ import annotations

from mlcoach.rule import Facts, Finding, Hit, Item, Regex, assigns, calls, done, evidence_of, imports, missing, uses

ITEM = Item(
    id="data/transformation",
    title="Data transformation",
    bullet="Data transformation",
    stage="poc",
    why="Models take numbers of one shape and scale; steps done by hand differ between training and serving.",
    how=(
        "tables: `ColumnTransformer([('num', StandardScaler(), numeric), ('cat', OneHotEncoder(), categories)])`",
        "pictures: `torchvision.transforms.Compose([Resize(256), ToTensor(), Normalize(mean, std)])`",
        "text: `AutoTokenizer.from_pretrained(name)`",
        "fit it on the training data only, and save it with the model",
    ),
    references=("https://scikit-learn.org/stable/modules/compose.html",),
    actions=("train",),
)

TRANSFORMS = (
    uses(
        "StandardScaler", "MinMaxScaler", "RobustScaler", "MaxAbsScaler", "PowerTransformer", "QuantileTransformer",
        "sklearn.*.Normalizer", "sklearn.*.normalize", "sklearn.*.scale", "BatchNormalizer", "TimeSeriesScaler*", note="scales features",
    ),
    uses(
        "OneHotEncoder", "OrdinalEncoder", "LabelEncoder", "LabelBinarizer", "MultiLabelBinarizer", "TargetEncoder", "CatBoostEncoder",
        "KBinsDiscretizer", "StringIndexer", "Categorify", "DictVectorizer", "FeatureHasher",
        "StringLookup", "IntegerLookup", "CategoryEncoding", "FeatureSpace", "WOEEncoder", note="encodes categories",
    ),
    calls("get_dummies", "to_categorical", "one_hot", "onehot", "factorize", "pd.cut", "qcut", "pandas.cut", note="encodes categories"),
    imports(
        "category_encoders", "feature_engine", "torchvision.transforms", "albumentations", "tensorflow_transform", "nvtabular",
        note="a library of transformations",
    ),
    uses(
        "ColumnTransformer", "make_column_transformer", "make_column_selector", "FunctionTransformer", "VectorAssembler",
        "PolynomialFeatures", "TabularPandas", "DataFrameMapper", note="a transformation of columns",
    ),
    uses(
        "CountVectorizer", "TfidfVectorizer", "HashingVectorizer", "TfidfTransformer", "HashingTF", "SentenceTransformer", "Doc2Vec",
        "doc2bow", note="text to vectors",
    ),
    calls(
        "*Tokenizer", "*Tokenizer.from_pretrained", "*TokenizerFast.from_pretrained", "*Processor.from_pretrained", "word_tokenize",
        "sent_tokenize", "texts_to_sequences", "pad_sequences", "pad_sequence", "TextVectorization", "encode_plus", "batch_encode_plus",
        "get_encoding", "encoding_for_model", "SentencePieceProcessor", "tokenize", "tokenize_function", "basic_english",
        "encode_ordinary", "apply_chat_template", "*FeatureExtractor.from_pretrained", "PorterStemmer",
        "SnowballStemmer", "LancasterStemmer", "WordNetLemmatizer", "lemmatize",
        "RecursiveCharacterTextSplitter", "split_documents", "split_text", "chunk_*",
        note="tokenises text",
    ),
    uses(
        "transforms.Compose", "albumentations.Compose", "T.Compose", "ToTensor", "ToTensorV2", "RandomResizedCrop", "CenterCrop",
        "RandomCrop", "Resize", "Rescaling", "Resizing", "ImageDataGenerator", "preprocess_input", "img_to_array", "letterbox",
        "get_transforms", "aug_transforms", note="pictures to tensors",
    ),
    calls(
        "resize", "imresize", "smart_resize", "resize_image", "resize_images", "resize_with_pad", "cvtColor", "thumbnail", "decode_jpeg",
        "decode_png", "decode_image", "per_image_standardization", "random_crop", "im_list_to_blob", note="resizes or decodes pictures",
    ),
    calls(
        "mfcc", "melspectrogram", "MelSpectrogram", "stft", "Spectrogram", "librosa.resample", "torchaudio.*.resample", "power_to_db",
        "librosa.feature.*", "spectrogram",
        note="sound to features",
    ),
    calls(
        "groupby", "pivot_table", "pd.merge", "pandas.merge", "merge_asof", "crosstab", "melt", "get_group", "unstack", "groupBy",
        note="joins or aggregates",
    ),
)  # fmt: skip
HANDMADE = assigns(
    "*one_hot*", "*onehot*", "*_normalized", "*_scaled", "normalized_*", "scaled_*", note="encodes or scales by hand"
)
PLAIN = calls(
    "merge", "reshape", "normalize", "normalise", "standardize", "preprocess", "concatenate", "concat", "expand_dims", "log1p",
    "transpose", "permute", "fit_transform", "pad", "stack", "hstack", "vstack", "column_stack", "group_by", "join_asof", "with_columns",
    "withColumn", "withColumnRenamed", "from_json", "rename", "sort_values", "to_datetime", "astype", "as_tensor", "from_numpy",
    "torch.tensor", "rearrange", "get_feature*", "extract_feature*", "embed_documents", note="reshapes, joins or converts",
)  # fmt: skip
JOINS = r"\b(?:group\s+by|(?:left|right|inner|outer)\s+join|partition\s+by)\b"
R_VERBS = r"\b(?:mutate|group_by|left_join|inner_join|scale|merge|dcast|melt|recode|model\.matrix|aggregate)\s*\("
PREPARING = (
    Regex(r"(?i)pre_?proc|transform|prepar|normali[sz]|token|vector|encod|\betl\b|resiz|merge"),
    Regex(r"(?i)feat|dataset|data_?load|data_?util|augment|chunk|/data/|clean|process"),
)
MODEL = Regex(r"(?i)model|train|predict|infer|layer|net\b|serv|metric|plot|demo|grid|optimi[sz]")


def infer(facts: Facts) -> Finding:
    found = telling(facts.code.ranked(*TRANSFORMS, HANDMADE))
    plain = telling(facts.code.ranked(PLAIN))
    if found:
        notes = list(dict.fromkeys(hit.note for hit in found))
        told = [hit for hits, worst in ((found, 1), (plain, 0)) for hit in hits if place(f"/{hit.path}") <= worst]
        return done(", ".join(notes[:3]), evidence_of(told, found, plain))
    queries = [
        *facts.texts.find(JOINS, "*.sql", limit=5),
        *facts.texts.find(R_VERBS, "*.R", "*.r", limit=5),
    ]
    if queries:
        return done("joins or aggregates tables", (hit.evidence() for hit in queries))
    if plain:
        return done("reshapes, joins or converts arrays and tables", evidence_of(plain))
    return missing(
        "no transformation of data",
        looked=("scalers, encoders, tokenisers, resizing and joins in code", "SQL and R files"),
    )


def telling(found: list[Hit]) -> list[Hit]:
    """Files that are named for preparing data first, those for models last."""
    return sorted(found, key=lambda hit: place(f"/{hit.path}"))


def place(path: str) -> int:
    """0 and 1 are named for preparing data, 3 for a model, 2 for neither."""
    named = (number for number, words in enumerate(PREPARING) if words.search(path))
    return next(named, 3 if MODEL.search(path) else 2)
