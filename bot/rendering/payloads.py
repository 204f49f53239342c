"""A question carried by a link to the bot, as much of it as a start parameter can hold."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

from bot.rendering.composing import sendable

QUESTION = "q_"
"""Begins the payload of a link that asks a question."""

_BYTES = 46
"""Bytes of a question that fit: 62 characters in base64, besides the beginning."""

_PAYLOAD = re.compile(rf"{QUESTION}([A-Za-z0-9_-]{{1,62}})", re.ASCII)


def question_payload(question: str) -> str | None:
    """Return the payload that asks *question*, or its first words: 64 characters at most.

    None where there is nothing to ask.
    """
    carried = _cut(" ".join(sendable(question).split()))
    if not carried:
        return None
    return QUESTION + urlsafe_b64encode(carried.encode()).decode().rstrip("=")


def asked_by(payload: str) -> str | None:
    """Return the question that *payload*, which may be forged, asks; None if it asks nothing."""
    if (found := _PAYLOAD.fullmatch(payload)) is None:
        return None
    coded = found[1]
    try:
        question = urlsafe_b64decode(coded + "=" * (-len(coded) % 4)).decode()
    except ValueError:
        return None
    return question.strip() or None


def start_link(username: str | None, payload: str | None) -> str | None:
    """Return the address that starts the bot called *username* with *payload*."""
    return f"https://t.me/{username}?start={payload}" if username and payload else None


def _cut(question: str) -> str:
    whole = question.encode()
    if len(whole) <= _BYTES:
        return question
    kept = whole[:_BYTES].decode(errors="ignore")
    # Half a word is another word; but a single long one is better than nothing.
    words = kept if whole[len(kept.encode()) :].startswith(b" ") else kept.rpartition(" ")[0]
    return (words or kept).rstrip()
