"""Which sentences of the docs are statements about the project, and how one becomes the draft of an answer.

Left out: instructions, template text, lists of contents, links, credits; sections that tell how to install or run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from mlcoach.rule import Facts, Regex, Sentence

DRAFT = 300  # characters

ASIDE = Regex(
    r"(?i)^\W*(?:\d+(?:\.\d+)*[.):]?\s*)?(?:(?:table of )?contents?$|toc\b|(?:quick|getting)[ -]?start|install"
    r"|set[ -]?up|usage|us(?:e|ing) (?:it|the|this)"
    r"|how to|requirement|pre-?requisite|dependenc|environment|run(?:ning)?\b|deploy|docker|build(?:ing)?\b"
    r"|licen[cs]e|contribut|cit(?:e|ing|ation)"
    r"|acknowledg|credit|references?\b|(?:(?:project|repo(?:sitory)?|folder|file|directory|code) )?(?:structure"
    r"|organi[sz]ation|layout|tree)\b"
    r"|files?\b|folders?\b|director(?:y|ies)|change ?log|news|updates?\b|what.s new|release|road ?map|to-?do|future"
    r"|next steps|contact|authors?\b|team\b"
    r"|members?\b|tech(?:nolog(?:y|ies)|nical stack| stack)?\b|tools?\b|stack\b|built with|commands?\b|configuration"
    r"|testing|tests?$|ci/?cd"
    r"|links?\b|resources?$|support|faq|notes?$|troubleshoot|known issues|sponsor|star history|community|badges?"
    r"|status|screenshots?|demo$"
    r"|project steps|steps?\b|download|development|api reference|endpoints?|scripts?\b|安装|使用|环境|依赖|引用|许可|更新|目录|快速|部署)"
)
PURPOSE_HEADING = Regex(
    r"(?i)(?:objectiv|\bgoals?\b|\baims?\b|purpose|overview|about\b|introduction|background|motivation|abstract"
    r"|(?<!data )(?<!dataset )description"
    r"|problem|business (?:case|need|question|understanding|context|problem)|mission|\bintro\b|what is|what does"
    r"|\bwhy\b|summary|synopsis|use case"
    r"|^\W*context|hypothes|research question|^\W*(?:the )?(?:task|challenge)s?\b|简介|介绍|目标|目的|背景|概述|概要|objetivo"
    r"|vis[ãa]o geral|descri[çc][ãa]o|objectif|ziel|소개|개요|목적)"
)
TEMPLATE = Regex(
    r"(?i)a short description of the project|describe (?:your|the) project|description (?:goes )?here|(?:add|insert"
    r"|write|put|enter|your) "
    r"(?:an? |the |your )?(?:short |brief |project )*description|one paragraph of|lorem ipsum"
    r"|project based on the cookiecutter"
    r"|bootstrapped with|this template (?:provides|should)|project (?:was|is|has been) (?:auto-?)?(?:generated"
    r"|created) (?:by|with|using|after)"
    r"|generated (?:by|using|with) [`'\"]?(?:kedro|cookiecutter|create|astro)|your new kedro|\[(?:project|your|insert"
    r"|todo)[^\]]*\]|\{\{|<(?:project|your)[ _-]"
    r"|check out the configuration reference|this is (?:an? )?(?:just a )?(?:template|placeholder|sample readme)"
    r"|the makefile contains the central"
    r"|this is where you describe|welcome to (?:astronomer|glitch)|generic single-database|makefile with commands like"
    r"|top-level readme for developers|auto-?generated (?:readme|repository|file)|more information needed|^(?:todo"
    r"|tbd|wip|coming soon)\b"
    r"|add files via upload|initial commit|readme\.md$"
)
INSTRUCTION = Regex(
    r"(?i)^\W*(?:(?:step|option) \w+\W+)?(?:run|install|clone|download|use(?! case)|click|see|open|make sure|ensure"
    r"|please|note\b|notice|check|follow|feel free|refer"
    r"|visit|go to|create|copy|put|set|add|replace|change|edit|modify|move|place|unzip|extract the|start (?:by|the)"
    r"|then|next|now\b|finally|first(?:ly)?,"
    r"|(?:but |also,? |so |and |then )?you (?:can|need|should|must|may|will|have|could|don.t|do not|are)"
    r"|other (?:files|folders|directories)|(?:in order )?to (?:run|install|use|start|reproduce|build|test|download"
    r"|get|set|launch|execute|do this"
    r"|make|view|see|learn|access|deploy|contribute|cite|activate|update|add|begin|try|replicate|fine-?tune|resume"
    r"|evaluate|train|predict (?:on|with|using|run))\b"
    r"|if\b|for (?:more|details|further|full|an? (?:full|complete|detailed|step)|installation|any|example|instance"
    r"|information|help)"
    r"|before|after|once|don.t|do not|star\b|join|read\b|watch|try\b|contact|cite\b|when using"
    r"|(?:built|made|created|written|powered|developed|authored|maintained|submitted|inspired|coded) (?:with|as|by"
    r"|using|in|on|for)\b"
    r"|(?:by|author|authors|date|version|updates?|updated|last|latest|requires?|requirements|prerequisites|copyright"
    r"|disclaimer|warning|caution|attention"
    r"|live demo|status|licen[cs]ed?|keywords?|tags?|team|members?|student|supervisors?|mentors?|instructors?|course"
    r"|name|email|website|link|source|paper|video"
    r"|dataset|data source|demo|docs?|documentation|blog|slides|important|hint|tip|tested|language|languages"
    r"|tech stack|maintainers?|repo|url|figure"
    r"|python|thanks|thank you|credits?|acknowledge\w*|all (?:files|code|scripts|rights)|here(?:'s| is| are) (?:the"
    r"|a) (?:link|demo|video))\b\s*(?:[:：=|\-–—]|version|\d|to\b|of\b|$)"
    r"|this (?:readme|file|document|page|guide|section|directory|folder|script|table|link|command|step|will\b)"
    r"|the (?:following|above|code (?:is|was) (?:written|tested)|files?\b)"
    r"|details? (?:of|are|is|about|can|on)|to [^,]{3,80}, (?!we|i\b|our|this|the|it)"
    r"|(?:following|above|below)|deprecated|archived|looking for|want to|let.s|(?:we|i) (?:recommend|suggest|strongly"
    r"|highly)|(?:public|private|best|final|my|our)(?: \w+){0,3} (?:score|rank)\w*\b ?[:=]"
    r"|welcome(?! to (?:the|our|my|this))"
    r"|下载|安装|运行|请|点击|如果|欢迎|更新|参考|注意|执行|首先|然后)"
)
COMPETITION = Regex(
    r"(?i)\b(?:kaggle|competitions?|challenge|contests?|hackathon|bootcamp|zoomcamp|nanodegree|capstone|coursework"
    r"|assignment|homework|thesis|course)\b|比赛|竞赛"
)
INTENTION = Regex(
    r"(?i)\b(?:should|could|would|might|may|must|need to|will|shall|plan(?:ned|s)? to|future|next steps?|road ?map"
    r"|to-?do|recommend(?:ations?|ed)?|consider|limitations?|ideal(?:ly)?"
    r"|you|your|please|if (?:you|possible|needed)|can be (?:improved|extended|added))\b"
)
PLAN = Regex(
    r"(?i)future|\bideas?\b|(?<![a-z])plan(?:s|ning)?(?![a-z])|road_?map|to_?do\b|proposal|enhancement|improvement"
)
WORD = Regex(r"[^\W\d_]{2,}(?:['’-]\w+)*|\b[aAI]\b|\d[\d.,]*%?")
IDEOGRAPH = Regex("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
READMES = Regex(r"(?i)[^/]*readme[^/]*")
FURTHER = Regex(
    r"(?i)[^/]+|(?:docs?|documentation|reports?|paper)/.*|.*\.ipynb|(?!data|tests?/|scripts?/|bin/"
    r"|notebooks?/)[^/]+/readme[^/]*"
)
WHOLE = Regex(r"[.!?。！？)\"”…]$")
ADDRESS = Regex(r"https?://\S+|www\.\S+|[\w.+-]+@\S+")
POINTER = Regex(
    r"(?i)\b(?:can|may|could) be (?:found|downloaded|accessed|read|viewed|seen) (?:in|on|at|here|under|from|below)\b"
    r"|\b(?:described|available|hosted|explained) here\b"
)


def length(text: str) -> int:
    """In words; two ideographs count as one."""
    return len(WORD.findall(IDEOGRAPH.sub(" ", text))) + len(IDEOGRAPH.findall(text)) // 2


def is_statement(sentence: Sentence) -> bool:
    """Whether it tells something, rather than instructs, links, credits or stands there from a template."""
    text = ADDRESS.sub("", sentence.text)
    return (
        length(text) >= 4
        and not TEMPLATE.search(sentence.text)
        and not INSTRUCTION.match(text)
        and not POINTER.search(text)
        and (not text.rstrip().endswith((":", "：")) or length(text) >= 6)
    )


def is_aside(sentence: Sentence) -> bool:
    """Whether it stands in a section on installing, running, files, credits and the like."""
    return any(ASIDE.match(heading) for heading in sentence.headings[-2:])


def under_purpose(sentence: Sentence) -> bool:
    return any(PURPOSE_HEADING.search(heading) for heading in sentence.headings[-2:])


def documents(facts: Facts) -> tuple[list[tuple[Sentence, ...]], list[tuple[Sentence, ...]]]:
    """The sentences of the project's READMEs, and of its papers, further docs and notebooks (plans and ideas excepted)."""
    readmes = [document.sentences for document in facts.prose if READMES.fullmatch(document.path)]
    further = (document for document in facts.prose if not READMES.fullmatch(document.path))
    chosen = (document for document in further if is_further(document.path))
    return readmes, [document.sentences for document in [*facts.papers, *chosen]]


def is_further(path: str) -> bool:
    return FURTHER.fullmatch(path) is not None and not PLAN.search(path)


def scored(facts: Facts, weigh: Callable[[Sentence], float]) -> Iterator[tuple[float, Sentence]]:
    """What `weigh` finds in the docs, earlier documents a little higher."""
    readmes, further = documents(facts)
    for number, sentences in enumerate([*readmes, *further]):
        for sentence in sentences:
            if score := weigh(sentence):
                yield score - 0.01 * min(number, 20), sentence


def draft(facts: Facts, sentence: Sentence) -> str:
    """The sentence, and those that follow it in its paragraph or list, as far as they fit into an answer."""
    document = next(document for document in [*facts.prose, *facts.papers] if document.path == sentence.path)
    at = document.sentences.index(sentence)
    told = shorten(sentence.text)
    opened = told.endswith((":", "："))
    for following in document.sentences[at + 1 : at + 8]:
        runs_on = following.block == sentence.block or (opened and following.kind == "item")
        if not runs_on or following.kind in ("heading", "row") or len(told) + len(following.text) + 1 > DRAFT:
            break
        points_on = INSTRUCTION.match(following.text) or POINTER.search(following.text)
        if not opened and (points_on or not WHOLE.search(following.text)):
            break
        told += ("; " if opened and not told.endswith((":", "：")) else " ") + following.text
    return told


def shorten(text: str) -> str:
    """At most DRAFT characters, cut after a word."""
    if len(text) <= DRAFT:
        return text
    return text[: DRAFT - 2].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def points(*weighted: tuple[float, object]) -> float:
    """The sum of the weights of what was found."""
    return sum(weight for weight, found in weighted if found)


def ranked(candidates: Iterable[tuple[float, Sentence]], least: float) -> list[Sentence]:
    """The sentence of the highest score (the first among equals), then the best of two further documents."""
    of_document: dict[str, tuple[float, Sentence]] = {}
    for score, sentence in candidates:
        held = of_document.get(sentence.path)
        if score >= least and (held is None or score > held[0]):
            of_document[sentence.path] = score, sentence
    return [sentence for _, sentence in sorted(of_document.values(), key=lambda entry: -entry[0])][:3]
