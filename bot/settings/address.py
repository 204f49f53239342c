"""Where the state is kept: a file, the memory, or a PostgreSQL server."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from typing_extensions import override

FILE_NAME = "state.sqlite3"
_MEMORY = {":memory:", "memory", "sqlite://", "sqlite:///:memory:"}
_SCHEME = re.compile(r"(?P<kind>[a-z]+)(?:\+[a-z0-9]+)?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """Where the state is kept. As text it shows no password.

    *path* is the file, absolute; *server* is the URL of a PostgreSQL server, for SQLAlchemy. With
    neither it is the memory.
    """

    path: Path | None = None
    server: str | None = field(default=None, repr=False)

    @classmethod
    def parse(cls, text: str) -> "Address":
        """Read a path, `:memory:`, or a URL of SQLite or PostgreSQL.

        Raises ValueError, which does not repeat *text*: it may hold a password.
        """
        text = text.strip()
        if text.lower() in _MEMORY:
            return cls()
        scheme = _SCHEME.match(text)
        if scheme is None:
            return cls.of_file(Path(text))
        rest = text[scheme.end() :]
        match scheme["kind"].lower():
            case "sqlite" | "file" if rest.startswith("/") and len(rest) > 1:
                return cls.of_file(Path(rest[1:]))
            case "postgresql" | "postgres" if rest:
                return cls(server=f"postgresql+psycopg://{rest}")
            case _:
                raise ValueError(
                    "not a path, nor a URL such as sqlite:///state.sqlite3 or "
                    "postgresql://user:password@host/database"
                )

    @classmethod
    def of_file(cls, path: Path) -> "Address":
        """The SQLite file at *path*, which need not exist. `~` is the home folder.

        Raises ValueError when there is no such home folder, or no file can have this name.
        """
        try:
            expanded = path.expanduser()
        except RuntimeError as error:
            raise ValueError(f"no such home folder: {path.parts[0]}") from error
        if "\0" in str(path):
            raise ValueError("a path holds no NUL")
        absolute = Path(os.path.abspath(expanded))  # noqa: PTH100 - resolve() would follow links
        return cls(path=absolute)

    @property
    def is_server(self) -> bool:
        """Whether several programs can use it at the same time."""
        return self.server is not None

    @override
    def __str__(self) -> str:
        if self.path is not None:
            return str(self.path)
        if self.server is None:
            return ":memory:"
        # What stands before the @ and after the ? may be a secret.
        place = self.server.partition("://")[2].partition("?")[0].rpartition("@")[2]
        return f"postgresql://{place}"


def default_address(environ: Mapping[str, str] | None = None) -> Address:
    """The file in the folder for the state of a user's programs, or of a systemd service.

    Raises ValueError where there is no home folder.
    """
    environ = os.environ if environ is None else environ
    # systemd names the folder that StateDirectory= made; several are separated by colons.
    if service := environ.get("STATE_DIRECTORY", "").partition(":")[0]:
        return Address.of_file(Path(service) / FILE_NAME)
    folder = Path(environ.get("XDG_STATE_HOME", ""))
    if not folder.is_absolute():  # the standard says that a relative one counts for nothing
        folder = _home() / ".local" / "state"
    return Address.of_file(folder / "on-the-record" / FILE_NAME)


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:
        raise ValueError("there is no home folder to keep the state in; name a file") from None
