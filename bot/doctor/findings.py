"""What a look at something found."""

from dataclasses import dataclass
from enum import StrEnum


class Health(StrEnum):
    """How serious it is."""

    WELL = "ok"
    ODD = "look"
    """The bot runs, but this is probably not meant so."""
    BAD = "mend"
    """The bot does not run, or not as it should."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: *what*, what was *seen*, and what is to be done about it.

    *advice* is empty when all is well. No secret is in any of it.
    """

    health: Health
    what: str
    seen: str
    advice: str = ""


def well(what: str, seen: str) -> Finding:
    """Nothing is to be done."""
    return Finding(Health.WELL, what, seen)


def odd(what: str, seen: str, advice: str) -> Finding:
    """Something is probably not meant so."""
    return Finding(Health.ODD, what, seen, advice)


def bad(what: str, seen: str, advice: str) -> Finding:
    """Something has to be mended."""
    return Finding(Health.BAD, what, seen, advice)
