"""How docs, outputs and files name a reference result."""

from __future__ import annotations

from mlcoach.rule import Regex, assigns

BASELINE = (
    r"(?:\bbase[- ]?lines?\b(?![/.-]\w|_)|(?<!trained )\bbase model\b|\breference (?:model|score|result"
    r"|implementation)\b|基线|基准)"
)
REFERENCE = (
    r"(?:\b(?:previous|prior|existing|current|published|reported|original|official|winning|first[- ]place"
    r"|1st[- ]place|competing) (?:[\w-]+ ){0,2}?(?:best|state|models?|works?|solutions?|results?|scores?|systems?"
    r"|methods?|approach(?:es)?|papers?|implementations?|benchmarks?|checkpoints?|version)\b"
    r"|state[- ]of[- ]the[- ]art|\bsota\b|\bleaderboard\b|\bthe paper\b|\bpaper'?s\b|\bin (?:the )?paper\b|\bet al\b"
    r"|\(\d{4}\)"
    r"|\bhuman[- ](?:level|performance|accuracy|baseline)\b|\brandom(?:ly)? (?:guess\w*|chance|baseline)\b"
    r"|\bchance level\b|\bmajority class\b|\bdummy\b|\bnaive (?!bayes)\w+|\bzero[- ]shot\b|\bvanilla\b|\buntuned\b"
    r"|\b(?:without|before|no) (?:fine-?tuning|tuning|augmentation|pre-?training)\b|\btraditional \w+|排行榜|最高分|微调前)"
)
COMPARES = Regex(
    r"(?i)\bcompar\w+|\bvs\b|\bversus\b|outperform\w*|underperform\w*|(?:better|worse|higher|lower|more) than"
    r"|\bbeats?\b|improv\w+|relative to|surpass\w+|exceed\w*|reduc\w+|against\b|approach(?:ing|es)\b|match(?:es"
    r"|ing)\b|差|高|低"
)
STRONG = Regex(rf"(?i){BASELINE}")
ANY = Regex(rf"(?i){BASELINE}|{REFERENCE}")
ROW = Regex(
    rf"(?i){BASELINE}|{REFERENCE}|\bpapers?\b|\(default\)|\bdefault\b|\boriginal\b|\breported\b|\bofficial\b"
    rf"|\bprevious\b"
)
METRIC = Regex(
    r"(?i)accuracy|\bacc\b|f1|\bauc\b|auroc|roc|rms\w*|\bmae\b|\bmse\b|mape|r2\b|r²|loss|bleu|rouge|\bwer\b|\bcer\b"
    r"|\bm?ap\b|iou|dice|precision|recall|score|error|perplexity|ppl|psnr|ssim|\bfid\b|ndcg|hit"
    r"|mrr|\bgini\b|top-?[15]|return|reward|正确率|准确率|分|\blb\b|\bcv\b|%"
)
PLAIN_METRIC = Regex(
    r"(?i)\b(?:test |validation |train )?(?:accuracy|f1|auc|auroc|rmse|mae|mse|mape|bleu|iou|dice|precision|recall"
    r"|perplexity|error rate)\b"
)
NAMED_MODEL = Regex(
    r"(?i)base[- ]?line (?:[\w-]+ ){0,3}(?:model|cnn|rnn|lstm|network|classifier|regress\w+|forest|svm|algorithm)"
)
NUMBER = Regex(r"(?<![\d.vV=/-])(?:\d{1,3}(?:\.\d+)? ?%|\d{1,4}\.\d{1,6}(?![\d.]))")
TARGET = Regex(r"(?i)\btargets?\b|\bexpected\b|\bto reach\b|achiev\w+ (?:a )?(?:new )?(?:state|sota)")
PARAMETERS = Regex(
    r"(?i)learning[- ]?rate|\blr\b|batch[- ]?size|parameter\b|argument|option\b|flag\b|type\b|description"
)
OUTPUT = (
    r"(?:accuracy|acc|f1|auc|rmse|mae|mse|r2|r\^2|score|precision|recall|loss|rmsle|logloss|mape|bleu|wer"
    r"|error)\b[^\n]{0,40}?\d\.\d|\d\.\d+[^\n]{0,20}(?:accuracy|macro avg|weighted avg)"
)
OUTPUT_NAMED = (
    r"(?:\bbase[-_ ]?line\b|(?<!trained )\bbase model\b|\bdummy\w*|\bnaive (?!bayes)\w+|majority (?:class )?baseline"
    r"|random guess)[^\n]{0,100}?\d\.\d"
)
MODEL = assigns("*baseline*", "dummy", "dummy_*", note="a baseline model")
RESULT_FILES = Regex(r"(?i)(?:.*[/_.-])?base_?lines?(?:[/_.-].*)?\.(?:json|csv|tsv|metrics?)")
NO_RESULTS = Regex(r"(?i)config|spec|schema|(?:^|/)tests?/|params")
RESULTS = Regex(r"(?i)metric|result|score|eval|report|perf|leaderboard|experiment|outputs?|runs?\b")
RESULT_KEY = r"^\s*[\"']?\w*(?:baseline|dummy|naive|majority)\w*(?<!_config)(?<!_path)[\"']?\s*:\s*(?:\{|\[?-?\d+\.\d)"
KEY_FILES = ("*metric*.json", "*result*.json", "*score*.json", "*eval*.json", "*report*.json", "*metric*.y*ml")
