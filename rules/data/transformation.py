"""Raw data is turned into what the model takes.

What counts
    Code that scales, encodes, tokenises, resizes, joins, aggregates, reshapes or normalises data before it meets a model.

What does not
    Reading a file and passing it on unchanged.

Known problems
    Hand-written arithmetic (`image / 255`) is not seen. Reshaping, joining and normalising by their plain names count only
    when two of them meet, for such words have other uses too.

Next step
    Put every step into one object that is fitted on the training data alone: `make_pipeline(StandardScaler(), model)`.
"""

from __future__ import annotations

from mlcoach.rule import Facts, Finding, Item, calls, done, evidence_of, imports, missing, uses

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
    uses("StandardScaler", "MinMaxScaler", "RobustScaler", "MaxAbsScaler", "PowerTransformer", "QuantileTransformer", "sklearn.*.Normalizer",
         "sklearn.*.normalize", "sklearn.*.scale", "BatchNormalizer", "TimeSeriesScaler*", note="scales features"),
    uses("OneHotEncoder", "OrdinalEncoder", "LabelEncoder", "LabelBinarizer", "MultiLabelBinarizer", "TargetEncoder", "CatBoostEncoder",
         "KBinsDiscretizer", "StringIndexer", "Categorify", "DictVectorizer", "FeatureHasher", note="encodes categories"),
    calls("get_dummies", "to_categorical", "one_hot", "onehot", "factorize", "pd.cut", "qcut", "pandas.cut", note="encodes categories"),
    imports("category_encoders", "feature_engine", "torchvision.transforms", "albumentations", "tensorflow_transform", "nvtabular",
            note="a library of transformations"),
    uses("ColumnTransformer", "make_column_transformer", "make_column_selector", "FunctionTransformer", "VectorAssembler", "PolynomialFeatures",
         "TabularPandas", "DataFrameMapper", note="a transformation of columns"),
    uses("CountVectorizer", "TfidfVectorizer", "HashingVectorizer", "TfidfTransformer", "HashingTF", "Doc2Vec", "doc2bow",
         note="text to vectors"),
    calls("*Tokenizer", "*Tokenizer.from_pretrained", "*TokenizerFast.from_pretrained", "*Processor.from_pretrained", "word_tokenize",
          "sent_tokenize", "texts_to_sequences", "pad_sequences", "pad_sequence", "TextVectorization", "encode_plus", "batch_encode_plus",
          "tiktoken.*", "SentencePieceProcessor", "tokenize", "tokenize_function", "clean_text", "basic_english", "encode_ordinary",
          "apply_chat_template", "RecursiveCharacterTextSplitter", "split_documents", note="tokenises text"),
    uses("transforms.Compose", "transforms.*", "A.Compose", "ToTensor", "ToTensorV2", "RandomResizedCrop", "CenterCrop", "RandomCrop", "Resize",
         "Rescaling", "Resizing", "ImageDataGenerator", "preprocess_input", "img_to_array", "letterbox", "item_tfms", "batch_tfms",
         note="pictures to tensors"),
    calls("resize", "imresize", "smart_resize", "resize_image", "resize_images", "resize_with_pad", "cvtColor", "thumbnail", "decode_jpeg",
          "decode_png", "decode_image", "per_image_standardization", "random_crop", "im_list_to_blob", note="resizes or decodes pictures"),
    calls("mfcc", "melspectrogram", "MelSpectrogram", "stft", "Spectrogram", "librosa.resample", "torchaudio.*.resample", "power_to_db",
          note="sound to features"),
    calls("groupby", "pivot_table", "pd.merge", "pandas.merge", "merge_asof", "crosstab", "melt", "get_group", "unstack", "groupBy",
          note="joins or aggregates"),
)  # fmt: skip
PLAIN = calls("merge", "reshape", "normalize", "normalise", "standardize", "preprocess", "concatenate", "expand_dims", "log1p", "transpose",
              "permute", "fit_transform", "pad", "stack", note="reshapes or normalises")  # fmt: skip


def infer(facts: Facts) -> Finding:
    found = facts.code.ranked(*TRANSFORMS)
    plain = facts.code.ranked(PLAIN)
    if found:
        notes = list(dict.fromkeys(hit.note for hit in found))
        return done(", ".join(notes[:3]), evidence_of(found))
    if len({hit.name.rpartition(".")[2] for hit in plain}) > 1:
        return done("reshapes or normalises arrays", evidence_of(plain))
    return missing("no transformation of data", looked=("scalers, encoders, tokenisers, resizing, joins in the code",), evidence=evidence_of(plain))
