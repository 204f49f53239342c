"""A small corpus that admins change from the chat, and how a test watches what becomes of it."""

import json
import re
from pathlib import Path

from tests.bot.running import write_articles
from tests.standin import Message, Standin

QUESTION = "who denied everything?"
OLD = {"id": "old", "title": "Old story", "text": "The old minister denied everything on Monday."}
KEPT = {"id": "kept", "title": "Kept story", "text": "The harbour reopened after a week of storms."}
NEW = {"id": "new", "title": "New story", "text": "The new minister denied everything on Friday."}

ENDS = (
    r"Reloaded|The reload failed|Looked through|Nothing has changed yet|Cancelled"
    r"|A reload is running|This is no longer"
)


def write_golden(corpus: Path, *lines: str) -> None:
    """Put golden questions into the corpus folder, a line each."""
    (corpus / "golden.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def golden(name: str, question: str, article: dict[str, str] | None = None) -> str:
    """A judged question that the text of *article* answers, or that nothing does."""
    fields: dict[str, object] = {
        "id": name,
        "question": question,
        "answerable": article is not None,
    }
    if article is not None:
        fields["evidence"] = [[{"article": article["id"], "text": article["text"]}]]
    return json.dumps(fields)


async def end_of(standin: Standin, notice: Message) -> Message:
    """The message *notice* when it shows how a change of the corpus ended."""

    def look() -> Message | None:
        return notice if re.match(ENDS, notice.text) else None

    ended = await standin.world.until(look, 10)
    assert ended, f"it didn't end: {notice.versions}"
    return ended


async def ended(standin: Standin, asked: Message) -> Message:
    """The reply to *asked*, when it shows the end."""
    return await end_of(standin, await standin.wait_for_reply(asked))


def corpus_of(folder: Path) -> Path:
    """A corpus of the old and the kept story."""
    return write_articles(folder, OLD, KEPT)
