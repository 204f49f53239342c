"""The closed classes of English words, and lists of words that rules look for."""

from functools import cache

from retrieval.lexicon import rows

_CLOSED = (
    "pronoun",
    "determiner",
    "relative",
    "auxiliary",
    "adverb",
    "conjunction",
    "preposition",
    "subordinator",
    "time",
)


@cache
def members(name: str) -> frozenset[str]:
    """Return the words of one class of the grammar table."""
    table = (words for key, *words in rows("grammar") if key == f"{name}:")
    return frozenset(word for words in table for word in words)


@cache
def kinds() -> dict[str, str]:
    """Return each word of a closed class -> its class. Not to be changed."""
    return {word: kind for kind in reversed(_CLOSED) for word in members(kind)}
