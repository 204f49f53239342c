"""What the values of settings have to be like. An error never repeats what may be a secret."""

import os
import re
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import SecretStr

ANONYMOUS_ADMIN = 1087968824
"""The user id that the anonymous administrators of all groups share: nobody in particular."""

_SECRET_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,256}")
_TOKEN_IN_A_PATH = re.compile(r"[0-9]{6,}(?::|%3A)", re.IGNORECASE)
_DELIVERED_TO = {443, 80, 88, 8443}
"""The ports that Telegram delivers to."""


def bot_token(token: SecretStr | None) -> SecretStr | None:
    """Return *token*. Raises ValueError if it cannot be one."""
    number, colon, rest = token.get_secret_value().partition(":") if token else ("1", ":", "x")
    plain = rest.replace("-", "").replace("_", "")
    if not (number.isdecimal() and colon and plain.isalnum() and rest.isascii()):
        raise ValueError("does not look like a token, which is digits, a colon, and letters")
    return token


def server_url(url: str) -> str:
    """Return the URL of a server, without a slash at its end. Raises ValueError for any other."""
    # The value is not repeated in the error: some paste the token into it.
    if not _is_server(url):
        raise ValueError("not the address of a server, such as http://localhost:8081")
    return url.rstrip("/")


def public_url(url: str | None) -> str | None:
    """Return a URL that Telegram can deliver to. Raises ValueError for any other."""
    if url is None:
        return None
    if _TOKEN_IN_A_PATH.search(url):
        raise ValueError("the token has no place in a URL: it would stand in every proxy's log")
    parts = urlsplit(url) if _is_server(url) else None
    if parts is None or parts.scheme != "https" or (parts.port or 443) not in _DELIVERED_TO:
        raise ValueError(
            "not a URL that Telegram delivers to: https, a name, and no port or 443, 80, 88 or "
            "8443, such as https://bot.example.org/telegram"
        )
    return url


def secret_token(secret: SecretStr | None) -> SecretStr | None:
    """Return *secret*. Raises ValueError if Telegram does not take it, or it is a short one."""
    if secret is not None and not _SECRET_TOKEN.fullmatch(secret.get_secret_value()):
        raise ValueError("not 16 to 256 letters, digits, - and _")
    return secret


def index_folder(folder: Path | Literal["none"] | None) -> Path | Literal["none"] | None:
    """Return *folder*, absolute; `none` in any case of letters is `none`.

    Raises ValueError for what is no folder, or names a home folder that there is not.
    """
    if folder is None or str(folder).lower() == "none":
        return folder and "none"
    try:
        expanded = Path(folder).expanduser()
    except RuntimeError as error:
        raise ValueError(f"no such home folder: {Path(folder).parts[0]}") from error
    if "\0" in str(folder):
        raise ValueError("a path holds no NUL")
    if os.path.lexists(expanded) and not expanded.is_dir():
        raise ValueError("not a folder")
    return Path(os.path.abspath(expanded))  # noqa: PTH100 - resolve() would follow links


def user_ids(value: object) -> object:
    """Return the numbers of a list with commas, as a set. Raises ValueError for what is no person."""
    if not isinstance(value, str):
        return value
    names = [name.strip() for name in value.split(",") if name.strip()]
    for name in names:
        if not (name.isascii() and name.isdecimal()):
            raise ValueError(
                f"{name!r} is not a numeric user id; names can change hands, so only numbers "
                "count, such as 123456789 (the bot tells you yours when you send it /reload)"
            )
    ids = frozenset(int(name) for name in names)
    if ANONYMOUS_ADMIN in ids:
        raise ValueError(f"{ANONYMOUS_ADMIN} is every anonymous group admin, not one person")
    return ids


def _is_server(url: str) -> bool:
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    bare = not (parts.query or parts.fragment or ":" in parts.path)
    return parts.scheme in {"http", "https"} and named and bare
