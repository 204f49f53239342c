"""What can go wrong with a search engine.

EngineError                 anything that stops an engine from being used
├── EngineMissingError      an optional engine is not installed
└── StoredIndexError        a saved index that cannot be opened
    └── StaleIndexError     one that another version of the program has saved

A message is an address and a reason: `index/parts: version 3 of the format, ...`.
"""

from pathlib import Path


class EngineError(Exception):
    """An engine could not be used. The message is fit to be shown to an operator."""


class EngineMissingError(EngineError):
    """An optional engine is not installed; the message has the command that installs it."""

    def __init__(self, engine: str, command: str) -> None:
        super().__init__(f"the engine '{engine}' is not installed; install it with: {command}")
        self.engine = engine


class StoredIndexError(EngineError):
    """A file of a saved index was refused: it is missing, damaged, foreign or of another version."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class StaleIndexError(StoredIndexError):
    """A saved index is sound, and made by other rules than this program's: after an upgrade."""
