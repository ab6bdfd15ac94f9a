"""What the rules of this section share: sentences of the docs that say something."""

from __future__ import annotations

from mlcoach.rule import Facts, Regex, Sentence


def sentences(facts: Facts, says: Regex, *, unless: Regex | None = None, words: tuple[str, ...] = ()) -> list[Sentence]:
    """The sentences of the docs in which `says` is found and `unless` is not.

    `words`, in lower case, are for speed: one of them stands in whatever `says` finds.
    """
    found = []
    for doc in facts.prose:
        for sentence in doc.sentences:
            if words:
                folded = sentence.text.lower()
                if not any(word in folded for word in words):
                    continue
            if says.search(sentence.text) and not (unless and unless.search(sentence.text)):
                found.append(sentence)
    return found
