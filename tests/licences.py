"""The licence of each package that the bot brings along, as the packages say themselves.

python -m tests.licences
"""

import re
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

LOCKED = Path(__file__).parents[1] / "scripts" / "locked" / "run.txt"


def packages() -> list[tuple[str, str]]:
    """Name and version of each package, as pinned."""
    return re.findall(r"^([\w.-]+)==([\w.]+)", LOCKED.read_text(encoding="utf-8"), re.MULTILINE)


def licence(name: str) -> str:
    """What an installed package says of its licence, in a few words; empty if it says nothing."""
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return ""
    if expression := about["License-Expression"]:
        return str(expression)
    classifiers = [
        each.rpartition(" :: ")[2]
        for each in about.get_all("Classifier") or []
        if each.startswith("License ::")
    ]
    named = str(about["License"] or "").strip()
    return ", ".join(classifiers) or named.partition("\n")[0]


def main() -> int:
    """Print the table; 1 if a licence is not known."""
    table = [(name, version, licence(name)) for name, version in packages()]
    for name, version, found in table:
        sys.stdout.write(f"{name:<24}{version:<12}{found or 'not installed, or not said'}\n")
    return int(any(not found for *_, found in table))


if __name__ == "__main__":
    sys.exit(main())
