"""Whether a path is that of data, as far as its name tells."""

from __future__ import annotations

from mlcoach.rule import Regex

DATA_FORMATS = frozenset(
    "csv tsv parquet feather arrow json jsonl ndjson txt xml npy npz h5 hdf5 hdf mat tfrecord tfrecords tfrec db sqlite xls xlsx pkl "
    "pickle zip gz tar tgz bz2 7z xz rar wav mp3 flac ogg mp4 avi mov png jpg jpeg tif tiff bmp gif dcm nii sql dta sav rds lmdb "
    "data dat arff geojson shp fasta fastq vcf bed root pcap las ply pcd".split()
)
PICTURES = frozenset("png jpg jpeg gif bmp tif tiff mp4 mov avi".split())
MODEL_FORMATS = frozenset(
    "pt pth onnx ckpt safetensors joblib keras tflite pb bin model gguf cbm bst skops mar nemo dill".split()
)
DATA_WORDS = Regex(
    r"(?i)(?:^|[/_.-])(?:data|datas?ets?|raw|interim|processed|prepared|external|corpus|corpora|samples|images|imgs|audio|videos|masks"
    r"|annotations|labels|features|featuri[sz]ed|train|training|test|valid|validation|input|inputs)(?=$|[/_.-])"
)
MODEL_WORDS = Regex(
    r"(?i)(?:^|[/_.-])(?:models?|weights|checkpoints?|ckpts?|pretrained|saved_model|classifier|metrics?|scores?|plots?|figures?|reports?"
    r"|evaluation|eval|results?|logs?|predictions?|submissions?|encoder|tokenizer|scaler|vocab|best_params|hyperparam\w*)(?=$|[/_.-])"
)


def is_data(path: str) -> bool:
    """Whether a tracked file or folder is data rather than a model, a metric or a plot, as far as its name tells."""
    folders, _, name = path.rpartition("/")
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    if suffix in MODEL_FORMATS:
        return False
    if DATA_WORDS.search(folders):
        return True
    if MODEL_WORDS.search(path):
        return False
    return bool(DATA_WORDS.search(name)) or suffix in DATA_FORMATS or not suffix


def is_surely_data(path: str) -> bool:
    """The same where a pattern may catch any file: pictures, which are as often figures of the docs, need a telling name."""
    ending = path.rpartition(".")[2].lower()
    return is_data(path) and (ending in DATA_FORMATS - PICTURES or DATA_WORDS.search(path) is not None)
