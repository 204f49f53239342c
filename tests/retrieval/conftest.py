"""What many tests of retrieval ask."""

import pytest

from corpus.loading import SAMPLE, load
from retrieval.indexed import IndexedCorpus
from retrieval.indexing import index_corpus

pytest.register_assert_rewrite("tests.retrieval.engine_contract")


@pytest.fixture(name="sample_corpus", scope="session")
def _sample_corpus() -> IndexedCorpus:
    """The bundled sample, indexed once; nothing can change it."""
    loaded = load(SAMPLE)
    return index_corpus(loaded.articles, loaded.version)
