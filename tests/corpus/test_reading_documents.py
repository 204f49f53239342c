"""Documents: the text of .docx and PDF as a reader has it before him."""

import io
import subprocess
import sys

import pypdf
import pytest
from hypothesis import given, settings, strategies as st

from corpus.models import Article
from corpus.reading import portable
from corpus.reading.entries import Found
from corpus.reading.portable import Line
from tests.corpus.made import FORMATS, article, document, paragraph, read, refusals, zipped

RESERVOIR = (FORMATS / "reservoir.pdf").read_bytes()


def test_the_paragraphs_of_a_document_are_read() -> None:
    """In their order, the title apart; its style is known whatever the language of the program."""
    body = paragraph("Bridge closed", style="Titel") + paragraph("The bridge is shut.")
    body += "<w:tbl><w:tr><w:tc>" + paragraph("In a table.") + "</w:tc></w:tr></w:tbl>"
    body += paragraph("“Until May”, the council said.") + paragraph("")

    found = article("news/bridge.docx", document(body, title="Document1"))

    assert found.title == "Bridge closed"
    assert found.text == "The bridge is shut.\nIn a table.\n“Until May”, the council said."
    assert (found.published_at, found.publisher, found.url) == (None, None, None)


def test_a_document_without_a_title_is_called_by_its_properties_or_its_name() -> None:
    """The name is the last resort."""
    body = paragraph("The bridge is shut.")

    assert article("a.docx", document(body, title="Bridge closed")).title == "Bridge closed"
    assert article("news/bridge-shut.docx", document(body)).title == "Bridge shut"


def test_what_a_reader_does_not_see_of_a_document_is_left_out() -> None:
    """Struck out, hidden, commands of fields, what other programs show; and what he sees is read."""
    body = (
        "<w:p><w:r><w:t>The </w:t></w:r>"
        "<w:del><w:r><w:delText>old</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>new</w:t></w:r></w:ins>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"
        "<w:r><w:tab/><w:t>bri</w:t><w:softHyphen/><w:t>dge</w:t><w:br/><w:t>is shut.</w:t></w:r>"
        "<w:alt><w:Fallback><w:p><w:r><w:t>twice</w:t></w:r></w:p></w:Fallback></w:alt></w:p>"
    )

    assert article("a.docx", document(body)).text == "The new bridge\nis shut."


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "not a .docx, or a damaged one"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99, "an older file of Word, or one with a password"),
        (zipped({"a.txt": b"x"}), "not a .docx: it has no word/document.xml"),
        (zipped({"word/document.xml": b"<a><b></a>"}), "word/document.xml is damaged at line 1"),
        (document(""), "text: empty"),
        (
            zipped({"word/document.xml": b" " * 17_000_000}),
            "word/document.xml unpacks to more than",
        ),
        (b"x" * 32_000_001, "longer than 32,000,000 bytes"),
    ],
    ids=["empty", "older", "other zip", "damaged", "no text", "bomb", "long"],
)
def test_what_is_no_document_is_refused(data: bytes, why: str) -> None:
    """With the reason, and what to do where something can be done."""
    [refusal] = refusals("a.docx", data)

    assert refusal.startswith(f"a.docx: {why}")


def test_entities_of_a_document_are_not_unfolded() -> None:
    """No word processor declares any; a few could stand for gigabytes, or for other files."""
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}<!ENTITY f SYSTEM "file:///etc/passwd">]>'

    for entity in ("&a9;", "&f;"):
        [refusal] = refusals("a.docx", document(paragraph(entity), before=bomb))
        assert refusal.startswith("a.docx: word/document.xml ")


def test_the_paragraphs_of_a_pdf_are_put_together() -> None:
    """Lines joined, across pages too; ligatures as letters; what each page repeats left out."""
    found = article("reservoir.pdf")

    assert found.title == "Reservoir falls to its lowest level in forty years"
    paragraphs = found.text.split("\n")
    assert [each[:14] for each in paragraphs] == [
        "The Dunmore re",
        "“We are asking",
        "Farmers in the",
        "The environmen",
        "In the village",
        "Forecasters ex",
        "The company ha",
    ]
    assert "the dam was finished in 1984." in paragraphs[0]
    assert "Hundreds of visitors came on Sunday" in paragraphs[4]
    assert "well-known shortage" in found.text
    assert "Valley Observer" not in found.text
    assert found.published_at is None  # when the file was made is not when the article appeared


def lined(*texts: str, indent: int = 0) -> list[Line]:
    return [
        Line(text, 50.0 + indent * (number == 0), 700.0 - 14 * number, 11.0)
        for number, text in enumerate(texts)
    ]


def joined(*lines: str) -> str:
    return "\n".join(portable._paragraphs([lined(*lines)]))


def test_a_hyphen_at_the_end_of_a_line_goes_only_on_evidence() -> None:
    """If the word stands elsewhere in one; else what is seen stays."""
    assert (
        joined("The spokes-", "woman said so; a spokeswoman is", "heard.").count("spokeswoman") == 2
    )
    assert "well-known" in joined("It is a well-", "known story that nobody", "knew.")
    assert joined("The quay\u00ad", "side is", "shut.").startswith("The quayside")
    assert "Anglo-Irish" in joined("The Anglo-", "Irish treaty was", "signed.")


def test_page_numbers_are_no_text() -> None:
    """Even on a single page."""
    page = lined("The quay is shut.", "It will open in May.", "Page 3 of 4")

    assert portable._without_margins([page]) == [page[:2]]


def locked(word: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(RESERVOIR))
    writer.encrypt(word, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def blank(pages: int) -> bytes:
    writer = pypdf.PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(100, 100)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (blank(2), "no text in it: is it a scan?"),
        (blank(301), "301 pages, at most 300"),
        (locked("lamp"), "encrypted: save it without its password"),
        (b"%PDF-1.7\n" + b"x" * 999, "not a PDF that can be read"),
        (RESERVOIR[:9_000], "no"),
        (b"%PDF-" + b"x" * 32_000_000, "longer than 32,000,000 bytes"),
    ],
    ids=["blank", "pages", "password", "none", "cut", "long"],
)
def test_what_is_no_text_is_refused(data: bytes, why: str) -> None:
    """With the reason."""
    [refusal] = refusals("a.pdf", data)

    assert refusal.startswith(f"a.pdf: {why}")


def test_without_the_extra_a_pdf_says_what_to_install() -> None:
    """All other files are read without it."""
    code = (
        "import sys; sys.modules['pypdf'] = None\n"
        "from tests.corpus.made import refusals\n"
        "print(refusals('reservoir.pdf')[0])"
    )

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.endswith("Install it with: pip install 'on-the-record[documents]'\n")


short = document(paragraph("Bridge closed", style="Titel") + paragraph("The bridge is shut."))


def test_reading_is_deterministic() -> None:
    """Twice the same file is twice the same article."""
    assert [article("reservoir.pdf"), article("a.docx", short)] == [
        article("reservoir.pdf"),
        article("a.docx", short),
    ]
    assert isinstance(article("a.docx", short), Article)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([("a.docx", short), ("a.pdf", RESERVOIR)]),
    st.lists(st.tuples(st.integers(0, 40_000), st.binary(max_size=9)), min_size=1, max_size=9),
    st.integers(0, 40_000),
)
def test_a_damaged_document_gives_one_entry(
    whole: tuple[str, bytes], changes: list[tuple[int, bytes]], length: int
) -> None:
    """An article or a refusal, whatever happened to it."""
    name, start = whole
    data = bytearray(start)
    for at, change in changes:
        begin = at % len(start)
        data[begin : begin + len(change)] = change

    [entry] = read(name, bytes(data[: length or None]))

    assert isinstance(entry, Found) or str(entry).startswith(name)
