"""Where the state is kept."""

import logging
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from bot.errors import SettingsError
from bot.settings import read_settings
from bot.settings.address import Address, default_address

PASSWORD = "correct-horse"  # noqa: S105 - of no server


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("/var/lib/bot/state.db", "/var/lib/bot/state.db"),
        ("state.db", "{here}/state.db"),
        ("~/state.db", "{home}/state.db"),
        ("sqlite:///state.db", "{here}/state.db"),
        ("sqlite:////var/state.db", "/var/state.db"),
        ("sqlite+aiosqlite:////var/state.db", "/var/state.db"),
        (" a b/50% off?.db ", "{here}/a b/50% off?.db"),
    ],
)
def test_files(text: str, path: str) -> None:
    """A path is a file, relative to the current folder, and so is a URL of SQLite."""
    address = Address.parse(text)

    assert address.path == Path(path.format(here=Path.cwd(), home=Path.home()))
    assert str(address) == str(address.path)
    assert not address.is_server


def test_memory() -> None:
    """What needs no file has none."""
    assert {Address.parse(text).path for text in (":memory:", "memory", "sqlite://")} == {None}
    assert str(Address.parse(":memory:")) == ":memory:"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"postgresql://bot:{PASSWORD}@db.example.org:5432/bot", "db.example.org:5432/bot"),
        (f"postgres://bot:{PASSWORD}@localhost/bot?sslmode=require", "localhost/bot"),
        (f"postgresql+asyncpg://bot:p@ss{PASSWORD}@localhost/bot", "localhost/bot"),
        (f"postgresql:///bot?host=/run/pg&password={PASSWORD}", "/bot"),
    ],
)
def test_servers_are_shown_without_their_passwords(text: str, shown: str) -> None:
    """In whatever place the password stands, and however the address is turned into text."""
    address = Address.parse(text)

    assert address.is_server
    assert address.path is None
    assert str(address) == f"postgresql://{shown}"
    assert PASSWORD not in f"{address} {address!r} {logging.Formatter().format(_record(address))}"


@pytest.mark.parametrize("text", ["mysql://a:b@c/d", "sqlite:///", "postgresql://", "redis://x"])
def test_what_is_no_address(text: str) -> None:
    """The error says what one looks like, and does not repeat what may hold a password."""
    with pytest.raises(ValueError, match=r"^not a path, nor a URL such as ") as refused:
        Address.parse(text)

    assert "a:b@c" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "why"),
    [("~nobody-of-this-name/x", "no such home folder: ~nobody"), ("a\0b", "no NUL")],
)
def test_what_is_no_path(text: str, why: str) -> None:
    """Whose home there is not, and what no file can be called."""
    with pytest.raises(ValueError, match=why):
        Address.parse(text)


@given(st.text())
def test_any_text_is_an_address_or_refused(text: str) -> None:
    """Whatever is written into the settings, nothing but a ValueError comes of it."""
    try:
        address = Address.parse(text)
    except ValueError:
        return
    assert address.path is None or address.path.is_absolute()


@pytest.mark.parametrize(
    ("environ", "path"),
    [
        ({}, "{home}/.local/state/on-the-record/state.sqlite3"),
        ({"XDG_STATE_HOME": "/x"}, "/x/on-the-record/state.sqlite3"),
        ({"XDG_STATE_HOME": "relative"}, "{home}/.local/state/on-the-record/state.sqlite3"),
        (
            {"STATE_DIRECTORY": "/var/lib/bot:/other", "XDG_STATE_HOME": "/x"},
            "/var/lib/bot/state.sqlite3",
        ),
    ],
)
def test_the_default(environ: dict[str, str], path: str) -> None:
    """Where a user's programs keep their state, or where a service is told to."""
    assert default_address(environ).path == Path(path.format(home=Path.home()))


def test_no_home_and_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the setting that helps."""

    def homeless() -> Path:
        raise RuntimeError

    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setattr(Path, "home", homeless)

    with pytest.raises(SettingsError, match=r"^ONRECORD_STATE: there is no home folder"):
        _ = read_settings(None).state_address


def _record(address: Address) -> logging.LogRecord:
    return logging.LogRecord("x", logging.INFO, "", 0, "at %s", (address,), None)
