"""Whether two addresses lead to the same page."""

import pytest
from hypothesis import example, given, strategies as st

from corpus.addresses import canonical

PAGE = "https://example.org/news/bridge"


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/news/bridge",
        "https://www.example.org/news/bridge/",
        "https://EXAMPLE.org:443/news//bridge",
        "https://example.org/news/bridge#comments",
        "https://m.example.org/news/bridge/amp",
        "https://example.org/news/bridge/index.html",
        "https://example.org/news/bridge?utm_source=feed&UTM_Medium=rss&fbclid=x",
    ],
)
def test_what_does_not_change_the_page(address: str) -> None:
    """Scheme, www., slashes, fragment and what tracks readers make no other page."""
    assert canonical(address) == canonical(PAGE) == "example.org/news/bridge"


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/news/Bridge",
        "https://example.org/news/bridge?id=2",
        "https://example.com/news/bridge",
        "https://example.org:8080/news/bridge",
    ],
)
def test_what_makes_another_page(address: str) -> None:
    """The rest of the address does."""
    assert canonical(address) != canonical(PAGE)


def test_the_order_of_a_query_says_nothing() -> None:
    """Names are put in order; values stay."""
    assert canonical(f"{PAGE}?b=2&a=1") == canonical(f"{PAGE}?a=1&utm_term=x&b=2")
    assert canonical(f"{PAGE}?a=1") != canonical(f"{PAGE}?a=2")


@pytest.mark.parametrize(
    "address", ["https://example.org", "https://www.example.org/", "", "http://["]
)
def test_a_front_page_is_no_articles(address: str) -> None:
    """Nor is what is no address: many articles may carry it."""
    assert canonical(address) == ""


@given(st.text())
@example("\x0c#")
def test_any_text(address: str) -> None:
    """Nothing is too odd to be read, and what is canonical stays as it is."""
    found = canonical(f"https://example.org/{address}")

    assert found == "" or canonical(f"https://{found}") == found or "?" in found
