"""RSS, Atom and JSON Feed -> articles."""

import io
import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from corpus.errors import SourceError
from corpus.models import Article
from corpus.reading import jsonfile, xmlfile
from corpus.reading.entries import Found, Origin

FORMATS = Path(__file__).parent / "formats"
ITEM = "<item><title>T</title><link>https://a.example/1</link>{}</item>"


def read(data: bytes | str, name: str = "feed.rss") -> tuple[list[Article], list[str]]:
    file = io.BytesIO(data.encode() if isinstance(data, str) else data)
    reader = jsonfile.read if name.endswith(".json") else xmlfile.read
    entries = list(reader(file, Origin(Path(name))))
    articles = [entry.article for entry in entries if isinstance(entry, Found)]
    return articles, [str(entry) for entry in entries if isinstance(entry, SourceError)]


def fixture(name: str) -> list[Article]:
    articles, refused = read((FORMATS / name).read_bytes(), name)
    assert refused == []
    return articles


def rss(*items: str, channel: str = "<title>Paper</title>") -> str:
    return f'<rss version="2.0"><channel>{channel}{"".join(items)}</channel></rss>'


def article(item: str, channel: str = "<title>Paper</title>") -> Article:
    [found], refused = read(rss(ITEM.format(item), channel=channel))
    assert refused == []
    return found


def test_an_rss_item_with_its_content_is_an_article() -> None:
    """All fields arrive; the text is what a reader sees, a paragraph a line."""
    ferry = fixture("harbour.rss")[0]

    assert ferry == Article(
        id=ferry.id,
        title="Ferry & bridge reopen after the storm",
        text="The ferry to Low Island sailed again on Thursday morning.\n"
        "“We lost nine days,” said harbour master Ines Okafor.",
        url="https://harbour.example/news/ferry?id=7&page=1",
        publisher="The Harbour Post",
        published_at=datetime(2023, 5, 4, 18, 30, tzinfo=timezone(timedelta(hours=1))),
        language="en-GB",
    )
    assert ferry.id.startswith("url-")
    assert ferry.source == "harbour.rss:11"


def test_a_summary_is_told_from_an_article() -> None:
    """Where a feed gives no more than a summary, that is the text, and the address says so."""
    _, dikes, keeper = fixture("harbour.rss")

    assert dikes.text == "The council voted nine to two for higher dikes."
    assert [dikes.source, keeper.source] == ["harbour.rss:22 (summary)", "harbour.rss:28 (summary)"]


def test_a_guid_is_the_id_and_the_address_where_it_is_one() -> None:
    """Unless it says that it is none."""
    assert fixture("harbour.rss")[1].url == "https://harbour.example/news/dikes"
    assert fixture("harbour.rss")[1].id == "https://harbour.example/news/dikes"
    assert article("<guid>17</guid><description>x</description>").id.startswith("url-")
    assert article("<guid>tag:a,1</guid><description>x</description>").id == "tag:a,1"


def test_the_source_of_an_item_is_its_publisher() -> None:
    """A feed that gathers from others says from whom."""
    assert fixture("harbour.rss")[2].publisher == "The Coast Courier"
    assert fixture("hills.rdf")[0].publisher == "Hills Press"


def test_a_date_is_the_items_else_the_feeds_else_missing() -> None:
    """Dates are not invented, and keep their zone."""
    _, dikes, keeper = fixture("harbour.rss")
    early = timezone(timedelta(hours=1))

    assert dikes.published_at == datetime(2023, 5, 3, 6, 15, tzinfo=UTC)
    assert dikes.published_at.utcoffset() == timedelta(hours=2)
    assert keeper.published_at == datetime(2023, 5, 5, 9, tzinfo=early)
    assert article("<description>x</description>").published_at is None


@pytest.mark.parametrize(
    "written",
    ["Thu, 04 May 23 12:30:00 GMT", "4 May 2023 08:30 EDT", "2023-05-04T12:30:00Z"],
)
def test_dates_of_feeds_are_read(written: str) -> None:
    """RFC 822 allowed years of two digits; some feeds write ISO 8601."""
    found = article(f"<pubDate>{written}</pubDate><description>x</description>")

    assert found.published_at == datetime(2023, 5, 4, 12, 30, tzinfo=UTC)


def test_a_date_that_cannot_be_read_refuses_the_item() -> None:
    """Neither the zone is guessed, nor is the feed's date taken instead."""
    item = ITEM.format("<pubDate>Thu, 04 May 2023 12:30 CET</pubDate><description>x</description>")
    feed = rss(item, channel="<title>P</title><pubDate>Thu, 04 May 2023 12:30 GMT</pubDate>")

    assert read(feed) == (
        [],
        ['feed.rss:1: published_at: not a date: "Thu, 04 May 2023 12:30 CET"'],
    )


def test_what_a_feed_says_behind_its_items_counts() -> None:
    """The order of elements means nothing."""
    behind = rss(ITEM.format("<description>x</description>"), "<language>fr</language>", channel="")

    assert read(behind)[0][0].language == "fr"


def test_rss_1_is_read_in_its_declared_encoding() -> None:
    """Channel and items stand side by side there."""
    [snow] = fixture("hills.rdf")

    assert (snow.id, snow.title, snow.language) == (
        "https://hills.example/1",
        "Snow closes the pass",
        "en",
    )


def test_atom_content_of_each_kind_is_read() -> None:
    """XHTML, HTML and plain text; content that is elsewhere leaves the summary."""
    mill, bus, feast = fixture("tal.atom")

    assert mill.text == (
        "Die Mühle gehört jetzt zwei Schwestern.\n»Wir mahlen weiter«, sagte Edda Kranz."
    )
    assert bus.text == "The bus runs hourly.\nIt stops at the mill."
    assert (feast.text, feast.source) == (
        "Das Fest beginnt um 5 < 6 Uhr.",
        "tal.atom:21 (summary)",
    )
    assert [mill.title, bus.title] == ["Mühle in Oberau verkauft", "Q&A: the new bus line"]


def test_atom_fields_come_from_the_entry_else_the_feed() -> None:
    """The date of publication before that of a change; addresses are relative to xml:base."""
    mill, bus, feast = fixture("tal.atom")

    assert (mill.url, bus.url, feast.url) == (
        "https://tal.example/muehle",
        "https://tal.example/bus",
        None,
    )
    assert [each.publisher for each in (mill, bus)] == ["Das Talblatt", "Das Talblatt"]
    assert [each.language for each in (mill, bus, feast)] == ["de", "en", "de"]
    assert mill.published_at == datetime(2023, 5, 3, 5, tzinfo=UTC)
    assert feast.published_at == datetime(2023, 5, 4, 8, tzinfo=UTC)


def test_json_feed_is_read() -> None:
    """Fields of the feed count wherever they stand; relative addresses are completed."""
    cranes, night = fixture("quay.json")

    assert cranes == Article(
        id="https://quay.example/cranes",
        title="Cranes & crews return",
        text="Two cranes were repaired.\n“They hum again,” said Bo Lind.",
        url="https://quay.example/cranes",
        publisher="The Quay",
        published_at=datetime(2023, 5, 4, 7, tzinfo=timezone(timedelta(hours=-4))),
        language="en",
    )
    assert (night.id, night.language, night.published_at) == ("12", "en-US", None)
    assert [cranes.source, night.source] == ["quay.json:6", "quay.json:14 (summary)"]


def test_items_of_a_json_feed_are_refused_alone() -> None:
    """Each with its line; the others load."""
    items = [17, {"id": "1"}, {"title": "T", "content_text": "a\0b"}, {"title": [], "summary": "x"}]
    good = {"title": "T", "content_text": "A text."}
    feed = {"version": "https://jsonfeed.org/version/1", "items": [*items, good]}
    articles, refused = read(json.dumps(feed, indent=0), "f.json")

    assert [each.text for each in articles] == ["A text."]
    assert [line.partition(": ")[2] for line in refused] == [
        "not an item in braces {...}: 17",
        "title: empty; text: empty",
        "content_text: NUL at character 2",
        "title: not a text: a list",
    ]


@pytest.mark.parametrize(
    ("name", "cut"),
    [("harbour.rss", "<title>Lighthouse"), ("tal.atom", "<summary type"), ("quay.json", '"Night')],
)
def test_of_a_feed_that_is_cut_off_what_was_whole_loads(name: str, cut: str) -> None:
    """The rest is refused once, with the line where the file ends."""
    text = (FORMATS / name).read_text("utf-8")
    head = text[: text.index(cut) + len(cut)]
    articles, [refused] = read(head, name)

    assert [each.title for each in articles] == [each.title for each in fixture(name)[:-1]]
    assert refused.startswith(f"{name}:{head.count(chr(10)) + 1}: not ")
    assert refused.endswith("is the file cut off here?")


def test_xml_that_breaks_in_the_middle_ends_there() -> None:
    """Nobody knows what comes after a fault."""
    good = ITEM.format("<description>x</description>")
    articles, [refused] = read(rss(good, "\n<item></b></item>", good))

    assert len(articles) == 1
    assert refused == "feed.rss:2: not XML: opening and ending tag mismatch: item line 2 and b"


def test_names_of_html_are_read_though_xml_has_none() -> None:
    """Feeds write them, and rarely declare them; an unknown one is a fault."""
    assert article("<description>a&nbsp;&eacute;&mdash;b</description>").text == "a é—b"
    assert read(rss(ITEM.format("<description>&foo;</description>")))[1] == [
        "feed.rss:1: not XML: entity 'foo' not defined"
    ]


def test_prefixes_that_are_not_declared_do_no_harm() -> None:
    """They are a frequent mistake; an element of theirs is not taken for one of the feed's own."""
    found = article(
        "<media:title>Photo</media:title><description>Short.</description>"
        "<content:encoded>&lt;p&gt;Long.&lt;/p&gt;</content:encoded>"
    )

    assert (found.title, found.text) == ("T", "Long.")


@pytest.mark.parametrize(
    ("declared", "written"),
    [("iso-8859-1", "utf-8"), ("utf-8", "cp1252"), ("us-ascii", "cp1252"), ("no-such", "utf-8")],
)
def test_a_wrongly_declared_encoding_is_not_believed(declared: str, written: str) -> None:
    """What the bytes are is surer than what they are called."""
    feed = rss(ITEM.format("<description>Die Mühle gehört „zwei“ Schwestern.</description>"))
    data = f'<?xml version="1.0" encoding="{declared}"?>{feed}'.encode(written)

    assert read(data)[0][0].text == "Die Mühle gehört „zwei“ Schwestern."


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding(encoding: str) -> None:
    """Whatever the declaration says."""
    feed = rss(ITEM.format("<description>Мост открыт.</description>"))
    data = f'<?xml version="1.0" encoding="utf-8"?>\n{feed}'.encode(encoding)

    assert read(data)[0][0].text == "Мост открыт."


def test_thousands_of_items_are_read() -> None:
    """One at a time."""
    items = (
        f"<item><title>{number}</title><description>Text {number}.</description></item>\n"
        for number in range(2_000)
    )

    assert len(read(rss(*items))[0]) == 2_000
