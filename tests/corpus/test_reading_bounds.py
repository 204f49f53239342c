"""What a folder of files that are too big, broken or meant to harm does to a load: very little."""

import gzip
import tracemalloc
from pathlib import Path

from corpus.loading import load
from tests.corpus.made import FORMATS, document, page, paragraph, record, served, zipped

MEGABYTES_50 = 50_000_000


def test_a_folder_of_traps_is_refused_file_by_file_and_the_rest_loads(tmp_path: Path) -> None:
    """Files of 50 MB and bombs: each with its address, all in the memory that one page may take."""
    (tmp_path / "good.html").write_bytes(page("The quay is closed until May, the port said."))
    (tmp_path / "good.pdf").write_bytes((FORMATS / "reservoir.pdf").read_bytes())
    (tmp_path / "big.html").write_bytes(b"<p>" + b"a" * MEGABYTES_50)
    (tmp_path / "big.mhtml").write_bytes(
        b"Content-Type: multipart/related\n" + b"a" * MEGABYTES_50 * 2
    )
    (tmp_path / "big.jsonl").write_bytes(b'{"text": "' + b"a" * MEGABYTES_50)
    (tmp_path / "big.pdf").write_bytes(b"%PDF-1.7\n" + b"a" * MEGABYTES_50)
    (tmp_path / "big.docx").write_bytes(b"PK\x03\x04" + b"a" * MEGABYTES_50)
    (tmp_path / "bomb.zip").write_bytes(zipped({"a.jsonl": b"\0" * MEGABYTES_50}))
    (tmp_path / "bomb.warc.gz").write_bytes(
        gzip.compress(record("response", "https://x.example/", served(b"a" * MEGABYTES_50)))
    )
    (tmp_path / "bomb.docx").write_bytes(
        document(paragraph("&b;"), before='<!DOCTYPE x [<!ENTITY a "b"><!ENTITY b "&a;&a;">]>')
    )
    tracemalloc.start()

    corpus = load(tmp_path)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [each.source for each in corpus.articles] == ["good.html", "good.pdf"]
    assert {each.path.name for each in corpus.refused} == {
        "a.jsonl", "big.docx", "big.html", "big.jsonl", "big.mhtml", "big.pdf", "bomb.docx",
        "bomb.warc.gz",
    }  # fmt: skip
    assert peak < 150_000_000


def test_an_unchanged_folder_is_read_alike(tmp_path: Path) -> None:
    """Every format gives the same version twice, and none depends on the time or the file's own."""
    for file in FORMATS.iterdir():
        if file.is_file():
            (tmp_path / file.name).write_bytes(file.read_bytes())
    first = load(tmp_path)
    for file in tmp_path.iterdir():
        data = file.read_bytes()
        file.unlink()
        file.write_bytes(data)

    assert load(tmp_path).version == first.version
    assert len(first.articles) > 8
