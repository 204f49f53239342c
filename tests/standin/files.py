"""Files that Telegram keeps."""

from dataclasses import dataclass, field
from itertools import count

from tests.standin.params import Json


@dataclass(frozen=True, slots=True)
class File:
    """A file. *size* is what Telegram says, and needn't be the length of *content*."""

    id: str
    name: str
    kind: str
    content: bytes = field(repr=False)
    size: int = 0

    @property
    def path(self) -> str:
        """Where it is downloaded, below the address of files."""
        return f"documents/{self.id}"

    def json(self) -> Json:
        """What all kinds of files have in common."""
        return {"file_id": self.id, "file_unique_id": f"u{self.id}", "file_size": self.size}

    def document(self) -> Json:
        """As a document."""
        return {**self.json(), "file_name": self.name, "mime_type": self.kind}


class Files:
    """All files, by their ids."""

    def __init__(self) -> None:
        self.by_id: dict[str, File] = {}
        self._ids = count(1)

    def add(self, name: str, kind: str, content: bytes, size: int | None = None) -> File:
        """Keep a file; *size* may claim more than there is."""
        number = f"BQACAgI{next(self._ids):06d}"
        file = File(number, name, kind, content, len(content) if size is None else size)
        self.by_id[number] = file
        return file

    def at(self, path: str) -> File | None:
        """The file that is downloaded at *path*."""
        return next((file for file in self.by_id.values() if file.path == path), None)
