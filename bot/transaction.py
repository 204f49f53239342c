"""A change of the corpus in two steps: a draft is made, and then put in place or declined."""

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.errors import ReloadFailedError
from bot.golden import Golden
from bot.reports import Progress, ReloadReport
from bot.snapshots import Snapshot, Snapshots
from bot.state.entries import Action
from corpus.loading import Corpus, compare

logger = logging.getLogger(__name__)


class Change(Protocol):
    """**Protocol:** something done to the corpus folder that a reload is to follow. Both block."""

    @property
    def action(self) -> Action:
        """What it is, for the audit trail."""

    @property
    def about(self) -> str:
        """What it is about: a file, the id of an article. For the audit trail."""

    @property
    def before(self) -> Mapping[str, bytes | None]:
        """What the files that it changed held before `make`, by their paths below the folder.

        None for one that was not there.
        """

    def make(self) -> None:
        """Do it, wholly or not at all. Raises FolderError or OSError, and then it was not done."""

    def take_back(self) -> None:
        """Let the folder be as it was before `make`. Raises OSError."""


@dataclass
class Draft:
    """A snapshot that does not count yet, and what it would change."""

    snapshot: Snapshot
    report: ReloadReport

    def give_up(self) -> list[object]:
        """Return what holds nothing but the snapshot, which this then has no more."""
        held: list[object] = [self.snapshot]
        del self.snapshot
        return held


@dataclass(frozen=True)
class Drafting:
    """Makes drafts of *snapshots*. Golden questions are asked for *limit* snippets. All of it blocks."""

    snapshots: Snapshots
    limit: int

    def read(self, old: Snapshot, progress: Progress | None = None) -> Draft:
        """Draft the corpus as it is now. Raises ReloadFailedError, and whatever reading raises."""
        began = time.monotonic()
        draft = self._against(old, self.snapshots.read(progress), began)
        if old.index.articles and not draft.snapshot.index.articles:
            self.snapshots.decline()
            raise ReloadFailedError(_nothing_left(self.snapshots.corpus, draft.snapshot.corpus))
        return draft

    def back(self, old: Snapshot, version: str) -> Draft:
        """Draft a version that was kept. Raises SnapshotLostError."""
        began = time.monotonic()
        return self._against(old, self.snapshots.back(version), began)

    def _against(self, old: Snapshot, fresh: Snapshot, began: float) -> Draft:
        changes = compare(old.corpus, fresh.corpus)
        golden = Golden.of(self.snapshots.corpus)
        trial = golden.tried(old, fresh, limit=self.limit)
        report = ReloadReport(
            changes=changes,
            refused=(*fresh.corpus.refused, *golden.refused),
            golden=trial,
            old_version=old.corpus.version,
            new_version=fresh.corpus.version,
            seconds=time.monotonic() - began,
        )
        return Draft(fresh, report)


def taken_back(change: Change | None) -> None:
    """Take *change* back, if there is one. Never fails: what is in the way is logged."""
    if change is not None:
        try:
            change.take_back()
        except OSError:
            logger.exception("%s stays in the corpus folder", change.about)


def _nothing_left(path: Path, corpus: Corpus) -> str:
    refused = corpus.refused
    reason = f"; first of {len(refused)} refused: {refused[0]}" if refused else ""
    return f"{path}: no article could be read{reason}"
