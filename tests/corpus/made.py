"""Files of foreign formats, made of parts: what programs write, and what nobody should."""

import io
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from corpus.errors import SourceError
from corpus.models import Article
from corpus.reading.entries import Entry, Found, Origin
from corpus.reading.formats import reader_for

FORMATS = Path(__file__).parent / "formats"

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DUBLIN = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def read(name: str, data: bytes | None = None) -> list[Entry]:
    """The entries of a file called *name* that holds *data*, or of the fixture of that name."""
    held = (FORMATS / name).read_bytes() if data is None else data
    reader = reader_for(Path(name))
    assert reader is not None
    return list(reader(io.BytesIO(held), Origin(Path(name))))


def article(name: str, data: bytes | None = None) -> Article:
    """The one article of the file."""
    [entry] = read(name, data)
    assert isinstance(entry, Found), entry
    return entry.article


def refusals(name: str, data: bytes | None = None) -> list[str]:
    """What the file is refused for."""
    return [str(entry) for entry in read(name, data) if isinstance(entry, SourceError)]


def zipped(members: Mapping[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of *members*."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, compress_type=packing)
    return file.getvalue()


def page(text: str, title: str = "Quay closed") -> bytes:
    """A small page with one paragraph."""
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><article><h1>{title}</h1><p>{text}</p></article></body></html>"
    ).encode()


def record(kind: str, address: str, block: bytes, media: str = "application/http") -> bytes:
    """A record of a WARC file."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\n"
        "WARC-Date: 2024-03-01T06:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:7d0b7b1e-5c0f-4f0e-9d5a-3a1f0c6f2b11>\r\n"
        f"Content-Type: {media}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def served(
    body: bytes, *, status: str = "200 OK", media: str = "text/html; charset=utf-8", more: str = ""
) -> bytes:
    """What a web server answers."""
    return f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{more}\r\n".encode() + body


def document(body: str, *, title: str = "", before: str = "") -> bytes:
    """A .docx whose text is *body*, in WordprocessingML."""
    return zipped(
        {
            "[Content_Types].xml": b"<Types/>",
            "docProps/core.xml": f"<core {DUBLIN}><dc:title>{title}</dc:title></core>".encode(),
            "word/styles.xml": (
                f'<w:styles {WORD}><w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>'
                "</w:styles>"
            ).encode(),
            "word/header1.xml": f"<w:hdr {WORD}><w:p><w:r><w:t>Head</w:t></w:r></w:p></w:hdr>".encode(),
            "word/document.xml": (
                f"{before}<w:document {WORD}><w:body>{body}</w:body></w:document>"
            ).encode(),
        }
    )


def paragraph(text: str, *, style: str = "") -> str:
    """A paragraph of a .docx."""
    form = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{form}<w:r><w:t>{text}</w:t></w:r></w:p>"


def mhtml(html: bytes, address: str) -> bytes:
    """A page and a picture in one file, as browsers save them."""
    message = EmailMessage(policy=SMTP)
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = address
    message["Subject"] = "A page"
    message.set_content(html, "text", "html", cte="quoted-printable")
    message["Content-Location"] = address
    message.add_related(b"\x89PNG", "image", "png", filename="lamp.png")
    return message.as_bytes()
