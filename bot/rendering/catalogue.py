"""The bot's own words in every language it speaks: one Fluent file each in bot/locales.

The languages are found by listing that folder; adding one is adding a file.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list
from fluent.runtime import FluentBundle, FluentResource

from bot.rendering.directions import Direction
from bot.rendering.lines import on_one_line

DEFAULT = "en"
"""What is spoken to those whose language is not known, or is none of these."""

_LONGEST_VALUE = 1000

_REMEMBERED = 512
"""Texts of a language that are kept: the same buttons, headings and days stand in every answer."""

_HOLE = "\ue000"
"""Stands for a value while it is looked for; a value cannot hold it, nor may a message."""


class Said(str):
    """A text in the bot's own words, or made fit for them: it goes into another one as it is."""

    __slots__ = ()


Value = str | int | float | datetime
"""What fills a gap of a message. A plain str is from outside: it is put on one line, and isolated
where it is written in the other direction. Numbers are between -10**15 and 10**15."""


class Words:
    """What the bot says, in one language. Never changes; safe to use from several threads.

    *language* is the name of its file: `en`, `de`, `pt-BR`.
    """

    def __init__(self, language: str, source: str, *, marks: bool = True) -> None:
        """Read *source*, a Fluent file. Without *marks*, nothing is said of reading directions."""
        resource = FluentResource(source)
        named = FluentBundle([language], use_isolating=False)
        named.add_resource(resource)
        self.language = language
        self._locale = Locale.parse(_formatted(named, "locale", {}), sep="-")
        self._bundle = FluentBundle([str(self._locale)], use_isolating=False)
        self._bundle.add_resource(resource)
        self.right_to_left = self._locale.text_direction == "rtl"
        self._direction = Direction(right_to_left=self.right_to_left) if marks else None
        self._known = lru_cache(_REMEMBERED)(self._formatted_with)
        self._known_day = lru_cache(_REMEMBERED)(self._day)

    def __call__(self, message_id: str, /, **values: Value) -> Said:
        """Return the message, its gaps filled with *values*.

        Raises LookupError for a message that the catalogue does not have, and for a missing value.
        """
        return self._begun(self._filled(message_id, values))

    def around(self, message_id: str, gap: str, /, **values: Value) -> tuple[str, str, str]:
        """Return the message in three parts: before the value of *gap*, the value, and after it.

        For an entity that is to stand on that value alone. Raises LookupError as a call does.
        """
        value = self._shown(values[gap], apart=False)
        opening, closing = self._isolates(value)
        hole = Said(f"{opening}{_HOLE}{closing}")
        before, _, after = self._filled(message_id, {**values, gap: hole}).partition(_HOLE)
        whole = self._begun(f"{before}{value}{after}")
        return whole[: len(whole) - len(value) - len(after)], value, after

    def day(self, moment: datetime) -> Said:
        """`4 May 2023`, in the time zone that *moment* carries."""
        return self._known_day(moment.date())

    def clock(self, moment: datetime) -> Said:
        """`18:30`, in the time zone that *moment* carries."""
        return Said(format_time(moment, "short", moment.tzinfo, self._locale))

    def listed(self, things: Iterable[str], last: Literal["and", "or"] = "and") -> Said:
        """`a`, `a and b`, `a, b and c`."""
        style: Literal["standard", "or"] = "standard" if last == "and" else "or"
        shown = [self._shown(thing) for thing in things]
        return Said(format_list(shown, style, locale=self._locale))

    def _filled(self, message_id: str, values: Mapping[str, Value]) -> str:
        return self._known(
            message_id,
            *(
                (name, value if isinstance(value, int | float) else self._shown(value))
                for name, value in values.items()
            ),
        )

    def _formatted_with(self, message_id: str, *values: tuple[str, str | float]) -> str:
        return _formatted(self._bundle, message_id, dict(values))

    def _day(self, day: date) -> Said:
        return Said(format_date(day, "long", locale=self._locale))

    def _shown(self, value: Value, *, apart: bool = True) -> str:
        if isinstance(value, datetime):
            return self.day(value)
        if isinstance(value, Said):
            return value
        text = on_one_line(str(value), _LONGEST_VALUE)
        opening, closing = self._isolates(text) if apart else ("", "")
        return f"{opening}{text}{closing}"

    def _isolates(self, text: str) -> tuple[str, str]:
        return self._direction.isolates(text) if self._direction else ("", "")

    def _begun(self, text: str) -> Said:
        return Said(self._direction.begun(text) if self._direction else text)


def _formatted(
    bundle: FluentBundle, message_id: str, values: Mapping[str, str | int | float]
) -> str:
    message = bundle.get_message(message_id)
    if message.value is None:
        raise LookupError(f"{message_id}: the message has no text")
    text, errors = bundle.format_pattern(message.value, dict(values))
    if errors:
        raise LookupError(f"{message_id}: {errors[0]}")
    return str(text)


def words_for(language_code: str | None) -> Words:
    """Return the words for an IETF language tag: of that very language, else of its base, else English.

    *language_code* is what Telegram says of a user: `de`, `de-AT`, `pt-br`, None. Any text will do.
    """
    tag = (language_code or "").replace("_", "-").lower()
    known = {name.lower(): name for name in languages()}
    while tag and tag not in known:
        tag = tag.rpartition("-")[0]
    return _read(known.get(tag, DEFAULT))


@cache
def languages() -> tuple[str, ...]:
    """Return the names of the languages that the bot speaks, sorted."""
    found = (file.name for file in _folder().iterdir())
    return tuple(sorted(name.removesuffix(".ftl") for name in found if name.endswith(".ftl")))


@cache
def in_a_terminal() -> Words:
    """Return the English words without direction marks, for terminals and JSON."""
    return Words(DEFAULT, _source(DEFAULT), marks=False)


@cache
def _read(language: str) -> Words:
    return Words(language, _source(language))


def _source(language: str) -> str:
    return (_folder() / f"{language}.ftl").read_text(encoding="utf-8")


def _folder() -> Traversable:
    return files("bot") / "locales"
