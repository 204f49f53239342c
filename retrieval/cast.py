"""Who is named in one article, and who is meant by a surname, a role or a pronoun."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from retrieval.lexicon import words as table
from retrieval.names import UPPER, core, first_names, gender_of, is_role, names, roles, with_role

_PART = re.compile(r"[^\W_]+(?:['\u2019\-][^\W_]+)*")
_INSIDE = re.compile(rf"(?<=[^\W\d_A-Z,;] )[{UPPER}][^\W_]*")
_SMALL = re.compile(r"(?<![^\W_])[a-z]{3,}")
_NEAR = 4
_FAR = 8
"""How many who were mentioned last a pronoun may go back to: of any gender, and of a known one."""
_REMEMBERED = 20
"""How many who were mentioned last a role may go back to."""
_SHORTLY = 250
"""How many characters before a pronoun somebody counts who was only named in passing."""
_COORDINATED = re.compile(r"\s(?:and|&)\s")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says something: offsets of the mention, and whether it had to be inferred.

    Inferred are pronouns, roles without a name, and quotations that stand apart from their speaker;
    not a surname of somebody whom the article names in full.
    """

    start: int
    end: int
    inferred: bool


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
        self._genders: dict[str, str] = {}
        self._gendered: dict[str, list[_Named]] = {}
        self._recent: list[tuple[Attribution, str]] = []
        self._small = set(_SMALL.findall(text))
        self._capitalised = {match.group() for match in _INSIDE.finditer(text)}
        runs = [(start, end, *core(text, start, end)) for start, end in names(text, 0, len(text))]
        known = {text[begin:stop] for _, _, begin, stop in runs}
        for run in runs:
            self._enter(*run, known)

    def _enter(self, start: int, end: int, begin: int, stop: int, known: set[str]) -> None:
        text = self._text
        parts = _PART.findall(text, begin, stop)
        if not parts:
            return
        first = with_role(text, text.rfind("\n", max(0, start - 100), start) + 1, start)
        gender = gender_of(text, first, end)
        last = parts[-1].casefold()
        if gender in ("m", "f"):
            self._genders.setdefault(last, gender)
        if len(parts) < 2 and first == begin:
            return
        tail = " ".join(text[begin:stop].split()[-2:])
        if len(parts) > 2 and tail in known:
            # "... to the United States Hamdullah Mohib": the run is no name when its tail is.
            begin = first = stop - len(tail)
        named = _Named(first, end, len(text[first:end].split()))
        self._by_last.setdefault(last, []).append(named)
        if gender in ("m", "f"):
            self._gendered.setdefault(gender, []).append(named)
        # "Xi" for Xi Jinping; but "Texas" is not for every Texas something.
        known_person = gender in ("m", "f") or first < begin
        if len(parts) in (2, 3) and known_person and not parts[0].isupper():
            self._by_first.setdefault(parts[0].casefold(), []).append(named)

    def is_name(self, word: str, *, surely: bool = False) -> bool:
        """Tell whether *word*, the first of a sentence, is a name: it may be, unless it is English.

        *surely* when only a word that the article has with a capital elsewhere will do.
        """
        folded = word.casefold()
        if word in self._capitalised or folded in first_names() or folded in self._by_last:
            return True
        if word.isupper() and len(word) > 1:
            return True
        if surely:
            return False
        return not (
            folded.endswith(("s", "ing", "ed")) or folded in _english() or folded in self._small
        )

    def is_person(self, surname: str) -> bool:
        """Tell whether the article names somebody in full by this last name."""
        return surname.casefold() in self._by_last

    def fullest(self, start: int, end: int) -> Attribution:
        """Return a mention as fully as the article gives it: the full name for a surname."""
        mention = Attribution(start, end, inferred=False)
        found = list(names(self._text, start, end))
        if not found:
            return self._by_role(start, end) or mention
        name_start, name_end = found[-1]
        begin, stop = core(self._text, name_start, name_end)
        if stop != end or " " in self._text[begin:stop] or not self._is_bare(start, name_start):
            return mention
        named = self._named(self._text[begin:stop], start)
        if named is None or named.end - named.start <= end - start:
            return mention
        return Attribution(named.start, named.end, inferred=False)

    def _is_bare(self, start: int, name: int) -> bool:
        """Tell whether only a role stands before the name: no "and", no "of"."""
        before = self._text[start:name].casefold().split()
        return not any(
            w in ("and", "of", "for", "at", "from", "in", "to", "&", "with") for w in before
        )

    def _named(self, name: str, before: int) -> _Named | None:
        """Return who is meant by one word of a name at offset *before*, as they were introduced."""
        word = name.casefold()
        known = self._by_last.get(word) or self._by_first.get(word)
        if known is None:
            return None
        # The fullest of the first mentions; a name given in full only later counts, too.
        earlier = [n for n in known[:8] if n.end <= before]
        return max(earlier or known[:8], key=lambda n: (min(n.words, 3), -n.start))

    def _by_role(self, start: int, end: int) -> Attribution | None:
        """Return whom "the spokesman" means: who was last mentioned with that role and a name."""
        words = self._text[start:end].casefold().split()
        if len(words) != 2 or words[0] != "the" or roles().get(words[1], "g") == "g":
            return None
        for attribution, _ in reversed(self._recent[-_REMEMBERED:]):
            mention = self._text[attribution.start : attribution.end]
            if words[1] in mention.casefold().split() and self._has_name(attribution):
                return Attribution(attribution.start, attribution.end, inferred=True)
        return None

    def remember(self, mention: Attribution) -> None:
        """Note that somebody is mentioned or speaks: a pronoun may mean them next."""
        self._recent.append((mention, self._gender(mention)))

    def _gender(self, mention: Attribution) -> str:
        shown = self._text[mention.start : mention.end]
        if _COORDINATED.search(shown):
            return "g"
        gender = gender_of(self._text, mention.start, mention.end)
        if gender:
            return gender
        parts = [part.casefold() for part in _PART.findall(shown)]
        return next((self._genders[p] for p in reversed(parts) if p in self._genders), "")

    def antecedent(self, pronoun: str, at: int) -> Attribution | None:
        """Return whom a pronoun at offset *at* means, or None: the last one mentioned whose gender agrees."""
        if pronoun in ("it", "they"):
            return self._last("g", _FAR) or (self._last_thing() if pronoun == "it" else None)
        gender = {"he": "m", "she": "f"}.get(pronoun)
        if gender is None:
            return None
        recent = self._last(gender, _NEAR)
        if recent is not None and self._has_name(recent):
            return recent
        named = self._named_before(gender, at)
        return named or recent or self._last_person() or self._last(gender, _FAR)

    def _has_name(self, mention: Attribution) -> bool:
        return any(
            not is_role(part.casefold())
            for part in _PART.findall(self._text, mention.start, mention.end)
            if part[0].isupper() and part.casefold() not in table("stopwords")
        )

    def _named_before(self, gender: str, at: int) -> Attribution | None:
        """Return who of this gender is named in full shortly before *at*, be it in passing."""
        known = self._gendered.get(gender, [])
        index = bisect_right(known, at, key=lambda named: named.end) - 1
        if index < 0 or at - known[index].end > _SHORTLY:
            return None
        return Attribution(known[index].start, known[index].end, inferred=True)

    def _last(self, gender: str, reach: int) -> Attribution | None:
        recent = reversed(self._recent[-reach:])
        return next((_inferred(a) for a, known in recent if known == gender), None)

    def _last_person(self) -> Attribution | None:
        """Return the last one mentioned who has a role or several names, of unknown gender."""
        for attribution, gender in reversed(self._recent[-_NEAR:]):
            mention = self._text[attribution.start : attribution.end]
            if not gender and (" " in mention):
                return _inferred(attribution)
        return None

    def _last_thing(self) -> Attribution | None:
        """Return the last one mentioned that is known by a single name and no role."""
        for attribution, gender in reversed(self._recent[-_NEAR:]):
            words = self._text[attribution.start : attribution.end].split()
            if not gender and len(words) - (words[0].casefold() == "the") == 1:
                return _inferred(attribution)
        return None


def _inferred(mention: Attribution) -> Attribution:
    return Attribution(mention.start, mention.end, inferred=True)
