"""What may stand between a subject and its verb, or before a subject: adverbs, times, occasions, clauses."""

from retrieval.grammar import members
from retrieval.lists import list_behind
from retrieval.names import is_role
from retrieval.phrases import Phrase, Words, head_of, is_verb
from retrieval.rightward import starting_at

_MOST_SEGMENTS = 5
_LONGEST_APPOSITION = 16
_NAMED = 7
"""Words up to which a segment that begins with a noun may end in a name."""


def without_adjuncts(words: Words, last: int) -> int:
    """Return the index left of adverbs, auxiliaries, times and occasions that end at *last*."""
    while last >= 0:
        if words[last].kind in ("adverb", "auxiliary") or is_floating(words, last):
            last -= 1
            continue
        start = (
            _time(words, last) if words[last].kind in ("time", "number") else _occasion(words, last)
        )
        if start is None:
            break
        last = start - 1
    return last


def is_floating(words: Words, index: int) -> bool:
    """Tell whether a word says of a subject before it that all of it is meant: "have both denied"."""
    word = words[index]
    if word.kind != "determiner" or index == 0 or word.lower not in members("floating"):
        return False
    return words[index - 1].kind in ("auxiliary", "adverb", "name", "noun", "pronoun")


def _time(words: Words, last: int) -> int | None:
    """Return where the time begins that ends at *last*: "on Thursday", "late last week"."""
    first = last
    while first > 0 and words[first - 1].kind in ("time", "number"):
        first -= 1
    if first > 0 and words[first - 1].lower in ("this", "the", "a", "that"):
        first -= 1
    if first > 0 and words[first - 1].lower == "of":
        return None  # "a critic of the time"
    if (
        first > 0
        and words[first - 1].kind == "preposition"
        and words[first - 1].lower in members("adjunct")
    ):
        return first - 1
    return first if any(w.kind == "time" for w in words[first : last + 1]) else None


def _occasion(words: Words, last: int) -> int | None:
    """Return where the occasion begins that ends at *last*: "in a statement to the BBC"."""
    occasions = members("occasion")
    for _ in range(3):
        if words[last].kind not in ("noun", "name"):
            return None
        phrase = _bare(words, last)
        link = phrase - 1
        # "after a letter said": behind a conjunction it is a subject.
        clause = link >= 0 and words[link].kind == "subordinator"
        if link < 1 or clause or words[link].lower not in members("adjunct"):
            return None
        if words[last].lower in occasions:
            return link
        last = link - 1
    return None


def _bare(words: Words, last: int) -> int:
    first = last
    while (
        first > 0
        and words[first - 1].kind in ("noun", "name", "number")
        and not is_verb(words[first - 1])
    ):
        first -= 1
    if first > 0 and words[first - 1].kind == "determiner":
        first -= 1
    return first


def leading(words: Words, index: int = 0) -> Phrase | None:
    """Return the subject of the first main clause from *index* on, past adverbials."""
    start = index
    for _ in range(_MOST_SEGMENTS):
        while start < len(words) and words[start].kind in (
            "conjunction",
            "adverb",
            "quotation",
            "mark",
        ):
            start += 1
        if start >= len(words):
            return None
        start = past_time(words, start)
        if not is_adverbial(words, start):
            phrase = starting_at(words, start)
            if phrase is None:
                return None
            listed = list_behind(words, phrase)
            return listed if listed != phrase else apposed(words, phrase)
        comma = next((i for i in range(start, len(words)) if words[i].lower == ","), None)
        if comma is None:
            return None
        start = comma + 1
    return None


def past_time(words: Words, start: int) -> int:
    """Return where a subject begins behind a time without a comma: "On Monday the mayor ..." ."""
    if words[start].kind not in ("preposition", "time"):
        return start
    index = start + (words[start].kind == "preposition")
    while index < len(words) and words[index].kind in ("time", "number"):
        index += 1
    timed = any(word.kind == "time" for word in words[start:index])
    follows = index < len(words) and words[index].kind in ("determiner", "name", "pronoun")
    return index if timed and follows else start


def is_adverbial(words: Words, start: int) -> bool:
    """Tell whether what begins at *start* comes before a main clause: "In May", "Asked about it"."""
    word = words[start]
    if word.kind in ("preposition", "subordinator", "time"):
        return True
    return (
        word.lower.endswith(("ing", "ed"))
        and word.kind in ("noun", "name")
        and start == 0
        and not _is_noun(words, start)
    )


def _is_noun(words: Words, start: int) -> bool:
    return start + 1 < len(words) and (
        words[start + 1].kind in ("name", "auxiliary") or is_verb(words[start + 1])
    )


def apposed(words: Words, phrase: Phrase) -> Phrase:
    """Return a phrase with the apposition behind it: "Mash, a media outlet", "the mayor, Ana Silva"."""
    comma = phrase.last + 1
    if comma + 1 >= len(words) or words[comma].lower != ",":
        return phrase
    end = comma + 1
    while end < len(words) and words[end].kind not in (
        "mark",
        "quotation",
        "auxiliary",
        "relative",
    ):
        end += 1
    follows = words[comma + 1]
    head_named = words[phrase.last].kind == "name" and not (
        is_role(words[head_of(words, phrase)].lower) and follows.kind == "name"
    )
    if head_named:
        # A segment between commas, or up to the end: "a plumber", "43", "the mayor of Lyon".
        fits = follows.kind in ("determiner", "number") or is_role(follows.lower)
    else:
        # "the mayor, Ana Silva", "the chairwoman, retired judge Ana Silva"
        named = follows.kind == "name" or (
            follows.kind == "noun" and words[end - 1].kind == "name" and end - comma <= _NAMED
        )
        fits = named and is_role(words[head_of(words, phrase)].lower)
    fits = fits and (end == len(words) or words[end].kind == "mark")
    if not fits or end - comma > _LONGEST_APPOSITION or any(map(is_verb, words[comma:end])):
        return phrase
    return Phrase(phrase.first, end - 1)
