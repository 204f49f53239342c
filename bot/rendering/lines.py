"""Text from outside, made fit to stand in a line of the bot's own."""

import unicodedata

_NOT_SHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories without a place in a line of ours: controls, overrides, lone surrogates."""

_JOINERS = frozenset("\u200c\u200d")
"""Cf all the same, but Persian words and emoji are spelt with them."""


def on_one_line(text: str, limit: int = 300) -> str:
    """*text* with blanks joined and unprintable characters left out, at most *limit* characters.

    A text that was cut ends with an ellipsis. For titles, names and messages; not for quotations.
    """
    shown = text if text.isascii() and text.isprintable() else _printable(text)
    line = " ".join(shown.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def _printable(text: str) -> str:
    return "".join(
        " " if c.isspace() else c
        for c in text
        if c.isspace() or c in _JOINERS or unicodedata.category(c) not in _NOT_SHOWN
    )
