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
_SURNAMES = frozenset({"auxiliary", "adverb", "determiner"})
"""Classes of words that are surnames when they have a capital, behind a name: "Theresa May said"."""
_MONTH = "may"
_SMALLEST = 3
"""Up to which length words are small in headlines, too: "Council Will Not Open Bridge for a Year"."""
_APPOSED = 6
_APPOSITION = 16


class Capitals:
    """Tells the names of one article from words that have a capital for another reason."""

    def __init__(self, narration: Narration, cast: Cast) -> None:
        self._narration, self._cast = narration, cast
        self._surnames: set[str] = set()

    def mended(self, words: list[Word]) -> list[Word]:
        """Return the words with three kinds mended that only their neighbours tell.

        A first word owes its capital to the sentence, unless it is known to be a name; a small word
        with a capital before a name is a name: "says Per Lund"; so is one behind a name, and from
        then on: "Theresa May said".
        """
        if words and words[0].kind == "name" and not self._begins_with_name(words):
            # An adverb that opens a sentence has no verb right behind it: "Connolly said".
            adverb = words[0].lower.endswith("ly") and not (len(words) > 1 and is_verb(words[1]))
            words[0] = words[0]._replace(kind="adverb" if adverb else "noun")
        elif words and words[0].lower in self._surnames and not _asks(words):
            words[0] = words[0]._replace(kind="name")
        for index in range(1, len(words)):
            kind = self._small(words, index)
            if kind is not None:
                words[index] = words[index]._replace(kind=kind)
        return words

    def _small(self, words: Words, index: int) -> str | None:
        """Return what a word of a closed class is that has a capital inside a sentence, None as it is."""
        word, before = words[index], words[index - 1]
        closed = word.kind in _SURNAMES or word.kind in _SMALL
        if not closed or not self._narration.text[word.start].isupper():
            return None
        leads = index + 1 < len(words) and words[index + 1].kind == "name"
        if leads and before.kind in _SMALL.get(word.kind, ()):
            return "name"
        month = word.lower == _MONTH
        if month and before.kind in ("preposition", "time", "number"):
            return "time"
        follows = before.kind == "name" and word.kind in _SURNAMES
        if follows and not self._is_headline(words):
            self._surnames.add(word.lower)
        if word.lower in self._surnames:
            return "name"
        return "time" if month else None

    def _is_headline(self, words: Words) -> bool:
        """Tell whether all but small words have a capital, so that it tells nothing."""
        return not any(
            self._narration.text[word.start].islower() and word.end - word.start > _SMALLEST
            for word in words
        )

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


def _asks(words: Words) -> bool:
    """Tell whether a sentence begins with an auxiliary and its subject: "Will they go?"."""
    return len(words) < 2 or words[1].kind in ("pronoun", "determiner")
