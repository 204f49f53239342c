"""An article that somebody wrote into a chat, as a file of the corpus."""

import json
from dataclasses import dataclass, field

from bot.rendering.lines import on_one_line

_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that is to be added; its *name* may be hostile."""

    name: str
    content: bytes = field(repr=False)


def written(text: str) -> NewFile | None:
    """Return the file of a *text*: a title line, and paragraphs below. None where either is missing.

    One that begins with front matter of its own is taken as it is.
    """
    if text.startswith("---\n"):
        return NewFile("article.md", text.encode("utf-8", "replace"))
    head, _, body = text.partition("\n")
    title = on_one_line(head, _LONGEST_TITLE)
    if not title or not body.strip():
        return None
    # A title may hold what YAML reads as something else; in JSON's quotes it is only a text.
    matter = f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n"
    # In a name a dot would begin a suffix, and a slash end a folder.
    name = title.translate({ord(each): " " for each in "./\\"})
    return NewFile(f"{name}.txt", f"{matter}{body.strip()}\n".encode("utf-8", "replace"))
