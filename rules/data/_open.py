"""Sourcing, option "open": a public data set that the docs or code name or download."""

from __future__ import annotations

import re

from mlcoach.rule import Evidence, Facts, Hit, TextHit, calls, imports, strings, uses

LIBRARIES = imports(
    "ucimlrepo", "kagglehub", "kaggle", "kaggle.api", "opendatasets", "tensorflow_datasets", "vega_datasets", "medmnist", "ogb", "tdc", "pmlb", "openml", "keras.datasets",
    "tensorflow.keras.datasets", "torchtext.datasets", "torch_geometric.datasets", "statsmodels.datasets", "pydataset", "ir_datasets", "datasets_server", "mirdata",
    "torchaudio.datasets", "dgl.data", "aif360.datasets", "fairlearn.datasets", "folktables", "censusdata", "skdata", "palmerpenguins", "sodapy", "d4rl", "minari",
    "tensorflow.examples.tutorials.mnist", "deeplake", note="a public data set",
)  # fmt: skip
LOADED = calls(
    "load_iris", "load_digits", "load_wine", "load_breast_cancer", "load_diabetes", "load_boston", "load_linnerud", "fetch_california_housing",
    "fetch_20newsgroups*", "fetch_openml", "fetch_mldata", "fetch_covtype", "fetch_kddcup99", "fetch_lfw_people", "fetch_lfw_pairs", "fetch_olivetti_faces", "fetch_rcv1",
    "fetch_species_distributions", "sklearn.datasets.fetch_*", "tfds.load", "tensorflow_datasets.load", "seaborn.load_dataset", "sns.load_dataset", "fetch_ucirepo",
    "kagglehub.dataset_download", "dataset_download", "competition_download_files", "dataset_download_files", "untar_data", "openml.datasets.get_dataset", "get_rdataset",
    "mnist.load_data", "cifar10.load_data", "cifar100.load_data", "imdb.load_data", "fashion_mnist.load_data", "reuters.load_data", "boston_housing.load_data",
    "input_data.read_data_sets", "read_data_sets", "PygLinkPropPredDataset", "PygNodePropPredDataset", "gutenberg.raw", "movie_reviews.words", note="a public data set",
)  # fmt: skip
HUB = calls("datasets.load_dataset", "load_dataset", "snapshot_download", "hf_hub_download", note="a Hugging Face data set")
VISION = uses("torchvision.datasets.MNIST", "datasets.MNIST", "datasets.FashionMNIST", "datasets.CIFAR10", "datasets.CIFAR100", "datasets.ImageNet",
    "datasets.SVHN", "datasets.STL10", "datasets.CelebA", "datasets.KMNIST", "datasets.EMNIST", "datasets.CocoDetection", "datasets.VOCDetection", "datasets.VOCSegmentation",
    "datasets.Cityscapes", "datasets.LSUN", "datasets.Omniglot", "datasets.USPS", "datasets.Food101", "datasets.Flowers102", "datasets.OxfordIIITPet", "datasets.Caltech101",
    "datasets.Places365", "datasets.Country211", "datasets.GTSRB", "datasets.DTD", "datasets.Kinetics", "datasets.UCF101", "datasets.HMDB51", "torchvision.datasets.CocoCaptions",
    note="a public data set")  # fmt: skip

SITES = (
    r"kaggle\.com/(?:c/|competitions?/|datasets?/|(?!code|kernels|discussions?|learn|docs|general|notebooks|models|search|rankings|account|settings|me\b|login|static)[\w-]+/(?!code|notebooks?|competitions?|discussion|followers|account)[\w-]+)"
    r"|archive\.ics\.uci\.edu|archive-beta\.ics|mlr\.cs\.umass|openml\.org/(?:d|search|t)\b|huggingface\.co/datasets|hf\.co/datasets|datahub\.io|zenodo\.org/record|figshare\.com/art|dataverse\."
    r"|physionet\.org|grouplens\.org|image-net\.org|cocodataset\.org|yann\.lecun\.com|cs\.toronto\.edu/~kriz|ai\.stanford\.edu/~amaas|snap\.stanford\.edu|academictorrents\.com"
    r"|commonvoice\.mozilla|voice\.mozilla\.org|openslr\.org|voxforge\.org|nyc\.gov/\S*(?:tlc|trip)|tlc-trip-record|trip-data|data\.world|ieee-dataport|drivendata\.org|zindi\.africa|analyticsvidhya\.com/contest"
    r"|tianchi\.aliyun|aicrowd\.com/chall|grand-challenge\.org|challenge\.isic|isic-archive|census\.gov|noaa\.gov|nasa\.gov|eurostat|worldbank\.org|\bdata\.gov\b|data\.\w+\.(?:gov|org|eu|uk)\b|opendata\.|open-data\.|data\.gov\.\w\w"
    r"|\w+\.gov/\S*(?:data|download|stat)|universe\.roboflow\.com|paperswithcode\.com/dataset|github\.com/awesomedata|dataset-registry|vision\.caltech\.edu|host\.robots\.ox\.ac\.uk|robots\.ox\.ac\.uk/~vgg/data"
    r"|cvlibs\.net|cityscapes-dataset|shapenet\.org|cs\.cmu\.edu/~enron|nlp\.stanford\.edu/(?:data|sentiment|projects)|rajpurkar\.github\.io/SQuAD|gluebenchmark\.com|statmt\.org|opus\.nlpl\.eu|tatoeba\.org"
    r"|dumps\.wikimedia|archive\.org/(?:details|download)/stackexchange|commoncrawl\.org|gutenberg\.org|yelp\.com/dataset|jmcauley\.ucsd|insideairbnb|lending ?club|movielens|data\.nasdaq|finance\.yahoo\.com"
    r"|mmlab\.ie\.cuhk|vis-www\.cs\.umass|cs\.nyu\.edu/~silberman|rrc\.cvc\.uab|open-images|storage\.googleapis\.com/openimages|groups\.csail\.mit\.edu/vision/datasets|synapse\.org|cancerimagingarchive|nih\.gov|ncbi\.nlm"
)
NAMES = (
    r"\b(?:f?mnist|fashion[- ]mnist|emnist|cifar[- ]?100?|svhn|stl-?10|imagenet(?:-?1k)?|tiny[- ]imagenet|ilsvrc\w*|ms[- ]?coco|coco|pascal[- ]voc|voc ?20(?:07|12)|cityscapes|kitti|celeb-?a(?:-hq)?|ffhq|lfw|lsun|"
    r"squad|imdb|glue|superglue|snli|multinli|wikitext(?:-\d+)?|openwebtext|common ?crawl|the pile|librispeech|libritts|ljspeech|vctk|common voice|ted-?lium|switchboard|timit|"
    r"movielens|titanic|iris|boston housing|california housing|ames housing|adult income|german credit|credit card fraud|mimic[- ]?(?:iii|iv|cxr|\d)|uk biobank|chexpert|ham10000|isic ?\d*|"
    r"fer-?2013|ravdess|audioset|urbansound\w*|esc-?50|gtsrb|omniglot|criteo|avazu|yelp|amazon reviews?|20 ?newsgroups|ag[_ ]?news|dbpedia|conll-?\d+|ontonotes|wmt ?\d+|ted talks?|cornell movie|"
    r"alpaca|shareGPT|dolly|oasst|gsm8k|mmlu|uci|stack ?(?:overflow|exchange)|wikipedia|ava|tid2013|icdar ?\d*|iam handwriting|im2latex\w*|sun397|nyu ?depth|scannet|modelnet\w*|shapenet|waymo|nuscenes|"
    r"american community survey|olist|instacart|rossmann|walmart|lending club|telco)\b"
)
CONTEXT = r"(?:data ?sets?|data|corpus|corpora|benchmark|competition|challenge|database|trained on|train on|training on|fine-?tuned? on)"
NAMED = rf"{NAMES}[^\n]{{0,40}}\b{CONTEXT}\b|\b{CONTEXT}\b[^\n]{{0,40}}?{NAMES}"
WORDS = r"\bkaggle(?:'s)? (?:competition|data ?sets?|data|challenge)|\b(?:from|on|via|by|at|hosted on) (?:\[|\*\*|the )*kaggle\b|\b(?:public(?:ly available)?|open(?:[- ]source)?) (?:\w+ )?(?:data ?sets?|data\b|corpus|database)|\buci (?:ml |machine learning )?repository"
COMMANDS = r"\bkaggle (?:competitions|datasets) download|\bkaggle kernels output|huggingface-cli download \S+ --repo-type dataset|\bopenml\b"
URLS = strings("*kaggle.com/*", "*kaggle/input*", "*archive.ics.uci.edu*", "*yann.lecun.com*", "*cs.toronto.edu*", "*image-net.org*", "*cocodataset.org*", "*grouplens.org*", "*openslr.org*",
    "*stanford.edu/*", "*nyc-tlc*", "*cloudfront.net/trip-data*", "*census.gov*", "*noaa.gov*", "*data.gov*", "*huggingface.co/datasets*", "*zenodo.org*", "*physionet*", "*figshare*",
    "*statmt.org*", "*commoncrawl*", "*tlc-trip*", "*academictorrents*", "*/openimages/*", "*s3.amazonaws.com/*data*", "*storage.googleapis.com/*data*", "*raw.githubusercontent.com/*.csv", "hf://datasets/*",
    note="a public data set")  # fmt: skip
NOT_DATA = re.compile(r"(?i)pre-?trained|weights|pretrain|\bbadge|shields\.io|leaderboard only|inspired by|similar to|example of|notebook viewer")
LOCAL = re.compile(r"""^\s*["'](?:json|csv|text|parquet|imagefolder|audiofolder|arrow|webdataset)["']|data_files|^\s*(?:args|config|cfg|self|path|file|data_?path)\b""")


def opened(facts: Facts) -> list[Hit | TextHit | Evidence]:
    """Where docs link or name a public data set, then code that downloads one or names its address."""
    links = [hit for hit in facts.docs.find(SITES) if not NOT_DATA.search(hit.text)]
    named = [hit for hit in facts.docs.find(f"{WORDS}|{NAMED}") if not NOT_DATA.search(hit.text)]
    hub = [hit for hit in facts.code.find(HUB) if not LOCAL.search(hit.args) and (hit.name == "datasets.load_dataset" or "dataset" in hit.args)]
    commands = facts.texts.find(f"{COMMANDS}|{SITES}", "*.sh", "*akefile*", "*.y*ml", "*ockerfile*", "*.dvc", "*.bat", "*.toml", "*.cfg")
    magics = [hit for hit in facts.code.magics() if re.search(f"(?i){COMMANDS}|{SITES}", hit.text)]
    remote = [Evidence(out.file, out.line, note=f"imports {out.path}") for out in facts.dvc.outs if out.imported_from and re.search(f"(?i){SITES}", out.imported_from)]
    return [*links, *facts.code.find(LOADED), *hub, *remote, *commands, *magics, *facts.code.find(VISION, URLS), *named, *facts.code.find(LIBRARIES)]
