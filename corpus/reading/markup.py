"""XML that is safe to read: streamed, without entities of its own, never more than an item in memory."""

import html.entities
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import BinaryIO, TypeAlias

from lxml import etree

from corpus.reading.encoding import LONGEST
from corpus.reading.streams import pieces

Element: TypeAlias = etree._Element  # noqa: SLF001 (lxml has no public name for it)

LONGEST_HEAD = 65_536
"""Characters before the root element."""

LONGEST_MESSAGE = 200
"""Characters of what the parser says of a fault: it may quote the file."""

XML_DECLARATION = re.compile(r"<\?xml\s[^>]*?\?>")
DECLARED = re.compile(rb"""<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""")
IGNORED = re.compile(r"\s+|<!--.*?-->|<\?.*?\?>", re.DOTALL)
DOCTYPE = re.compile(
    r"""<!DOCTYPE\s(?:[^\["'>]|"[^"]*"|'[^']*')*(?:\[(?P<own>.*?)\]\s*)?>""", re.DOTALL
)
ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)(?=[\s/>])")

# Feeds write names that only HTML has, and rarely say so. Each stands for one character.
NAMED = "".join(
    f'<!ENTITY {name} "&#{code};">'
    for name, code in html.entities.name2codepoint.items()
    if name not in {"amp", "lt", "gt", "quot", "apos"}
)


class BrokenXMLError(ValueError):
    """The file is not XML, or none that is read, from *line* on (from 1)."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.line = line


@dataclass(frozen=True, slots=True)
class Document:
    """An open XML file. *root* is the name of its root element, without a prefix."""

    file: BinaryIO
    root: str

    def elements(self, *names: str) -> Iterator[Element]:
        """Yield each element of one of these local names, whole, once, in the order of the file.

        One inside another is part of that. Whatever stands before an element is still there while
        it is looked at, and is gone afterwards. Raises BrokenXMLError after all that was whole, and
        UnreadableError where the file is not text.
        """
        parser = _parser(*(f"{{*}}{name}" for name in (*names, self.root)))
        waiting, line, start = 0, 1, 1
        ended = closing = False
        try:
            for text in _sound(self.file):
                waiting, line = waiting + len(text), line + text.count("\n")
                try:
                    parser.feed(text.encode())
                finally:
                    for element in _finished(parser, names):
                        waiting, start = 0, line
                        ended = element.getparent() is None
                        if local(element) in names:
                            yield element
                            _drop(element)
                if waiting > LONGEST:
                    raise BrokenXMLError(
                        f"{LONGEST:,} characters without the end of an item", start
                    )
            closing = True
            parser.close()
        except etree.XMLSyntaxError as error:
            if fault := _fault(error, ended=ended):
                cut = "; is the file cut off here?" if closing and not ended else ""
                raise BrokenXMLError(f"{fault}{cut}", fault.line) from None


def opened(file: BinaryIO) -> Document:
    """Look at the head of an XML file. Raises BrokenXMLError and UnreadableError."""
    head = _head(pieces(file, _declared(file)))
    root = ROOT.match(head, _prolog(head)[1])
    if root is None:
        raise BrokenXMLError("not XML: no root element", head.count("\n", 0, _prolog(head)[1]) + 1)
    return Document(file, root.group(1))


def local(element: Element) -> str:
    """The name of an element without its namespace, also where that is not declared."""
    return re.split("[}:]", str(element.tag))[-1] or "span"


def bare(element: Element) -> Element:
    """*element*, itself and all below it without namespaces: HTML wherever it came from."""
    for each in element.iter():
        if isinstance(each.tag, str):
            each.tag = local(each)
    return element


def words(element: Element | None) -> str:
    """All text in *element*, without blanks around it; "" where there is none."""
    return "" if element is None else "".join(map(str, element.itertext())).strip()


def _parser(*tags: str) -> etree.XMLPullParser:
    return etree.XMLPullParser(
        events=("end",),
        tag=tags,
        encoding="utf-8",
        resolve_entities="internal",
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _finished(parser: etree.XMLPullParser, names: Collection[str]) -> Iterator[Element]:
    for _, element in parser.read_events():
        if not any(local(each) in names for each in element.iterancestors()):
            yield element


def _drop(element: Element) -> None:
    """Forget an element and what stands before it, at every level."""
    # The text behind it is not there yet, so the element itself is only emptied, and goes with the next.
    element.clear()
    while element is not None:
        while (before := element.getprevious()) is not None:
            element.getparent().remove(before)
        element = element.getparent()


def _sound(file: BinaryIO) -> Iterator[str]:
    """The text of the file, its prolog replaced by one that declares what HTML has, on the same lines."""
    texts = pieces(file, _declared(file))
    head = _head(texts)
    doctype, start = _prolog(head)
    if doctype and "<!ENTITY" in (doctype.group("own") or ""):
        line = head.count("\n", 0, head.index("<!ENTITY", doctype.start())) + 1
        raise BrokenXMLError("it declares entities, which are not read", line)
    root = ROOT.match(head, start)
    lines = "\n" * head.count("\n", 0, start)
    yield f"{lines}<!DOCTYPE {root.group(1) if root else 'x'} [{NAMED}]>{head[start:]}"
    yield from texts


def _head(texts: Iterator[str]) -> str:
    head = ""
    for text in texts:
        head += text
        if len(head) >= LONGEST_HEAD:
            break
    return head


def _prolog(head: str) -> tuple[re.Match[str] | None, int]:
    """The document type, if one is given, and where the root element starts."""
    at, doctype = len(head) - len(head.lstrip()), None
    if declaration := XML_DECLARATION.match(head, at):
        at = declaration.end()
    while match := IGNORED.match(head, at) or DOCTYPE.match(head, at):
        doctype = match if match.re is DOCTYPE else doctype
        at = match.end()
    return doctype, at


def _declared(file: BinaryIO) -> str | None:
    file.seek(0)
    found = DECLARED.match(file.read(200).lstrip(b"\xef\xbb\xbf \t\r\n"))
    return found.group(1).decode() if found else None


def _fault(error: etree.XMLSyntaxError, *, ended: bool) -> BrokenXMLError | None:
    """What is wrong, and where; None if nothing but a prefix that is not declared."""
    line, message = error.lineno, error.msg
    if error.code == etree.ErrorTypes.NS_ERR_UNDEFINED_NAMESPACE:
        # It does not end the reading, but it is told of in the place of what did.
        fatal = [each for each in error.error_log if each.level == etree.ErrorLevels.FATAL]
        if ended or not fatal:
            return None if ended else BrokenXMLError(f"not XML: {message}", max(1, line or 1))
        line, message = fatal[-1].line, fatal[-1].message
    message = re.sub(r",? line \d+, column \d+$", "", " ".join(message.split()))
    message = message if len(message) <= LONGEST_MESSAGE else f"{message[:LONGEST_MESSAGE]}…"
    reason = f"not XML: {message[:1].lower()}{message[1:]}"
    return BrokenXMLError(reason, max(1, line or 1))
