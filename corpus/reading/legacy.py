"""Which of the encodings before Unicode a file is in, when that can be told for sure."""

import unicodedata
from collections.abc import Iterator
from contextlib import suppress

from charset_normalizer import CharsetMatch, from_bytes

# Those that news was ever written in. With all that Python knows, short texts turn into EBCDIC.
ENCODINGS = [
    "cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258",
    "koi8_r", "koi8_u", "iso8859_2", "iso8859_5", "iso8859_7", "iso8859_9", "iso8859_15",
    "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr",
]  # fmt: skip

# The letters beyond a-z of languages in Latin script, as their spelling rules list them.
ALPHABETS = (
    "äöüß",  # German
    "àâæçéèêëîïôœùûüÿ",  # French
    "áéíñóúü",  # Spanish
    "àáâãçéêíóôõú",  # Portuguese
    "àèéìíîòóùú",  # Italian
    "àçèéíïòóúü",  # Catalan
    "áäéèëíïóöúü",  # Dutch
    "åäöéàáü",  # Swedish, Finnish
    "åæøéèêóòôâ",  # Danish, Norwegian
    "áðéíóúýþæö",  # Icelandic
    "ąćęłńóśźż",  # Polish
    "áčďéěíňóřšťúůýž",  # Czech
    "áäčďéíĺľňóôŕšťúýž",  # Slovak
    "áéíóöőúüű",  # Hungarian
    "ăâîșțşţ",  # Romanian
    "čćđšž",  # Croatian, Slovene
    "çğıöşüâîû\u0307",  # Turkish; lower-casing its dotted I leaves the dot
    "ąčęėįšųūž",  # Lithuanian
    "āčēģīķļņšūž",  # Latvian
    "äõöüšž",  # Estonian
)
MARKS = frozenset("“”„‘’‚«»‹›–—…¿¡°€£§©®™´·\u00a0\u00ad")  # noqa: RUF001 (quotation marks of many countries)

CLOSE = 0.1
"""Two guesses whose figures differ by less are both possible."""


def guess(sample: bytes) -> list[str]:
    """The encodings that *sample* may be in: one when it is sure, several, or none."""
    matches = list(from_bytes(sample, cp_isolation=ENCODINGS))
    close = {str(match): match.encoding for match in matches if _is_close(match, matches[0])}
    # The library's figures hardly tell one Latin alphabet from another; the letters do.
    spelt = {text: name for text, name in _readings(sample) if _is_spelt(text)}
    if spelt:
        close = {text: name for text, name in close.items() if not _is_latin(text)}
    return sorted((spelt | close).values())


def _readings(sample: bytes) -> Iterator[tuple[str, str]]:
    for encoding in reversed(ENCODINGS):  # of those that read the same, the first stays
        with suppress(UnicodeDecodeError):
            yield sample.decode(encoding), encoding


def _is_close(match: CharsetMatch, best: CharsetMatch) -> bool:
    return match.chaos < best.chaos + CLOSE and match.coherence > best.coherence - CLOSE


def _is_spelt(text: str) -> bool:
    """Whether one language has all the letters of *text*, and its other signs are punctuation."""
    letters = _signs(text)
    if not all(unicodedata.category(letter)[0] in "LM" for letter in letters):
        return False
    return any(letters <= set(alphabet) for alphabet in ALPHABETS)


def _is_latin(text: str) -> bool:
    return all("LATIN" in unicodedata.name(sign, "") for sign in _signs(text) if sign.isalpha())


def _signs(text: str) -> set[str]:
    """The characters beyond ASCII, save punctuation."""
    return {sign for sign in set(text.lower()) if not sign.isascii()} - MARKS
