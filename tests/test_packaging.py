"""The two commands on a fresh machine: pins, Makefile, what CI runs."""

import os
import re
import stat
import subprocess
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DIRECT = [
    Requirement(text)
    for group in (PYPROJECT["project"]["dependencies"], *PYPROJECT["dependency-groups"].values())
    for text in group
    if isinstance(text, str)  # and no reference to another group
]
PINS = {
    canonicalize_name(name): Version(version)
    for name, version in re.findall(
        r"^([\w.-]+)==([\w.]+)$",
        (ROOT / "constraints.txt").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
}
INSTALLED_WITH_THE_PROJECT = "on-the-record"


def needed(requirements: list[Requirement]) -> Iterator[Distribution]:
    """What *requirements* and their requirements bring along on this system."""
    seen: set[str] = set()
    waiting = list(requirements)
    while waiting:
        requirement = waiting.pop()
        extras = requirement.extras or {""}
        marker = requirement.marker
        if marker is not None and not any(marker.evaluate({"extra": extra}) for extra in extras):
            continue
        try:
            found = distribution(requirement.name)
        except PackageNotFoundError:  # wanted by an extra that nobody asked for
            continue
        if found.name not in seen:
            seen.add(found.name)
            yield found
            waiting += [
                inner
                for inner in map(Requirement, found.requires or ())
                if inner.marker is None
                or any(inner.marker.evaluate({"extra": extra}) for extra in extras)
            ]


def test_every_package_is_pinned() -> None:
    """Whatever the project and its tests bring along has its version in constraints.txt."""
    names = {canonicalize_name(found.name) for found in needed(DIRECT)}

    assert len(names) > len(DIRECT)
    assert names - PINS.keys() == set()


def test_what_is_pinned_is_what_is_tested() -> None:
    """The versions of this environment are the pinned ones."""
    different = {
        found.name: found.version
        for found in needed(DIRECT)
        if Version(found.version) != PINS[canonicalize_name(found.name)]
    }

    assert different == {}


def test_pins_are_within_the_bounds_of_the_project() -> None:
    """pyproject.toml and constraints.txt do not contradict each other."""
    outside = [
        str(requirement)
        for requirement in DIRECT
        if not requirement.specifier.contains(PINS[canonicalize_name(requirement.name)])
    ]

    assert outside == []


def test_constraints_hold_pins_and_nothing_else() -> None:
    """No host, no option, no range."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if line and not line.startswith("#")]

    assert len(wanted) == len(PINS)
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in wanted)


def test_what_builds_the_project_is_pinned() -> None:
    """The build backend, and the installer that knows dependency groups."""
    (backend,) = map(Requirement, PYPROJECT["build-system"]["requires"])

    assert backend.specifier.contains(PINS[canonicalize_name(backend.name)])
    assert PINS[canonicalize_name("pip")] >= Version("25.1")


@pytest.mark.parametrize(
    "pattern", ["bot/locales/*.ftl", "corpus/sample/*", "retrieval/lexicon/*.txt"]
)
def test_data_files_are_installed(pattern: str) -> None:
    """They lie in packages that go into the wheel with all that git does not ignore."""
    wheel = PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()

    found = [path.relative_to(ROOT) for path in ROOT.glob(pattern)]
    assert found
    assert wheel.keys() == {"packages"}
    for path in found:
        assert path.parts[0] in wheel["packages"]
        assert not any(path.match(rule.strip("/")) for rule in ignored)


def test_ci_runs_what_a_contributor_runs() -> None:
    """One executable file that calls `make test`, with the same examples each time."""
    script = ROOT / ".ci" / "run"
    commands = [
        line
        for line in script.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith(("#", "set ", "cd "))
    ]

    assert script.stat().st_mode & stat.S_IXUSR
    assert commands == ["export CI=true", "exec make test"]


def make(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run make without what an outer make says to inner ones."""
    kept = {name: value for name, value in os.environ.items() if "MAKE" not in name}
    return subprocess.run(
        ["make", *arguments],
        cwd=ROOT,
        env={**kept, **environ},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_make_help_names_every_target() -> None:
    """Whoever types `make` finds the two commands and the single checks."""
    shown = make().stdout

    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE):
        assert f"make {target} " in shown


def test_make_test_runs_every_check() -> None:
    """`make test` is all there is to pass."""
    plan = make("--dry-run", "test").stdout

    for tool in (
        "ruff check",
        "ruff format --check",
        "mypy",
        "lint-imports",
        "pytest",
        "coverage",
        "soak",
    ):
        assert tool in plan


@pytest.fixture(name="bare")
def _bare(tmp_path: Path) -> Path:
    """A copy of what makes the environment, in a folder that has none."""
    (tmp_path / "scripts").mkdir()
    copy = tmp_path / "scripts" / "make-venv"
    copy.write_bytes((ROOT / "scripts" / "make-venv").read_bytes())
    copy.chmod(0o755)
    return tmp_path


def stub(folder: Path, script: str) -> Path:
    """A program that stands for a Python."""
    path = folder / "python-stub"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("exit 1", "needs Python 3.11 or newer"),
        ('case "$2" in *ensurepip*) exit 1;; esac', "module venv or ensurepip is missing"),
    ],
)
def test_what_is_missing_is_named_with_its_remedy(bare: Path, script: str, complaint: str) -> None:
    """An old Python, and Debian's without python3-venv."""
    ended = subprocess.run(
        [bare / "scripts" / "make-venv", ".venv"],
        env={"PATH": os.environ["PATH"], "PYTHON": str(stub(bare, script))},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert ended.returncode == 1
    assert complaint in ended.stderr
    assert "sudo apt install" in ended.stderr
    assert "brew install python" in ended.stderr
    assert not (bare / ".venv").exists()
