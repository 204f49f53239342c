"""`.html`: a page as it was saved from the web, one article a page."""

import codecs
import logging
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from lxml import etree, html
from lxml.html import HtmlElement

from corpus.models import Article
from corpus.reading import encoding, prose
from corpus.reading.entries import Entry, Found, Origin
from corpus.reading.headers import headers
from corpus.reading.records import RecordError, to_article

LARGEST = 32_000_000
"""Bytes of a saved page, with the pictures that some programs put into it."""
LONGEST = encoding.LONGEST
"""Bytes of a page without these."""
MOST_TAGS = 100_000
"""Pages of news have some thousands. The time to read a page grows with them, 0.1 ms each."""

EMBEDDED = re.compile(rb"data:[\w.+/-]{1,100};base64,[A-Za-z0-9+/=%\s]{200,}+")
CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,500}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)
SAVED_FROM = re.compile(r"(?:saved from url=\(\d{1,5}\)|\burl: )(https?://\S+)")
TAGS = {"head": "h2", "list": "ul", "item": "li", "quote": "blockquote", "lb": "br"}
"""Elements of what is extracted -> those of HTML."""
CELL_TEXT = 300
"""Characters in the cell of a table above which the table is there for the layout."""


# What it would say of a page is in the refusal.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


class PageError(ValueError):
    """A page without an article. The message is the reason."""


def read(file: BinaryIO, origin: Origin) -> Iterator[Entry]:
    """Read a saved page: its main text, without what stands around it.

    The text is what the page shows, white space aside; the title is no part of it. What the page
    does not say of itself, such as its date, the article does not have.
    """
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        yield origin.refuse(f"longer than {LARGEST:,} bytes")
    else:
        yield entry(data, origin)


def entry(
    data: bytes, origin: Origin, *, address: str | None = None, charset: str | None = None
) -> Entry:
    """The article of the page *data*, which came from *address*, or why there is none.

    *charset* is the encoding that was declared outside of the page.
    """
    try:
        return Found(_article(data, origin, address, charset), origin)
    except (PageError, RecordError, encoding.UnreadableError) as error:
        where = f"{address}: " if address else ""
        until = error.until if isinstance(error, RecordError) else None
        return origin.refuse(f"{where}{error}", until=until)


def _article(data: bytes, origin: Origin, address: str | None, charset: str | None) -> Article:
    page, saved_from = _parsed(decoded(data, charset))
    fields = headers(page, address or saved_from)
    title = str(fields.get("title", ""))
    text = "\n".join(_main_text(page, title))
    if not text:
        raise PageError("no text of an article found on the page")
    return to_article({"title": title, **fields, "text": text}, source=str(origin))


def decoded(data: bytes, charset: str | None = None) -> str:
    """The page as text, without embedded files. Raises PageError or UnreadableError."""
    data = EMBEDDED.sub(b"", data) if len(data) > 100_000 else data
    if len(data) > LONGEST:
        raise PageError(f"longer than {LONGEST:,} bytes")
    if data.count(b"<") > MOST_TAGS:
        raise PageError(f"more than {MOST_TAGS:,} tags")
    declared = CHARSET.search(data, 0, 8192)
    for name in (charset, declared and declared[1].decode()):
        if name and (text := _declared(data, name)) is not None:
            return text
    return encoding.decode(data)


def _declared(data: bytes, name: str) -> str | None:
    """The text, if it is in the encoding *name*; single wrong bytes show as U+FFFD."""
    try:
        codec = codecs.lookup(name).name
        # Browsers read it so, too: of the two, only the second was ever in wide use.
        text = data.decode({"iso8859-1": "cp1252", "ascii": "cp1252"}.get(codec, codec), "replace")
    except (LookupError, ValueError):
        return None
    wrong = text.count("\ufffd")
    return text.removeprefix("\ufeff") if wrong * 1000 <= len(text) else None


def _parsed(text: str) -> tuple[HtmlElement, str | None]:
    """The page, and where it was saved from, as browsers note in a comment."""
    noted = SAVED_FROM.search(text, 0, 4096)
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        page = html.document_fromstring(prose.allowed(text).encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        raise PageError("not a page that can be read") from None
    return page, noted and noted[1]


def _main_text(page: HtmlElement, title: str) -> Iterator[str]:
    """The paragraphs of the article, each as it stands on the page."""
    for each in [each for each in page.iter() if each.tag == "script" or _is_hidden(each)]:
        if each.getparent() is not None:
            each.drop_tree()
    _unfold_layout(page)
    shown = _squeezed("".join(prose.blocks(page)))
    for block in _extracted(page):
        paragraph = prose.line(block)
        # What the library put together anew would be no quotation of the page.
        if paragraph and paragraph != title and _squeezed(block) in shown:
            yield paragraph


def _is_hidden(element: HtmlElement) -> bool:
    # Some pages hide the whole until their script has run.
    return element.tag not in {"html", "body"} and prose.is_hidden(element)


def _unfold_layout(page: HtmlElement) -> None:
    """Make blocks of tables that hold the page together: their cells are no data."""
    for table in list(page.iter("table")):
        cells = [cell for cell in table.iter("td") if len(cell.text_content()) > CELL_TEXT]
        if cells and next(table.iter("th"), None) is None:
            for each in list(table.iter("table", "tbody", "tr", "td")):
                each.tag = "div"


def _extracted(page: HtmlElement) -> Iterable[str]:
    """The blocks that the library takes for the article."""
    # Imported here, for it takes a fifth of a second that a corpus without pages need not wait.
    import trafilatura  # noqa: PLC0415

    try:
        found = trafilatura.bare_extraction(page, include_comments=False, include_tables=False)
    except Exception as error:
        # It meets the odd tree with errors of any kind, and one page must not end the load.
        raise PageError(f"no text found: {type(error).__name__} in trafilatura") from error
    if found is None or isinstance(found, dict) or found.body is None:
        return ()
    for each in found.body.iter():
        each.tag = TAGS.get(each.tag, each.tag)
    return prose.blocks(found.body)


def _squeezed(text: str) -> str:
    return "".join(prose.clean(text).split())
