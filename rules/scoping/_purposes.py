"""How sentences tell what a project is for."""

from __future__ import annotations

import re

from mlcoach.rule import Regex

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
