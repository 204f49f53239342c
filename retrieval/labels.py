"""Lines that begin with who speaks and a colon: "Ana Silva: We left."."""

import re
from collections import Counter

from retrieval.cast import Cast
from retrieval.framing import SAY, Found
from retrieval.grammar import members
from retrieval.names import is_role
from retrieval.narration import Narration
from retrieval.phrases import Phrase, Words

_LABEL_WORDS = 5
_INDENT = 20
_TURN = re.compile(r"^[ \t\u00a0]*([^\W\d_a-z][^\n:]{1,40}):", re.MULTILINE)
"""The label of a line. In a transcript each comes again, and another one stands between."""
_TURNS = 2


class Labels:
    """Reads the labels of one article's lines."""

    def __init__(self, narration: Narration, cast: Cast) -> None:
        self._narration, self._cast = narration, cast
        found = Counter(match[1] for match in _TURN.finditer(narration.text))
        again = {label for label, times in found.items() if times >= _TURNS}
        self._turns = again if len(found) > 1 else set()

    def read(self, words: Words, start: int) -> list[Found]:
        """Return the report of a label, if the sentence that begins at offset *start* has one."""
        return self._label(words) if self._begins_line(words, start) else []

    def _begins_line(self, words: Words, start: int) -> bool:
        """Tell whether a sentence begins a line with a few words and a colon: "Q:", "Ana Silva:"."""
        text = self._narration.text
        before = text[max(0, start - _INDENT) : start].rstrip(" \t\u00a0")
        if before and not before.endswith(("\n", "\r")):
            return False
        return any(w.lower == ":" for w in words[: _LABEL_WORDS + 1])

    def _label(self, words: Words) -> list[Found]:
        """Return the report of a line that begins with its speaker and a colon."""
        colon = next((i for i, w in enumerate(words[: _LABEL_WORDS + 1]) if w.lower == ":"), 0)
        label = words[:colon]
        if not label or len(label[-1].lower) < 2 or any(w.lower in members("label") for w in label):
            return []
        called = all(w.kind == "name" or is_role(w.lower) for w in label)
        if not called or not self._is_speaker(words, colon):
            return []
        return [Found(SAY, colon, Phrase(0, colon - 1), 0)]

    def _is_speaker(self, words: Words, colon: int) -> bool:
        if self._narration.text[words[0].start : words[colon - 1].end] in self._turns:
            return True
        quoted = colon + 1 < len(words) and words[colon + 1].kind == "quotation"
        return (
            quoted
            or any(is_role(w.lower) for w in words[:colon])
            or self._cast.is_person(
                self._narration.text[words[colon - 1].start : words[colon - 1].bare]
            )
        )
