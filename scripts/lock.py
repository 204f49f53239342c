#!/usr/bin/env python3
"""Write the hashes of all that is installed for the bot into scripts/locked. Needs a network.

scripts/lock.py          asks the package index that pip is set up with, and writes
scripts/lock.py --check  says whether the files are those of constraints.txt; needs none

The versions are those of constraints.txt. Hashes are those of the wheels for Linux (glibc, x86-64 and
ARM) and macOS, for each Python that the project supports. No address of an index is written down.
"""

import json
import re
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "scripts" / "locked"
PYTHONS = ("3.11", "3.12", "3.13")
LINUX = ("manylinux_2_28", "manylinux_2_27", "manylinux_2_26", "manylinux_2_24", "manylinux_2_17",
         "manylinux_2_5", "manylinux2014", "manylinux1")  # fmt: skip
PLATFORMS = (
    [f"{tag}_x86_64" for tag in LINUX],
    [f"{tag}_aarch64" for tag in LINUX],
    ["macosx_14_0_arm64"],
    ["macosx_14_0_x86_64"],
)
HEAD = """\
# {what}
# Made by scripts/lock.py from constraints.txt; do not edit. Install with:
#   pip install --require-hashes --only-binary :all: -r scripts/locked/{name}.txt
"""
WHAT = {
    "run": "What the bot runs with, with all of its options.",
    "build": "What builds the bot's own package.",
}


def wanted() -> dict[str, list[str]]:
    """The requirements of each file, as pyproject.toml has them."""
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    optional = project["project"]["optional-dependencies"].values()
    return {
        "run": [*project["project"]["dependencies"], *(each for one in optional for each in one)],
        "build": project["build-system"]["requires"],
    }


def pins() -> dict[str, str]:
    """The versions of constraints.txt, by name."""
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    found = re.findall(r"^([\w.-]+)==([\w.]+)$", text, re.MULTILINE)
    return {canonicalize_name(name): version for name, version in found}


def closure(requirements: Iterable[str]) -> list[str]:
    """The names of *requirements* and of all that they bring along, as this environment has them."""
    seen: set[str] = set()
    waiting = [Requirement(text) for text in requirements]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name not in seen:
            seen.add(name)
        waiting += [
            each for each in _needs(requirement) if canonicalize_name(each.name) not in seen
        ]
    return sorted(seen)


def _needs(requirement: Requirement) -> Iterator[Requirement]:
    try:
        found: Distribution = distribution(requirement.name)
    except PackageNotFoundError:
        return  # what builds the package need not be installed here
    for inner in map(Requirement, found.requires or ()):
        extras = requirement.extras or {""}
        if inner.marker is None or any(inner.marker.evaluate({"extra": e}) for e in extras):
            yield inner


def ask(requirements: list[str]) -> dict[str, set[str]]:
    """Ask the index for the hashes of all that these bring along: name -> sha256 of each wheel."""
    found: dict[str, set[str]] = defaultdict(set)
    for python in PYTHONS:
        for platforms in PLATFORMS:
            for package in _resolved(requirements, python, platforms):
                name = canonicalize_name(package["metadata"]["name"])
                found[name].add(package["download_info"]["archive_info"]["hashes"]["sha256"])
    return found


def _resolved(requirements: list[str], python: str, platforms: list[str]) -> list[dict[str, Any]]:
    options = ["--quiet", "--dry-run", "--ignore-installed", "--report", "-"]
    options += ["--constraint", str(ROOT / "constraints.txt")]
    options += ["--only-binary", ":all:", "--target", "nowhere", "--python-version", python]
    for platform in platforms:
        options += ["--platform", platform]
    command = [sys.executable, "-m", "pip", "install", *options, *requirements]
    told = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own
    installed: list[dict[str, Any]] = json.loads(told.stdout)["install"]
    return installed


def written(name: str, hashes: dict[str, set[str]]) -> str:
    """The text of a file."""
    versions = pins()
    lines = [HEAD.format(what=WHAT[name], name=name)]
    for package in sorted(hashes):
        given = " \\\n".join(f"    --hash=sha256:{each}" for each in sorted(hashes[package]))
        lines.append(f"{package}=={versions[package]} \\\n{given}\n")
    return "\n".join([lines[0], "".join(lines[1:])])


def problems() -> list[str]:
    """What is not as constraints.txt and pyproject.toml have it, without asking anybody."""
    versions, found = pins(), []
    for name, requirements in wanted().items():
        text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
        locked = dict(re.findall(r"^([\w.-]+)==([\w.]+) \\$", text, re.MULTILINE))
        needed = {package: versions.get(package, "no pin") for package in closure(requirements)}
        if missing := {p: v for p, v in needed.items() if locked.get(p) != v}:
            found.append(f"{name}.txt lacks {missing}")
        if other := {p: v for p, v in locked.items() if versions.get(p) != v}:
            found.append(f"{name}.txt has {other}, and constraints.txt has not")
    return found


def main() -> int:
    """Write, or check."""
    if sys.argv[1:] == ["--check"]:
        found = problems()
        sys.stdout.write("".join(f"{each}; run: scripts/lock.py\n" for each in found))
        return bool(found)
    FOLDER.mkdir(exist_ok=True)
    for name, requirements in wanted().items():
        text = written(name, ask(requirements))
        (FOLDER / f"{name}.txt").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
