"""ninjs, NewsML-G2 and NITF -> articles."""

import dataclasses
import io
import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from corpus.errors import SourceError
from corpus.models import Article
from corpus.reading import jsonfile, jsonl, wire, xmlfile
from corpus.reading.entries import Found, Origin
from corpus.reading.wire import WireItem

FORMATS = Path(__file__).parent / "formats"
NOW = datetime(2023, 6, 1, tzinfo=UTC)
ITEM = WireItem(guid="urn:x:1", title="T", text="A text.", dates=("2023-05-04T10:00:00Z",))


def read(data: bytes | str, name: str) -> tuple[list[Article], list[str]]:
    file = io.BytesIO(data.encode() if isinstance(data, str) else data)
    readers = {"json": jsonfile.read, "jsonl": jsonl.read}
    reader = readers.get(name.rpartition(".")[2], xmlfile.read)
    entries = list(reader(file, Origin(Path(name))))
    articles = [entry.article for entry in entries if isinstance(entry, Found)]
    return articles, [str(entry) for entry in entries if isinstance(entry, SourceError)]


def fixture(name: str) -> tuple[list[Article], list[str]]:
    return read((FORMATS / name).read_bytes(), name)


def ninjs(**fields: object) -> tuple[list[Article], list[str]]:
    item = {"uri": "urn:x:1", "headline": "T", "body_text": "A text.", **fields}
    return read(json.dumps(item), "n.json")


def test_ninjs_1_is_read() -> None:
    """Of two bodies the one whose paragraphs are marked; the headline is no part of the text."""
    [strike], refused = fixture("ninjs-1.json")

    assert refused == []
    assert strike == Article(
        id="http://wire.example/items/rail-1",
        title="Rail workers end their strike",
        text="Trains run again on Friday.\n“It was a fair deal,” said union chief Tom Adeyemi.",
        url="http://wire.example/items/rail-1",
        publisher="North Wire",
        published_at=datetime(2023, 5, 4, 10, 37, tzinfo=timezone(timedelta(hours=2))),
        language="en",
    )


def test_ninjs_2_is_read() -> None:
    """From a list of items; pictures are passed over, what was withdrawn is refused."""
    [deal], refused = fixture("ninjs-2.json")

    assert (deal.id, deal.title, deal.publisher) == (
        "urn:wire:rail-2#3",
        "Rail deal approved",
        "South Wire",
    )
    assert deal.text == "Members approved the deal.\nOne in ten voted."
    assert refused == [
        'ninjs-2.json:15: not to be used: its publishing status is "canceled"',
    ]


def test_ninjs_3_is_read() -> None:
    """Its names have capitals; what was under embargo is published when that ends."""
    [train], refused = fixture("ninjs-3.json")

    assert refused == []
    assert train.text == "The first train left.\nNobody was late."
    assert train.published_at == datetime(2023, 5, 6, 12, tzinfo=UTC)


def test_lines_of_ninjs_are_read() -> None:
    """Archives of agencies have one item a line, beside which articles of our own may stand."""
    item = {"uri": "urn:x:1", "versioncreated": "2023-05-04", "headline": "T", "body_text": "A."}
    own = {"title": "T", "text": "B.", "uri": "x"}
    articles, refused = read(f"{json.dumps(item)}\n{json.dumps(own)}\n", "n.jsonl")

    assert [each.text for each in articles] == ["A.", "B."]
    assert refused == []


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"headline": " "}, "title: empty"),
        ({"body_text": ""}, "text: empty"),
        ({"headline": 7.5}, "headline: not a text: 7.5"),
        ({"body_text": "a\0"}, "body_text: NUL at character 2"),
        ({"body_text": ["a"]}, "body_text: not a text: a list"),
        ({"versioncreated": "then"}, 'published_at: not a date: "then"'),
        ({"embargoed": "soon"}, 'embargoed: not a date: "soon"'),
        ({"pubstatus": "withheld"}, 'not to be used: its publishing status is "withheld"'),
    ],
)
def test_a_wrong_ninjs_field_is_refused_by_name(fields: dict[str, object], reason: str) -> None:
    """With the line, and what was found."""
    assert ninjs(**fields) == ([], [f"n.json:1: {reason}"])


def test_newsml_g2_is_read() -> None:
    """Each text of a message; pictures and packages are passed over, what is linked is refused."""
    [dam, vote], refused = fixture("message.xml")

    assert dam == Article(
        id="urn:newsml:agency.example:20230504:dam#4",
        title="Dam repaired in ten days",
        text="Engineers closed the gap in Eastmoor dam.\nWhat comes next\n“It will hold,” said Mara Quist.",
        publisher="The Agency",
        published_at=datetime(2023, 5, 4, 12, tzinfo=timezone(timedelta(hours=3))),
        language="en-GB",
    )
    assert (vote.title, vote.text) == (
        "Vote au conseil",
        "Le conseil a voté.\n« C'est fini », dit-elle.",
    )
    assert (vote.id, vote.publisher, vote.language) == (
        "urn:newsml:agency.example:20230504:vote",
        "AGY",
        "fr",
    )
    assert refused == [
        "message.xml:45: its text is not in the file, it is linked (remoteContent)",
    ]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ('<inlineData contenttype="text/plain">One.\n\nTwo.</inlineData>', "One.\nTwo."),
        ('<inlineData contenttype="text/html">&lt;p&gt;One.&lt;p&gt;Two.</inlineData>', "One.\nTwo."),
        ('<inlineData encoding="enc:base64">T25l</inlineData><inlineXML><p>One.</p></inlineXML>', "One."),
    ],
)  # fmt: skip
def test_newsml_g2_content_of_each_kind_is_read(content: str, text: str) -> None:
    """Of several renditions the first that is text; a single item needs no message."""
    [found], refused = read(
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:1"><itemMeta><title>T</title>'
        f"</itemMeta><contentSet>{content}</contentSet></newsItem>",
        "n.xml",
    )

    assert (found.title, found.text, refused) == ("T", text, [])
    assert (found.published_at, found.publisher, found.language) == (None, None, None)


def test_nitf_is_read() -> None:
    """The story without tables; the entities of its document type, which is not fetched."""
    [river], refused = fixture("story.nitf")

    assert refused == []
    assert river == Article(
        id="AGY-2023-77#2",
        title="River falls to a hundred–year low",
        text="The river fell to 31 centimetres on Thursday.\n“We carry the boats,” said ferryman Jon Bek.",
        publisher="River Times",
        published_at=datetime(2023, 5, 4, 12, 30, tzinfo=timezone(timedelta(hours=2))),
        language="en",
    )


@pytest.mark.parametrize(
    ("status", "release", "refused"),
    [
        ("usable", "", False),
        ("info", "", False),
        ("canceled", "", True),
        ("embargoed", "", True),
        ("embargoed", "20230504T100000Z", False),
        ("embargoed", "20990504T100000Z", True),
    ],
)
def test_the_status_of_nitf_counts(status: str, release: str, *, refused: bool) -> None:
    """An embargo has an end, or nobody knows whether it has ended."""
    text = (FORMATS / "story.nitf").read_text("utf-8").replace('"usable"', f'"{status}"')
    text = text.replace("<date.issue", f'<date.release norm="{release}"/><date.issue')

    assert bool(read(text, "s.nitf")[1]) == refused


@pytest.mark.parametrize(
    "cut", ['guid="urn:newsml:agency.example:20230504:photo', "<headline>Vote"]
)
def test_of_a_message_that_is_cut_off_what_was_whole_loads(cut: str) -> None:
    """The rest is refused, with the line where the file ends."""
    text = (FORMATS / "message.xml").read_text("utf-8")
    head = text[: text.index(cut)]
    articles, [refused] = read(head, "m.xml")

    assert [each.title for each in articles] == ["Dam repaired in ten days"]
    assert refused.startswith(f"m.xml:{head.count(chr(10)) + 1}: not XML: ")


def test_an_embargo_ends_by_itself() -> None:
    """The refusal tells from when on the item is to be read after all."""
    ends = datetime(2023, 6, 2, tzinfo=UTC)
    item = dataclasses.replace(ITEM, embargo="2023-06-02T00:00:00Z")
    refused = wire.entry(item, Origin(Path("a")), now=NOW)
    found = wire.entry(item, Origin(Path("a")), now=ends)

    assert isinstance(refused, SourceError)
    assert str(refused) == "a: under embargo until 2023-06-02 00:00:00+00:00"
    assert refused.until == ends
    assert isinstance(found, Found)
    assert found.article.published_at == ends


@pytest.mark.parametrize(
    ("version", "identifier"),
    [("", "urn:x:1"), ("1", "urn:x:1"), ("2", "urn:x:1#2"), (" 12 ", "urn:x:1#12")],
)
def test_versions_of_an_item_are_articles_of_their_own(version: str, identifier: str) -> None:
    """Both may lie in the corpus; the ids of older ones stay what they were."""
    item = dataclasses.replace(ITEM, version=version)
    found = wire.entry(item, Origin(Path("a")), now=NOW)

    assert isinstance(found, Found)
    assert found.article.id == identifier
