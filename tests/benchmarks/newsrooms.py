"""Made-up newsrooms: reports of agencies, what papers make of them, and what only looks like a copy.

Every article comes with what it was made of, so that what is found can be scored. The sentences are
put together from parts, which come back in other reports as turns of phrase do. Deterministic: a
seed gives the same articles.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from corpus.models import Article
from tests.benchmarks import newsroom_words as known


@dataclass(frozen=True, slots=True)
class Made:
    """An article, how it was made, the report it tells, and others that it has parts of.

    *old* is True where a newer version of its page is among the articles.
    """

    article: Article
    kind: str
    story: int
    parts_of: frozenset[int] = frozenset()
    old: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """What happened: names that every report of it has, quotations, and the day."""

    place: str
    people: tuple[str, ...]
    quotes: tuple[str, ...]
    day: datetime


@dataclass(slots=True)
class Newsrooms:
    """Makes articles of one seed."""

    seed: int = 1
    _chance: random.Random = field(init=False)
    _stories: int = 0
    _articles: int = 0

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)  # noqa: S311 - texts, no secrets

    def articles(self, number: int) -> list[Made]:
        """Return about so many articles: a third of them copies, as in a corpus of many papers."""
        found: list[Made] = []
        while len(found) < number:
            found += self._of_one_day()
        return found[:number]

    def _of_one_day(self) -> Iterator[Made]:
        """Yield all that comes of one event, and some that has nothing to do with it."""
        chance, event = self._chance, self._event()
        wire, agency = self._report(event, chance.randint(10, 30)), chance.choice(known.AGENCIES)
        story = self._next_story()
        papers = chance.sample(known.PAPERS, chance.choice([0, 1, 1, 2, 3, 5, 8]))
        if not papers or chance.random() < 0.7:
            yield self._made(agency, wire, event, "wire", story)
        for paper in papers:
            yield self._copied(paper, wire, event, story)
        for paper in chance.sample(known.PAPERS, chance.randint(0, 2)):
            own = self._report(event, chance.randint(6, 20))
            yield self._made(paper, own, event, "own", self._next_story())
        if chance.random() < 0.3:
            yield from self._merged(wire, event, story)
        if chance.random() < 0.4:
            yield from self._followed_up(wire, event)
        if chance.random() < 0.15:
            yield from self._corrected(event)
        for _ in range(chance.randint(2, 8)):
            other = self._event()
            paper = chance.choice(known.PAPERS)
            text = self._report(other, chance.randint(2, 20))
            yield self._made(paper, text, other, "other", self._next_story())

    def _copied(self, paper: str, wire: list[str], event: Event, story: int) -> Made:
        ways: dict[str, Callable[[list[str], Event], list[str]]] = {
            "whole": lambda text, _: text,
            "cut": self._cut,
            "brief": lambda text, _: text[: self._chance.randint(2, 4)],
            "re-led": self._led_anew,
            "edited": lambda text, _: [self._edited(each) for each in text],
            "edited and cut": lambda text, e: [self._edited(s) for s in self._cut(text, e)],
        }
        kind = self._chance.choices(list(ways), [2, 4, 1, 5, 2, 2])[0]
        return self._made(paper, ways[kind](wire, event), event, kind, story)

    def _cut(self, text: list[str], _: Event) -> list[str]:
        return text[: max(4, int(len(text) * self._chance.uniform(0.3, 0.9)))]

    def _led_anew(self, text: list[str], event: Event) -> list[str]:
        """Own lead, most of what is left of the report, and paragraphs from around the corner."""
        chance = self._chance
        begins = chance.randint(1, 2)
        kept = text[begins : begins + max(4, int(len(text) * chance.uniform(0.4, 0.8)))]
        own = int(len(kept) * chance.uniform(0.3, 1.1))
        lead = self._sentences(event, min(own, chance.randint(1, 3)))
        local = self._sentences(event, own - len(lead))
        at = chance.choice([len(kept), len(kept) // 2])
        return [*lead, *kept[:at], *local, *kept[at:]]

    def _merged(self, wire: list[str], event: Event, story: int) -> Iterator[Made]:
        """Another agency's report, and a paper's of both, more of the first than of the second."""
        other, second = self._report(event, self._chance.randint(10, 25)), self._next_story()
        yield self._made(self._chance.choice(known.AGENCIES), other, event, "wire", second)
        much = wire[: max(6, int(len(wire) * self._chance.uniform(0.5, 0.9)))]
        little = other[1 : 1 + len(much) // 2]
        at = len(much) // 2
        text = [*self._sentences(event, 1), *much[:at], *little, *much[at:]]
        paper = self._chance.choice(known.PAPERS)
        yield self._made(paper, text, event, "merged", story, frozenset([second]))

    def _followed_up(self, wire: list[str], event: Event) -> Iterator[Made]:
        """What one desk writes on the days after, each time with the same background."""
        chance = self._chance
        desk = chance.choice([*known.PAPERS, *known.AGENCIES])
        background = chance.choice([wire[:5], self._sentences(event, chance.randint(3, 6))])
        for days in range(1, chance.randint(2, 4)):
            later = Event(event.place, event.people, event.quotes, event.day + timedelta(days=days))
            fresh = self._report(later, chance.randint(6, 14))
            text = fresh + background[: chance.randint(3, len(background))]
            yield self._made(desk, text, later, "follow-up", self._next_story(), frozenset())

    def _corrected(self, event: Event) -> Iterator[Made]:
        """Two or three versions of one page."""
        chance = self._chance
        paper, story = chance.choice(known.PAPERS), self._next_story()
        text = self._report(event, chance.randint(8, 16))
        count = chance.randint(2, 3)
        address = f"https://{_slug(paper)}.example/news/{story}"
        for version in range(count):
            shown = [address, f"{address}/", f"{address}?utm_source=feed#top"][version]
            later = event.day + timedelta(hours=3 * version)
            last = version + 1 == count
            made = self._made(paper, text, event, "version", story, old=not last)
            yield _at(made, shown, later)
            place = chance.randrange(len(text))
            text = [*text[:place], *self._sentences(event, 2), *text[place + 1 :]]

    def _made(  # noqa: PLR0917 - all that an article is made of
        self, publisher: str, text: Sequence[str], event: Event, kind: str, story: int,
        parts_of: frozenset[int] = frozenset(), *, old: bool = False,
    ) -> Made:  # fmt: skip
        self._articles += 1
        chance = self._chance
        name = f"{_slug(publisher)}-{self._articles:06}"
        above, below = known.house_lines(publisher)
        lines = [*above, *_paragraphs(chance, text), *below] if chance.random() < 0.8 else text
        article = Article(
            id=name,
            title=self._sentences(event, 1)[0].rstrip("."),
            text="\n".join(lines),
            url=f"https://{_slug(publisher)}.example/{name}",
            publisher=publisher if chance.random() < 0.9 else None,
            published_at=event.day + timedelta(minutes=chance.randint(0, 600)),
        )
        return Made(article, kind, story, parts_of, old)

    def _event(self) -> Event:
        chance = self._chance
        people = tuple(known.person(chance) for _ in range(3))
        day = datetime(2023, 1, 1, tzinfo=UTC) + timedelta(hours=chance.randint(0, 9_000))
        place = known.place(chance)
        quotes = tuple(
            f"“{self._clause(place, people)}, and {self._clause(place, people)},” "
            f"said {chance.choice(people)}."
            for _ in range(4)
        )
        return Event(place, people, quotes, day)

    def _report(self, event: Event, sentences: int) -> list[str]:
        """Return the sentences of a report, two or three of them quotations that others have, too."""
        text = self._sentences(event, sentences)
        for quote in self._chance.sample(event.quotes, min(3, sentences // 4)):
            text.insert(self._chance.randint(1, len(text)), quote)
        return text

    def _sentences(self, event: Event, number: int) -> list[str]:
        return [self._sentence(event) for _ in range(number)]

    def _sentence(self, event: Event) -> str:
        chance = self._chance
        begins = f"{chance.choice(known.OPENERS)} " if chance.random() < 0.4 else ""
        ends = f", {chance.choice(known.ENDINGS)}" if chance.random() < 0.4 else ""
        middle = self._clause(event.place, event.people)
        if chance.random() < 0.5:
            joint = chance.choice(known.JOINTS)
            middle += f"{joint} {self._clause(event.place, event.people)}"
        said = f"{begins}{middle}{ends}."
        return said[0].upper() + said[1:]

    def _clause(self, place: str, people: Sequence[str]) -> str:
        chance = self._chance
        who = chance.choice([*people, *known.ROLES])
        words = f"{who} {chance.choice(known.DEEDS)} {chance.choice(known.THINGS)}"
        where = chance.choice(known.WHERE).format(place=place, number=chance.randint(2, 900))
        return f"{words} {where}"

    def _edited(self, sentence: str) -> str:
        """Return a sentence as another desk spells it, now and then with a word more or less."""
        chance = self._chance
        for ours, theirs in known.SPELLINGS:
            if chance.random() < 0.7:
                sentence = sentence.replace(ours, theirs)
        words = sentence.split()
        if len(words) > 8 and chance.random() < 0.4:
            del words[chance.randrange(2, len(words) - 2)]
        if chance.random() < 0.2:
            words.insert(
                chance.randrange(1, len(words) - 1), chance.choice(["also", "now", "still"])
            )
        return " ".join(words)

    def _next_story(self) -> int:
        self._stories += 1
        return self._stories


def _at(made: Made, url: str, moment: datetime) -> Made:
    old = made.article
    article = Article(
        id=old.id, title=old.title, text=old.text, url=url, publisher=old.publisher,
        published_at=moment,
    )  # fmt: skip
    return Made(article, made.kind, made.story, made.parts_of, made.old)


def _paragraphs(chance: random.Random, text: Sequence[str]) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = start + chance.randint(1, 3)
        yield " ".join(text[start:end])
        start = end


def _slug(name: str) -> str:
    return name.lower().replace(" ", "-")
