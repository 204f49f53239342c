"""Where an indexed corpus is kept."""

import os
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from bot.errors import SettingsError
from bot.keeping import default_folder, unusable
from bot.settings import read_settings


def test_each_corpus_has_a_folder_of_its_own(tmp_path: Path) -> None:
    """Named after it, in the user's caches, the same however the corpus is named."""
    for name in ("one/news", "two/news"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "link").symlink_to("one/news")
    caches = {"XDG_CACHE_HOME": "/caches"}
    one, two, link = (
        default_folder(tmp_path / n, caches) for n in ("one/news", "two/news", "link")
    )

    assert one is not None
    assert one.parent == Path("/caches/on-the-record")
    assert one.name.startswith("news-")
    assert len(one.name) == len("news-") + 8
    assert one == link != two


@pytest.mark.parametrize(
    ("environ", "parent"),
    [
        ({"XDG_CACHE_HOME": "relative"}, "{home}/.cache/on-the-record"),
        ({}, "{home}/.cache/on-the-record"),
        ({"CACHE_DIRECTORY": "/var/cache/bot:/other", "XDG_CACHE_HOME": "/x"}, "/var/cache/bot"),
    ],
)
def test_the_folder_of_the_caches(
    environ: dict[str, str], parent: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As the standard for desktops has it, or as systemd says."""
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = default_folder(Path("news"), environ)

    assert folder is not None
    assert str(folder.parent) == parent.format(home=tmp_path)


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1))
def test_any_corpus_has_a_folder_right_among_the_caches(name: str) -> None:
    """No name of a corpus leads out of them."""
    folder = default_folder(Path("/nowhere") / name, {"CACHE_DIRECTORY": "/caches"})

    assert folder is not None
    assert os.path.normpath(folder) == str(folder)
    assert folder.parent == Path("/caches")


def test_a_folder_is_made_if_need_be(tmp_path: Path) -> None:
    """For nobody else's eyes, and nothing is left in it."""
    folder = tmp_path / "a" / "b"

    assert unusable(folder) is None
    assert list(folder.iterdir()) == []
    assert folder.stat().st_mode & 0o777 == 0o700


def test_what_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    """With the reason, and nothing is raised."""
    (tmp_path / "file").write_text("x")

    assert unusable(tmp_path / "file") == f"{tmp_path / 'file'}: file exists"
    assert unusable(tmp_path / "file" / "x") == f"{tmp_path / 'file' / 'x'}: not a directory"
    assert unusable(Path("/proc/none")) is not None


def test_the_setting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Not set: a folder among the caches. A path is made absolute; none is the memory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ONRECORD_INDEX", raising=False)
    unset = read_settings(None).index_folder
    monkeypatch.setenv("ONRECORD_INDEX", " kept/here ")
    named = read_settings(None).index_folder
    monkeypatch.setenv("ONRECORD_INDEX", "NONE")

    assert unset is not None
    assert unset.parent == tmp_path / "cache-home" / "on-the-record"
    assert named == tmp_path / "kept" / "here"
    assert read_settings(None).index_folder is None


def test_a_setting_that_is_no_folder_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With the variable's name and the reason."""
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("ONRECORD_INDEX", str(tmp_path / "file"))

    with pytest.raises(SettingsError, match=r"^ONRECORD_INDEX: not a folder \("):
        read_settings(None)
    monkeypatch.setenv("ONRECORD_INDEX", "~nobody-here/x")
    with pytest.raises(SettingsError, match=r"^ONRECORD_INDEX: no such home folder: ~nobody-here"):
        read_settings(None)
