"""Texts without secrets, and without what people said."""

import json
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

REDACTED = "[redacted]"

_ANY_TOKEN = re.compile(r"\b[0-9]{6,}(?::|%3[Aa])[A-Za-z0-9_-]{30,}")
"""What every bot token looks like, also one that was never told to us."""

_LONGEST_SHAPE = 2_000
_DEEPEST_SHAPE = 20


class Redaction:
    """Blots out *secrets* and anything shaped like a token. Thread-safe."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        forms = {form for secret in secrets if secret for form in _forms(secret)}
        self._secrets = sorted(forms, key=len, reverse=True)

    def redact(self, text: str) -> str:
        """Return *text* without the secrets."""
        for secret in self._secrets:
            text = text.replace(secret, REDACTED)
        return _ANY_TOKEN.sub(REDACTED, text)

    def redact_all(self, thing: Any) -> Any:
        """Return *thing*, which may be nested, with all its texts redacted."""
        match thing:
            case str():
                return self.redact(thing)
            case dict():
                return {
                    self.redact_all(key): self.redact_all(value) for key, value in thing.items()
                }
            case list() | tuple() | set() | frozenset():
                return [self.redact_all(value) for value in thing]
            case None | bool() | int() | float():
                return thing
            case _:
                return self.redact(repr(thing))


def shape_of(thing: object) -> str:
    """Return JSON as text that tells no secret: keys, numbers and kinds, but nothing that was said."""
    return json.dumps(_without_texts(thing), default=_kind)[:_LONGEST_SHAPE]


def _without_texts(thing: object, depth: int = 0) -> object:
    if depth > _DEEPEST_SHAPE and isinstance(thing, dict | list | tuple):
        return "..."
    if isinstance(thing, dict):
        return {str(key): _without_texts(value, depth + 1) for key, value in thing.items()}
    if isinstance(thing, list | tuple):
        return [_without_texts(value, depth + 1) for value in thing]
    return f"<{len(thing)} characters>" if isinstance(thing, str) else thing


def _kind(thing: object) -> str:
    return f"<{type(thing).__name__}>"


def _forms(secret: str) -> set[str]:
    """The secret as it is, as it stands in a URL and in JSON, and, of a token, the half that matters."""
    forms = {secret, quote(secret, safe=""), json.dumps(secret)[1:-1], repr(secret)[1:-1]}
    _, colon, half = secret.partition(":")
    if colon:
        forms.add(half)
    # A secret of a few characters would blot out half of every line, and protects nothing.
    return {form for form in forms if len(form) >= 8} or {secret}
