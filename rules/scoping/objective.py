"""The docs say what the project is for.

What counts
    The README or another doc states the problem that the project solves or the question that it answers.

What does not
    A bare title; the name of a competition or a course alone; install steps only; a template's placeholder text.

Known problems
    A purpose that only a picture or a linked page tells is not seen.

Next step
    Write one or two sentences under the README's title: for whom, which problem, and what will be better.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from mlcoach.rule import Facts, Finding, Item, Regex, Sentence, ask

from ._statements import (
    COMPETITION,
    documents,
    draft,
    is_aside,
    is_statement,
    length,
    points,
    ranked,
    under_purpose,
)

ITEM = Item(
    id="scoping/objective",
    title="Main objective",
    bullet="What is the project main objective?",
    kind="answered",
    stage="poc",
    why="Without a stated objective nobody can say when the project has succeeded, or that it should stop.",
    how=(
        "Name the person whose problem it is, and the decision that the result will change",
        "Write it as the README's first paragraph",
        '`mlcoach answer scoping/objective "..."` keeps it as the answer',
    ),
    references=("https://developers.google.com/machine-learning/problem-framing",),
)

THING = (
    r"(?:project|repo(?:sitory)?|notebooks?|app(?:lication)?|package|library|code(?:base)?|tool(?:kit|box)?|system"
    r"|pipeline|paper|work|study|thesis"
    r"|analysis|model|framework|program|software|service|website|web ?app|bot|demo|implementation|re-?implementation"
    r"|platform|solution|engine|assistant"
    r"|classifier|predictor|recommender|detector|network|algorithm|dashboard|method|approach|benchmark|workflow"
    r"|script|module|experiment|agent|plugin)"
)
AIM = Regex(
    r"(?i)\b(?:aims?|goals?|objectives?|purpose|mission|intention|main idea|main focus) (?:of|is|was|are|were|behind"
    r"|here)\b"
    r"|\b(?:aims? (?:to|at)|aiming (?:to|at)|seeks? to|strives? to|attempts? to|we hope to|we want(?:ed)? to"
    r"|i want(?:ed)? to|we (?:try|tried) to)\b"
    r"|\b(?:our|the) (?:task|challenge|problem|question) (?:is|was)\b"
    r"|目标是|目的|旨在|目標|objetivo|objectif|\bziel\b|obiettivo|цель|mục tiêu|bertujuan|tujuan"
)
STRONG = Regex(
    rf"(?i)(?:\b(?:this|our|my|the) |^)(?:(?:[\w-]+ ){{0,4}}{THING}|folder) (?:\w+ly )?(?!will\b|requires?\b|works?\b"
    rf"|needs?\b|accepts?\b|takes?\b|comes?\b|assumes?\b"
    r"|is (?:now|no|not|un\w+|still|under|only|based|released|licensed|distributed|available|currently|tested"
    r"|compatible|written|split|organi[sz]ed|structured|maintained))"
    r"(?:is|was|has|provides|contains|can|[a-z]+s|[a-z]+ed)\b"
    r"|\b(?:we|i) (?:\w+ly )?(?:aim|propose|present|introduce|build|built|train(?:ed)?|develop(?:ed)?|predict"
    r"|explored?|investigated?"
    r"|design(?:ed)?|implement(?:ed)?|created?|classify|detect|made|were (?:asked|given|tasked)|are (?:trying"
    r"|building|partnering|interested|going to))\b"
    rf"|\b(?:is|are) (?:an?|the|my|our) (?:[^\s.]+ ){{0,9}}?{THING}\b"
    rf"|^\W*(?:(?:an?|the|my|our|official|unofficial|simple|minimal"
    rf"|yet another) )?(?:[^\s.:]+ ){{0,9}}?{THING}s? (?:for|to|of|that|which|with|using|used|on|from|over|built)\b"
    r"|本项目|本仓库|本文|是一[个款种套]|用于|实现了|この|ための|프로젝트|위한"
    r"|\b(?:est[ea]|o|el|le|ce|cette|dieses|questo|il) (?:projeto|proyecto|projet|projekt|progetto|trabalho|trabajo"
    r"|reposit[oó]rio)\b|\bпроект|предназначен|\bdự án|\bbu proje|proyek ini"
)
IS_A = Regex(
    rf"(?i)^\W*(?:[^\s.]+ ){{1,6}}?(?:is|are) (?:an?|the) (?:[^\s.]+ ){{0,12}}?{THING}\b"
    rf"|^[^，。]{{1,30}}是.{{1,90}}?(?:工具包?|系统|项目|框架|平台|引擎)"
)
WEAK = Regex(
    r"(?i)\b(?:designed|intended|used|helps?|order|able|dedicated|in|enables? \w+|allows? \w+|uses? [^.]{1,60}"
    r"|want) to \w+|\bhelps? \w+"
)
DEAD = Regex(r"(?i)\b(?:unsupported|deprecated|discontinued|archived|no longer|moved to|not maintained|unmaintained)\b")
OTHER = Regex(
    r"(?i)^\W*(?:(?:the|about|our|input|raw|training|used) )*(?:data\b|data ?sets?\b|results?|performance|evaluation"
    r"|pre-?trained|model zoo|model performance)"
)
LISTED = Regex(r"^[\w./*-]+ ?(?:[-–—:：|]|\()\W")
QUESTION = Regex(r"(?i)^\W*(?:can|could|how|what|which|does|do|is it|will|are) [^?]{12,}\?")
NEAR = 25  # statements; further down only an outspoken aim counts
LEAD = 6  # the first statements of a document say what it is about
ACTION = Regex(
    r"(?i)^\W*(?:train|predict|classify|detect|recogni[sz]|generat|forecast|estimat|segment|identify|recommend"
    r"|translat|automat|build"
    r"|learn|solv|improv|analy[sz]|explor|model+|find|finding|optimi[sz]|reproduc|teach|play|colori[sz]|fine-?tun"
    r"|measur|track|match|extract|understand)"
    r"(?:e|s|es|ing|y|ying|ies|ling)?\b"
)
NAMED_ONLY = Regex(
    r"(?i)^\W*(?:(?:an?|the|my|our|this|is|repo\w*|code|solutions?|notebooks?|submissions?|files?|final|project"
    r"|scripts?|work|place|top|\d+\w{0,2}|%|for|to|of|in"
    r"|and|with|from|on|by|i|we|it|here|participat\w+|worked|working|work|kernel|first|second|third|fourth|fifth|my"
    r"|team|kaggle|competition|challenge|containing|contains|entry|attempt|gold|silver|bronze|medal|model|pipeline"
    r"|machine learning|ml|ai|data science)\b\W*)*"
    r"(?P<rest>.*)$"
)
TASK = Regex(r"(?i)predict|detect|classif|recogni|segment|generat|forecast|estimat|recommend|identif|translat|rank")
TITLE = Regex(r"\b(?:from|using|with|in|to|for|on|by|of|via|through|at)\b|\?", re.IGNORECASE)


def infer(facts: Facts) -> Finding:
    readmes, others = documents(facts)
    found = ranked(chain.from_iterable(map(weighed, readmes)), least=2)
    if not found:  # further off, only an outspoken aim counts
        far = chain.from_iterable(map(weighed, others[:30]))
        found = ranked(((score, sentence) for score, sentence in far if outspoken(sentence)), least=5)
    if not found:
        return ask("no doc says what the project is for", looked=("README", "docs", "Markdown of notebooks"))
    return ask(
        "the docs tell what it is for",
        draft=draft(facts, found[0]),
        evidence=[sentence.evidence("tells the purpose") for sentence in found],
    )


def weighed(sentences: Iterable[Sentence]) -> Iterator[tuple[float, Sentence]]:
    """How well each sentence of a document tells what the project is for: 2 and more that it does."""
    lead, titles, told = 0, 0, 0
    for sentence in sentences:
        titles += sentence.kind == "heading"
        if is_beside_it(sentence) or not is_statement(sentence):
            continue
        text, words = sentence.text, length(sentence.text)
        if sentence.kind == "heading":
            if titles == 1 and words >= 5 and (QUESTION.match(text) or (ACTION.match(text) and TITLE.search(text))):
                yield (4 if text.endswith("?") else 2), sentence
            continue
        aside = is_aside(sentence) or any(map(OTHER.match, sentence.headings[-1:]))
        told += not aside
        aim, defined = AIM.search(text), IS_A.search(text)
        plain, purpose = defined or STRONG.search(text), under_purpose(sentence)
        if (aside or told > NEAR) and not (aim or defined or (plain and purpose)):
            continue
        score = 4.0 if aim else 3.0 if plain else points((1, WEAK.search(text)))
        score += points(
            (1.5, purpose),
            (0.8, TASK.search(text)),
            (-1.5, sentence.kind == "item"),
            (-1.5, aside),
            (-0.8, COMPETITION.search(text)),
            (-1, words < 5),
            (-0.05 * min(told - 1, 40), True),
        )
        if lead < LEAD and not aside and words >= 6:
            score += (2 if titles <= 2 else 1) - 0.2 * lead
            lead += sentence.kind == "text"
        yield score, sentence


def is_beside_it(sentence: Sentence) -> bool:
    """A table's row, a list of files, the name of a competition, or word of the project's end: never its purpose."""
    listed = sentence.kind == "item" and LISTED.match(sentence.text)
    return bool(sentence.kind == "row" or listed or DEAD.search(sentence.text) or names_only(sentence.text))


def outspoken(sentence: Sentence) -> bool:
    text = sentence.text
    if sentence.cell is not None or "/" in sentence.path:
        return bool(AIM.search(text) and TASK.search(text)) or (under_purpose(sentence) and bool(STRONG.search(text)))
    return bool(AIM.search(text) or STRONG.search(text))


def names_only(text: str) -> bool:
    """Whether nothing but the name of a competition or a course is told."""
    rest = NAMED_ONLY.match(text)
    return bool(COMPETITION.search(text) and rest and length(rest["rest"]) <= 8 and not TASK.search(text))
