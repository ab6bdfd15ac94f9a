"""How code, docs and files tell that labels are made, checked or repaired."""

from __future__ import annotations

from mlcoach.rule import Regex, assigns, calls, defines, imports, strings

TOOLS = imports(
    "label_studio", "label_studio_sdk", "label_studio_ml", "label_studio_converter", "cvat_sdk", "labelme", "labelme2coco",
    "prodigy", "argilla", "doccano_client", "doccano_api_client", "rubrix", "labelbox", "superannotate", "scaleapi", "encord",
    "kili", "roboflow", "pigeon", "ipyannotate", "superintendent", "dataturks", "autodistill", "crowdkit", "streamlit_img_label",
    "jupyter_bbox_widget", note="an annotation tool",
)  # fmt: skip
EXPORTS = strings(
    "region_attributes", "shape_attributes", "region_shape_attributes", "imageData", "completed_by", "rectanglelabels",
    "polygonlabels", "keypointlabels", "brushlabels", "_input_hash", note="reads an annotation tool's export",
)  # fmt: skip
POINTED = calls(
    "setMouseCallback", "selectROI*", "RectangleSelector", "LassoSelector", "PolygonSelector",
    note="a tool of its own to label with",
)  # fmt: skip
WEAK = imports("snorkel.labeling", "skweak", "wrench", "adala", "autolabel", note="weak supervision")
ERRORS = imports("cleanlab", "doubtlab", note="search for label errors")
ACTIVE = imports("modAL", "small_text", "baal", "libact", "alipy", note="active learning")
PSEUDO = calls(
    "SelfTrainingClassifier", "LabelPropagation", "LabelSpreading", "find_label_issues", "labeling_function", "LabelModel",
    "PandasLFApplier", "compute_mislabeled*", note="labels made or mended by a model",
)  # fmt: skip
PSEUDO_LABELS = assigns(
    "*pseudo_label*", "*pseudolabel*", "pseudo_y*", "pseudo_df*", "*pseudo_train*", note="pseudo-labels"
)
WAYS = (TOOLS, EXPORTS, WEAK, ERRORS, ACTIVE, PSEUDO, PSEUDO_LABELS)
MAKERS = defines(
    "*pseudo_label*", "*pseudolabel*", "*PseudoLabel*", "*self_training*", "*SelfTraining*", "*confident*sample*",
    "select_confident*", "add_confident*", "*Confident*Selector", "make_label*", "create_label*", "generate_label*", "auto_label*",
    "autolabel*", "llm_label*", "gpt_label*", "zero_shot_label*", "label_with_*", "heuristic_label*", "label_data*", "label_row*",
    "label_sample*", "label_images", "label_text*", "label_sentence*", "label_frame*", "*Labeler", "*Labeller", "annotate_data*",
    "annotate_sample*", "annotate_text*", "*labeling_function*", "weak_label*", "triple_barrier*", "generate_ground_truth*",
    "create_ground_truth*", "make_ground_truth*", "build_ground_truth*", note="makes labels",
)  # fmt: skip
CHECKERS = defines(
    "validate_label*", "verify_label*", "correct_label*", "fix_label*", "repair_label*", "review_label*", "clean_label*",
    "cleanse_label*", "relabel_sample*", "relabel_noisy*", "relabel_data*", "*LabelFilter", "*LabelValidator", "*mislabel*",
    "find_label_err*", "*label_noise*", "*noisy_label*", "*label_error*", "*wrong_label*", "annotator_agreement*",
    "*inter_annotator*", note="checks labels",
)  # fmt: skip
LABELS = r"(?:labels?|annotations?|transcripts?|transcriptions?|ground[- ]truths?)"
MENDED = r"(?:cleans?ed|cleaned|corrected|fixed|verified|reviewed|refined|re-?checked|re-?labell?ed|re-?annotated)"
LABELLED = r"(?:re-?)?(?:labell?ed|annotated|tagged|transcribed)"
SAID = Regex(
    r"(?i)\b(?:label[ -]?studio|labelimg|labelme|cvat|doccano|labelbox|make-?sense\.ai|supervisely|vgg image annotator|vott|rectlabel"
    r"|superannotate|brat annotation|webanno|mechanical turk|m-?turk|crowd ?workers|figure eight|toloka|scale ai"
    r"|sagemaker ground ?truth|prodi\.?gy|pseudo[ -]?label\w*"
    rf"|(?:hand|manually|self|human|expert)[ -]{LABELLED}|{LABELLED} (?:by hand|manually|by (?:us|two|three|experts?|humans?))"
    rf"|(?:we|i|our team|volunteers|students|colleagues) (?:have )?(?:manually |hand[- ]|also |then )?{LABELLED}"
    rf"|{LABELLED} (?:\w+ ){{0,4}}(?:with|by|using) (?:an? )?(?:gpt|chatgpt|llm|large language|rules?\b|heuristics?|regex|keywords?)"
    rf"|{MENDED} (?:\w+ ){{0,2}}{LABELS}"
    rf"|(?:{LABELS}|captions?)\b.{{0,100}}\b{MENDED} (?:manually|by hand|with manual|by (?:us|experts?|humans?|two|three))"
    r"|(?:remov|fix|correct|clean|drop|find|found|detect)\w* .{0,40}"
    r"(?:mis-?labell?ed|wrong(?:ly)? label|label (?:noise|errors?)|noisy label)\w*"
    r"|confident\b.{0,60}\b(?:test|unlabell?ed)\b.{0,60}\btraining"
    r"|(?:annotation|label(?:l?ing)) (?:guide(?:lines?)?|tool|instructions|interface|protocol|functions?)"
    r"|inter-?annotator|annotator agreement|cohen'?s kappa)\b"
)
SAID_WORDS = (
    "label", "annotat", "transcri", "captions", "ground", "cvat", "vott", "prodi", "doccano", "make", "supervisely", "turk",
    "crowd", "figure eight", "toloka", "scale ai", "webanno", "tagged", "confident", "kappa",
)  # fmt: skip
GIVEN = Regex(
    r"(?i)(?:data ?set|corpus|benchmark) (?:is|comes|provides|contains|consists|includes)|\bprovided\b|pre-?trained"
    r"|\byour\b|\byou\b"
)
FILES = Regex(
    r"(?i)(?:^|/)(?:(?:pseudo_?label|label_?studio|labelimg|labelme|via_project|via_region|annotator|annotation_tool|label_tool"
    r"|(?:labell?ing|annotation)_(?:tool|guide|app|instruction|protocol)|auto_?label|relabel"
    r"|(?:make|create|generate)_(?:labels?|masks?|annotations?|ground_?truth)|ground_?truth"
    r"|(?:cvat|via|vott|doccano|supervisely|prodigy)_?(?:2|to|parse|convert|export|import)"
    r"|label_(?:data|images|samples?|videos?|frames?|texts?|tweets?)|annotate)[\w-]*"
    r"\.(?:py|ipynb|xml|ya?ml|md|sh|html|pdf|docx)|predefined_classes\.txt)$"
)
EXPORTED = (
    (r"^roboflow:|app\.roboflow\.com", ("data.y*ml", "README*.txt")),
    (r"<database>Unknown</database>|<dumped>", ("*.xml",)),
    (r"\"(?:_via_settings|_via_img_metadata|region_attributes|imageData|completed_by)\"\s*:", ("*.json",)),
)
