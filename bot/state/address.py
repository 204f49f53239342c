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

    *url* is what SQLAlchemy is given; *path* is the file, absolute, or None if it is none.
    """

    url: str = field(repr=False)
    path: Path | None = None

    @classmethod
    def parse(cls, text: str) -> "Address":
        """Read a path, `:memory:`, or a URL of SQLite or PostgreSQL.

        Raises ValueError, which does not repeat *text*: it may hold a password.
        """
        text = text.strip()
        if text.lower() in _MEMORY:
            return cls(url="sqlite+aiosqlite://")
        scheme = _SCHEME.match(text)
        if scheme is None:
            return cls.of_file(Path(text))
        rest = text[scheme.end() :]
        match scheme["kind"].lower():
            case "sqlite" | "file" if rest.startswith("/") and len(rest) > 1:
                return cls.of_file(Path(rest[1:]))
            case "postgresql" | "postgres" if rest:
                return cls(url=f"postgresql+psycopg://{rest}")
            case _:
                raise ValueError(
                    "not a path, nor a URL such as sqlite:///state.sqlite3 or "
                    "postgresql://user:password@host/database"
                )

    @classmethod
    def of_file(cls, path: Path) -> "Address":
        """The SQLite file at *path*, which need not exist. `~` is the home folder."""
        absolute = Path(os.path.abspath(path.expanduser()))  # noqa: PTH100 - resolve() would follow links
        return cls(url=f"sqlite+aiosqlite:///{absolute}", path=absolute)

    @property
    def is_server(self) -> bool:
        """Whether several programs can use it at the same time."""
        return self.url.startswith("postgresql")

    @override
    def __str__(self) -> str:
        if self.path is not None:
            return str(self.path)
        if not self.is_server:
            return ":memory:"
        # What stands before the @ and after the ? may be a secret.
        place = self.url.partition("://")[2].partition("?")[0].rpartition("@")[2]
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
        raise ValueError("there is no home folder; say where, as ONRECORD_STATE") from None
