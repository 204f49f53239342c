"""What stands for the contents of an article, and of a corpus."""

import hashlib
import json
from collections.abc import Iterable

from corpus.models import Article


def digest_of(article: Article) -> bytes:
    """32 bytes that stand for all that makes *article*, save the place where it was read.

    The zone of its date is part of it: the day that is shown depends on it.
    """
    moment = article.published_at
    content = [
        article.id,
        article.title,
        article.sha256,
        article.url,
        article.publisher,
        moment and moment.isoformat(),
        article.language,
    ]
    return hashlib.sha256(json.dumps(content).encode()).digest()


def version_of_digests(digests: Iterable[bytes]) -> str:
    """12 hexadecimal digits that stand for the articles with these digests, in any order."""
    # A sum does not depend on the order, and needs no sorting, which would hold up other threads.
    total = sum(map(int.from_bytes, digests)) % (1 << 256)
    return hashlib.sha256(total.to_bytes(32)).hexdigest()[:12]
