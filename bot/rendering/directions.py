"""Which way a line is read, where it holds words of both directions.

Only what the bot says itself gets such marks; a quotation never does.
"""

import unicodedata

ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"
_LEFT_TO_RIGHT_MARK, _RIGHT_TO_LEFT_MARK = "\u200e", "\u200f"

_LEFTWARD = frozenset({"R", "AL", "AN"})
_RIGHTWARD = frozenset({"L"})


class Direction:
    """The direction that a language is written in."""

    def __init__(self, *, right_to_left: bool) -> None:
        self.right_to_left = right_to_left
        self._foreign = _RIGHTWARD if right_to_left else _LEFTWARD
        self._mark = _RIGHT_TO_LEFT_MARK if right_to_left else _LEFT_TO_RIGHT_MARK

    def isolates(self, text: str) -> tuple[str, str]:
        """Return what goes before and after *text* so that it turns nothing around it: maybe nothing."""
        if not self.right_to_left and text.isascii():
            return "", ""
        if any(unicodedata.bidirectional(c) in self._foreign for c in text):
            return ISOLATE, END_OF_ISOLATE
        return "", ""

    def begun(self, text: str) -> str:
        """Return *text* with a mark before each line that would else be laid out the other way."""
        if not self.right_to_left and text.isascii():
            return text
        return "\n".join(f"{self._before(line)}{line}" for line in text.split("\n"))

    def _before(self, line: str) -> str:
        """The mark that *line* needs: Telegram goes by the first letter, and so do most programs."""
        for character in line:
            strong = unicodedata.bidirectional(character)
            if strong in {"L", "R", "AL"}:
                return self._mark if (strong != "L") is not self.right_to_left else ""
        return self._mark if self.right_to_left and line else ""
