"""Words whose capital is no sign of a name, and names that look like small words."""

from retrieval.cast import Cast
from retrieval.narration import Narration, Word
from retrieval.phrases import Words, is_verb

_SMALL = {
    "preposition": ("noun", "quotation"),
    "auxiliary": ("noun", "quotation"),
    "adverb": ("noun", "quotation"),
    "time": ("name", "determiner"),
}
"""Classes of words that are names when they have a capital, before a name, behind these: "says Per
Lund", "the Sydney Morning Herald"."""
_APPOSED = 6
_APPOSITION = 16


class Capitals:
    """Tells the names of one article from words that have a capital for another reason."""

    def __init__(self, narration: Narration, cast: Cast) -> None:
        self._narration, self._cast = narration, cast

    def mended(self, words: list[Word]) -> list[Word]:
        """Return the words with two kinds mended that only their neighbours tell.

        A first word owes its capital to the sentence, unless it is known to be a name; a small word
        with a capital before a name is a name: "says Per Lund".
        """
        if words and words[0].kind == "name" and not self._begins_with_name(words):
            adverb = words[0].lower.endswith("ly")
            words[0] = words[0]._replace(kind="adverb" if adverb else "noun")
        for index in range(1, len(words) - 1):
            word = words[index]
            if (
                words[index + 1].kind == "name"
                and words[index - 1].kind in _SMALL.get(word.kind, ())
                and self._narration.text[word.start].isupper()
            ):
                words[index] = word._replace(kind="name")
        return words

    def _begins_with_name(self, words: Words) -> bool:
        after = words[1] if len(words) > 1 else None
        if after is None or after.kind == "name":
            return after is not None or self._cast.is_name(self._form(words[0]))
        if self._is_described(words):
            return self._cast.is_name(self._form(words[0]), apposed=True)
        described = after.kind == "noun" and after.lower.endswith("s") and not is_verb(after)
        return self._cast.is_name(self._form(words[0]), surely=described)

    def _is_described(self, words: Words) -> bool:
        """Tell whether an apposition and a verb follow the first word: "Tass, the news agency, said"."""
        if len(words) < _APPOSED or words[1].lower != "," or words[2].kind != "determiner":
            return False
        comma = next((i for i, w in enumerate(words[3:_APPOSITION], 3) if w.kind == "mark"), 0)
        if not comma or words[comma].lower != "," or any(map(is_verb, words[2:comma])):
            return False
        return any(map(is_verb, words[comma + 1 : comma + 3]))

    def _form(self, word: Word) -> str:
        return self._narration.text[word.start : word.bare]
