"""What is said out of courtesy, and asks nothing."""

from functools import cache

from retrieval.analysis import STOPWORDS, tokens
from retrieval.lexicon import words

_MARKS = frozenset("?\u061f\uff1f")
"""Question marks: Latin, Arabic, and as wide as a Chinese character."""

_ASKING = frozenset(
    "who whom whose what which when where why how whether whats wheres whos whys hows".split()
)
"""Stop words with which somebody asks: alone ("when?") they are a question about what went before."""


def is_courtesy(text: str) -> bool:
    """Tell whether *text* only thanks, greets, agrees or laughs. Text without a word is none."""
    forms = {token.form for token in tokens(text)}
    if _MARKS.intersection(text) or _ASKING.intersection(form.split("'")[0] for form in forms):
        return False
    said = _courtesies()
    return bool(said & forms) and forms <= said | STOPWORDS


@cache
def _courtesies() -> frozenset[str]:
    return frozenset(token.form for word in words("courtesies") for token in tokens(word))
