"""What an agency takes back is not used, in whatever file the notice and the versions are."""

import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from bot.parsing import parsed_elsewhere
from corpus.archive import Archive
from corpus.errors import Withdrawal
from corpus.gathering import MOST_REFUSALS
from corpus.loading import load
from tests.corpus.folders import whole

ITEM: Mapping[str, object] = {
    "uri": "urn:wire:1",
    "headline": "Dam holds",
    "body_text": "The dam held on Monday.",
}
NITF = """<nitf><head><docdata {docdata}><doc-id id-string="{id}"/><du-key version="{version}"/></docdata></head>
<body><body.head><hedline><hl1>Ferry sails</hl1></hedline></body.head>
<body.content><p>The ferry sailed on Monday.</p></body.content></body></nitf>"""
NEWSML = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:wire:1" version="{version}">
<itemMeta><itemClass qcode="ninat:text"/><pubStatus qcode="stat:{status}"/></itemMeta>
<contentMeta><headline>Dam holds</headline></contentMeta>
<contentSet><inlineData contenttype="text/plain">The dam held on Monday.</inlineData></contentSet>
</newsItem>"""


def ninjs(folder: Path, name: str, **fields: object) -> None:
    """Write one item into a file of its own."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(json.dumps({**ITEM, **fields}))


def ids(folder: Path) -> list[str]:
    """The ids of the corpus, which is the same however it is read."""
    memory = load(folder)
    archive = Archive.open(folder.parent / "archive" / "articles.sqlite3")
    for _ in range(2):
        assert whole(archive.read(folder)) == whole(memory)
    return list(memory.ids)


@pytest.mark.parametrize("status", ["canceled", "withheld"])
@pytest.mark.parametrize("notice", ["a.json", "z.json"])
def test_a_notice_takes_back_the_versions_before(tmp_path: Path, status: str, notice: str) -> None:
    """Whether it is read before them or after; what is newer, or another item, stays."""
    folder = tmp_path / "news"
    for version in (1, 2, 4):
        ninjs(folder, f"m{version}.json", version=str(version))
    ninjs(folder, "other.json", uri="urn:wire:10")
    ninjs(folder, notice, version="3", pubstatus=status)

    assert ids(folder) == ["urn:wire:1#4", "urn:wire:10"]
    read = load(folder)
    assert read.removed == 2
    assert [str(each) for each in read.refused] == [
        f'{notice}:1: not to be used: its publishing status is "{status}"'
    ]


def test_a_notice_without_a_version_takes_back_all(tmp_path: Path) -> None:
    """Nobody knows up to which they are wrong."""
    folder = tmp_path / "news"
    for version in (1, 7):
        ninjs(folder, f"m{version}.json", version=str(version))
    ninjs(folder, "notice.json", pubstatus="canceled", body_text="")

    assert ids(folder) == []


def test_an_item_whose_name_ends_in_a_number(tmp_path: Path) -> None:
    """It is one of many, and they have nothing to do with each other."""
    folder = tmp_path / "news"
    for number in (2, 3):
        ninjs(folder, f"m{number}.json", uri=f"tag:wire:{number}", version="1")
    ninjs(folder, "notice.json", uri="tag:wire:3", version="3", pubstatus="canceled")

    assert ids(folder) == ["tag:wire:2"]


def test_newsml_and_nitf_take_back(tmp_path: Path) -> None:
    """By the status of the item; in NITF also by what a notice says of another document."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.xml").write_text(NEWSML.format(version=1, status="usable"))
    (folder / "b.xml").write_text(NEWSML.format(version=2, status="canceled"))
    for number in (1, 2):
        story = NITF.format(id=f"doc-{number}", version=1, docdata='management-status="usable"')
        (folder / f"c{number}.nitf").write_text(story)
    kill = 'management-doc-idref="doc-1" management-idref-status="canceled"'
    (folder / "d.nitf").write_text(NITF.format(id="doc-9", version=1, docdata=kill))
    own = NITF.format(id="doc-2", version=2, docdata='management-status="canceled"')
    (folder / "e.nitf").write_text(own)

    assert ids(folder) == ["doc-9"]
    assert 'd.nitf: takes back "doc-1": its publishing status is "canceled"' in [
        str(each) for each in load(folder).refused
    ]


def test_a_notice_that_is_gone_brings_the_article_back(tmp_path: Path) -> None:
    """The file with the article is not read again for it."""
    folder = tmp_path / "news"
    ninjs(folder, "a.json")
    ninjs(folder, "b.json", pubstatus="canceled")
    before = ids(folder)
    (folder / "b.json").unlink()

    assert (before, ids(folder)) == ([], ["urn:wire:1"])


def test_no_number_of_refusals_hides_a_notice(tmp_path: Path) -> None:
    """Though only so many of one file are listed."""
    folder = tmp_path / "news"
    ninjs(folder, "a.json")
    notice = json.dumps({**ITEM, "pubstatus": "canceled"})
    lines = ["{"] * (MOST_REFUSALS + 5)
    (folder / "b.jsonl").write_text("\n".join([*lines, notice]))

    assert ids(folder) == []


def test_notices_come_from_other_processes(tmp_path: Path) -> None:
    """As from this one."""
    folder = tmp_path / "news"
    ninjs(folder, "a.json")
    ninjs(folder, "b.json", version="2", pubstatus="canceled")
    (folder / "much.txt").write_text("Rain fell.\n" * 200_000)
    archive = Archive.open(tmp_path / "archive" / "articles.sqlite3")

    read = archive.read(folder, elsewhere=partial(parsed_elsewhere, 1))

    assert whole(read) == whole(load(folder))
    assert list(read.ids) == ["much"]


@given(st.text(max_size=5), st.integers(0, 9), st.text(max_size=5))
def test_what_is_covered(guid: str, version: int, identifier: str) -> None:
    """The item itself and the versions up to the one that is named, and no other id."""
    withdrawal = Withdrawal(f"urn:{guid}", version)
    versions = [withdrawal.covers(f"urn:{guid}#{n}") for n in range(12)]

    assert withdrawal.covers(f"urn:{guid}")
    assert versions == [n <= version for n in range(12)]
    assert not withdrawal.covers(identifier)


def test_revisions_in_the_name_itself(tmp_path: Path) -> None:
    """Names of the older NewsML end in the number of the revision."""
    folder = tmp_path / "news"
    name = "urn:newsml:agency.example:20240304:dam"
    for revision in (1, 2, 3):
        ninjs(folder, f"m{revision}.json", uri=f"{name}:{revision}", version=str(revision))
    ninjs(folder, "notice.json", uri=f"{name}:2", version="2", pubstatus="canceled")

    assert ids(folder) == [f"{name}:3"]
