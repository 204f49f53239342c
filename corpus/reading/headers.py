"""What a page says of itself: title, date, publisher and address, from its metadata.

Asked in this order: the article in JSON-LD (schema.org), OpenGraph and its likes, microdata, what
stands on the page. Nothing is guessed: no date is taken from the address or from the text.
"""

import json
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from corpus.reading.dates import parse_date
from corpus.reading.prose import line

ARTICLES = frozenset(
    """AnalysisNewsArticle Article AskPublicNewsArticle BackgroundNewsArticle BlogPosting LiveBlogPosting
    NewsArticle OpinionNewsArticle Report ReportageNewsArticle ReviewNewsArticle""".split()
)
"""The types of schema.org that are an article."""

DATES = (
    "article:published_time og:published_time article:published datepublished publishdate publish-date "
    "publish_date publication_date pubdate parsely-pub-date sailthru.date dc.date.issued "
    "dcterms.issued dc.date dcterms.date citation_publication_date date"
).split()
PUBLISHERS = "og:site_name dc.publisher dcterms.publisher publisher application-name".split()
TITLES = "og:title twitter:title dc.title".split()
LANGUAGES = "og:locale dc.language language".split()

LONGEST_JSON = 1_000_000
"""Characters of one script of JSON-LD."""
MOST_NODES = 10_000
"""Objects and lists of JSON-LD that are looked at."""


def headers(page: HtmlElement, address: str | None) -> dict[str, object]:
    """The fields of an article that *page* gives; *address* is where it was saved from, if known."""
    said = _json_ld(page)
    metas = _metas(page)
    publisher = _publisher(said, metas)
    fields: dict[str, object | None] = {
        "title": _title(page, said, metas, publisher),
        "url": _address(page, said, metas, address),
        "publisher": publisher,
        "published_at": _date(page, said, metas),
        "language": _language(page, said, metas),
    }
    return {name: value for name, value in fields.items() if value}


def _json_ld(page: HtmlElement) -> dict[str, Any]:
    """The first article in the page's JSON-LD, or nothing."""
    for script in page.iter("script"):
        kind, text = str(script.get("type", "")).lower(), script.text or ""
        if "ld+json" in kind and len(text) <= LONGEST_JSON:
            try:
                found = json.loads(text, strict=False)
            except (ValueError, RecursionError):
                continue
            for node in _nodes(found):
                if ARTICLES & _kinds(node):
                    return node
    return {}


def _nodes(value: object) -> Iterator[dict[str, Any]]:
    """Each object in *value*, the outer before the inner."""
    waiting = deque([value])
    for _ in range(MOST_NODES):
        if not waiting:
            return
        here = waiting.popleft()
        if isinstance(here, dict):
            yield here
            waiting += here.values()
        elif isinstance(here, list):
            waiting += here


def _kinds(node: dict[str, Any]) -> set[str]:
    kind = node.get("@type")
    return {each for each in (kind if isinstance(kind, list) else [kind]) if isinstance(each, str)}


def _metas(page: HtmlElement) -> dict[str, str]:
    """What `<meta>` says, by name in small letters; of two with one name, the first."""
    metas: dict[str, str] = {}
    for meta in page.iter("meta"):
        content = str(meta.get("content", "")).strip()
        for kind in ("property", "name", "itemprop"):
            if content and (name := meta.get(kind)):
                metas.setdefault(str(name).lower(), content)
    return metas


def _first(metas: dict[str, str], names: Iterable[str]) -> Iterator[str]:
    return (metas[name] for name in names if name in metas)


def _text(value: object) -> str:
    """What JSON-LD has for a text: a text, an object with a name, or a list of these."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name") or value.get("@id")
    return line(value) if isinstance(value, str) else ""


def _publisher(said: dict[str, Any], metas: dict[str, str]) -> str:
    named = said.get("publisher")
    if isinstance(named, dict) and "name" not in named:
        named = None  # only a reference to another node
    return next(filter(None, (_text(named), *map(line, _first(metas, PUBLISHERS)))), "")


def _title(page: HtmlElement, said: dict[str, Any], metas: dict[str, str], publisher: str) -> str:
    headings = [line(each.text_content()) for each in page.iter("h1")]
    given = (
        _text(said.get("headline")),
        *map(line, _first(metas, TITLES)),
        *(headings if len(headings) == 1 else ()),
        *(line(each.text_content()) for each in page.iter("title")),
    )
    return _bare(next(filter(None, given), ""), publisher)


def _bare(title: str, publisher: str) -> str:
    """*title* without the name of the site that many put behind it."""
    for mark in ("|", "-", "–", "—", "·"):
        title = title.removesuffix(f" {mark} {publisher}")
    return title


def _address(
    page: HtmlElement, said: dict[str, Any], metas: dict[str, str], address: str | None
) -> str:
    canonical = [str(each.get("href", "")) for each in page.iter("link") if _is_canonical(each)]
    main = said.get("mainEntityOfPage")
    named = main.get("@id") or main.get("url") if isinstance(main, dict) else main
    for found in (*canonical, metas.get("og:url"), said.get("url"), named, address):
        if isinstance(found, str) and (whole := _absolute(found.strip(), address)):
            return whole
    return ""


def _is_canonical(link: HtmlElement) -> bool:
    return "canonical" in str(link.get("rel", "")).lower().split()


def _absolute(found: str, address: str | None) -> str:
    try:
        whole = urljoin(address or "", found)
        parts = urlsplit(whole)
        named = bool(parts.hostname)
    except ValueError:
        return ""
    return whole if parts.scheme in {"http", "https"} and named and " " not in whole else ""


def _date(page: HtmlElement, said: dict[str, Any], metas: dict[str, str]) -> str:
    """The first that is a date, as it is written."""
    marked = (
        str(each.get("datetime") or each.get("content") or each.text_content())
        for each in page.iter("time", "span", "abbr", "div")
        if each.get("itemprop") == "datePublished" or each.get("pubdate") is not None
    )
    for found in (_text(said.get("datePublished")), *_first(metas, DATES), *marked):
        written = line(found)
        try:
            parse_date(written)
        except ValueError:
            continue
        return written
    return ""


def _language(page: HtmlElement, said: dict[str, Any], metas: dict[str, str]) -> str:
    declared = str(page.get("lang") or page.get("{http://www.w3.org/XML/1998/namespace}lang") or "")
    given = (declared, _text(said.get("inLanguage")), *_first(metas, LANGUAGES))
    return next((each.strip().replace("_", "-") for each in given if each.strip()), "")
