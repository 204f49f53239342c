"""`onrecord evaluate`."""

import json
from pathlib import Path

import pytest

from retrieval.peers import PEERS
from tests.bot.command_line import BRIDGE, FERRY, onrecord, write_corpus

QUESTIONS = [
    {
        "id": "q1",
        "question": "Who denied that the repairs were delayed?",
        "answerable": True,
        "evidence": [[{"article": "bridge", "text": "denied that the repairs had been delayed"}]],
        "articles": ["bridge"],
        "now": "2024-03-05",
    },
    {"id": "q2", "question": "Who won the chess final?", "answerable": False, "now": None},
    {
        "id": "q3",
        "question": "What carries commuters?",
        "answerable": True,
        "articles": ["ferry"],
        "now": "2024-03-05T10:00:00",
    },
]


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    """A set of judged questions with its articles."""
    folder = write_corpus(tmp_path / "golden", [BRIDGE, FERRY])
    lines = "".join(f"{json.dumps(question)}\n" for question in QUESTIONS)
    (folder / "questions.jsonl").write_text(lines, encoding="utf-8")
    return folder


def test_the_figures_are_a_table(folder: Path) -> None:
    """One line a figure, readable without a terminal."""
    ended = onrecord("evaluate", str(folder))

    rows = [line.split() for line in ended.out.splitlines()]
    assert ended.code == 0
    assert ["questions", "3"] in rows
    assert ["success@1", "1.000"] in rows
    assert ["speaker", "accuracy", "-"] in rows
    assert "\x1b" not in ended.out


def test_the_figures_are_json_on_request(folder: Path) -> None:
    """With the names of the set and of the system, to be kept and compared."""
    (figures,) = onrecord("evaluate", str(folder), "--json").records

    assert figures["set"] == "golden"
    assert figures["system"] == "On the Record"
    assert figures["questions"] == 3
    assert figures["success_at_1"] == 1.0
    assert figures["speaker_accuracy"] is None
    assert len(figures["corpus_version"]) == 12


def test_peers_stand_beside(folder: Path) -> None:
    """Each answers the same questions from the same articles."""
    systems = [
        figures["system"]
        for figures in onrecord("evaluate", str(folder), "--peers", "--json").records
    ]

    assert systems == ["On the Record", *PEERS]


def test_a_set_without_articles_is_about_the_operators_corpus(folder: Path, tmp_path: Path) -> None:
    """Golden questions need not bring the articles along; --corpus goes before what is there."""
    articles = (folder / "articles.jsonl").rename(tmp_path / "own.jsonl")

    by_setting = onrecord("evaluate", str(folder), environ={"ONRECORD_CORPUS": str(articles)})
    by_option = onrecord("evaluate", str(folder), "--corpus", str(articles))

    assert by_setting.code == 0
    assert by_setting.out == by_option.out
    assert ["success@1", "1.000"] in [line.split() for line in by_setting.out.splitlines()]


def test_a_folder_without_questions_is_one_line(tmp_path: Path) -> None:
    """The line names the file that is missing."""
    ended = onrecord("evaluate", str(tmp_path))

    assert ended.code == 1
    assert ended.err == f"onrecord: {tmp_path / 'questions.jsonl'}: no such file or folder\n"


def test_a_broken_question_is_one_line(folder: Path) -> None:
    """A judged set is checked before anything is scored."""
    with (folder / "questions.jsonl").open("a", encoding="utf-8") as questions:
        questions.write('{"id": "q4"}\n')

    ended = onrecord("evaluate", str(folder))

    assert ended.code == 1
    assert "questions.jsonl:4: " in ended.err
    assert ended.err.count("\n") == 1
