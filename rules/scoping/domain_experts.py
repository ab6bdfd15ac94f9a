"""A doc records what a domain expert said or did.

What counts
    A partner named; an expert's annotation, review or interview; minutes; thanks that say what somebody contributed.

What does not
    The code's authors; advice to consult an expert; an intention to ask one; a mixture of experts.

Known problems
    Experts who are met without a note of it leave no trace. Of PDFs only papers set with TeX are read.

Next step
    Talk to one person who does today what the model shall do, and keep half a page of notes in docs/.
"""

from __future__ import annotations

from mlcoach.rule import Facts, Finding, Item, Regex, Sentence, ask

from ._statements import INSTRUCTION, INTENTION, TEMPLATE, draft, points, ranked, scored

ITEM = Item(
    id="scoping/domain-experts",
    title="Domain experts consulted",
    bullet="Talk to the domain expertes, they are those with the domain knowledge",
    kind="answered",
    stage="mvp",
    why="Experts know which errors hurt, what the columns mean, and which result is too good to be true.",
    how=(
        "show an expert twenty predictions, right and wrong, and write down what they say",
        "keep the notes in docs/, with name, date and what was changed because of them",
        '`mlcoach answer scoping/domain-experts "..."` keeps it as the answer',
    ),
    references=("https://www.oreilly.com/library/view/building-machine-learning/9781492045106/",),
)

TRADES = (
    r"(?:radiologist|cardiologist|pathologist|clinician|physician|doctor|dermatologist|ophthalmologist|neurologist"
    r"|oncologist|dentist|nurse|surgeon|sonographer|psychologist"
    r"|psychiatrist|therapist|veterinarian|linguist|lexicographer|translator|lawyer|attorney|economist|trader"
    r"|underwriter|actuary|geologist|geophysicist|biologist|ecologist"
    r"|ornithologist|entomologist|botanist|agronomist|farmer|meteorologist|hydrologist|seismologist|astronomer"
    r"|chemist|pharmacist|epidemiologist|journalist"
    r"|social worker|police officer|firefighter|dispatcher|paramedic|pilot|inspector|auditor|accountant|archaeologist"
    r"|historian|musicologist|practitioner|caseworker)s?"
)
EXPERTS = (
    rf"(?:(?:domain|subject[- ]matter|medical|clinical|industry|business|legal|financial|agricultural|external|human"
    rf"|field|trained|professional|expert) (?:experts?|specialists?|annotators?|labell?ers?|reviewers?|raters?)"
    rf"|experts?|SMEs?|{TRADES})"
)
DID = (
    r"(?:annotated|label+ed|tagged|reviewed|validated|verified|confirmed|graded|rated|assessed|curated|checked|transcribed"
    r"|diagnosed|scored|segmented|delineated|marked|inspected|audited|collected|provided|advised|guided|designed"
    r"|recorded|contoured|classified)"
)
INPUT = Regex(
    rf"(?i)\b{DID}(?: \S+){{0,4}}? (?:by|from) (?:\S+ ){{0,4}}?{EXPERTS}\b|\b{EXPERTS}(?: \S+){{0,5}}? (?:(?:have|had"
    rf"|has|who|also|manually|independently) )?(?:{DID}|told|explained|suggested|agreed|recommended|pointed out"
    rf"|contributed|helped)\b"
    rf"|\b(?:advice|feedback|input|insights?|guidance|annotations?|labels?|opinions?|notes?|answers?"
    rf"|comments?) (?:from|of|by) (?:\S+ ){{0,4}}?{EXPERTS}\b"
    rf"|\b(?:consulted|consulting|interviewed|interviewing|discussed|spoke|talked|met|worked|working|consultation"
    rf"|according to)(?: (?:with|to|closely|together|directly|regularly|many|several|two|three|local|our|the|a|an"
    rf"|\d+))* {EXPERTS}\b"
)
MEETING = Regex(
    rf"(?i)\b(?:meetings?|calls?|interviews?|workshops?|discussions?|conversations?|sessions?|talks?|feedback"
    rf"|minutes) (?:\w+ )?(?:with|from|of|by) (?:(?:our|the|several|many|two|local|their) )?(?:\w+ )?"
    rf"(?:partners?|stakeholders?|{EXPERTS}|clients?|business (?:team|users?|owners?)|end[- ]users?|practitioners?"
    rf"|operators?)\b"
)
PARTNER = Regex(
    r"(?:\b[Pp]artner(?:ed|ing|ship|ships|s)? with\b|\bin (?:close )?(?:collaboration|partnership|cooperation) with\b"
    r"|\b[Cc]ollaborat(?:ed|ing|ion|es) with\b"
    r"|\b(?:collaboration|partnership|cooperation) between\b|\b(?:[Oo]ur|project) (?:project )?partners?\b"
    r"|\bcommissioned by\b|\b[Oo]ur (?:project )?(?:partners?|client) (?:at|is|are|from|in|,)"
    r"|^(?:Project )?(?:Partners?|Client|Stakeholders?|Domain experts?)\b ?[:–-])"
    r"(?P<who>.{0,100})"
)
PARTNERS_HEADING = Regex(
    r"(?i)^\W*(?:(?:our|project|the|and) )*(?:contributors and )?(?:partners?|partner organi[sz]ations?"
    r"|domain experts?|stakeholder (?:interviews?|input)|expert (?:interviews?|input|review|annotations?))\W*$"
)
THANKS = Regex(
    rf"(?i)\b(?:thank|thanks|grateful|acknowledge|appreciate|indebted)\b.{{0,200}}?\b(?:domain|expertise|clinical"
    rf"|medical|annotat\w+|label\w*|advice|insights?|guidance|{EXPERTS})\b"
)
WHO = Regex(r"\b[Pp]artners?(?: organi[sz]ations?)?,? (?:(?:at|is|are|from|the) )*[A-Z]\w+")
ORGANISATION = Regex(r"\b[A-Z][\w&.'-]+")
NOT_DOMAIN = Regex(
    r"(?i)mixture[- ]of[- ]experts?|\bmoe\b|expert (?:layers?|parallel\w*|advisors?|systems?|networks?|polic\w+"
    r"|demonstrations?|trajector\w+|iteration|mode|level|user|python)|kaggle|no (?:domain|expert)"
    r"|without (?:\w+ )?(?:domain|expert)|not (?:\w+ )?(?:experts?|intended|a substitute|medical advice)|code ?owner"
    r"|pull request|classmates?|team ?mates?|fellow students?|developers?\b"
)
COMPUTING = Regex(
    r"(?i)\b(?:udacity|coursera|edx|datacamp|\w*camp|datatalks\S*|google\w*|nvidia|openai|hugging ?face|microsoft"
    r"|azure|aws|amazon|intel|docker|github|meta|facebook)\b"
)

HINT = Regex(
    rf"(?i)thank|grateful|acknowledg|appreciat|partner|collaborat|cooperat|commissioned|stakeholder|client|expert"
    rf"|specialist"
    rf"|annotators|label?lers|reviewers|raters|SMEs?\b|{TRADES}|business|users|operators"
)


def infer(facts: Facts) -> Finding:
    found = ranked(scored(facts, weigh), least=1)
    if not found:
        return ask(
            "no doc records a domain expert's input", looked=("README", "docs", "papers", "Markdown of notebooks")
        )
    evidence = [sentence.evidence("an expert's or partner's part") for sentence in found]
    return ask("the docs name a partner or an expert", draft=draft(facts, found[0]), evidence=evidence)


def weigh(sentence: Sentence) -> float:
    """1 and more: the sentence records a part that an expert or a partner took."""
    text = sentence.text
    named_above = bool(sentence.headings) and PARTNERS_HEADING.match(sentence.headings[-1])
    if sentence.kind in ("heading", "row") or not (named_above or HINT.search(text)):
        return 0
    if INSTRUCTION.match(text) and not (THANKS.search(text) or WHO.search(text)):
        return 0
    if NOT_DOMAIN.search(text) or TEMPLATE.search(text) or (INTENTION.search(text) and not WHO.search(text)):
        return 0
    if any(INTENTION.search(heading) for heading in sentence.headings[-2:]):
        return 0
    partner = PARTNER.search(text)
    named = partner and ORGANISATION.search(COMPUTING.sub("", partner["who"]))
    score = points(
        (2.0, named or WHO.search(text) or "project partner" in text),
        (2.0, MEETING.search(text)),
        (1.5, INPUT.search(text)),
        (1.5, THANKS.search(text)),
        (1.5, named_above and ORGANISATION.search(text)),
    )
    return score and score + 0.2
