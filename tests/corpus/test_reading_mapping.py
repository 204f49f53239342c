"""Files of other makes, read as mapping.toml says."""

import gzip
import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from corpus.loading import Corpus, load
from corpus.reading import mapping

FOREIGN = Path(__file__).parent / "formats" / "foreign"
PLAIN = '["*.csv"]\ntitle = "head"\ntext = "body"\n'


def corpus(folder: Path, toml: str, **files: str) -> Corpus:
    (folder / mapping.NAME).write_text(toml, "utf-8")
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, "utf-8")
    return load(folder)


def refused(folder: Path, toml: str, **files: str) -> list[str]:
    return [str(each) for each in corpus(folder, toml, **files).refused]


def test_a_table_is_read_as_mapped() -> None:
    """Semicolons, a mark at the head, line ends in quotes, blanks around addresses, local times."""
    ferry, dike = (each for each in load(FOREIGN).articles if each.source.startswith("tables/"))

    assert (ferry.id, ferry.title, ferry.url) == (
        "1",
        "Ferry sails again",
        "https://harbour.example/1",
    )
    assert ferry.text == (
        "The ferry is back.\nIt left at six.\n“At last,” said Ines Okafor; she smiled."
    )
    assert (dike.title, dike.text, dike.publisher) == (
        'The "long" dike',
        "It is nine miles long.",
        "The Harbour Post",
    )
    assert ferry.published_at == datetime(2023, 5, 4, 16, 30, tzinfo=UTC)
    assert [each.published_at and each.published_at.utcoffset() for each in (ferry, dike)] == [
        timedelta(hours=2),
        timedelta(hours=1),
    ]


def test_json_is_read_as_mapped() -> None:
    """Names in names, a list deep inside, HTML, times as numbers; what lacks a field says so."""
    found = load(FOREIGN)
    mill = next(each for each in found.articles if each.source.startswith("api.json"))
    rain = next(each for each in found.articles if each.source.startswith("dump.jsonl"))

    assert (mill.source, mill.title, mill.text, mill.publisher) == (
        "api.json:6",
        "Mill & meadow",
        "The mill turns.\nThe meadow floods.",
        "Talblatt",
    )
    assert mill.published_at == datetime(2023, 5, 4, 16, 30, tzinfo=UTC)
    assert (rain.title, rain.text) == ("Monsoon early", "Rain came early.\nFields are wet.")
    assert rain.published_at == datetime(2023, 6, 1, 0, 30, tzinfo=UTC)
    assert [str(each) for each in found.refused] == [
        'api.json:7: text: nothing in "content"; it has: name',
        'dump.jsonl:2: title: nothing in "headline" or "kicker"; it has: title, text',
    ]


def test_quotes_can_be_told_to_be_none() -> None:
    """In tables with tabs they often stand for inches, or for speech that goes on."""
    rain = next(each for each in load(FOREIGN).articles if each.source.startswith("rain"))

    assert (rain.title, rain.text) == ('Two "inches"', '"Two inches fell, said the mayor.')


def test_a_wrong_column_is_an_error_with_its_address(tmp_path: Path) -> None:
    """It names the table, the field, the column, and those that there are; nothing is loaded."""
    toml = '["*.csv"]\ntitle = ["head", "kicker"]\ntext = ["lead", "bdy"]\nid = "nr"\n'

    assert refused(tmp_path, toml, a_csv="id,head,lead,body\n1,H,L,B\n") == [
        'mapping.toml: [*.csv] text: no such column "bdy"; a.csv has: id, head, lead, body',
        'mapping.toml: [*.csv] id: no such column "nr"; a.csv has: id, head, lead, body',
    ]


def test_a_list_that_is_not_there_is_an_error_with_its_address(tmp_path: Path) -> None:
    """It names what the document has instead."""
    toml = '["*.json"]\ntitle = "t"\ntext = "x"\nitems = "data.list"\n'

    assert refused(tmp_path, toml, a_json='{"data": {"rows": [1], "n": 1}, "ok": true}') == [
        'mapping.toml: [*.json] items: no list "data.list"; a.json has: data.rows, data.n, ok'
    ]


@pytest.mark.parametrize(
    ("toml", "reason"),
    [
        ('["*.csv"]\ntext = "b"\n', "[*.csv] title: it must be given"),
        ('["*.csv"]\ntitle = "h"\ntext = []\n', "[*.csv] text: it names no field"),
        ('["*.csv"]\ntitel = "h"\ntitle = "h"\ntext = "b"\n', "[*.csv] titel: there is no such setting"),
        (PLAIN + 'published_at = {field = "d", format = "%Q"}', '[*.csv] published_at.format: not a format: "%Q"'),
        (PLAIN + 'published_at = {field = "d", format = "%d %Z"}', "[*.csv] published_at.format: %Z is not read, for names of zones mean several: say time_zone"),
        (PLAIN + 'published_at = {field = "d", time_zone = "Mars/Base"}', '[*.csv] published_at.time_zone: no such time zone: "Mars/Base"'),
        (PLAIN + 'delimiter = ";;"', '[*.csv] delimiter: not a character: ";;"'),
        ('csv = 3', "[csv] not a table: 3"),
    ],
)  # fmt: skip
def test_a_wrong_table_of_the_mapping_is_told_once(tmp_path: Path, toml: str, reason: str) -> None:
    """Its files are not read, for nobody knows how; that is said, too."""
    found = refused(tmp_path, toml, a_csv="head,body\nH,B\n", b_csv="head,body\nH,B\n")

    assert found[0] == f"mapping.toml: {reason}"
    assert len([each for each in found if each.startswith("mapping.toml:")]) == 1


@pytest.mark.parametrize(
    ("toml", "reason"),
    [
        (b"[a\n", "mapping.toml:1: not TOML: expected ']' at the end of a table declaration"),
        (b"\n\xff", "mapping.toml: not UTF-8"),
        (b"#" * 1_000_001, "mapping.toml: longer than 1,000,000 bytes"),
    ],
)
def test_a_mapping_that_cannot_be_read_is_refused(tmp_path: Path, toml: bytes, reason: str) -> None:
    """The rest of the corpus loads."""
    (tmp_path / "mapping.toml").write_bytes(toml)
    (tmp_path / "a.txt").write_text("A text.")
    found = load(tmp_path)

    assert [str(each) for each in found.refused] == [reason]
    assert len(found.articles) == 1


@pytest.mark.parametrize(
    ("pattern", "name", "covered"),
    [
        ("*.csv", "a.csv", True),
        ("*.csv", "deep/er/a.csv", True),
        ("news/*.csv", "news/a.csv", True),
        ("news/*.csv", "news/b/a.csv", False),
        ("news/*.csv", "old/news/a.csv", False),
        ("news/**/*.csv", "news/a.csv", True),
        ("news/**/*.csv", "news/b/c/a.csv", True),
        ("**/a.csv", "a.csv", True),
        ("news/**", "news/b/a.csv", True),
        ("a?.csv", "ab.csv", True),
        ("a?.csv", "a/.csv", False),
        ("[x].csv", "[x].csv", True),
        ("*.txt", "a.txt", False),
    ],
)
def test_a_pattern_covers_files(tmp_path: Path, pattern: str, name: str, *, covered: bool) -> None:
    """A star stays inside a folder, two go through all; other formats know themselves."""
    (tmp_path / "mapping.toml").write_text(f'["{pattern}"]\ntitle = "h"\ntext = "b"\n')

    assert (mapping.load(tmp_path).of(Path(name)) is not None) == covered


def test_the_first_table_that_covers_a_file_counts(tmp_path: Path) -> None:
    """The exception stands before the rule."""
    toml = '["a.csv"]\ntitle = "h"\ntext = "b"\n["*.csv"]\ntitle = "b"\ntext = "h"\n'
    found = corpus(tmp_path, toml, a_csv="h,b\nHead,Body\n", b_csv="h,b\nHead,Body\n")

    assert [each.title for each in found.articles] == ["Head", "Body"]


def test_a_changed_mapping_is_a_change_of_its_files_only(tmp_path: Path) -> None:
    """By the fingerprint, files that were not changed are known to be read otherwise."""
    path = tmp_path / "mapping.toml"
    path.write_text('["a.csv"]\ntitle = "h"\ntext = "b"\n["b.csv"]\ntitle = "h"\ntext = "b"\n')
    names = [Path("a.csv"), Path("b.csv"), Path("c.csv"), Path("a.zip"), Path("a.txt")]
    before = [mapping.fingerprint(tmp_path, name) for name in names]
    path.write_text('["a.csv"]\ntitle = "h"\ntext = "b"\n\n["b.csv"]\ntitle = "x"\ntext = "b"\n')
    after = [mapping.fingerprint(tmp_path, name) for name in names]

    assert [a == b for a, b in zip(before, after, strict=True)] == [True, False, True, False, True]
    assert [bool(each) for each in after] == [True, True, False, True, False]


def test_packed_files_are_read_as_mapped(tmp_path: Path) -> None:
    """The path without .gz is what is covered, of a zip the path of the member."""
    data = "h;b\nHead;Body {}.\n"
    (tmp_path / "mapping.toml").write_text(
        '["sub/*.csv"]\ntitle = "h"\ntext = "b"\n["z.zip/in/*.tsv"]\ntitle = "h"\ntext = "b"\n'
    )
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.csv.gz").write_bytes(gzip.compress(data.format(1).encode()))
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        archive.writestr("in/a.tsv", data.format(2).replace(";", "\t"))
        archive.writestr("b.txt", "A text.")
    found = load(tmp_path)

    assert found.refused == ()
    assert [(each.source, each.text) for each in found.articles] == [
        ("sub/a.csv.gz:2", "Body 1."),
        ("z.zip/b.txt", "A text."),
        ("z.zip/in/a.tsv:2", "Body 2."),
    ]


@pytest.mark.parametrize(
    ("rule", "value", "moment"),
    [
        ('{field = "d", format = "epoch"}', 1683203400, "2023-05-04T12:30:00+00:00"),
        ('{field = "d", format = "epoch"}', "1683203400.0", "2023-05-04T12:30:00+00:00"),
        ('{field = "d", format = "epoch_ms", time_zone = "+03:00"}', 1683203400000, "2023-05-04T15:30:00+03:00"),
        ('{field = "d", format = "%d/%m/%Y"}', "04/05/2023", "2023-05-04T00:00:00+00:00"),
        ('{field = "d", format = "%d/%m/%Y %z", time_zone = "Asia/Tokyo"}', "04/05/2023 -0500", "2023-05-04T00:00:00-05:00"),
        ('{field = "d", time_zone = "Asia/Tokyo"}', "2023-05-04", "2023-05-04T00:00:00+09:00"),
        ('{field = "d", time_zone = "Asia/Tokyo"}', "2023-05-04T12:30:00Z", "2023-05-04T12:30:00+00:00"),
        ('{field = "d", time_zone = "Europe/Amsterdam"}', "1900-01-01", "1899-12-31T23:40:28+00:00"),
        ('{field = ["e", "d"]}', "2023-05-04", "2023-05-04T00:00:00+00:00"),
        ('"d"', None, None), ('"d"', " ", None), ('"e"', "2023", None),
    ],
)  # fmt: skip
def test_dates_are_read_as_mapped(
    tmp_path: Path, rule: str, value: object, moment: str | None
) -> None:
    """A zone of their own counts before that of the mapping; without any UTC is meant."""
    toml = f'["*.jsonl"]\ntitle = "t"\ntext = "x"\npublished_at = {rule}\n'
    found = corpus(tmp_path, toml, a_jsonl=json.dumps({"t": "T", "x": "X", "d": value}))
    [article] = found.articles

    assert (article.published_at and article.published_at.isoformat()) == moment


@pytest.mark.parametrize(
    ("rule", "value", "reason"),
    [
        ('"d"', 1683203400, "not a date: 1683203400; if it is a time, say format"),
        ('{field = "d", format = "epoch"}', "soon", 'not a date like "epoch": "soon"'),
        ('{field = "d", format = "epoch"}', True, 'not a date like "epoch": true'),
        ('{field = "d", format = "epoch"}', 1683203400000, 'not a date like "epoch": 1683203400000'),
        ('{field = "d", format = "epoch"}', 9999999999, "in the future: 9999999999"),
        ('{field = "d", format = "%d.%m.%Y"}', "2023-05-04", 'not a date like "%d.%m.%Y": "2023-05-04"'),
        ('{field = "d", format = "%d.%m.%Y"}', [1], 'not a date like "%d.%m.%Y": a list'),
    ],
)  # fmt: skip
def test_a_date_that_is_not_as_mapped_is_refused(
    tmp_path: Path, rule: str, value: object, reason: str
) -> None:
    """It is not guessed."""
    toml = f'["*.jsonl"]\ntitle = "t"\ntext = "x"\npublished_at = {rule}\n'
    line = json.dumps({"t": "T", "x": "X", "d": value})

    assert refused(tmp_path, toml, a_jsonl=line) == [f"a.jsonl:1: published_at: {reason}"]


@given(st.text(), st.sampled_from(["a.csv", "b/a.csv", "a.jsonl"]))
def test_any_pattern_covers_or_does_not(pattern: str, name: str) -> None:
    """Whatever is written there, it is a pattern."""
    table = mapping.FileMapping(pattern, None, "")

    assert table.covers(Path(name)) in {True, False}
