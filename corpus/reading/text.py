"""`.txt` and `.md`: one article a file, with or without front matter."""

import re
import unicodedata
from collections.abc import Iterator
from typing import BinaryIO

from corpus.models import Article
from corpus.reading import frontmatter
from corpus.reading.encoding import LONGEST, UnreadableError, decode
from corpus.reading.entries import Entry, Found, Origin
from corpus.reading.frontmatter import FrontMatter, FrontMatterError
from corpus.reading.records import RecordError, to_article


def read_plain(file: BinaryIO, origin: Origin) -> Iterator[Entry]:
    """Read a text file: nothing but the text is needed.

    The text is what follows the front matter, line ends as `\\n`, otherwise as in the file. The
    id is the path without its suffix, the title is the file's name in words, unless the front
    matter gives them.
    """
    yield _read(file, origin, markdown=False)


def read_markdown(file: BinaryIO, origin: Origin) -> Iterator[Entry]:
    """Read a Markdown file: as plain text, and a first-level heading at its head is the title.

    The heading then is not part of the text. Where the front matter gives another title, the
    heading stays in the text. Other marks of Markdown are left as they are.
    """
    yield _read(file, origin, markdown=True)


def _read(file: BinaryIO, origin: Origin, *, markdown: bool) -> Entry:
    try:
        matter = frontmatter.split(_decoded(file))
    except (UnreadableError, FrontMatterError) as error:
        return origin.at(error.line).refuse(str(error))
    try:
        return Found(_article(matter, origin, markdown=markdown), origin)
    except RecordError as error:
        return origin.at(matter.lines.get(error.field)).refuse_for(error)


def _decoded(file: BinaryIO) -> str:
    data = file.read(LONGEST + 1)
    if len(data) > LONGEST:
        raise UnreadableError(f"longer than {LONGEST:,} bytes")
    return decode(data).replace("\r\n", "\n").replace("\r", "\n")


def _article(matter: FrontMatter, origin: Origin, *, markdown: bool) -> Article:
    given = {name: value for name, value in matter.fields.items() if value is not None}
    title, text = given.get("title"), matter.body
    if markdown and (headed := _headed(text)) and title in {None, headed[0]}:
        title, text = headed
    name = unicodedata.normalize("NFC", origin.path.with_suffix("").as_posix())
    defaults = {"id": name, "title": words(name)}
    titled = {} if title is None else {"title": title}
    return to_article(defaults | given | titled | {"text": text}, source=str(origin))


def _headed(text: str) -> tuple[str, str] | None:
    """The first-level heading at the head of a Markdown text, in either form, and the rest."""
    first, _, rest = text.lstrip("\n").partition("\n")
    if first.startswith(("# ", "#\t")):
        words = first.split()[1:]
        headline = " ".join(words[:-1] if words and not words[-1].strip("#") else words)
    else:
        ruler, _, rest = rest.partition("\n")
        headline = first.strip() if ruler and not ruler.rstrip().strip("=") else ""
    return (headline, rest.lstrip("\n")) if headline else None


def words(name: str) -> str:
    """The path of a file, without its suffix, as a title: `sub/kremlin-drones` -> `Kremlin drones`."""
    stem = name.rpartition("/")[2]
    title = " ".join(re.split(r"[\s_-]+", stem)).strip() or stem
    return title[:1].upper() + title[1:]
