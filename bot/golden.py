"""The operator's golden questions: judged ones, asked before and after a reload."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.reports import Trial
from bot.snapshots import Snapshot
from corpus.errors import SourceError
from retrieval.evaluation import JudgedQuestion, is_right, judged_lines

FILE = "golden.jsonl"
"""In the corpus folder; a line is what `onrecord evaluate` reads."""

MOST = 1_000
"""Questions that are asked; a reload is to take no longer for them than for the articles."""


@dataclass(frozen=True, slots=True)
class Golden:
    """The golden questions of a corpus, and the lines that are none."""

    questions: tuple[JudgedQuestion, ...] = ()
    refused: tuple[SourceError, ...] = ()

    @classmethod
    def of(cls, corpus: Path) -> "Golden":
        """Read those of the corpus folder; none where *corpus* has none or is no folder.

        Never raises: what cannot be read is refused, by an address below the folder.
        """
        path = corpus / FILE
        questions: list[JudgedQuestion] = []
        refused: list[SourceError] = []
        try:
            for line in judged_lines(path) if path.is_file() else ():
                if isinstance(line, JudgedQuestion):
                    questions.append(line)
                else:
                    refused.append(SourceError(Path(FILE), line.line, line.reason))
                if max(len(questions), len(refused)) > MOST:
                    refused.append(SourceError(Path(FILE), None, f"more than {MOST:,} lines"))
                    break
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            refused.append(SourceError(Path(FILE), None, f"cannot be read: {why}"))
        return cls(tuple(questions[:MOST]), tuple(refused))

    def tried(self, before: Snapshot, after: Snapshot, *, limit: int) -> Trial:
        """Ask all of them of both, *limit* snippets each. Blocks."""
        now = datetime.now(UTC)
        right_before = self._right(before, limit, now)
        same = before.corpus.version == after.corpus.version
        right_after = right_before if same else self._right(after, limit, now)
        return Trial(
            asked=len(self.questions),
            right_before=sum(right_before),
            right_after=sum(right_after),
            broken=tuple(
                question
                for question, was, is_ in zip(
                    self.questions, right_before, right_after, strict=True
                )
                if was and not is_
            ),
        )

    def _right(self, snapshot: Snapshot, limit: int, now: datetime) -> list[bool]:
        return [
            is_right(
                judged, snapshot.answer(judged.question, limit=limit, now=judged.asked_at or now)
            )
            for judged in self.questions
        ]
