"""What stands for the way in which articles are read: when it changes, they are to be read anew."""

import hashlib
import sys
import unicodedata
from functools import cache
from importlib.metadata import version
from pathlib import Path

import corpus
import retrieval

_SUFFIXES = frozenset({".py", ".txt", ".tsv", ".csv"})


@cache
def analysis() -> str:
    """Return 16 hexadecimal digits for the rules, the tables, and what they are carried out by."""
    ours, theirs = Path(retrieval.__path__[0]), Path(corpus.__path__[0])
    files = sorted(path for path in ours.rglob("*") if path.suffix in _SUFFIXES)
    # How files are read is not part of it: what they give is known by its digest.
    files += sorted(theirs.glob("*.py"))
    total = hashlib.sha256()
    # Rows are in the machine's byte order; stems and the letters' classes are of these versions.
    for fact in (
        sys.byteorder,
        unicodedata.unidata_version,
        version("snowballstemmer"),
        version("PyStemmer"),
        version("rensa"),
    ):
        total.update(fact.encode() + b"\0")
    for path in files:
        text = path.read_bytes()
        total.update(f"{path.name}\0{len(text)}\0".encode() + text)
    return total.hexdigest()[:16]
