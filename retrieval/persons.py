"""What a mention tells of whom it means: a gender, a name, whether it is one person."""

import re
from dataclasses import dataclass

from retrieval.grammar import members
from retrieval.lexicon import words as table
from retrieval.names import core, gender_of, is_role, names, place_length, roles

_PART = re.compile(r"[^\W_]+(?:['\u2019\-][^\W_]+)*")
_AGED = re.compile(r", \d{1,3}$")
_ARTICLES = frozenset({"a", "an", "the", "this", "that", "some", "any", "each", "every", "no"})
GENDERS = {"he": "m", "she": "f"}
COORDINATED = re.compile(r"\s(?:and|&)\s")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says something: offsets of the mention, and whether it had to be inferred.

    Inferred are pronouns, roles without a name, and quotations that stand apart from their speaker;
    not a surname of somebody whom the article names in full.
    """

    start: int
    end: int
    inferred: bool


def is_called(words: list[str]) -> bool:
    """Tell whether one of some folded words is a calling of one person: "mayor", "attorney-general"."""
    known = roles()
    return any(known.get(w) == "-" or known.get(w.rpartition("-")[2]) == "-" for w in words)


class Persons:
    """What is known of whom one article names: told by `know` and `learn` before anything is asked."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._genders: dict[str, str] = {}
        self._alone: set[str] = set()

    def know(self, alone: set[str]) -> None:
        """Note the folded words that are a name by themselves somewhere: the last names of people."""
        self._alone = alone

    def learn(self, name: list[str], gender: str) -> None:
        """Note the gender of who has this name, given as its words, and of its last word alone."""
        folded = [part.casefold() for part in name]
        self._genders.setdefault(folded[-1], gender)
        self._genders.setdefault(" ".join(folded[-2:]), gender)

    def gender(self, mention: Attribution) -> str:
        """Return the gender of a mention: "m", "f", "g" for several or a body, or ""."""
        shown = self._text[mention.start : mention.end]
        first, _, further = shown.partition(", ")
        # Of "Ana Silva, a poet and a judge" one is mentioned; of "Silva, Lind and Ruiz" several.
        if COORDINATED.search(first if further[:1].islower() else shown):
            return "g"
        gender = gender_of(self._text, mention.start, mention.end)
        if gender:
            return gender
        parts = [part.casefold() for part in _PART.findall(shown)]
        named = list(names(self._text, mention.start, mention.end))[-1:]
        for start, end in (core(self._text, *bounds) for bounds in named):
            own = [part.casefold() for part in _PART.findall(self._text, start, end)]
            # Of two Brandts, what is known of one given name tells nothing of the other.
            return self._genders.get(" ".join(own[-2:]), "")
        return next((self._genders[p] for p in reversed(parts) if p in self._genders), "")

    def suits(self, mention: Attribution, pronoun: str) -> bool:
        """Tell whether a pronoun may mean somebody, by what is known of them."""
        gender = self.gender(mention)
        if pronoun in GENDERS:
            return gender == GENDERS[pronoun] or (not gender and self.may_be_person(mention))
        return gender in ("g", "") and pronoun in ("it", "they")

    def suits_better(self, one: Attribution, other: Attribution | None, pronoun: str) -> bool:
        """Tell whether the gender of *one* is known to be the pronoun's, and that of *other* is not."""
        wanted = GENDERS.get(pronoun)
        if wanted is None or self.gender(one) != wanted or not self.has_name(one):
            return False
        return other is None or self.gender(other) != wanted

    def is_one(self, mention: Attribution) -> bool:
        """Tell whether a mention is surely one person: by a gender, or by a name and a calling."""
        gender = self.gender(mention)
        words = _PART.findall(self._text[mention.start : mention.end].casefold())
        called = is_called(words)
        return gender in ("m", "f") or (not gender and called and self.has_name(mention))

    def is_introduced(self, mention: Attribution) -> bool:
        """Tell whether a mention is a full name of which the last word is a name elsewhere, too."""
        shown = self._text[mention.start : mention.end].casefold().replace("\u2019", "'")
        owner, _, own = shown.rpartition("'s ")
        words = _PART.findall(own)
        if owner:  # "the party's Ana Silva"
            organised = members("organised") | members("document")
            return len(words) == 2 and not place_length(words) and organised.isdisjoint(words)
        named = len(words) in (2, 3) and words[-1] in self._alone and not place_length(words)
        return named and self.may_be_person(mention)

    def is_aged(self, mention: Attribution) -> bool:
        """Tell whether a mention introduces a person by their age: "Ana Silva, 49"."""
        return bool(_AGED.search(self._text, mention.start, mention.end))

    def has_name(self, mention: Attribution) -> bool:
        """Tell whether a mention holds a name, and not a role alone."""
        return any(
            not is_role(part.casefold())
            for part in _PART.findall(self._text, mention.start, mention.end)
            if part[0].isupper() and part.casefold() not in table("stopwords")
        )

    def may_be_person(self, mention: Attribution) -> bool:
        """Tell whether a mention has a role of one person, or a name that is no thing's."""
        words = _PART.findall(self._text, mention.start, mention.end)
        roled = any(roles().get(word.casefold(), "g") != "g" for word in words)
        # The digits of "Hall 3" tell a thing, those of "Ana Silva, 43" an age.
        named = self._text[mention.start : mention.end].partition(", ")[0]
        thing = words[0].casefold() in _ARTICLES or any(c.isdigit() for c in named)
        return roled or (
            self.has_name(mention)
            and not thing
            and members("document").isdisjoint(word.casefold() for word in words)
        )

    def surname(self, mention: Attribution) -> str:
        """Return the last name of a mention, folded, or its last word."""
        found = list(names(self._text, mention.start, mention.end))
        begin, stop = found[0] if found else (mention.start, mention.end)
        return self._text[begin:stop].split()[-1].casefold()
