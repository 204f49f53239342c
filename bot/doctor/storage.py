"""What lies on disks: the corpus, the database, and who may read and write what."""

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from bot.doctor.findings import Finding, bad, odd, well
from bot.errors import SettingsError
from bot.settings import ENV_FILE, SECRETS, Settings, variable
from bot.settings.address import Address
from bot.settings.variables import FILE
from bot.state import State, StateError, StateInUseError
from corpus.errors import CorpusError
from corpus.loading import SAMPLE, load
from retrieval.engines.choice import choose, expected_passages, installed
from retrieval.errors import EngineMissingError

_ROOM = 200_000_000
"""Bytes on a disk below which there soon is no room."""

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def examine_corpus(settings: Settings) -> list[Finding]:
    """Read the articles. Raises nothing."""
    check = f"see: onrecord check --corpus {settings.corpus}"
    try:
        corpus = load(settings.corpus)
    except CorpusError as error:
        return [bad("corpus", str(error), "mend it, or ONRECORD_CORPUS")]
    except OSError as error:
        return [bad("corpus", f"{error.filename}: {error.strerror}", "let the bot's user read it")]
    if not corpus.articles:
        return [bad("corpus", f"{settings.corpus} holds no articles", check)]
    seen = f"{len(corpus.articles):,} articles in {settings.corpus}"
    if corpus.refused:
        yielded = [odd("corpus", f"{seen}; {len(corpus.refused):,} parts were refused", check)]
    elif settings.corpus == SAMPLE:
        yielded = [odd("corpus", "is the bundled sample", "put your articles into ONRECORD_CORPUS")]
    else:
        yielded = [well("corpus", seen)]
    try:
        chosen = choose(settings.engine, expected_passages(corpus.articles), installed())
    except EngineMissingError as error:
        return [*yielded, bad("engine", str(error), "install it, or set ONRECORD_ENGINE=auto")]
    return [*yielded, well("engine", f"{chosen.kind}: {chosen.reason}")]


async def examine_state(settings: Settings) -> tuple[list[Finding], bool]:
    """Open and read the database; return the findings, and whether a bot is using it here now.

    Makes nothing that is not there. Raises nothing.
    """
    try:
        address = settings.state_address
    except SettingsError as error:
        return [bad("database", str(error), "name a file as ONRECORD_STATE")], False
    if address.path is not None and not address.path.exists():
        return [_to_be_made(address.path), *_room(address.path)], False
    if address.path is None and not address.is_server:
        advice = "name a file as ONRECORD_STATE, or unset it"
        return [odd("database", "is the memory: nothing survives a restart", advice)], False
    try:
        async with await State.open(address) as state:
            await state.check()
    except StateInUseError:
        return [well("database", f"{address} is in use by the bot that runs here")], True
    except StateError as error:
        return [bad("database", str(error), "then run this again")], False
    return [well("database", f"{address} opens, and is sound"), *_room(address.path)], False


def examine_permissions(settings: Settings, environ: dict[str, str]) -> list[Finding]:
    """Look at who runs this, and at who else can read the secrets. Raises nothing."""
    findings = []
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        advice = "run it as a user of its own, as docs/operations.md shows"
        findings.append(odd("user", "is root, which the bot need not be", advice))
    found = [path for path in _secret_files(settings, environ) if path.is_file()]
    open_to_all = [path for path in found if path.stat().st_mode & _OTHERS]
    for path in open_to_all:
        seen = f"{path} can be read by other users"
        findings.append(odd("permissions", seen, f"chmod 600 {path}"))
    if found and not open_to_all:
        names = ", ".join(str(path) for path in found)
        findings.append(well("permissions", f"only their owner can read {names}"))
    return findings


def _secret_files(settings: Settings, environ: dict[str, str]) -> Iterator[Path]:
    yield ENV_FILE
    for field in SECRETS:
        if path := environ.get(f"{variable(field)}{FILE}"):
            yield Path(path)
    address = settings.state
    if isinstance(address, Address) and address.path is not None:
        yield address.path


def _to_be_made(path: Path) -> Finding:
    folder = next(each for each in path.parents if each.exists())
    if os.access(folder, os.W_OK | os.X_OK):
        return well("database", f"{path} will be made when the bot first runs")
    advice = "let the bot's user write there, or name another file as ONRECORD_STATE"
    return bad("database", f"{path} cannot be made: {folder} is not to be written to", advice)


def _room(path: Path | None) -> list[Finding]:
    if path is None:
        return []
    folder = next(each for each in path.parents if each.exists())
    free = shutil.disk_usage(folder).free
    if free >= _ROOM:
        return []
    return [odd("disk", f"{free / 1e6:,.0f} MB are left for {folder}", "make room")]
