"""Where an indexed corpus is kept: the folder, and whether it can be written to."""

import hashlib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryFile


def default_folder(corpus: Path, environ: Mapping[str, str] | None = None) -> Path | None:
    """The folder of *corpus* among the caches of a user's programs, or of a systemd service.

    Two corpora never share one, wherever they are. None where there is no home folder.
    """
    caches = _caches(os.environ if environ is None else environ)
    if caches is None:
        return None
    path = os.path.realpath(corpus)
    name = re.sub(r"[^\w.-]+", "-", Path(path).name).strip(".-")[:40] or "corpus"
    return caches / f"{name}-{hashlib.sha256(os.fsencode(path)).hexdigest()[:8]}"


def unusable(folder: Path) -> str | None:
    """Make *folder* if need be, and return why nothing can be kept in it, or None if all is well."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with TemporaryFile(dir=folder) as file:
            file.write(b".")
            file.flush()
    except OSError as error:
        return f"{folder}: {(error.strerror or str(error)).lower()}"
    return None


def _caches(environ: Mapping[str, str]) -> Path | None:
    # systemd names the folder that CacheDirectory= made; several are separated by colons.
    if service := environ.get("CACHE_DIRECTORY", "").partition(":")[0]:
        return Path(service)
    folder = Path(environ.get("XDG_CACHE_HOME", ""))
    if folder.is_absolute():  # the standard says that a relative one counts for nothing
        return folder / "on-the-record"
    try:
        return Path.home() / ".cache" / "on-the-record"
    except RuntimeError:
        return None
