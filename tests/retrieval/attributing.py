"""Reading made-up text for who says its sentences."""

from corpus.sentences import sentences
from retrieval.attribution import Said, attribute


def read(text: str) -> list[tuple[str | None, Said]]:
    """Return, for each sentence of *text*, the mention of its speaker and all that is known of it."""
    found = attribute(text, list(sentences(text)))
    return [(text[s.speaker.start : s.speaker.end] if s.speaker else None, s) for s in found]


def speakers(text: str) -> list[str | None]:
    """Return the mention of each sentence's speaker."""
    return [mention for mention, _ in read(text)]
