"""Saved pages: the text that is read on them, and what they say of themselves."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings, strategies as st
from lxml import html

from corpus.reading import headers, pages, prose
from tests.corpus.made import FORMATS, article, mhtml, page, read, refusals

PAGES = ("breaks.html", "opengraph.html", "plain.html", "structured.html")
AROUND = """cookie cookies partners Subscribe Advertisement Facebook inbox saltydog uncle Bakery Privacy
Menü Bademeister Skilift Franz Meistgelesen Impressum Home Tides Weather Copyright Redaktion""".split()
"""Words that stand on the pages, but in no article."""


UTF8 = html.HTMLParser(encoding="utf-8")


def dressed(
    head: str, body: str = "<p>The ferry sails again, the harbour master said.</p>"
) -> bytes:
    return f"<html><head>{head}</head><body><article>{body}</article></body></html>".encode()


def test_a_page_with_everything_gives_its_article() -> None:
    """Main text, title, date with its zone, publisher, canonical address and language."""
    found = article("structured.html")

    assert found.title == "Lighthouse keepers win back pay after tribunal ruling"
    assert found.url == "https://gazette.example/coast/lighthouse-back-pay"
    assert found.publisher == "The Harbour Gazette"
    assert found.published_at == datetime(2024, 2, 11, 8, 15, tzinfo=timezone(timedelta(hours=1)))
    assert found.published_at.utcoffset() == timedelta(hours=1)
    assert found.language == "en-GB"
    paragraphs = found.text.split("\n")
    assert len(paragraphs) == 9
    assert paragraphs[0].startswith("Eleven retired keepers are to share")
    assert paragraphs[2].endswith("the tribunal’s chair, Agnes Thorburn, wrote in the ruling.")
    assert "appeal. “We value what the keepers did,” a spokeswoman said." in paragraphs[3]
    assert paragraphs[-1].startswith("The last keepers left their posts in 2020")


def test_opengraph_serves_where_there_is_no_json_ld() -> None:
    """The same fields, from `<meta>`; lists are paragraphs."""
    found = article("opengraph.html")

    assert found.title == "Talbrücke bleibt bis Ostern gesperrt"
    assert found.url == "https://bergkurier.example/region/talbruecke-gesperrt"
    assert (found.publisher, found.language) == ("Bergkurier", "de")
    assert found.published_at == datetime(2025, 1, 17, 18, 42, 10, tzinfo=UTC)
    assert "\nDas Hotel Sonnblick schließt im Februar ganz.\n" in found.text
    assert "„Die Sicherheit geht vor“, sagte sie." in found.text


def test_a_plain_page_has_what_it_shows_and_no_more() -> None:
    """No date, publisher or address is made up; Latin-1 is read as browsers read it."""
    found = article("plain.html")

    assert found.title == "Mayor opens the new tram line"
    assert (found.url, found.publisher, found.published_at) == (None, None, None)
    assert "“I was more nervous than on my wedding day,” said Gerda Lindqvist" in found.text
    assert found.text.count("\n") == 3


def test_a_page_held_together_by_a_table_is_read() -> None:
    """Its paragraphs end with line breaks; what stands in the other cells is left out."""
    found = article("breaks.html")

    assert found.published_at == datetime(2009, 6, 30, tzinfo=UTC)
    assert [line[:12] for line in found.text.split("\n")] == [
        "The fisherme",
        '"They count ',
        "The ministry",
        "Under the de",
    ]


@pytest.mark.parametrize("name", PAGES)
def test_nothing_around_the_article_is_read(name: str) -> None:
    """No menu, cookie banner, advertisement, comment, link to other articles or footer."""
    words = set(article(name).text.split())

    assert not words.intersection(AROUND)


@pytest.mark.parametrize("name", PAGES)
def test_each_paragraph_stands_on_the_page(name: str) -> None:
    """White space aside, what would be cited is what a reader sees there."""
    text = pages.decoded((FORMATS / name).read_bytes())
    shown = prose.line("".join(prose.blocks(html.document_fromstring(text.encode(), parser=UTF8))))

    for paragraph in article(name).text.split("\n"):
        assert "".join(paragraph.split()) in "".join(shown.split())


def test_text_that_only_machines_see_is_not_read() -> None:
    """The body in JSON-LD of a page behind a wall is on no reader's screen, nor is what is hidden."""
    hidden = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Wall", "articleBody": "%s"}</script>'
    secret = (
        "The whole text of the article stands here, for machines only, and nobody sees it. " * 9
    )

    assert refusals("a.html", dressed(hidden % secret, "")) == [
        "a.html: no text of an article found on the page"
    ]
    both = dressed("<title>T</title>", f"<p>Seen by all.</p><p style='display:none'>{secret}</p>")
    assert article("a.html", both).text == "Seen by all."


@pytest.mark.parametrize(
    ("head", "moment"),
    [
        ('<meta name="date" content="2021-05-04">', datetime(2021, 5, 4, tzinfo=UTC)),
        ('<meta property="article:published_time" content="soon">', None),
        ('<meta name="last-modified" content="2021-05-04">', None),
        ('<meta property="article:modified_time" content="2021-05-04">', None),
        ("", None),
        (
            '<meta property="article:published_time" content="x"><meta name="pubdate" content="2021-05-04T10:00+02:00">',
            datetime(2021, 5, 4, 8, tzinfo=UTC),
        ),
    ],
)
def test_a_date_is_the_pages_own_or_missing(head: str, moment: datetime | None) -> None:
    """What is no date, or the date of something else, is none."""
    body = "<p>The ferry sails again on 3 May 2020, the harbour master said.</p>"

    assert (
        article("2019-01-01.html", dressed(f"<title>T</title>{head}", body)).published_at == moment
    )


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="/a">', None),
        ('<meta property="og:url" content="https://x.example/a">', "https://x.example/a"),
        ('<link rel="canonical" href="javascript:x">', None),
        ('<link rel="canonical" href="https://[x">', None),
        ("<!-- saved from url=(0021)https://x.example/b --><p>", "https://x.example/b"),
    ],
)
def test_an_address_is_a_web_address_or_missing(head: str, url: str | None) -> None:
    """A browser's note of where it saved the page counts last."""
    assert article("a.html", dressed(f"<title>T</title>{head}")).url == url


def test_a_sites_name_is_no_part_of_the_title() -> None:
    """It stands behind the title on most pages."""
    head = '<title>Ferry sails – The Tide</title><meta property="og:site_name" content="The Tide">'

    assert article("a.html", dressed(head)).title == "Ferry sails"


@pytest.mark.parametrize(
    "broken", ['{"@type": "NewsArticle", ', "[" * 5000, '{"@graph": "x"}', "{}", '{"@type": 3}']
)
def test_broken_json_ld_is_passed_over(broken: str) -> None:
    """The page is read all the same."""
    head = f'<title>T</title><script type="application/ld+json">{broken}</script>'

    assert article("a.html", dressed(head)).title == "T"


def test_a_page_in_one_file_is_read() -> None:
    """As browsers save it; where it came from is its address."""
    html_only = (FORMATS / "structured.html").read_bytes()
    saved = article("a.mhtml", mhtml(html_only, "https://gazette.example/saved"))

    assert saved.text == article("structured.html").text
    own = mhtml(page("The quay is closed until May, the port said."), "https://x.example/q")
    assert article("a.mht", own).url == "https://x.example/q"
    assert article("a.html", own).url == "https://x.example/q"


@pytest.mark.parametrize(
    "data",
    [b"", b"MIME-Version: 1.0\r\n\r\nx", b"Content-Type: multipart/related\r\n\r\nx", b"\0" * 99],
)
def test_a_file_without_a_page_is_refused(data: bytes) -> None:
    """It says so, with its address."""
    assert refusals("a.mhtml", data) == ["a.mhtml: no page found in the file"]


def test_pictures_inside_a_page_do_not_count() -> None:
    """Some programs save them as text in the page, megabytes of it."""
    picture = '<img src="data:image/png;base64,' + "QUJD" * 3_000_000 + '">'
    body = f"{picture}<p>The quay is closed until May, the port said.</p>"

    assert article("a.html", dressed("<title>T</title>", body)).text.startswith("The quay")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<p>" + b"x" * 50_000_000, "longer than 32,000,000 bytes"),
        (b"<p>" + b"x" * 9_000_000, "longer than 8,000,000 bytes"),
        (b"<p>a" * 100_001, "more than 100,000 tags"),
        (b"", "not a page that can be read"),
        (b"\x00\x01\x02" * 100, "not a page that can be read"),
        (b"<p>\xff\xfe\x81\xfa\xb3" * 99, "not UTF-8"),
        (page(""), "no text of an article found on the page"),
    ],
)
def test_what_is_too_much_or_nothing_is_refused(data: bytes, why: str) -> None:
    """With the reason, and before any time is lost on it."""
    [refusal] = refusals("a.html", data)

    assert refusal.startswith(f"a.html: {why}")


def test_what_json_ld_nests_is_looked_at_in_bounds() -> None:
    """A script of a million objects does not hold up the others."""
    many = '{"a": [' + ",".join(["{}"] * 200_000) + ', {"@type": "NewsArticle", "headline": "No"}]}'
    tree = html.document_fromstring(
        f'<title>T</title><script type="application/ld+json">{many}</script><p>x'
    )

    assert headers.headers(tree, None) == {"title": "T"}


whole = [(FORMATS / name).read_bytes() for name in PAGES]
debris = st.sampled_from(
    [
        b"<",
        b">",
        b"</div>",
        b"<table><tr><td>",
        b"\0",
        b"\xff",
        b"&#0;",
        b"<!--",
        b"<svg>",
        b"]]>",
        b'"',
    ]
)


@st.composite
def mutations(draw: st.DrawFn) -> bytes:
    data = draw(st.sampled_from(whole))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        cut = draw(st.integers(0, 200))
        data = data[:at] + draw(debris | st.binary(max_size=4)) + data[at + cut :]
    return data


@settings(max_examples=60, deadline=None)
@given(mutations())
def test_a_damaged_page_gives_entries_and_nothing_else(data: bytes) -> None:
    """Whatever happened to it, there is one entry, and reading it again gives the same."""
    [entry] = read("a.html", data)

    assert [repr(entry)] == [repr(each) for each in read("a.html", data)]
