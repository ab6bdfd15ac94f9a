"""Sourcing, option "own": the project records, annotates or assembles its own data set, or says so."""

from __future__ import annotations

from mlcoach.rule import Evidence, Facts, Hit, Regex, Sentence, TextHit, calls, defines, imports

from ._docs import sentences
from ._scraping import ARCHIVES

RECORDERS = calls(
    "VideoCapture", "PiCamera", "Picamera2", "sounddevice.rec", "InputStream", "pyaudio.PyAudio", "serial.Serial", "BleakClient",
    "pylsl.StreamInlet", "BoardShim", note="records a sensor",
)  # fmt: skip
SAVED = calls(
    "imwrite", "capture_file", "start_recording", "wave.open", "wavfile.write", "soundfile.write", "writeframes", "writerow",
    "to_csv", note="saves a recording",
)  # fmt: skip
KEPT = calls(
    "to_csv", "to_parquet", "to_sql", "to_json", "to_pickle", "to_feather", "json.dump", "writerow", "writerows", "insert_one",
    "insert_many", "bulk_write", "update_one", "executemany", "put_object", "upload_file", "write_csv", "write_parquet",
    "write_database", "saveAsTable", "producer.send", "producer.produce", "save_*", "store_*", "upsert*",
    note="keeps what it collected",
)  # fmt: skip
LIVE = Regex(
    r"(?i)(?:^|[/_-])(?:demo\w*|infer\w*|predict\w*|detect\w*|live|real_?time|webcam|ui|app|toolbox|gui|test|run|main|track\w*)(?:[/_.-]|$)"
)
COLLECTED = defines(
    "collect_data*", "collect_dataset*", "collect_images*", "collect_faces*", "collect_tweets*", "record_data*", "record_audio*",
    "record_session*", "capture_images*", "capture_data*", "*DataCollector", "*DataRecorder", "*data_collector", "*user_action*",
    "*user_event*", "*UserAction*", "*UserEvent*", note="collects data",
)  # fmt: skip
TOOLS = imports(
    "label_studio", "label_studio_sdk", "labelme", "cvat_sdk", "prodigy", "doccano_client", "argilla", "labelbox", "superannotate",
    "pigeon", note="annotates its own data",
)  # fmt: skip

DATA = r"(?:data ?sets?|data|corpus|corpora|images|photos|pictures|samples|recordings|videos|tweets|labels|annotations|ratings)"
MADE = (
    r"(?:collected|gathered|recorded|created|built|constructed|compiled|assembled|curated|annotated|labell?ed|captured|scraped|crawled"
    r"|photographed|generated|filmed)"
)
DEVICE = (
    r"(?:camera|phone|smartphone|drone|microphone|sensors?|raspberry|arduino|kinect|headset|webcam|dash ?cam|esp32)"
)
SAID = Regex(
    rf"(?i)\b(?:we|i|our team|the team) (?:\w+ ){{0,2}}{MADE} (?:\w+[ ,/-]+){{0,6}}{DATA}\b"
    rf"|\b(?:our|my) (?:own|generated|collected|custom|scraped) (?:\w+ ){{0,2}}{DATA}\b"
    rf"|\b(?:self|hand|custom)[- ]?(?:collected|made|built|recorded|curated|labell?ed|annotated|compiled|generated) (?:\w+ ){{0,2}}{DATA}\b"
    rf"|\b{DATA} (?:that |which )?(?:we|i) (?:\w+ ){{0,2}}{MADE}\b"
    rf"|\b{DATA} (?:was|were|has been|have been|is|are) (?:\w+ly )?(?:web[- ]?)?(?:scraped|crawled|photographed|filmed)\b"
    rf"|\b{DATA} (?:was|were|has been|have been|is|are) (?:\w+ly )?(?:{MADE}|taken|shot)\b.{{0,80}}"
    r"\b(?:by (?:us|me|our|myself|ourselves|the (?:team|authors?))|from (?:the )?(?:web|websites?|internet|online|google|twitter|reddit)"
    r"|manually|by hand|manual (?:inspection|annotation|labell?ing|correction))"
    rf"|\b(?:recorded|captured|filmed|photographed|shot) (?:with|using|by|on|from) (?:an?|our|my) (?:[\w-]+ ){{0,3}}{DEVICE}"
    r"|\b(?:we|i) (?:conducted|ran|carried out|sent out) .{0,30}\b(?:survey|interviews?|questionnaire)"
    r"|\bdata collection (?:script|process|app|tool|campaign|procedure)"
    r"|\b(?:mechanical turk|m-?turk|crowd ?workers|label ?studio|labelimg|labelme|google forms?|questionnaire)\b"
    r"|(?:自己|自建|自制|我们|采集|收集|标注).{0,12}(?:数据集|数据|图片)|生成了.{0,20}数据"
)
SAID_WORDS = (
    "collect", "gather", "record", "creat", "buil", "construct", "compil", "assembl", "curat", "annotat", "label", "captur", "scrap",
    "crawl", "survey", "interview", "photograph", "generat", "film", "taken", "shot", "own", "custom", "turk", "crowd", "made",
    "google form", "questionnaire", "自", "我们", "采集", "收集", "标注", "生成",
)  # fmt: skip
YOURS = Regex(r"(?i)\b(?:your|yourself|can i|how do i|users? can)\b|\byou\b(?!.{0,20}\b(?:find|download|get)\b)")
FILES = Regex(
    r"(?i)(?:^|/)(?:collect_(?!metric|predict|result|env|stat|log)\w+|data_?collect\w*|record_(?:data|audio|video|session|gesture)\w*"
    r"|capture_(?:data|image|face)\w*|(?:\w+_)?(?:scraper|crawler)|scrape_\w+|crawl_\w+)\.(?:py|ipynb)$"
    r"|(?:^|/)(?:data_?)?(?:collector|collection|scraper|scraping|crawler|crawling)/\w+\.(?:py|ipynb)$"
)

RECORDER = Regex(r"(?i)(?:^|/)\w+recorder\.py$")
NOT_DATA = Regex(
    r"(?i)(?:video|metric|event|stat\w*|hist\w*|loss|perf\w*|time|experi\w*|episode|traj\w*|replay|macro)_?recorder"
)


def own(facts: Facts, collected: list[Hit | TextHit], asked: list[Hit]) -> list[Hit | TextHit | Sentence | Evidence]:
    """What the docs say, collection scripts, data scraped or asked for and kept, recorders, annotation tools.

    A script that unpacks an archive fetches somebody else's data set.
    """
    unpacking = facts.code.files_with(ARCHIVES)
    collecting = [hit for hit in [*facts.code.find(COLLECTED), *collected] if hit.path not in unpacking]
    kept = facts.code.files_with(KEPT)
    assembled = [hit for hit in asked if hit.path in kept - unpacking]
    scripts = [path for path in facts.paths if FILES.search(path)]
    scripts += [path for path in facts.paths if RECORDER.search(path) and not NOT_DATA.search(path)]
    files = [Evidence(path, note="a script that collects data") for path in scripts]
    saved = facts.code.files_with(SAVED)
    recorded = [hit for hit in facts.code.find(RECORDERS) if hit.path in saved and not LIVE.search(hit.path)]
    said = sentences(facts, SAID, unless=YOURS, words=SAID_WORDS)
    return [*said, *collecting, *files, *assembled, *recorded, *facts.code.find(TOOLS)]
