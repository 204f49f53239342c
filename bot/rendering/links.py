"""Links that open a source at the sentence that is quoted, and links that open its receipt."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urldefrag, urlsplit

from retrieval.models import Snippet

CITATION = "c_"
"""Begins the payload of a permanent link."""

LONGEST = 2048
"""Characters of a link; some readers' browsers take no more."""

_WORDS = 5
"""Words given from each end of a sentence: enough to find it, few enough to survive small edits."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where cited snippets are found again, if *username* (the bot's) and *name* are given.

    *name* gives the id of a snippet's citation, at most 62 characters of `A-Za-z0-9_-`.
    """

    username: str | None = None
    name: Callable[[Snippet], str] | None = None

    def payload(self, snippet: Snippet) -> str | None:
        """Return what the bot is started with, or asked inline, to show just this snippet."""
        return None if self.name is None else f"{CITATION}{self.name(snippet)}"

    def link(self, snippet: Snippet) -> str | None:
        """Return the permanent link of a snippet."""
        payload = self.payload(snippet)
        if payload is None or not self.username:
            return None
        return f"https://t.me/{self.username}?start={payload}"


NOWHERE = Addresses()
"""For what is not remembered."""


def web_link(url: str | None) -> str | None:
    """Return *url* if it can be pressed and is not too long, or else None."""
    return url if url is not None and _is_web_link(url) and len(url) <= LONGEST else None


def source_link(url: str | None, sentence: str) -> str | None:
    """Return *url* with a text fragment that highlights *sentence*, or None if it is no web link.

    The bare link is returned where the fragment would make it too long.
    """
    if url is None or not _is_web_link(url):
        return None
    bare, anchor = urldefrag(url)
    anchor = anchor.partition(":~:")[0]
    linked = f"{bare}#{anchor}:~:{_directive(sentence)}"
    if len(linked) <= LONGEST:
        return linked
    return url if len(url) <= LONGEST else None


def _is_web_link(url: str) -> bool:
    if not url.isprintable() or any(c.isspace() or c in '<>"\\' for c in url):
        return False
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port  # raises ValueError for one that is no number
    except ValueError:
        return False
    # Telegram refuses a message with a link to a host without a dot.
    named = "." in host and all(host.split(".")) and all(c.isalnum() or c in ".-_" for c in host)
    return parts.scheme in {"http", "https"} and named and parts.username is None


def _directive(sentence: str) -> str:
    words = sentence.split()
    if len(words) <= 2 * _WORDS:
        return f"text={_encoded(words)}"
    return f"text={_encoded(words[:_WORDS])},{_encoded(words[-_WORDS:])}"


def _encoded(words: list[str]) -> str:
    # The dash has a meaning of its own in a text directive, and quote() takes it for harmless.
    return quote(" ".join(words), safe="", errors="replace").replace("-", "%2D")
