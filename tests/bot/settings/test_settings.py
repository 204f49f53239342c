"""Settings: where they come from, what is refused, and in which words."""

from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from pydantic import ValidationError

from bot.errors import SettingsError
from bot.settings import SECRETS, Settings, read_settings, variable, variables
from bot.settings.endpoint import Endpoint
from corpus.loading import SAMPLE

TOKEN = "123456789:AAtestTokenTestTokenTestTokenTestTok"  # noqa: S105 -- of no bot


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the one who runs the tests plays a part."""
    for name in variables():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_defaults() -> None:
    """With nothing set there is no token, nobody is an admin, and the sample is the corpus."""
    settings = read_settings()

    assert settings.telegram_bot_token is None
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.corpus == SAMPLE
    assert settings.admins == frozenset()
    assert settings.snippets == 3
    assert not settings.keep_questions


def test_every_setting_is_described() -> None:
    """Each field says what it is for."""
    undescribed = [name for name, field in Settings.model_fields.items() if not field.description]

    assert undescribed == []


def test_all_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each variable reaches its field, with blanks around it taken off."""
    values = {
        "TELEGRAM_BOT_TOKEN": f" {TOKEN} ",
        "TELEGRAM_API_URL": "http://localhost:8081/",
        "ONRECORD_CORPUS": "news",
        "ONRECORD_ADMINS": "123, 456,",
        "ONRECORD_SNIPPETS": "10",
        "ONRECORD_CONCURRENT_CHATS": "2",
        "ONRECORD_SEARCH_THREADS": "4",
        "ONRECORD_STATE": "sqlite:////var/lib/bot/state.db",
        "ONRECORD_KEEP_DAYS": "30",
        "ONRECORD_KEEP_QUESTIONS": "yes",
        "ONRECORD_ANSWER_WITHIN": "7",
        "ONRECORD_LATE_AFTER": "5",
        "ONRECORD_LOG_LEVEL": "debug",
    }
    for name, value in values.items():
        monkeypatch.setenv(name, value)

    settings = read_settings()

    assert settings.telegram_bot_token is not None
    assert settings.telegram_bot_token.get_secret_value() == TOKEN
    assert settings.telegram_api_url == "http://localhost:8081"
    assert settings.corpus == Path("news")
    assert settings.admins == {123, 456}
    assert (settings.snippets, settings.concurrent_chats, settings.search_threads) == (10, 2, 4)
    assert settings.state_address.path == Path("/var/lib/bot/state.db")
    assert (settings.keep_days, settings.keep_questions) == (30, True)
    assert (settings.answer_within, settings.late_after) == (7, 5)
    assert settings.log_level == "DEBUG"


def test_the_environment_goes_before_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A .env file serves what the environment does not set; what is given goes before both."""
    (tmp_path / ".env").write_text("ONRECORD_SNIPPETS=4\nONRECORD_SEARCH_THREADS=3\nOTHER=x\n")
    monkeypatch.setenv("ONRECORD_SNIPPETS", "5")

    assert (read_settings().snippets, read_settings().search_threads) == (5, 3)
    assert read_settings(snippets=6, search_threads=None).snippets == 6
    assert read_settings(None).search_threads == 2


def test_a_given_token_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A field that has a variable without the prefix can be given as well."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:other")

    token = read_settings(telegram_bot_token=TOKEN).telegram_bot_token

    assert token is not None
    assert token.get_secret_value() == TOKEN


@pytest.mark.parametrize("blank", ["", "  "])
def test_blank_is_not_set(tmp_path: Path, blank: str) -> None:
    """A line of .env without a value leaves the default."""
    names = [variable(field) for field in Settings.model_fields]
    (tmp_path / ".env").write_text("".join(f'{name}="{blank}"\n' for name in names))

    assert read_settings() == read_settings(None)


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("ONRECORD_ADMIN", "ONRECORD_ADMINS"),
        ("ONRECORD_THREADS", "ONRECORD_SEARCH_THREADS"),
        ("ONRECORD_TELEGRAM_BOT_TOKEN", "TELEGRAM_BOT_TOKEN"),
        ("onrecord_corpse", "ONRECORD_CORPUS"),
        ("TELEGRAM_TOKEN", "TELEGRAM_BOT_TOKEN"),
        ("TELEGRAM_BOT_TOKEN_FIEL", "TELEGRAM_BOT_TOKEN_FILE"),
        ("ONRECORD_WEBHOOK_SECRET_FILES", "ONRECORD_WEBHOOK_SECRET_FILE"),
        ("ONRECORD_CORPUS_FILE", "ONRECORD_CORPUS"),
    ],
)
def test_an_unknown_name(tmp_path: Path, name: str, nearest: str) -> None:
    """A name that means nothing is refused with the one that was probably meant."""
    (tmp_path / ".env").write_text(f"{name}=1\n")

    with pytest.raises(SettingsError, match=rf"^{name} \(in \.env\): .* did you mean {nearest}\?$"):
        read_settings()


def test_a_name_like_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no name is near, all are told."""
    monkeypatch.setenv("ONRECORD_XYZZYQQQ", "1")

    with pytest.raises(SettingsError, match=r"known are: .*ONRECORD_LOG_LEVEL"):
        read_settings()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ONRECORD_ADMINS", "@bob", "'@bob' is not a numeric user id"),
        ("ONRECORD_ADMINS", "1, -100200", "'-100200' is not a numeric user id"),
        ("ONRECORD_ADMINS", "1087968824", "every anonymous group admin"),
        ("ONRECORD_SNIPPETS", "11", "'11': input should be less than or equal to 10"),
        ("ONRECORD_SNIPPETS", "three", "'three': input should be a valid integer"),
        ("ONRECORD_LOG_LEVEL", "LOUD", "'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
        ("ONRECORD_KEEP_DAYS", "0", "greater than or equal to 1"),
        ("ONRECORD_STATE", "mysql://bot:secret-words@localhost/bot", "not a path, nor a URL"),
        ("TELEGRAM_API_URL", "localhost", "not the address of a server"),
        ("TELEGRAM_API_URL", "http://[x", "not the address of a server"),
        ("TELEGRAM_API_URL", f"https://api.telegram.org/bot{TOKEN}", "not the address"),
        ("TELEGRAM_BOT_TOKEN", "secret-words", "does not look like a token"),
        ("ONRECORD_WEBHOOK_URL", "http://bot.example.org/telegram", "https, a name"),
        ("ONRECORD_WEBHOOK_URL", "https://bot.example.org:8080/telegram", "443, 80, 88 or 8443"),
        ("ONRECORD_WEBHOOK_URL", f"https://bot.example.org/{TOKEN}", "the token has no place"),
        ("ONRECORD_WEBHOOK_LISTEN", "bot.example.org", "not an address and a port"),
        ("ONRECORD_WEBHOOK_LISTEN", "127.0.0.1:70000", "not an address and a port"),
        ("ONRECORD_WEBHOOK_SECRET", "secret-words", "16 to 256"),
        ("ONRECORD_WEBHOOK_SECRET", "secret-words and blanks", "16 to 256"),
    ],
)
def test_a_value_that_cannot_be(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    """The error is one line that names the variable and what is wrong, never a secret."""
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError) as refused:
        read_settings()

    message = str(refused.value)
    assert message.startswith(f"{name}: ")
    assert said in message
    assert "\n" not in message
    assert "secret-words" not in message
    assert TOKEN not in message


def test_several_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """All that is wrong is told in one go."""
    monkeypatch.setenv("ONRECORD_SNIPPETS", "0")
    monkeypatch.setenv("ONRECORD_CONCURRENT_CHATS", "0")

    with pytest.raises(SettingsError, match=r"SNIPPETS: .*; ONRECORD_CONCURRENT_CHATS: "):
        read_settings()


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    """A .env file that cannot be read is named."""
    (tmp_path / ".env").write_bytes(b"ONRECORD_CORPUS=\xff\xfe\n")

    with pytest.raises(SettingsError, match=r"^\.env: cannot be read: "):
        read_settings()


def test_frozen() -> None:
    """A setting cannot be changed after it was read."""
    with pytest.raises(ValidationError):
        setattr(read_settings(), "snippets", 4)  # noqa: B010 -- as an assignment mypy refuses it


def test_the_token_is_not_shown() -> None:
    """No text that is made of the settings holds the token."""
    settings = read_settings(telegram_bot_token=TOKEN)

    shown = f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"

    assert TOKEN not in shown


@given(ids=st.sets(st.integers(min_value=2_000_000_000, max_value=10**12)))
def test_any_ids(ids: set[int]) -> None:
    """Any list of user ids is read as it is written."""
    assert read_settings(None, admins=", ".join(map(str, ids))).admins == ids


def test_secrets_from_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each secret can stand in a file that a variable names, in the environment or in .env."""
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    (tmp_path / "url").write_text("postgresql://bot:words@localhost/bot")
    (tmp_path / "hook").write_text("  0123456789abcdef\r\n")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN_FILE", str(tmp_path / "token"))
    monkeypatch.setenv("onrecord_state_file", str(tmp_path / "url"))
    (tmp_path / ".env").write_text("ONRECORD_WEBHOOK_SECRET_FILE=hook\n")

    settings = read_settings()

    assert settings.telegram_bot_token is not None
    assert settings.telegram_bot_token.get_secret_value() == TOKEN
    assert str(settings.state_address) == "postgresql://localhost/bot"
    assert settings.webhook_secret is not None
    assert settings.webhook_secret.get_secret_value() == "0123456789abcdef"


def test_every_secret_may_stand_in_a_file() -> None:
    """No field that hides its value is left out."""
    hidden = {n for n, f in Settings.model_fields.items() if "SecretStr" in str(f.annotation)}

    assert len(hidden) == 2
    assert hidden | {"state"} == {*SECRETS}


def test_the_environment_goes_before_a_file_that_env_names(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A secret in the environment hides the file that .env names, and the other way round."""
    (tmp_path / "token").write_text("1:fromAFile")
    (tmp_path / ".env").write_text("TELEGRAM_BOT_TOKEN_FILE=token\n")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    first = read_settings().telegram_bot_token
    (tmp_path / ".env").write_text(f"TELEGRAM_BOT_TOKEN={TOKEN}\n")
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN_FILE", "token")
    second = read_settings().telegram_bot_token

    assert (first and first.get_secret_value()) == TOKEN
    assert (second and second.get_secret_value()) == "1:fromAFile"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read: No such file or directory"),
        (b"", "has to hold the value and nothing else"),
        (b"# the token\nsecret-words", "has to hold the value and nothing else"),
        (b"\xff\xfe", "is no text file"),
    ],
)
def test_a_secret_file_that_cannot_be_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None, said: str
) -> None:
    """The file is named, and what it holds is not shown."""
    path = tmp_path / "token"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN_FILE", str(path))

    with pytest.raises(SettingsError) as refused:
        read_settings()

    assert str(refused.value).startswith(f"TELEGRAM_BOT_TOKEN_FILE: {path} {said}")
    assert "secret-words" not in str(refused.value)


def test_a_secret_and_its_file(tmp_path: Path) -> None:
    """Both in one place contradict each other."""
    (tmp_path / ".env").write_text(f"TELEGRAM_BOT_TOKEN={TOKEN}\nTELEGRAM_BOT_TOKEN_FILE=token\n")

    with pytest.raises(SettingsError, match=r"^TELEGRAM_BOT_TOKEN and .*: set only one of them$"):
        read_settings()


@pytest.mark.parametrize(
    ("text", "endpoint", "local"),
    [
        ("127.0.0.1:8080", Endpoint("127.0.0.1", 8080), True),
        ("8080", Endpoint("127.0.0.1", 8080), True),
        ("[::1]:80", Endpoint("::1", 80), True),
        ("0.0.0.0:0", Endpoint("0.0.0.0", 0), False),  # noqa: S104 - nothing listens here
    ],
)
def test_where_to_listen(text: str, endpoint: Endpoint, *, local: bool) -> None:
    """An address and a port, or a port of this machine."""
    read = read_settings(None, webhook_listen=text).webhook_listen

    assert read == endpoint
    assert read.is_local == local
    assert Endpoint.parse(str(read)) == read
