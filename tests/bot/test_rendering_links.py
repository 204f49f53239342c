"""Links that open the source at the sentence."""

from urllib.parse import unquote

import pytest
from hypothesis import given, strategies as st

from bot.rendering.links import LONGEST, source_link

URL = "https://example.org/a"


@pytest.mark.parametrize(
    ("url", "sentence", "link"),
    [
        (URL, "It rained.", f"{URL}#:~:text=It%20rained."),
        (f"{URL}#part", "It rained.", f"{URL}#part:~:text=It%20rained."),
        (f"{URL}#:~:text=old", "It rained.", f"{URL}#:~:text=It%20rained."),
        (f"{URL}?a=1&b=2", "A-b, c & d", f"{URL}?a=1&b=2#:~:text=A%2Db%2C%20c%20%26%20d"),
        (URL, "a b\n c", f"{URL}#:~:text=a%20b%20c"),
        (
            URL,
            "one two three four five six seven eight nine ten eleven",
            f"{URL}#:~:text=one%20two%20three%20four%20five,seven%20eight%20nine%20ten%20eleven",
        ),
        (URL, "x" * 3_000, URL),
        ("https://пример.рф/a", "a", "https://пример.рф/a#:~:text=a"),
    ],
)
def test_a_link(url: str, sentence: str, link: str) -> None:
    """The fragment names the first and last words; an anchor stays, an older fragment goes."""
    assert source_link(url, sentence) == link


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "news.txt",
        "ftp://example.org/a",
        "javascript:alert(1)",
        "https://",
        "https://exa mple.org",
        "https://example.org/\x00",
        "https://example.org:port/",
        "https://[::1/",
        "http://[::1]:8080/a",
        "http://localhost/a",
        "http://.org/",
        "https://bank.example@evil.example/",
        "https://" + "a" * LONGEST,
    ],
)
def test_no_link(url: str | None) -> None:
    """What is no plain address of a web page is not made a link of."""
    assert source_link(url, "It rained.") is None


@given(url=st.text(), sentence=st.text(st.characters(codec=None)))
def test_any_address(url: str, sentence: str) -> None:
    """Nothing breaks it, and a link is never too long."""
    link = source_link(url, sentence)

    assert link is None or len(link) <= LONGEST


@given(sentence=st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))
def test_the_words_survive(sentence: str) -> None:
    """The words in a fragment are those of the sentence; no dash, comma or ampersand is left bare."""
    link = source_link(URL, sentence)

    assert link is not None
    directive = link.partition(":~:text=")[2]
    words = sentence.split()
    ends = [words] if len(words) <= 10 else [words[:5], words[-5:]]
    assert [unquote(end) for end in directive.split(",")] == [" ".join(end) for end in ends]
    assert not set(directive) & set("-&# \n")
