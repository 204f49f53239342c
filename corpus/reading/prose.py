"""What a reader sees of foreign text: characters that show, blanks as blanks, paragraphs as lines.

Every format but our own goes through here, so that one text reads alike from a page, a feed and a
document. Quotation marks, dashes and apostrophes stay as they are.
"""

import re
from collections.abc import Iterable

from lxml import etree, html

# Nobody sees these. The joiners (U+200C, U+200D) and the marks of direction stay: they change what
# is seen of Persian, Hindi and Arabic.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u180e\u200b\u2060-\u2064\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_BREAK = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+")
_BLANK_LINE = re.compile(r"\n\s*\n")

_BLOCKS = frozenset(
    """address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol
    optgroup option p pre section summary table tbody td tfoot th thead tr ul body.content block hl1
    hl2 head head.content""".split()
)
"""Elements that begin a line of their own. NITF's are among them."""

_UNREAD = frozenset(
    """applet audio button canvas embed head iframe map math noscript object script select style svg
    template textarea title video""".split()
)
"""Elements whose text is not on the page, or not part of what is read there."""

WRAPPED = range(50, 101)
"""Characters that a line has where a program broke it to fit a width."""


def clean(text: str) -> str:
    """*text* without characters that nobody sees; any blank is U+0020, any line end is `\\n`.

    Rows of blanks become one; lines have none at their ends. Doing it twice changes nothing.
    """
    seen = _BLANKS.sub(" ", _UNSEEN.sub("", _BREAK.sub("\n", text)))
    return "\n".join(line.strip(" ") for line in seen.split("\n")).strip("\n")


def line(text: str) -> str:
    """*text* cleaned, on one line: a title, a name."""
    return " ".join(clean(text).split())


def paragraphs(blocks: Iterable[str]) -> str:
    """Each block as one line, in order, without those that are empty."""
    return "\n".join(folded for block in blocks if (folded := line(block)))


def plain(text: str) -> str:
    """Text without markup as paragraphs, each on a line of its own.

    Paragraphs end at a blank line or at a line break. Only where blank lines part the paragraphs,
    and the lines between are broken to a width, are those put together again.
    """
    blocks = _BLANK_LINE.split(clean(text))
    if len(blocks) > 1 and _is_wrapped(blocks):
        return paragraphs(blocks)
    return paragraphs(piece for block in blocks for piece in block.split("\n"))


def fragment(markup: str) -> str:
    """The paragraphs of a piece of HTML, entities read, each on a line of its own.

    Scripts, styles, forms and what is marked as hidden are left out. Text without any markup is
    read as `plain` does. Whatever *markup* is, nothing is raised.
    """
    if "<" not in markup and "&" not in markup:
        return plain(markup)
    try:
        root = html.fragment_fromstring(allowed(markup), create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return plain(re.sub(r"<[^>]*>", "", markup))
    if len(root) == 0:
        return plain(root.text or "")
    return paragraphs(blocks(root))


def blocks(root: etree._Element) -> Iterable[str]:
    """The text of each block below *root*, in the order of the page; some may be blank."""
    gathered: list[str] = []
    hidden: etree._Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        starts, shows = event == "start", hidden is None
        if shows and starts and element is not root and _is_unread(element):
            hidden, shows = element, False
        breaks = shows and event in {"start", "end"} and element.tag in _BLOCKS
        if breaks:
            yield "".join(gathered)
            gathered = []
        if shows and starts:
            gathered.append(element.text or "")
        if element is hidden and event == "end":
            hidden = None
        if hidden is None and not starts and element is not root:
            gathered.append(element.tail or "")
    yield "".join(gathered)


def is_hidden(element: etree._Element) -> bool:
    """Whether the page itself says that *element* is not shown."""
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return bool(style) and "display:none" in "".join(str(style).lower().split())


def allowed(markup: str) -> str:
    """*markup* without the characters that lxml refuses, and that nobody sees."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", markup)


def _is_unread(element: etree._Element) -> bool:
    return element.tag in _UNREAD or is_hidden(element)


def _is_wrapped(blocks: list[str]) -> bool:
    inner = [len(piece) for block in blocks for piece in block.split("\n")[:-1]]
    return bool(inner) and sum(length in WRAPPED for length in inner) >= 0.9 * len(inner)
