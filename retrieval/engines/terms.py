"""What every engine must know of the terms it is given."""

from hashlib import blake2b

MARKS = ("=", "+", "^")
"""With these begin the terms that repeat a passage's words in another form (`retrieval.analysis`)."""


def hash_of(term: str) -> int:
    """Return the 64 bits by which a term is known: the same in every process and on every machine."""
    # Half of a character may stand in an article, and is a term like others.
    letters = term.encode(errors="surrogatepass")
    return int.from_bytes(blake2b(letters, digest_size=8).digest(), "little")
