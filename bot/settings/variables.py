"""The variables behind the settings: those that mean nothing, and secrets that stand in files."""

import re
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from pathlib import Path

from bot.errors import SettingsError

FILE = "_FILE"
"""What is put behind a variable's name for the name of a file that holds its value."""

_LONGEST = 10_000

_OURS = re.compile(r"ONRECORD_|TELEGRAM_BOT_|TELEGRAM_TOKEN")
"""How a name begins that is meant for this program, or very likely is."""

Variables = Mapping[str, str | None]


def refuse_unknown(names: Collection[str], known: Collection[str], where: str) -> None:
    """Raise SettingsError if one of *names* looks like a setting and is not *known*."""
    for name in names:
        if _OURS.match(name.upper()) and name.upper() not in known:
            right = _nearest(name.upper(), known)
            advice = f"did you mean {right}?" if right else f"known are: {', '.join(known)}"
            raise SettingsError(f"{name} (in {where}): no such setting; {advice}")


def secrets_in_files(places: Mapping[str, Variables], secret: Collection[str]) -> dict[str, str]:
    """Return the values of the variables *secret* that are given by files, as `NAME_FILE=path`.

    Of *places*, by what they are called, the first that sets a variable counts. Raises
    SettingsError for a file that cannot be used, and where a place gives both.
    """
    found = {}
    for name in secret:
        for where, variables in places.items():
            given = _set(variables)
            path = given.get(name + FILE)
            if path is not None and name in given:
                raise SettingsError(f"{name} and {name}{FILE} (in {where}): set only one of them")
            if path is not None:
                found[name] = _content(name, Path(path.strip()))
            if path is not None or name in given:
                break
    return found


def _set(variables: Variables) -> dict[str, str]:
    """What is set among *variables*, by names in capitals: they may be written either way."""
    return {name.upper(): value for name, value in variables.items() if value and value.strip()}


def _content(name: str, path: Path) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            content = file.read(_LONGEST).strip()
    except OSError as error:
        reason = f"cannot be read: {error.strerror}"
    except ValueError:  # no UTF-8, or a NUL in the path
        reason = "is no text file"
    else:
        if content and "\n" not in content:
            return content
        reason = "has to hold the value and nothing else, on one line"
    raise SettingsError(f"{name}{FILE}: {path} {reason}")


def _nearest(name: str, known: Collection[str]) -> str | None:
    # By what follows the prefix, which all have in common.
    bare = {each.removeprefix("ONRECORD_").removeprefix("TELEGRAM_"): each for each in known}
    wanted = name.removeprefix("ONRECORD_").removeprefix("TELEGRAM_")
    near = get_close_matches(wanted, bare, n=1, cutoff=0.5)
    return bare[near[0]] if near else None
