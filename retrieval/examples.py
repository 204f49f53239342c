"""Questions that a corpus answers, to show somebody who asks for the first time."""

from collections.abc import Iterator

from corpus.models import Article
from retrieval.answering import answer
from retrieval.grammar import members
from retrieval.indexed import IndexedCorpus
from retrieval.models import Answer, Outcome
from retrieval.names import core, is_role, names

LONGEST = 60
"""Characters of an example: what a button shows without cutting it."""

_TRIED = 12
"""Articles looked at for each question wanted, newest first."""


def example_questions(corpus: IndexedCorpus, count: int) -> tuple[str, ...]:
    """Return at most *count* questions, each of which *corpus* really answers.

    They ask after different speakers of the newest articles that have a name, people or institutions;
    where there are too few, a title serves as it is. At most 60 characters each, no two alike.
    """
    newest = corpus.directory.newest_first[: count * _TRIED]
    tried = [corpus.articles[number] for number in newest.tolist()]
    found = list(_about_speakers(tried, corpus, count))
    found += list(_titles(tried, corpus, count - len(found)))
    return tuple(found)


def _about_speakers(articles: list[Article], corpus: IndexedCorpus, count: int) -> Iterator[str]:
    seen: set[str] = set()
    for article in articles:
        if len(seen) >= count:
            return
        for speaker in _speakers(answer(article.title, corpus)):
            name = _name_in(speaker)
            question = f"What did {name} say?"
            fits = name is not None and name not in seen and len(question) <= LONGEST
            if name is not None and fits and _names(question, name, corpus):
                seen.add(name)
                yield question
                break


def _speakers(found: Answer) -> Iterator[str]:
    for snippet in found.snippets:
        if snippet.speaker is not None and not snippet.speaker.inferred:
            yield snippet.speaker.name


def _names(question: str, name: str, corpus: IndexedCorpus) -> bool:
    found = answer(question, corpus)
    shown = any(name.casefold() in speaker.casefold() for speaker in _speakers(found))
    return found.outcome is Outcome.ANSWERED and shown


def _name_in(speaker: str) -> str | None:
    """Return the name that a mention ends with, without role and apposition; None where it has none.

    "Ana Silva" of "the mayor's aide Ana Silva, 43", "the Red Cross", but nothing of "both mayors of Lyon".
    """
    shown = speaker.partition(",")[0]
    if not members("preposition").isdisjoint(shown.casefold().split()) or " and " in shown:
        return None
    found = list(names(shown, 0, len(shown)))
    if not found or found[-1][1] != len(shown):
        return None
    start, end = core(shown, *found[-1])
    name = shown[start:end]
    if is_role(name.casefold()):
        return None
    return f"the {name}" if shown[:start].casefold() == "the " else name


def _titles(articles: list[Article], corpus: IndexedCorpus, count: int) -> Iterator[str]:
    seen: set[str] = set()
    for article in articles:
        if len(seen) >= count:
            return
        title = " ".join(article.title.split())
        if title in seen or not 0 < len(title) <= LONGEST:
            continue
        found = answer(title, corpus)
        # A title that leads to another article first would make a poor example.
        if found.outcome is Outcome.ANSWERED and found.snippets[0].article.id == article.id:
            seen.add(title)
            yield title
