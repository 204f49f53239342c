"""XML that is made to do harm, and XML that is none of what is read."""

import io
import tracemalloc
from pathlib import Path

import pytest

from corpus.errors import SourceError
from corpus.reading import markup, xmlfile
from corpus.reading.encoding import LONGEST
from corpus.reading.entries import Origin


def refusals(data: bytes) -> list[str]:
    entries = list(xmlfile.read(io.BytesIO(data), Origin(Path("a.xml"))))
    assert all(isinstance(entry, SourceError) for entry in entries)
    return [str(entry) for entry in entries]


def test_entities_of_a_files_own_are_refused() -> None:
    """A few lines of them can stand for gigabytes, or for a file of the machine."""
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">\n' for n in range(9))
    bomb = f'<!DOCTYPE rss [\n<!ENTITY l0 "ha">\n{laughs}]>\n<rss>&l9;</rss>'
    outside = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss>&x;</rss>'

    assert refusals(bomb.encode()) == ["a.xml:2: it declares entities, which are not read"]
    assert refusals(outside.encode()) == ["a.xml:1: it declares entities, which are not read"]
    assert refusals(b'<!DOCTYPE rss [<!ENTITY % p SYSTEM "x"> %p;]><rss/>') == [
        "a.xml:1: it declares entities, which are not read"
    ]


def test_a_document_type_elsewhere_is_not_fetched() -> None:
    """What it names is neither opened nor missed."""
    data = b'<!DOCTYPE nitf SYSTEM "http://127.0.0.1:9/nitf.dtd"><nitf><body/></nitf>'

    assert refusals(data) == ["a.xml: title: empty; text: empty"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "a.xml:1: not XML: no root element"),
        (b"\n\nPlain words.", "a.xml:3: not XML: no root element"),
        (b"<!-- only this -->", "a.xml:1: not XML: no root element"),
        (
            b"<urlset/>",
            'a.xml: neither RSS, Atom, NewsML-G2 nor NITF: its root element is "urlset"',
        ),
        (b"<rss>\n<item>a\0b</item></rss>", "a.xml:2: not XML: "),
        (b"<rss>" + b"<a>" * 300, "a.xml:1: not XML: excessive depth"),
        (b"<rss>caf\xc3\xa9\n\xff</rss>", "a.xml:2: not UTF-8"),
        (b"\xff\xfe<\x00r\x00s\x00s\x00>\x00\x00\xd8", "a.xml:1: not UTF-16"),
        (b'<?xml version="1.0"?>\n<rss/>\njunk', "a.xml:3: not XML: extra content"),
    ],
)
def test_what_is_no_xml_is_refused_with_its_line(data: bytes, reason: str) -> None:
    """The message is an address and a reason on one line."""
    [refused] = refusals(data)

    assert refused.startswith(reason)
    assert refused.splitlines() == [refused]


def test_a_fault_is_told_in_few_words() -> None:
    """Whatever of the file the parser quotes."""
    data = b"<rss xmlns:a='http://x/" + b"[" * 5_000 + b"'><item><b></c></item></rss>"

    assert all(len(each) < 300 for each in refusals(data))


def test_packages_and_their_like_are_passed_over() -> None:
    """They are no news themselves."""
    assert refusals(b'<packageItem xmlns="http://iptc.org/std/nar/2006-10-01/"/>') == []


@pytest.mark.parametrize("filler", [b"<longer-than-a/>" * 9, b"words ", b"<!-- no -->"])
def test_an_item_without_end_does_not_fill_the_memory(filler: bytes) -> None:
    """It is refused when it is longer than any article."""
    data = b"<rss><channel><item>" + filler * (2 * LONGEST // len(filler))
    tracemalloc.start()
    try:
        [refused] = refusals(data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert "characters without the end of an item" in refused or "not XML" in refused
    assert peak < len(data)


def test_items_are_given_once_and_forgotten() -> None:
    """An element inside another of its kind is part of that one."""
    data = b"<rss><item>1<item>2</item></item><x:item xmlns:x='u'>3</x:item>\n<item>4</item></rss>"
    document = markup.opened(io.BytesIO(data))
    seen = []
    for element in document.elements("item"):
        before = sum(1 for _ in element.itersiblings(preceding=True))
        seen.append((markup.words(element), element.sourceline, before))

    assert seen == [("12", 1, 0), ("3", 1, 1), ("4", 2, 1)]
