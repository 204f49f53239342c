"""`.xml` and its kin: a feed, NewsML-G2 or NITF; which one, the root element says."""

from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

from corpus.reading import feeds, newsml, nitf
from corpus.reading.encoding import UnreadableError
from corpus.reading.entries import Entry, Origin
from corpus.reading.markup import BrokenXMLError, Document, opened
from corpus.reading.records import shown

KINDS: Mapping[str, Callable[[Document, Origin], Iterator[Entry]]] = {
    "rss": feeds.read,
    "RDF": feeds.read,
    "feed": feeds.read,
    "newsItem": newsml.read,
    "newsMessage": newsml.read,
    "nitf": nitf.read,
}

PASSED_OVER = frozenset(
    {"packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem"}
)
"""NewsML-G2 that is no news itself."""


def read(file: BinaryIO, origin: Origin) -> Iterator[Entry]:
    """Read an XML file. What was whole before a fault loads; the rest is refused, with its line.

    Entities that the file declares itself are never read, nothing outside the file is fetched.
    """
    try:
        document = opened(file)
        if kind := KINDS.get(document.root):
            yield from kind(document, origin)
        elif document.root not in PASSED_OVER:
            yield origin.refuse(
                f"neither RSS, Atom, NewsML-G2 nor NITF: its root element is {shown(document.root)}"
            )
    except (BrokenXMLError, UnreadableError) as error:
        yield origin.at(error.line).refuse(str(error))
