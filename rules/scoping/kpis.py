"""The docs or a config name the business or project measure of success.

What counts
    A measure of what the project is for, with or without a target: cost saved, clicks, minutes of delay avoided, a
    required service level (latency, uptime), the reward or cost of right and wrong decisions.

What does not
    Model metrics alone (accuracy, F1, RMSE); a data column of that name; a measured run time.

Known problems
    A measure that only a dashboard shows is not seen, since no doc says that it is the measure of success.

Next step
    `mlcoach answer scoping/kpis "NAME, its unit and its target"`, and the same words in the README.
"""

from __future__ import annotations

import re

from mlcoach.rule import Facts, Finding, Item, Regex, Sentence, ask

from ._statements import TEMPLATE, draft, points, ranked, scored

ITEM = Item(
    id="scoping/kpis",
    title="KPIs",
    bullet="Choose: KPIs (key performance indicators)",
    kind="answered",
    stage="mvp",
    why="A better F1 that saves nobody money or time is no success; only a KPI can say so.",
    how=(
        "pick one or two numbers that the person with the problem already watches",
        'name each with its unit and target: `mlcoach answer scoping/kpis "..."`',
        "append today's value to a committed kpis.csv after each release",
    ),
    references=("https://developers.google.com/machine-learning/problem-framing/ml-framing",),
)

NAMED = Regex(
    r"(?i)\bROI (?:proxy|calculat\w+|analysis|estimate|uplift|table)|\breturn on investment\b|\b(?:expected|estimated|projected|annual)"
    r" (?:net )?(?:profits?|gains?|savings|revenue)\b|\bKPIs?\b"
    r"|\bkey performance indicators?\b|\bnorth star metric|\b(?:business|project|product"
    r"|operational) (?:success )?(?:metrics?|measures?|KPIs?|criteria|goals? metric)\b"
    r"|\bsuccess (?:metrics?|measures?|criteria|criterion)\b|\bbusiness (?:impact|value|success|outcomes?) (?:is "
    r"|was )?(?:measured|metric|:)|\bservice[- ]level (?:objectives?|agreements?|indicators?)\b|\bSL[AO]s?\b"
)
SERVICE = Regex(
    r"(?i)\b(?:p ?(?:50|90|95|99)(?:th)?|latency|response time|throughput|uptime"
    r"|availability)\b[^.|]{0,30}?(?:[<>≤≥]=? ?\d|\b(?:under|below|less than|at most|within|at least|above) \d"
    r"|\b99(?:\.\d+)? ?%|\d+\+ ?(?:req|requests|rps|qps))"
    r"|\b99\.\d+ ?% (?:uptime|availability)|\b(?:under|below|within|less than|<) ?\d+ ?(?:ms|milliseconds"
    r"|seconds) (?:latency|response|p9\d)"
)
MEASURE = (
    r"(?:cost (?:savings?|reduction|per \w+|of (?:a )?(?:false|missed|wrong|churn\w*|intervention|retention))"
    r"|(?:\w+ )?savings|expected (?:value|profit|cost|savings?)|(?:net |gross )?(?:profit|revenue)s?"
    r"|roi|return on investment|conversions?(?: rate)?|click[- ]through(?: rate)?|ctr|clicks?"
    r"|(?:customer )?lifetime value|clv|ltv|retention(?: rate)?|churn rate|downtime|waiting times?|wait times?"
    r"|response times?|(?:minutes|hours|time|days) (?:of \w+ )?(?:saved|avoided|spent|lost|of delay)|delays?"
    r"|man-hours|lives|bookings|orders|purchases|engagement|watch time|user satisfaction"
    r"|customer satisfaction|nps|csat|margin"
    r"|default rate|loss rate|fraud losses|stock-?outs?|waste|energy (?:use|consumption)|emissions|throughput"
    r"|false alarms? rate|workload|missed (?:cases|calls|fraud|diagnos\w+|sales))"
)
MONEY = Regex(
    rf"(?i)\b(?:sav(?:e|es|ed|ing)|reduc\w+|increas\w+|cut(?:s|ting)?|boost\w*|lower\w*|rais\w+|improv\w+"
    rf"|maximi[sz]\w+|minimi[sz]\w+|avoid\w*|prevent\w*|recover\w*"
    rf"|optimi[sz]\w+) (?:[^\s.]+ ){{0,5}}?{MEASURE}\b[^.]{{0,60}}?(?:\bby\b|\bof\b|up to|~"
    rf"|≈)? ?[$€£¥₹]?\d[\d,.]* ?(?:%|k\b|m\b|million|minutes|hours|percent|pp\b)"
    rf"|(?:[$€£₹]\d[\d,.]*(?:k|m|b)?\b|\d[\d,.]*(?: ?%| percent| minutes| hours)) (?:[^\s.]+ ){{0,4}}?(?:in |of "
    rf"|less |lower |higher |more )?(?:[^\s.]+ ){{0,2}}?{MEASURE}\b"
    rf"|\b(?:measured|metrics?|hit ?rate|ratio),? (?:[^\s.]+ ){{0,6}}?(?:by|of|on|as|in|from"
    rf"|to) (?:[^\s.]+ ){{0,5}}?(?:clicks|conversions|purchases|orders|bookings|revenue|profit|cost savings?|savings"
    rf"|lives|minutes saved|hours saved)\b"
    r"|\b(?:reward|penalty|cost|profit|benefit|payoff|value) (?:for|of|per) (?:a |an |each |every )?(?:true|false"
    r"|correct|wrong|missed|incorrect) (?:positives?|negatives?|predictions?|alarms?|decisions?)\b"
)
ABOUT_MODEL = Regex(
    r"(?i)\b(?:column|feature|variable|field|dataset|data set|csv|attribute|target variable|schema|train(?:ing)? time"
    r"|epoch|loss|learning rate|gpu|params?|parameters?|tokens?|memory)\b"
)
MODEL_ONLY = Regex(r"(?i)\b(?:accuracy|precision|recall|f1|auc|rmse|mae|r2|r²|loss|score|silhouette|perplexity|bleu)\b")
BUSINESS_HEADING = Regex(
    r"(?i)\bKPI|success (?:metric|criteri|measure)|business (?:impact|value|metric|goal|objective|outcome|result)"
    r"|\bROI\b|\bSL[AO]s?\b|service level|impact\b"
)
CONFIG = r"^\s*\[{0,2}[\"']?(?:kpis?|business_metrics?|success_metrics?|slos?|slas?)[\"']?\s*[:=.\]]"
UNREAL = Regex(r"(?i)\b(?:sklearn|tensorboard|prometheus client|placeholder|x\.xx|0\.xx|xx%)\b")

HINT = Regex(
    r"(?i)kpi|indicator|metric|measure|criteri|\bsl[aio]|service.level|latenc|throughput|uptime|availab|\bp ?9\d"
    r"|response time"
    r"|cost|saving|saved|revenue|profit|\broi\b|return on|click|conversion|retention|lifetime|delay|waiting|avoided"
    r"|downtime|lives"
    r"|bookings|orders|purchas|engagement|satisf|\bnps\b|csat|margin|default rate|loss|waste|stock-?out|energy"
    r"|emission|alarm|workload"
    r"|missed|reward|penalty|benefit|payoff|churn rate|\bctr\b|\bltv\b|\bclv\b|\bms\b|value (?:for|of|per)|success"
    r"|north star"
)


def infer(facts: Facts) -> Finding:
    found = ranked(scored(facts, weigh), least=1)
    config = facts.texts.find(CONFIG, "*.y*ml", "*.toml", "*.cfg", "*.ini", "*.json", limit=3)
    if not found and config:
        told = f"{config[0].path} names it: {config[0].text.strip()[:120]}"
        return ask("a config names a measure of success", draft=told, evidence=[hit.evidence() for hit in config])
    if not found:
        return ask("no doc names a measure of success", looked=("README", "docs", "Markdown of notebooks", "configs"))
    evidence = [sentence.evidence("a measure of success") for sentence in found]
    return ask("the docs name a measure of success", draft=draft(facts, found[0]), evidence=evidence)


def weigh(sentence: Sentence) -> float:
    """1 and more: the sentence names a measure of success, rather than a metric of the model."""
    text = sentence.text
    business = bool(sentence.headings) and BUSINESS_HEADING.search(sentence.headings[-1])
    if (
        sentence.kind == "heading"
        or not (business or HINT.search(text))
        or UNREAL.search(text)
        or TEMPLATE.search(text)
    ):
        return 0
    score = points((1.5, NAMED.search(text)), (2, SERVICE.search(text)), (2, MONEY.search(text)))
    if business:
        score += points((1, score or (re.search(r"\d", text) and not MODEL_ONLY.search(text))))
    return score - points(
        (0.5, sentence.kind == "row"),
        (1, ABOUT_MODEL.search(text)),
        (0.5, MODEL_ONLY.search(text)),
    )
