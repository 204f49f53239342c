"""Made-up news to measure with: as many and as skewed words, names and quotations as real news has.

Deterministic: the same numbers give the same articles and questions. The words mean nothing.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from corpus.models import Article

_SYLLABLES = (
    "ba kor den lis mo ra ti vel san pu gri no ek tra shi lo mun der fa ci pel ot ur ja".split()
)
_ENDINGS = ["", "", "s", "ed", "ing", "er", "tion", "al", "ity", "ly"]
_SMALL = (
    "the of and to in a that for on with as by at from was were is had has it an be this".split()
)
_FIRST = "Anna Maria Elena Sarah Julia Carmen Peter Michael David Thomas Ahmed Ivan Carlos".split()
_ROLES = "minister spokesman spokeswoman president mayor analyst general senator lawyer".split()
_VERBS = "said said said warned denied confirmed accused announced told claimed rejected".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

_WORDS = 120_000
_PEOPLE = 30_000
_PLACES = 2_000
_OF_SMALL = 0.42
"""The share of the words that is English's commonest."""
_OF_TOPIC = 0.3
"""The share of the others that is from the few words that an article is about."""
_LENGTH = 500


class Newsroom:
    """Writes articles and asks about them."""

    def __init__(self, seed: int = 7) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - text, not secrets
        made = dict.fromkeys(self._word() for _ in range(2 * _WORDS))
        self._words = list(made)[:_WORDS]
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(len(self._words))))
        self._people = [
            f"{self._chance.choice(_FIRST)} {self._stem(2, 4).capitalize()}" for _ in range(_PEOPLE)
        ]
        self._places = [self._stem(2, 3).capitalize() for _ in range(_PLACES)]

    def articles(self, number: int) -> Iterator[Article]:
        """Yield *number* articles of about 500 words."""
        start = datetime(2023, 1, 1, tzinfo=UTC)
        for n in range(number):
            yield self._article(f"a{n}", start + timedelta(minutes=20 * n))

    def questions(self, articles: Sequence[Article], number: int) -> Iterator[str]:
        """Yield questions of all kinds with words of the articles; some names are misspelt."""
        chance = self._chance
        for n in range(number):
            text = chance.choice(articles).text
            words = [word.strip("“”,.") for word in text.split()]
            names = [word for word in words if word[:1].isupper() and len(word) > 4] or ["Kordenov"]
            rest = " ".join(chance.sample([w for w in words if w not in _SMALL], 4))
            name = chance.choice(names)
            if n % 5 == 0:
                name = name[:-2] + name[-1]
            yield chance.choice(
                [
                    f"What did {name} say about {rest}?",
                    f"Who {chance.choice(_VERBS)} {name} over {rest}?",
                    f"How many {rest} in {name}?",
                    f"When did {name} {rest}?",
                    f"Why was the {rest} in {name}?",
                    f"Is it true that {name} {rest} last week?",
                    f"latest on {name} {rest}",
                ]
            )

    def _article(self, name: str, published: datetime) -> Article:
        chance = self._chance
        topic = self._drawn(40)
        people = chance.sample(self._people, 4)
        places = chance.sample(self._places, 2)
        lines: list[str] = []
        words = 0
        while words < _LENGTH:
            line = " ".join(
                self._sentence(topic, people, places) for _ in range(chance.randint(1, 3))
            )
            lines.append(line)
            words += line.count(" ") + 1
        title = f"{people[0].split()[1]} {' '.join(chance.sample(topic, 5))} in {places[0]}"
        return Article(
            id=name,
            title=title,
            text="\n".join(lines),
            url=f"https://example.org/{name}",
            publisher="Example",
            published_at=published,
        )

    def _sentence(self, topic: Sequence[str], people: Sequence[str], places: Sequence[str]) -> str:
        chance = self._chance
        phrase = self._phrase(topic, chance.randint(10, 22))
        person, verb = chance.choice(people), chance.choice(_VERBS)
        surname, role = person.split()[1], chance.choice(_ROLES)
        made = (
            f"{phrase.capitalize()} in {chance.choice(places)} on {chance.choice(_DAYS)}.",
            f"The {phrase}, with {chance.randint(2, 900)} {chance.choice(topic)} by {chance.randint(2, 12)} May.",
            f"{person}, the {chance.choice(places)} {role}, {verb} that {phrase}.",
            f"“{phrase.capitalize()},” {surname} {verb} on {chance.choice(_DAYS)}.",
            f"“{phrase.capitalize()},” said {person}. “{self._phrase(topic, 9).capitalize()}.”",
            f"He {verb} that {phrase}.",
            f"The {role} {verb} {surname} of {phrase}, according to {chance.choice(people)}.",
            f"{phrase.capitalize()} “{self._phrase(topic, 3)}” {self._phrase(topic, 6)}.",
        )
        return chance.choices(made, (6, 3, 2, 2, 1, 1, 1, 2))[0]

    def _phrase(self, topic: Sequence[str], length: int) -> str:
        chance, drawn = self._chance, iter(self._drawn(length))
        return " ".join(
            chance.choice(_SMALL)
            if chance.random() < _OF_SMALL
            else (chance.choice(topic) if chance.random() < _OF_TOPIC else next(drawn))
            for _ in range(length)
        )

    def _drawn(self, number: int) -> list[str]:
        return self._chance.choices(self._words, cum_weights=self._weights, k=number)

    def _word(self) -> str:
        return self._stem(1, 4) + self._chance.choice(_ENDINGS)

    def _stem(self, least: int, most: int) -> str:
        return "".join(self._chance.choices(_SYLLABLES, k=self._chance.randint(least, most)))
