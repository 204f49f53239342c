"""Reads the settings: what is given, then the environment, then `.env`. Says what is wrong with them."""

import os
from pathlib import Path
from typing import Any

from dotenv import dotenv_values
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.errors import SettingsError
from bot.settings.fields import SECRETS, Settings, variable
from bot.settings.variables import FILE, Variables, refuse_unknown, secrets_in_files

ENV_FILE = Path(".env")


def variables() -> list[str]:
    """Every environment variable that is read."""
    return [
        *map(variable, Settings.model_fields),
        *(f"{variable(field)}{FILE}" for field in SECRETS),
    ]


def read_settings(env_file: Path | None = ENV_FILE, **given: Any) -> Settings:
    """Read the settings: *given* by field, then the environment, then *env_file*, then defaults.

    A blank value, and a *given* None, count as not set. A secret may stand in a file that is named
    by its variable and _FILE. Raises SettingsError, in one line, for values that cannot be used, and
    for variables that look like ours and mean nothing.
    """
    try:
        in_file = dotenv_values(env_file, encoding="utf-8") if env_file else {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{env_file}: cannot be read: {error}") from error
    places: dict[str, Variables] = {"the environment": os.environ, str(env_file): in_file}
    for where, names in places.items():
        refuse_unknown(names, variables(), where)
    secret = {variable(field): field for field in SECRETS}
    arguments: dict[str, Any] = {
        secret[name]: value for name, value in secrets_in_files(places, secret).items()
    }
    arguments |= {field: value for field, value in given.items() if value is not None}
    try:
        return Settings(_env_file=env_file, **{_argument(k): v for k, v in arguments.items()})
    except ValidationError as error:
        raise SettingsError("; ".join(_problem(e) for e in error.errors())) from None


def _argument(field: str) -> str:
    # By its alias, so that it stands before the environment instead of beside it.
    alias = Settings.model_fields[field].validation_alias
    return alias if isinstance(alias, str) else field


def _problem(error: ErrorDetails) -> str:
    names = {variable(field).lower(): field for field in Settings.model_fields}
    names |= {field: field for field in Settings.model_fields}
    field = names[str(error["loc"][0]).lower()]
    description = Settings.model_fields[field].description
    message = error["msg"].removeprefix("Value error, ")
    return f"{variable(field)}: {_shown(field, error)}{message[:1].lower()}{message[1:]} ({description})"


def _shown(field: str, error: ErrorDetails) -> str:
    # A token may be pasted into the wrong variable, so only what was to be a plain value is shown.
    plain = isinstance(error["input"], str | int) and field in {"snippets", "concurrent_chats"}
    return f"{str(error['input'])[:20]!r}: " if plain else ""
