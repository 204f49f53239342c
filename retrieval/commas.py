"""The subject that commas set apart from its verb: "Ruiz, 43, a teacher from Leeds, said"."""

from collections.abc import Iterator

from retrieval.adjuncts import is_adverbial, leading, past_time, without_adjuncts
from retrieval.grammar import members
from retrieval.leftward import ending_at
from retrieval.lists import whole_list
from retrieval.names import is_role
from retrieval.phrases import Phrase, Words, can_speak, is_verb

_LONGEST_APPOSITION = 24
_MOST_SEGMENTS = 5
_LONGEST_NAME = 4
_MODIFIERS = frozenset({"relative", "preposition", "number", "adverb", "subordinator", "time"})
"""Classes of words that begin a segment which only says more of the one before it."""
_Segment = tuple[int, int]


def across(words: Words, comma: int) -> Phrase | None:
    """Return the subject from which commas set the verb apart: "Ruiz, 43, a teacher, said"."""
    segments = list(_segments(words, comma))
    for number, (start, end) in enumerate(segments):
        if _modifies(words, start, end, segments[number + 1 :]):
            continue
        return _host(words, (start, end), segments[:number], comma)
    return None


def _segments(words: Words, comma: int) -> Iterator[_Segment]:
    """Yield the (start, end) of what stands between commas, backwards from *comma*."""
    end = comma
    for _ in range(_MOST_SEGMENTS):
        start = end
        while (
            start > 0
            and words[start - 1].lower not in (",", ";", ":", ".")
            and words[start - 1].kind != "quotation"
        ):
            start -= 1
        if start < end:
            yield start, end
        if start == 0 or words[start - 1].lower != ",":
            return
        end = start - 1


def _modifies(words: Words, start: int, end: int, further: list[_Segment]) -> bool:
    """Tell whether a segment only says more of what stands in one before it, the first of *further*."""
    if not further:
        return False
    word = words[start]
    if past_time(words, start) > start:
        return False  # "However, on Wednesday Ana Silva, a teacher, said"
    if word.kind in _MODIFIERS or word.lower in members("postnominal"):
        return True
    if word.kind == "noun" and word.lower.endswith(("ing", "ed")) and not is_role(word.lower):
        return True
    # "Ruiz, 43, a teacher": the age says nothing of the teacher.
    host = next((s for s in further if words[s[0]].kind != "number"), further[-1])
    if _starts_adverbial(words, *host):
        return False
    nominal = word.kind == "determiner" or any(is_role(w.lower) for w in words[start:end][:5])
    named = word.kind == "name" and end - start <= _LONGEST_NAME
    return (nominal or named) and _has_host(words, host[1] - 1, role_first=named and not nominal)


def _has_host(words: Words, last: int, *, role_first: bool) -> bool:
    """Tell whether a speaker ends at word *last*; of "the minister, Ana Silva" the name is the host."""
    host = ending_at(words, last)
    if host is None or not can_speak(words, host):
        return False
    return not (role_first and is_role(words[host.last].lower))


def _starts_adverbial(words: Words, start: int, end: int) -> bool:
    word = words[start]
    while word.kind in ("conjunction", "adverb") and start + 1 < end:
        start += 1
        word = words[start]
    if past_time(words, start) > start:
        return False  # "on Wednesday Ana Silva"
    if word.lower == "that":
        return False
    if word.kind in ("preposition", "subordinator", "time"):
        return True
    return is_adverbial(words, start) and start == 0


def _host(words: Words, segment: _Segment, modifiers: list[_Segment], comma: int) -> Phrase | None:
    start, end = segment
    last = without_adjuncts(words, end - 1)
    if last < start:
        return None
    phrase = ending_at(words, last)
    if phrase is None or phrase.first < start or not can_speak(words, phrase):
        phrase = leading(words[:end], start)
        if phrase is None or not modifiers:
            return None
        # "One backbencher on that side, who ...": whether it is somebody is left to the verb.
        some = words[phrase.first].kind == "determiner" and _is_told_of(words, modifiers)
        return phrase if some or can_speak(words, phrase) else None
    listed = whole_list(words, phrase)
    full = listed if listed != phrase else with_its_role(words, phrase) or phrase
    apposed = modifiers and words[modifiers[-1][0]].kind in ("determiner", "name", "noun", "number")
    if (
        apposed
        and comma - phrase.first <= _LONGEST_APPOSITION
        and not _has_clause(words, modifiers)
    ):
        return Phrase(full.first, comma - 1)
    return full


def _is_told_of(words: Words, modifiers: list[_Segment]) -> bool:
    return any(w.lower == "who" for start, end in modifiers for w in words[start:end])


def _has_clause(words: Words, modifiers: list[_Segment]) -> bool:
    return any(
        w.kind in ("relative", "auxiliary", "subordinator")
        or (w.kind == "noun" and w.lower.endswith("ing") and not is_role(w.lower))
        for start, end in modifiers
        for w in words[start:end]
    )


def with_its_role(words: Words, phrase: Phrase) -> Phrase | None:
    """Return a subject with the name it is an apposition of: "the minister, Ana Silva" <- "Ana Silva"."""
    first = phrase.first
    if words[first].kind == "preposition":
        return None
    if first >= 2 and words[first - 1].lower == "," and words[phrase.last].kind == "name":
        role = ending_at(words, first - 2)
        if (
            role is not None
            and is_role(words[role.last].lower)
            and not _adverbial(words, role.first)
        ):
            return Phrase(role.first, phrase.last)
    return phrase


def with_its_name(words: Words, phrase: Phrase) -> Phrase:
    """Return an apposition with its name: "Ana Silva, the minister" <- "the minister"."""
    first = phrase.first
    roled = words[first].kind == "determiner" or is_role(words[phrase.last].lower)
    if first < 2 or words[first - 1].lower != "," or not roled:
        return phrase
    host = ending_at(words, first - 2)
    if host is None or words[host.last].kind != "name" or words[first - 2].possessive:
        return phrase
    placed = host.first > 0 and words[host.first - 1].lower in ("in", "at", "from", "near")
    return phrase if placed else Phrase(host.first, phrase.last)


def _adverbial(words: Words, first: int) -> bool:
    """Tell whether a phrase that begins here hangs on a preposition or is the object of a verb."""
    if first == 0:
        return False
    word = words[first - 1]
    return word.kind in ("preposition", "noun", "name") or is_verb(word)
