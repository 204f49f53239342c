"""`.mhtml`: a page with all that belongs to it, as browsers save it in one file."""

import email
import email.policy
from collections.abc import Iterator
from email.message import Message
from typing import BinaryIO

from corpus.reading import pages
from corpus.reading.entries import Entry, Origin

LARGEST = 64_000_000
"""Bytes of the file, pictures and all."""
MOST_PARTS = 5_000
PAGES = frozenset({"text/html", "application/xhtml+xml"})


def read(file: BinaryIO, origin: Origin) -> Iterator[Entry]:
    """Read the page of the file; pictures, styles and frames are left out."""
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        yield origin.refuse(f"longer than {LARGEST:,} bytes")
        return
    try:
        part = _page(email.message_from_bytes(data, policy=email.policy.compat32))
        found = part and (_bytes(part), part.get_content_charset(), _address(part))
    except Exception as error:  # noqa: BLE001 - the library meets broken mail with errors of any kind
        yield origin.refuse(f"not MHTML that can be read: {type(error).__name__}")
        return
    if not found:
        yield origin.refuse("no page found in the file")
        return
    page, charset, address = found
    yield pages.entry(page, origin, address=address, charset=charset)


def _page(message: Message) -> Message | None:
    """The first part that is a page: the others are its frames."""
    waiting = [message]
    for _ in range(MOST_PARTS):
        if not waiting:
            break
        part = waiting.pop(0)
        if part.is_multipart():
            waiting = [
                *(each for each in part.get_payload() if isinstance(each, Message)),
                *waiting,
            ]
        elif part.get_content_type() in PAGES:
            return part
    return None


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _address(part: Message) -> str | None:
    address = str(part.get("Content-Location", "")).strip()
    return address if address.startswith(("http://", "https://")) else None
