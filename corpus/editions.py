"""What the entries of a file depend on besides its bytes: this program, and the libraries it reads with."""

import hashlib
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

PACKAGE = Path(__file__).parent


@cache
def edition() -> bytes:
    """32 bytes that change with the package `corpus`, with any installed library, and with Python."""
    return _hash(_parts())


def _parts() -> Iterator[bytes]:
    yield sys.version.encode()
    for name, version in sorted({(d.name or "", d.version or "") for d in distributions()}):
        yield f"{name}=={version}".encode()
    sample = PACKAGE / "sample"
    for path in sorted(PACKAGE.rglob("*")):
        if path.is_file() and sample not in path.parents and path.suffix != ".pyc":
            yield path.relative_to(PACKAGE).as_posix().encode()
            yield path.read_bytes()


def _hash(parts: Iterable[bytes]) -> bytes:
    total = hashlib.sha256()
    for part in parts:
        total.update(len(part).to_bytes(8))
        total.update(part)
    return total.digest()
