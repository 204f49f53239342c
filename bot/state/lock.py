"""One running bot a state file."""

import os
from pathlib import Path

from bot.settings.address import Address
from bot.state.errors import StateInUseError

try:
    import fcntl
except ImportError:  # not on Windows, where the bot runs without this protection
    fcntl = None  # type: ignore[assignment] # as there is no such module


class InstanceLock:
    """Holds the file *path* + `.lock`, until `release` or the end of the program, however it ends."""

    def __init__(self, address: Address, path: Path) -> None:
        """Raise StateInUseError if another program, or another part of this one, holds it."""
        # The same file under two names is one file.
        path = path.resolve()
        self._file = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            if fcntl is not None:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(self._file, 20).decode("ascii", "replace").strip()
            os.close(self._file)
            raise StateInUseError(
                address,
                f"is in use by another bot (process {holder or 'unknown'}); "
                "stop that one, or name another file as ONRECORD_STATE",
            ) from None
        os.truncate(self._file, 0)
        os.write(self._file, f"{os.getpid()}\n".encode("ascii"))

    def release(self) -> None:
        """Let another program have it. The file stays: to remove it would let two hold it."""
        os.close(self._file)
