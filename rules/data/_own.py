"""Sourcing, option "own": the project records, annotates or assembles its own data set, or says so."""

from __future__ import annotations

import re

from mlcoach.rule import Evidence, Facts, Hit, TextHit, calls, defines, imports

CAMERA = calls("VideoCapture", "PiCamera", "Picamera2", "RPi.GPIO.setup", "pyrealsense2.pipeline", note="records a camera")
PICTURES = calls("imwrite", "capture_file", "start_recording", "VideoWriter", "capture", note="saves what the camera sees")
RECORDERS = imports("sounddevice", "pyaudio", "serial", "picamera", "picamera2", "pylsl", "brainflow", "muselsl", "bleak", "pynput", "mss", "smbus", "Adafruit_DHT",
                    note="records a sensor")  # fmt: skip
COLLECTED = defines(
    "collect_data*", "collect_dataset*", "collect_images*", "collect_samples*", "collect_faces*", "collect_tweets*", "record_data*", "record_audio*", "record_session*",
    "capture_images*", "capture_data*", "*DataCollector", "*DataRecorder", "*data_collector", "build_own_dataset*", "save_user_action*",
    note="collects data",
)  # fmt: skip
TOOLS = imports("label_studio", "label_studio_sdk", "labelme", "cvat_sdk", "prodigy", "doccano_client", "argilla", "labelbox", "superannotate", "pigeon",
                note="annotates its own data")  # fmt: skip

DOCS = (
    r"(?:\b(?:we|i|our team|the team|authors) (?:have |had |also |manually |then |first |first |had to )*(?:collected|gathered|recorded|created|built|constructed|compiled|assembled|curated|"
    r"annotated|labell?ed|captured|scraped|crawled|prepared|generated|made) (?:\w+[ ,-]+){0,6}(?:data ?sets?|data|corpus|corpora|images|photos|pictures|samples|recordings|videos|tweets|labels|annotations)\b"
    r"|\b(?:our|my|us) own (?:\w+ ){0,2}(?:data ?set|data|corpus|images|photos|pictures|recordings|annotations)\b"
    r"|\b(?:self|hand|custom)[- ](?:collected|made|built|recorded|curated|labell?ed|annotated|compiled|constructed) (?:\w+ ){0,2}(?:data ?set|data|corpus|images)"
    r"|\b(?:data ?set|data|corpus|images|photos|samples|recordings) (?:was|were|has been|have been|is|are) (?:\w+ly )?(?:collected|recorded|gathered|scraped|crawled|annotated|labell?ed|captured|photographed|curated|built|compiled)"
    r" (?:\w+ ){0,3}(?:by (?:us|me|our|the (?:team|authors?|project))|from (?:the )?(?:web|websites?|internet|google|twitter|reddit)|using|with|via|through|manually|in[- ]house)"
    r"|\b(?:data|image|dataset) collection (?:script|process|app|tool|campaign|procedure)"
    r"|\b(?:mechanical turk|m-?turk|crowd ?workers|label ?studio|labelimg|labelme|\bcvat\b|google forms?|questionnaire|own survey)\b"
    r"|(?:自己|自建|自制|我们|采集|收集|标注)[^\n]{0,12}(?:数据集|数据|图片)|生成了?[^\n]{0,20}(?:训练|数据))"
)
FILES = re.compile(
    r"(?i)(?:^|/)(?:collect|collect_\w+|data_?collect\w*|collecting\w*|gather_\w+|record_(?:data|audio|video|session|gestures?)\w*|capture_(?:data|images?|faces?)\w*|scrap\w+|crawl\w*|\w+_(?:scraper|crawler|collector))\.(?:py|ipynb)$"
)
YOURS = re.compile(r"(?i)\b(?:you|your|yourself|users? can|to train on|if you)\b")


def own(facts: Facts, scraped: list[Hit]) -> list[Hit | TextHit | Evidence]:
    """What the docs say, collection scripts, recorders, annotation tools, and scraped data."""
    docs = [hit for hit in facts.docs.find(DOCS) if not YOURS.search(hit.text)]
    saved = {hit.path for hit in facts.code.find(PICTURES)}
    camera = [hit for hit in facts.code.find(CAMERA) if hit.path in saved]
    files = [Evidence(path, note="a script that collects data") for path in facts.paths if FILES.search(path)]
    pages = [hit for hit in scraped if hit.note in ("a web scraper", "asks a web address")]
    return [*docs, *facts.code.find(COLLECTED), *files, *camera, *facts.code.find(RECORDERS, TOOLS), *pages]
