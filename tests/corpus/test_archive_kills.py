"""A process that reads a corpus is killed: the archive opens, and says the truth."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_kill_at_any_step_leaves_an_archive_that_says_the_truth(tmp_path: Path) -> None:
    """Before each statement of a first reading and of a later one, and at random moments."""
    (tmp_path / "news").mkdir()
    ended = subprocess.run(
        [sys.executable, "-m", "tests.corpus.killing", str(tmp_path / "news"), "2"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.stderr == ""
    assert ended.returncode == 0
    assert int(ended.stdout) > 50
