"""Sourcing, option "open": a public data set that the docs or code name or download."""

from __future__ import annotations

import re

from mlcoach.rule import Evidence, Facts, Hit, Regex, Sentence, TextHit, calls, imports, strings, uses

from ._docs import sentences

LIBRARIES = imports(
    "ucimlrepo", "kagglehub", "kaggle", "opendatasets", "tensorflow_datasets", "vega_datasets", "medmnist", "ogb", "tdc", "pmlb",
    "openml", "keras.datasets", "tensorflow.keras.datasets", "torchtext.datasets", "torch_geometric.datasets",
    "torchaudio.datasets", "statsmodels.datasets", "pydataset", "ir_datasets", "mirdata", "aif360.datasets", "fairlearn.datasets",
    "folktables", "censusdata", "palmerpenguins", "sodapy", "d4rl", "minari", "tensorflow.examples.tutorials.mnist",
    note="a public data set",
)  # fmt: skip
LOADED = calls(
    "load_iris", "load_digits", "load_wine", "load_breast_cancer", "load_diabetes", "load_boston", "load_linnerud", "fetch_openml",
    "fetch_california_housing", "fetch_20newsgroups*", "fetch_mldata", "fetch_covtype", "fetch_kddcup99", "fetch_lfw_people",
    "fetch_lfw_pairs", "fetch_olivetti_faces", "fetch_rcv1", "tfds.load", "tensorflow_datasets.load", "seaborn.load_dataset",
    "fetch_ucirepo", "kagglehub.*", "competition_download_files", "dataset_download_files", "untar_data", "get_rdataset",
    "mnist.load_data", "cifar10.load_data", "cifar100.load_data", "imdb.load_data", "fashion_mnist.load_data", "reuters.load_data",
    "boston_housing.load_data", "read_data_sets", "PygLinkPropPredDataset", "PygNodePropPredDataset", note="a public data set",
)  # fmt: skip
HUB = calls("datasets.load_dataset", "snapshot_download", "hf_hub_download", note="a Hugging Face data set")
VISION = uses("torchvision.datasets.*", note="a public data set")
FOLDERS = Regex(r"Folder|VisionDataset|FakeData|\.(?:folder|utils|vision|samplers)\b")
URLS = strings(
    "*kaggle*/input*", "*kaggle competitions *", "*kaggle datasets *", "hf://datasets/*", note="a public data set"
)

KAGGLE = (
    r"kaggle\.com/(?:c/|competitions?/|datasets?/|(?!code|kernels|discussions?|learn|docs|general|notebooks|models|search|rankings"
    r"|account|settings|login|static)[\w-]+/(?!code|notebooks?|competitions?|discussion|followers|account)[\w-]+)"
)
HOSTS = (
    rf"{KAGGLE}|archive\.ics\.uci|archive-beta\.ics|mlr\.cs\.umass|openml\.org/(?:d|search|t|data)\b|(?:huggingface|hf)\.co/datasets"
    r"|datahub\.io|zenodo\.org/(?:record|api)|figshare\.com|dataverse\.|physionet\.org/(?:content|physiobank|pn|files|challenge|database)?|grouplens\.org|image-net\.org|cocodataset\.org"
    r"|yann\.lecun\.com|cs\.toronto\.edu/~kriz|ai\.stanford\.edu/~amaas|snap\.stanford\.edu|academictorrents\.com|openslr\.org"
    r"|voxforge\.org|voice\.mozilla\.org|trip-data|data\.world|ieee-dataport|drivendata\.org/comp|zindi\.africa|tianchi\.aliyun"
    r"|analyticsvidhya\.com/contest|aicrowd\.com/chall|grand-challenge\.org|isic-archive|challenge\.isic|worldbank\.org|eurostat"
    r"|[\w.-]*open-?data\.|data\.[\w-]+\.(?:org|eu|nl|de|fr|uk|com)\b|ecmwf\.int"
    r"|copernicus\.|knmi\.nl|pdok\.nl|cbs\.nl|dwd\.de|metoffice|ons\.gov|destatis|statcan|geofabrik\.de|(?<!tile\.)openstreetmap\.org|gadm\.org"
    r"|universe\.roboflow|paperswithcode\.com/dataset|dataset-registry|vision\.caltech\.edu|robots\.ox\.ac\.uk|cvlibs\.net"
    r"|cityscapes-dataset|shapenet\.org|cs\.cmu\.edu/~enron|nlp\.stanford\.edu/(?:data|sentiment|projects)|rajpurkar\.github"
    r"|gluebenchmark|statmt\.org|opus\.nlpl|tatoeba\.org|dumps\.wikimedia|archive\.org/(?:details|download)/stack|commoncrawl\.org"
    r"|gutenberg\.org|yelp\.com/dataset|jmcauley\.ucsd|insideairbnb|movielens|nasdaq\.com|mmlab\.ie\.cuhk|vis-www\.cs\.umass"
    r"|silberman/datasets|rrc\.cvc\.uab|open-?images|csail\.mit\.edu/(?:vision/)?datasets|cancerimagingarchive|synapse\.org"
    r"|lila\.science|openneuro\.org|ebi\.ac\.uk|registry\.opendata\.aws|gbif\.org|inaturalist|xeno-canto|gdc\.cancer|oecd\.org"
    r"|stats\.oecd|who\.int/data|imf\.org/.*data|fred\.stlouisfed|football-data\.co|nyc-tlc|d37ci6vzurychx|citibikenyc|lendingclub"
    r"|freesound\.org|modelscope\.cn/datasets|aistudio\.baidu|datafountain|heywhale|files\.fast\.ai|s3\.amazonaws\.com/fast-ai"
    r"|storage\.googleapis\.com/(?:download\.tensorflow|public-dataset)|download\.pytorch\.org/tutorial|openml\.org/api"
    r"|raw\.githubusercontent\.com/(?!\S*(?:class|label|requirements|config|vocab|readme))\S*\.(?:csv|tsv|data|dat|json|jsonl|txt|parquet|xlsx)"
)
GOVERNMENT = r"https?://[\w.-]+\.(?:gov(?:\.\w\w)?|gouv\.fr|gob\.\w\w|gc\.ca)/(?!\S*(?:pmc|pubmed|articles|books|publication|\.pdf))"
SITE = rf"https?://(?:www\.)?[^\s)\]>\"']{{0,40}}?(?:{HOSTS})"
HOME = Regex(SITE, re.IGNORECASE)  # long, so it is compiled once for all who ask
OFFICE = Regex(GOVERNMENT, re.IGNORECASE)
COMMAND = Regex(r"\bkaggle (?:competitions|datasets) |huggingface-cli download \S+ --repo-type dataset", re.IGNORECASE)
LINKED = Regex(
    r"(?i)(?<!!)\[[^\]\n]{0,80}\b(?:data ?sets?|corpus|database)\b[^\]\n]{0,40}\]\(https?://"
    r"|\]\(https?://[^)\s]+\)[*_`]* (?:data ?set|corpus|database)\b"
    r"|`[^`<\n]{0,80}\b(?:data ?sets?|corpus|database)\b[^`<\n]{0,40} ?<https?://"
)
NOT_SOURCE = Regex(
    r"(?i)/docs?/|docs\.|readthedocs|api_docs|/blob/|/tree/|/issues|drive\.google|dropbox|1drv|onedrive|pan\.baidu|arxiv\.org"
    r"|wikipedia|/wiki/|data protection|data privacy"
)
NAMES = (
    r"(?:f?mnist|fashion[- ]mnist|emnist|cifar[- ]?100?|svhn|stl-?10|imagenet(?:-?1k)?|tiny[- ]imagenet|ilsvrc\w*|(?:ms[- ]?)?coco"
    r"|pascal[- ]voc|voc(?: ?20(?:07|12))?|cityscapes|camvid|ade20k|kitti|bdd100k|waymo|nuscenes|argoverse|celeb-?a(?:-hq)?|ffhq|lfw|lsun"
    r"|vggface2?|casia-\w+|widerface|market-?1501|mpii|human3\.6m|ucf-?101|hmdb-?51|kinetics|activitynet|visual genome|flickr-?[38]0?k"
    r"|open images|carvana|oxford[- ](?:flowers|pets|iiit)|stanford (?:cars|dogs)|cub-200|omniglot|gtsrb|sun397|nyu ?depth|scannet"
    r"|modelnet\w*|shapenet|eurosat|spacenet|dota|mjsynth|synthtext|iiit5k|icdar ?\d*|im2latex\w*|fer-?2013|affectnet|ham10000|isic ?\d*"
    r"|chexpert|chest ?x-?ray\w*|luna16|lidc|brats ?\d*|mit-bih|mimic[- ]?(?:iii|iv|cxr|\d)|uk biobank|physionet"
    r"|squad|imdb|glue|superglue|sst-?2|snli|multinli|wikitext\S*|penn treebank|text8|enwik8|bookcorpus|openwebtext|common ?crawl"
    r"|the pile|laion\S*|hotpotqa|natural questions|ms ?marco|trec|cnn/?daily ?mail|xsum|samsum|conll-?\d+|ontonotes|wmt ?\d+|multi30k"
    r"|ted talks?|cornell movie|20 ?newsgroups|ag[_ ]?news|dbpedia|enron|sms spam|sentiment140|jigsaw|quora question pairs|alpaca"
    r"|sharegpt|dolly|oasst|gsm8k|mmlu|humaneval|stack ?(?:overflow|exchange)|wikipedia|librispeech|libritts|lj[- ]?speech|vctk"
    r"|common ?voice|ted-?lium|switchboard|timit|aishell|voxceleb|speech commands|audioset|urbansound\w*|esc-?50|gtzan|ravdess|iemocap"
    r"|crema-?d|maestro|nsynth|musdb\w*|movielens|million song|last\.?fm|netflix prize|amazon reviews?|yelp|criteo|avazu|titanic|iris"
    r"|boston housing|california housing|ames housing|adult income|german credit|credit card fraud|wine quality|pima|abalone|auto mpg"
    r"|bike sharing|citi ?bike|bank marketing|telco customer|kdd ?cup|nsl-kdd|cic-?ids\w*|unsw-nb15|cora|citeseer|pubmed|ogbn-\w+"
    r"|american community survey|olist|instacart|rossmann|lending ?club|home credit|porto seguro|santander|mercari|allstate)"
)
CONTEXT = (
    r"(?:data ?sets?|data|corpus|corpora|benchmarks?|competition|challenge|database|trained on|train on|training on)"
)
NAMED = Regex(
    rf"(?i)\b{NAMES}\b.{{0,40}}\b{CONTEXT}\b|\b{CONTEXT}\b.{{0,40}}?\b{NAMES}\b"
    r"|\bkaggle(?:'s)? (?:\w+ ){0,3}(?:competition|data ?sets?|data|challenge|leaderboard|submissions?|score)"
    r"|\bkaggle.{0,20}(?:比赛|竞赛|数据)"
    r"|\b(?:from|on|via|by|at|hosted on) (?:the )?kaggle\b|\buci (?:ml |machine learning )?repository"
    r"|\b(?:public(?:ly[ -]available)?|open(?:[- ]source)?) (?:\w+ )?(?:data ?sets?|data|corpus|database)\b"
)
NAMED_WORDS = ("data", "corp", "bench", "compet", "challenge", "train", "kaggle", "uci")
NOT_DATA = Regex(
    r"(?i)pre-?trained|weights|\bbadge|shields\.io|inspired by|similar to|\b(?:your|you) own\b|for example|backbone"
    r"|\b(?:no|not) (?:\w+ )?public|trained on (?:the )?imagenet"
    r"|\b(?:coco|voc|imagenet|squad|alpaca|sharegpt|kitti)[- ](?:format|style|like|json)"
)
LOCAL = Regex(r"^\s*[\"'](?:json|csv|text|parquet|imagefolder|audiofolder|arrow|webdataset)[\"']|data_files")

DOCS = ("*.md", "*.rst", "*.ipynb", "*README*", "docs/*", "*.markdown", "*.org", "*.qmd", "*.Rmd")
SCRIPTS = ("*.sh", "*akefile*", "*.y*ml", "*ockerfile*", "*.bat", "*.toml", "*.cfg")


def without_own(text: str, facts: Facts) -> str:
    """The text without addresses of the project's own repository: what lies there is not somebody else's."""
    for name in facts.git.repositories:
        text = re.sub(rf"https?://[\w.]*git[\w.]*/{re.escape(name)}/\S*", "", text, flags=re.IGNORECASE)
    return text


def is_source(text: str) -> bool:
    """Whether a line with a link names a data set's home."""
    if NOT_DATA.search(text):
        return False
    if HOME.search(text):
        return True
    return "http" in text and re.search(CONTEXT, text, re.IGNORECASE) is not None and not NOT_SOURCE.search(text)


def is_address(text: str) -> bool:
    """Whether a text holds the address of a public data set's home, or of a government's portal."""
    return HOME.search(text) is not None or OFFICE.search(text) is not None or "hf://datasets" in text


def downloads(text: str) -> bool:
    """Whether a line of a script fetches a public data set, or names its address."""
    return COMMAND.search(text) is not None or is_address(text)


def is_home(hit: Hit) -> bool:
    """Whether an address in the code is a data set's: comments credit Kaggle notebooks, and cite authorities."""
    if NOT_DATA.search(hit.text) or re.search(r"kaggle\.com/(?!c/|competitions?/|datasets?/)", hit.name):
        return False
    return HOME.search(hit.name) is not None or "#" not in hit.text.partition("http")[0]


def opened(facts: Facts) -> list[Hit | TextHit | Sentence | Evidence]:
    """Where docs link or name a public data set, then code and scripts that download one or name its address."""
    links = facts.docs.find("https?://", *DOCS, words=("http",), limit=2000)
    links = [hit for hit in links if is_address(hit.text) or LINKED.search(hit.text)]
    links = [hit for hit in links if is_source(without_own(hit.text, facts))]
    read = [hit for hit in links if hit.cell is None]
    notes = [hit for hit in links if hit.cell is not None]
    named = sentences(facts, NAMED, unless=NOT_DATA, words=NAMED_WORDS)
    hub = [
        hit
        for hit in facts.code.find(HUB)
        if ("load_dataset" in hit.name and not LOCAL.search(hit.args))
        or re.search(r"repo_type\s*=\s*[\"']dataset", hit.args)
    ]
    addresses = {hit.name for hit in facts.code.links()}  # many stand in several files
    homes = {address for address in addresses if is_address(without_own(address, facts))}
    linked = [hit for hit in facts.code.links() if hit.name in homes and is_home(hit)]
    lines = facts.texts.find("https?://|kaggle |huggingface-cli |hf://", *SCRIPTS, limit=2000)
    scripts = [hit for hit in lines if downloads(without_own(hit.text, facts))]
    magics = [hit for hit in facts.code.magics() if downloads(without_own(hit.text, facts))]
    remote = [
        Evidence(out.file, out.line, note=f"imports {out.path}")
        for out in facts.dvc.outs
        if out.imported_from and HOME.search(out.imported_from)
    ]
    code: list[Hit | TextHit | Evidence] = [
        *facts.code.find(LOADED),
        *(hit for hit in facts.code.find(VISION) if not FOLDERS.search(hit.name)),
        *hub,
        *remote,
        *scripts,
        *magics,
        *facts.code.find(URLS),
        *linked,
    ]
    return [*read, *code, *named, *notes, *facts.code.find(LIBRARIES)]
