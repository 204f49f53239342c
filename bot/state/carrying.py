"""What an answer carries to the next question, as plain values and back."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from retrieval.models import Carried, DateRange

_FIELDS = {field.name for field in fields(Carried)}


def packed(carried: Carried | None) -> dict[str, Any] | None:
    """Return *carried* as what JSON knows."""
    if carried is None:
        return None
    values = asdict(carried)
    if carried.dates is not None:
        values["dates"] = [_written(carried.dates.since), _written(carried.dates.until)]
    return values


def unpacked(values: Mapping[str, Any] | None) -> Carried | None:
    """Return what was packed, also by an earlier version: what is not known any more is left out."""
    if values is None:
        return None
    known = {name: value for name, value in values.items() if name in _FIELDS}
    dates = known.pop("dates", None)
    plain: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in known.items()}
    return Carried(**plain, dates=dates and DateRange(since=_read(dates[0]), until=_read(dates[1])))


def _written(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _read(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
