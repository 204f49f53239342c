"""Who is named in one article, and who is meant by a surname, a role or a pronoun."""

import re
from dataclasses import dataclass
from functools import cache

from retrieval.grammar import members
from retrieval.lexicon import words as table
from retrieval.mentions import Mentions
from retrieval.names import (
    KNIGHTED,
    UPPER,
    core,
    first_names,
    gender_of,
    is_role,
    names,
    place_length,
    roles,
    with_role,
)
from retrieval.persons import Attribution, Persons

_PART = re.compile(r"[^\W_]+(?:['\u2019\-][^\W_]+)*")
_INSIDE = re.compile(rf"(?<=[^\W\d_A-Z,;] )[{UPPER}][^\W_]*")
_SMALL = re.compile(r"(?<![^\W_])[a-z]{3,}")
_FRONTED = re.compile(r"(?:^|[.!?\u201d\"\n] ?)(?:In|At|From|Near) $")
_PLACING = frozenset({"in", "at", "from", "to", "of", "near"})
_POINTING = frozenset({"the", "its", "his", "her", "their"})


@cache
def _english() -> frozenset[str]:
    """Return the English words that the tables know, to tell them from names."""
    return table("stopwords") | table("synonyms")


@dataclass(frozen=True, slots=True)
class _Named:
    start: int
    end: int
    words: int


class Cast:
    """The people and bodies of one article, in the order of its text.

    Names are known from the start; who was mentioned last is told by `remember`.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._by_last: dict[str, list[_Named]] = {}
        self._by_first: dict[str, list[_Named]] = {}
        self.persons = Persons(text)
        self._mentions = Mentions(text, self.persons)
        self._small = set(_SMALL.findall(text))
        self._capitalised = {match.group() for match in _INSIDE.finditer(text)}
        runs = [(start, end, *core(text, start, end)) for start, end in names(text, 0, len(text))]
        known = {text[begin:stop] for _, _, begin, stop in runs}
        self.persons.know({name.casefold() for name in known if " " not in name})
        for start, end, begin, stop in runs:
            if " " in text[begin:stop] and _is_placed(text, start):
                start = begin = _behind_place(text, begin, stop)  # noqa: PLW2901 - a shorter run
            self._enter(start, end, begin, stop, known)

    def _enter(self, start: int, end: int, begin: int, stop: int, known: set[str]) -> None:
        text = self._text
        parts = _PART.findall(text, begin, stop)
        if not parts:
            return
        first = with_role(text, text.rfind("\n", max(0, start - 100), start) + 1, start)
        gender = gender_of(text, first, end)
        last = parts[-1].casefold()
        if gender in ("m", "f"):
            self.persons.learn(parts, gender)
        title = text[first:begin].casefold().split()[-1:]
        if text.startswith(("St ", "St. ", "Saint "), start):
            return  # St Patrick's Day
        if len(parts) < 2 and (first == begin or not KNIGHTED.isdisjoint(title)):
            return
        tail = " ".join(text[begin:stop].split()[-2:])
        if len(parts) > 2 and tail in known:
            # "... to the United States Hamdullah Mohib": the run is no name when its tail is.
            begin = first = stop - len(tail)
        named = _Named(first, end, len(text[first:end].split()))
        self._by_last.setdefault(last, []).append(named)
        self._mentions.introduce(first, end, gender, roled=first < begin)
        # "Xi" for Xi Jinping; but "Texas" is not for every Texas something.
        known_person = gender in ("m", "f") or first < begin or self._may_be_person(parts)
        if len(parts) in (2, 3) and known_person and not parts[0].isupper():
            self._by_first.setdefault(parts[0].casefold(), []).append(named)

    def _may_be_person(self, parts: list[str]) -> bool:
        """Tell whether a name may be a given and a family name: no place, no body, no English word."""
        folded = [part.casefold() for part in parts]
        if len(parts) != 2 or place_length(folded) or not members("organised").isdisjoint(folded):
            return False
        return not any(
            part in _english() or part in self._small or is_role(part) for part in folded
        )

    def is_name(self, word: str, *, surely: bool = False, apposed: bool = False) -> bool:
        """Tell whether *word*, the first of a sentence, is a name: it may be, unless it is English.

        *surely* when only a word that the article has with a capital elsewhere will do; *apposed*
        when an apposition follows, which is seldom so with a plural.
        """
        folded = word.casefold()
        if word in self._capitalised or folded in first_names() or folded in self._by_last:
            return True
        if (word.isupper() and len(word) > 1) or place_length([folded]):
            return True
        if surely:
            return False
        inflected = folded.endswith(("s", "ing", "ed", "ly")) and not folded.endswith("ss")
        inflected = inflected and not (apposed and not is_role(folded))
        return not (inflected or folded in _english() or folded in self._small)

    def is_person(self, surname: str) -> bool:
        """Tell whether the article names somebody in full by this last name."""
        return surname.casefold() in self._by_last

    def fullest(self, start: int, end: int) -> Attribution:
        """Return a mention as fully as the article gives it: the full name for a surname."""
        found = list(names(self._text, start, end))
        if found and self._text.startswith(("its ", "Its "), start, end):
            start += len("its ")
        mention = Attribution(start, end, inferred=False)
        if not found and not self.is_person(self._text[start:end]):  # but "May" of Theresa May
            return self._by_role(start, end) or mention
        name_start, name_end = found[-1] if found else (start, end)
        begin, stop = core(self._text, name_start, name_end)
        if stop != end or " " in self._text[begin:stop] or not self._is_bare(start, name_start):
            return mention
        named = self._named(self._text[begin:stop], start, end)
        if named is None or named.end - named.start <= end - start:
            return mention
        return Attribution(named.start, named.end, inferred=False)

    def _is_bare(self, start: int, name: int) -> bool:
        """Tell whether only a role stands before the name: no "and", no "of"."""
        before = self._text[start:name].casefold().split()
        return not any(
            w in ("and", "of", "for", "at", "from", "in", "to", "&", "with") for w in before
        )

    def _named(self, name: str, before: int, end: int) -> _Named | None:
        """Return who is meant by one word of a name at offset *before*, as they were introduced."""
        word = name.casefold()
        gender = gender_of(self._text, before, end)
        known = self._by_last.get(word) or self._by_first.get(word)
        if known is None:
            return None
        # The fullest of the first mentions; a name given in full only later counts, too.
        fit = self._of_gender(known[:8], gender)
        earlier = [n for n in fit if n.end <= before]
        return max(earlier or fit, key=lambda n: (min(n.words, 3), -n.start), default=None)

    def _of_gender(self, known: list[_Named], gender: str) -> list[_Named]:
        """Return whom a mention of this gender may mean: "Mr Brandt" is no Anna Brandt."""
        if gender not in ("m", "f"):
            return known
        genders = [gender_of(self._text, n.start, n.end) for n in known]
        wanted = gender if gender in genders else ""
        return [n for n, own in zip(known, genders, strict=True) if own == wanted]

    def _by_role(self, start: int, end: int) -> Attribution | None:
        """Return whom "the spokesman" means: who was last mentioned with that role and a name."""
        words = self._text[start:end].casefold().split()
        if len(words) != 2 or words[0] not in _POINTING or roles().get(words[1], "g") == "g":
            return None
        return self._mentions.holder(words[1], start, owned=words[0] != "the")

    def remember(self, mention: Attribution, at: int) -> None:
        """Note that somebody is mentioned or speaks at offset *at*: a pronoun may mean them next."""
        self._mentions.remember(mention, at)

    def antecedent(
        self, pronoun: str, at: int, but: Attribution | None = None, since: int | None = None
    ) -> Attribution | None:
        """Return whom a pronoun at offset *at* means, or None.

        *but* is somebody whom it cannot mean, nor can it mean whoever was mentioned from *since* on.
        """
        return self._mentions.antecedent(pronoun, at, but, since)


def _is_placed(text: str, start: int) -> bool:
    """Tell whether a preposition of place stands before a name, with an article or without."""
    before = text[max(0, start - len("from the ")) : start].casefold().split(" ")
    if before.pop():
        return False
    if before[-1:] == ["the"]:
        before.pop()
    return bool(before) and before[-1] in _PLACING


def _behind_place(text: str, start: int, end: int) -> int:
    """Return where a name begins that a place stands before: "London Peskov" behind "in"."""
    words = list(_PART.finditer(text, start, end))
    folded = [word.group().casefold() for word in words]
    length = place_length(folded)
    pair = len(words) == 2 and text[end : end + 1] == " "
    if not length and pair and _FRONTED.search(text, max(0, start - 8), start):
        # "In Lenham Holm said": whatever the first is, behind this it is a place.
        length = int(folded[0] not in first_names() and not is_role(folded[0]))
    if not 0 < length < len(words) or not members("organised").isdisjoint(folded):
        return start
    return words[length].start()
