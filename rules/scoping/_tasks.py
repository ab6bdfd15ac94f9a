"""How sentences tell a model's task: what does it, what it does, and to what."""

from __future__ import annotations

from mlcoach.rule import Regex

WORK = (  # what models do, and other programs too
    r"(?:generat|suggest|rank|synthesi[sz]|locali[sz]|cluster|distinguish|infer|reconstruct|denois|anticipat|flag"
    r"|extract|retriev|annotat|tag|decid|determin|convert|transform|play|answer|clon|imitat|embed|match|grad|scor|spot"
    r"|restor|approximat|produc|respond|follow|deliver|return|output|provid|assign|act(?= as))"
    r"(?:e|es|ed|s|ing|ping|ging|ling|ching)?"
)
MODEL = (
    r"(?:model|network|net|classifier|regressor|predictor|detector|algorithm|system|engine|app|agent|generator"
    r"|transformer|cnn|rnn|lstm|gan|bert|gpt|llm|forest|regression|bot|assistant|learning|ai|goal|aim|objective"
    r"|task|problem|challenge|purpose|project|autoencoder|recommender|tool|solution|api)s?"
)
SUBJECT = (
    r"(?:model|network|net|classifier|regressor|predictor|detector|algorithm|system|tool(?:kit)?|engine"
    r"|app(?:lication)?|agent|generator|transformer|cnn|rnn|lstm|gan|bert|gpt"
    r"|llm|forest|regression|pipeline|project|repo(?:sitory)?|notebook|api|bot|assistant|program|library|framework"
    r"|package|solution|learning|method|approach|ai|software"
    r"|code|scripts?|architecture|we|i|goal|aim|objective|task|problem|challenge|purpose|analysis|study|work|service"
    r"|autoencoder|recommender)s?"
)
CLEAR = (  # verbs that hardly mean anything but a model's work
    r"(?:predict|forecast|classif|detect|recogni[sz]|segment|recommend|transcrib|translat|categori[sz]|caption"
    r"|diagnos|colori[sz]|basecall|summari[sz]|estimat|identif)"
    r"(?:e|es|s|ing|y|ies|ying)?"
)
EMPTY = Regex(  # what follows a verb when no object is named
    r"(?i)(?: (?:on|with|by|using|the|a|an|your|our|its|all|this|that|these|for|new|some|any|in|from|it|them|is|are"
    r"|will|can|to|values?|outputs?|results?|data|test|set|datasets?"
    r"|sets?|files?|model|models|submission|scripts?|script|code|\d+|features?|predictions?|script|function|endpoint"
    r"|method|time|when|and|or|step|stage|mode|command|folder|images?)\b)*"
    r" *[.,:;!?)\]]*$"
)
NOUN = (
    r"(?:prediction|predictor|forecast(?:ing|er)?|classification|classifier|detection|detector|recognition"
    r"|segmentation|generation|generator|estimation|estimator|recommendation"
    r"|q&a|chat ?bot|ranking|translation|transcription|synthesis|captioning|summari[sz]ation|locali[sz]ation"
    r"|retrieval|identification|diagnosis|scoring|extraction|matching"
    r"|inpainting|super-?resolution|denoising|tracking|answering|tagging|clustering|ocr|speech-to-text|text-to-speech"
    r"|basecalling|assessment|analysis|transfer)"
)
THING = r"(?!that\b|them\b|it\b|us\b|you\b)\S.*"
DOES = Regex(
    rf"(?i)\b{SUBJECT}\b[^.;:]{{0,120}}?(?<![-\w]){CLEAR} {THING}"
    rf"|\b{MODEL}\b(?: \S+){{0,6}}? (?:to|that|which|can|and|automatically|will|for|by) (?:\w+ly )?{WORK} {THING}"
    rf"|\b{MODEL} {WORK}(?<=s) {THING}"
    rf"|\b(?:to|for|of|by|in|at) {CLEAR} {THING}"
    rf"|^\W*{CLEAR} \S.*\b(?:from|using|given|based on|whether|who|with|in|of|by)\b.*"
    rf"|\b(?:perform|do)(?:s|es|ing)? (?:\S+ ){{0,3}}{NOUN}.*"
)
ADVICE = Regex(
    r"(?i)\b(?:is|are|we|i|be|strongly|highly|not) (?:strongly |highly |would )?recommend\w*|recommended (?:to|that"
    r"|over|for)|\bidentif\w+ (?:that|as)\b|\b(?:we|i) estimate\b"
)
TRAINS = Regex(
    r"(?i)\b(?:train|pre-?train|fine-?tun|instruction-?tun)\w*\b[^.]{0,70}\b(?:gpt|language models?|llms?|llama"
    r"|mistral|qwen|diffusion|instruct\w*|chat\w*|embeddings?|agents?)"
    r"|\b(?:language|instruct|chat|embedding|diffusion|text-to-\w+|speech) models? (?:that|which|for|of|to)\b"
)
HINT = Regex(
    r"(?i)predi|forecast|classif|detect|recogni[sz]|segment|recommend|transcri|translat|categori|caption|diagnos"
    r"|colori|basecall|summari|estimat|identif|generat|suggest"
    r"|rank|synthe|locali|cluster|distinguish|infer|extract|retriev|model|network|agent|learn|llm|gpt|system|预|识|分|检"
    r"|生成|判断|翻译|推荐|抽|認|検|생성|예측|인식|pr[eé]di|d[ée]te|clas|vorher|erkenn"
)
CLEARLY = Regex(rf"(?i)\b{CLEAR}\b")
VERB = Regex(rf"(?i)\b(?:{CLEAR}|{WORK})\b")
NAMED = Regex(
    rf"(?i)\b(?!(?:feature|data|code|drift|report|model|log|error|change|file|config|performance|the|a|an|of|and|in"
    rf"|for|batch|this|our|information) )[\w'/-]+ {NOUN}s?\b(?! (?:challenge|competition|contest|bowl|cup|data ?set"
    rf"|code|script|file|folder))"
)
WHETHER = Regex(
    r"(?i)\b(?:whether|probability (?:of|that)|likelihood (?:of|that)|(?:risk|predicted) scores?|predictive models?"
    r"|how (?:long|many|much|likely)"
    r"|target (?:variable|column|is|feature)|output is|given an?)\b"
)
ORIENTAL = Regex(r"预测|识别|分类|检测|生成|判断|分割|翻译|推荐|抽取|予測|認識|分類|検出|생성|예측|분류|인식")
ORIENTAL_SUBJECT = Regex(r"模型|网络|工具|系统|任务|项目|算法|モデル|모델")
LATIN = Regex(
    r"(?i)\b(?:predecir|prever|predizer|pr[ée]dire|predicci[oó]n|previs[aã]o|pr[ée]vision|clasificar|classificar"
    r"|classer|detectar|d[ée]tecter|vorhers\w+|erkenn\w+|classificazione)\b"
)
