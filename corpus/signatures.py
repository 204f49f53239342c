"""An article into its signature: a few numbers a sentence, by which its copies are found.

Copies of a report have most of their sentences in common, and often little else: each paper cuts
it, and adds a lead of its own. So it is the sentences that are compared. A sentence is sketched by
MinHash over its words, three at a time, so that small edits leave most of the sketch as it is.
"""

import hashlib
import math
import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias, overload

import numpy as np
import numpy.typing as npt
from rensa import RMinHash
from typing_extensions import override

from corpus.addresses import canonical
from corpus.items import item_of
from corpus.models import Article
from corpus.sentences import sentences

Words: TypeAlias = npt.NDArray[np.uint64]
Header: TypeAlias = np.void
Rows: TypeAlias = npt.NDArray[np.void]

MINHASHES = 8
"""How many numbers a sketch has. Of two sentences, as large a share is equal as they have words in common."""

FORMAT = f"2-rensa{RMinHash.ALGORITHM_VERSION}"
"""Changes whenever a signature would. Signatures of another format are to be made anew."""

HEADER = np.dtype([("publisher", "<u8"), ("address", "<u8"), ("title", "<u8"), ("moment", "<f8")])
"""Hashes, 0 for what is not known, and the timestamp of publication, NaN for none."""

ROW = np.dtype([("sketch", "<u4", (MINHASHES,)), ("words", "<u2"), ("proof", "<u2")])
"""A sentence: its sketch, its number of words, and how many of them are proof that it was copied."""

FEWEST = 6
"""Words of a sentence that proves anything. Shorter ones are written twice by chance."""

_QUOTED = 0.4
"""The share of quoted words from which a sentence proves nothing: two papers may quote one speech."""

_AT_A_TIME = 3
_SEED = 1
_MOST_WORDS = 0xFFFF

# Where no blanks are set between words, each character is taken for one.
_WORD = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\w+(?:['\u2019]\w+)*")
_QUOTE = re.compile(
    r"[“„][^“”„\n]*(?:[”“]|$)|\"[^\"\n]*(?:\"|$)|«[^«»\n]*(?:»|$)|「[^」\n]*(?:」|$)"
    r"|(?<!\w)‘[^‘\n]*?’(?!\w)",
    re.MULTILINE,
)

_MIX_1, _MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_PLACES = tuple(
    np.uint64(odd) for odd in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
)


def signature(article: Article, bounds: Sequence[tuple[int, int]] | None = None) -> bytes:
    """Return what `corpus.stories.fold` needs to know of *article*: 32 bytes, and 36 a sentence.

    *bounds* are those of its sentences, if they are known already. The same article gives the same
    bytes on every machine, as long as FORMAT is the same. Takes under a millisecond; thread-safe.
    """
    moment = article.published_at
    header = np.zeros((), HEADER)
    header["publisher"] = _hashed((article.publisher or "").casefold())
    # An agency calls the versions of an item without an address by its name and a number.
    address = canonical(article.url) if article.url else item_of(article.id)[0]
    header["address"] = _hashed(address)
    header["title"] = _hashed(" ".join(_words(article.title)))
    header["moment"] = math.nan if moment is None else moment.timestamp()
    cut = list(sentences(article.text)) if bounds is None else list(bounds)
    return header.tobytes() + _rows(article.text, cut).tobytes()


def read(signed: bytes) -> tuple[Header, Rows]:
    """Return the header and the rows, one a sentence, of a signature.

    Raises ValueError for bytes that are none.
    """
    if len(signed) < HEADER.itemsize or (len(signed) - HEADER.itemsize) % ROW.itemsize:
        raise ValueError(f"not a signature: {len(signed)} bytes")
    header: Header = np.frombuffer(signed, HEADER, 1)[0]
    return header, np.frombuffer(signed, ROW, offset=HEADER.itemsize)


class Signatures(Sequence[bytes]):
    """The signatures of many articles, one after the other. Never changes.

    *letters* are the bytes of all, *ends* says where each ends. The arrays may be mapped from a file.
    """

    def __init__(self, letters: npt.NDArray[np.uint8], ends: npt.NDArray[np.uint64]) -> None:
        self.letters = letters
        self.ends = ends

    @classmethod
    def of(cls, signatures: Iterable[bytes]) -> "Signatures":
        """Keep *signatures*."""
        every = list(signatures)
        ends = np.cumsum([len(each) for each in every], dtype=np.uint64)
        return cls(np.frombuffer(b"".join(every), np.uint8), ends)

    @override
    def __len__(self) -> int:
        return len(self.ends)

    @overload
    def __getitem__(self, number: int) -> bytes: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[bytes]: ...
    @override
    def __getitem__(self, number: int | slice) -> bytes | Sequence[bytes]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        end = int(self.ends[number])  # raises IndexError
        before = number % len(self)
        return self.letters[int(self.ends[before - 1]) if before else 0 : end].tobytes()


def _rows(text: str, cut: Sequence[tuple[int, int]]) -> Rows:
    rows = np.zeros(len(cut), ROW)
    hashed: list[int] = []
    ends = np.zeros(len(cut) + 1, np.int64)
    quoted = list(_quotations(text))
    for number, (start, end) in enumerate(cut):
        found = _words(text[start:end])
        hashed += [zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in found]
        ends[number + 1] = len(hashed)
        rows[number]["words"] = min(len(found), _MOST_WORDS)
        if len(found) >= FEWEST and not _is_quoted(start, end, quoted):
            rows[number]["proof"] = min(len(found), _MOST_WORDS)
    rows["sketch"] = _sketches(np.array(hashed, np.uint64), ends)
    return rows


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold().replace("’", "'"))


def _sketches(words: Words, ends: npt.NDArray[np.int64]) -> npt.NDArray[np.uint32]:
    """Return the sketch of each sentence; sentence i has the words from *ends*[i] to *ends*[i + 1]."""
    lengths = np.diff(ends)
    grams = np.maximum(lengths - _AT_A_TIME + 1, 0)
    offsets = np.append(0, np.cumsum(grams)).astype(np.uint64)
    if not len(grams) or not offsets[-1]:
        return np.zeros((len(grams), MINHASHES), np.uint32)
    # Where each gram begins: those that would run on into the next sentence are left out.
    first = (
        np.repeat(ends[:-1], grams)
        + np.arange(int(offsets[-1]))
        - np.repeat(offsets[:-1].astype(np.int64), grams)
    )
    mixed = np.zeros(len(first), np.uint64)
    for place, odd in enumerate(_PLACES):
        mixed = mixed * _MIX_1 + words[first + place] * odd
    mixed = (mixed ^ (mixed >> np.uint64(30))) * _MIX_1
    mixed = (mixed ^ (mixed >> np.uint64(27))) * _MIX_2
    mixed ^= mixed >> np.uint64(31)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(mixed, offsets, MINHASHES, _SEED)
    return np.array(matrix.to_rows(), np.uint32)


def _quotations(text: str) -> Iterator[tuple[int, int]]:
    return (found.span() for found in _QUOTE.finditer(text))


def _is_quoted(start: int, end: int, quoted: Sequence[tuple[int, int]]) -> bool:
    within = sum(max(0, min(end, stop) - max(start, begin)) for begin, stop in quoted)
    return within >= _QUOTED * (end - start)


def _hashed(text: str) -> int:
    """Return 64 bits that stand for *text*, 0 for an empty one."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little") if text else 0
