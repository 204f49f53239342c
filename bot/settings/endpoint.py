"""Where a server of ours listens."""

import re
from dataclasses import dataclass
from typing import Self

from typing_extensions import override

_TEXT = re.compile(r"(?:(?P<host>[\w.-]+|\[[0-9a-fA-F:.]+\]):)?(?P<port>[0-9]{1,5})")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address of this machine and a port. 0 is a free port that the system chooses."""

    host: str
    port: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `127.0.0.1:8080`, `[::1]:8080`, or a port alone, which is one of 127.0.0.1.

        Raises ValueError.
        """
        found = _TEXT.fullmatch(text.strip())
        if found is None or int(found["port"]) > 65_535:
            raise ValueError("not an address and a port, such as 127.0.0.1:8080")
        return cls((found["host"] or "127.0.0.1").strip("[]"), int(found["port"]))

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach it."""
        return self.host in {"::1", "localhost"} or self.host.startswith("127.")

    @override
    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"
