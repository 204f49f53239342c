"""`onrecord ask`."""

import json
from pathlib import Path

import pytest

from corpus.loading import load
from tests.bot.command_line import BRIDGE, FERRY, Ended, onrecord, write_corpus

SEED = Path(__file__).parents[3] / "shared" / "seed"

ESCAPES = {
    "id": "escapes",
    "title": "A title\x1b]0;owned\x07 [red]x[/red]",
    "text": "The lighthouse \x1b[31mburned\x1b[0m [bold]down[/bold] \x9b2J\u202eon Friday.",
    "url": "https://example.org/\x1b[2J",
}


@pytest.fixture(name="corpus")
def _corpus(tmp_path: Path) -> str:
    """A folder with a few articles."""
    return str(write_corpus(tmp_path / "news", [BRIDGE, FERRY, ESCAPES]))


def write_questions(folder: Path, *lines: str | bytes) -> str:
    """Write a questions file."""
    path = folder / "questions.jsonl"
    path.write_bytes(b"".join((x if isinstance(x, bytes) else x.encode()) + b"\n" for x in lines))
    return str(path)


def test_a_person_gets_a_quotation_with_its_source(corpus: str) -> None:
    """The sentence as it stands in the article, then where it stands."""
    ended = onrecord("ask", "who denied that the repairs were delayed?", "--corpus", corpus)

    assert ended.code == 0
    assert ended.err == ""
    assert "“Mayor Ana Kovač denied that the repairs had been delayed.”" in ended.out
    assert "Council closes the old bridge, Example Times, 4 March 2024, paragraph 2" in ended.out
    assert "https://example.org/bridge" in ended.out


def test_a_pipe_gets_plain_unbroken_lines(corpus: str) -> None:
    """No escape sequence, and a quotation is on one line, however long."""
    ended = onrecord("ask", "repairs delayed", "--corpus", corpus, environ={"COLUMNS": "20"})

    assert "\x1b" not in ended.out
    assert "“Mayor Ana Kovač denied that the repairs had been delayed.”" in ended.out


def test_a_terminal_gets_the_matched_words_in_bold(corpus: str) -> None:
    """By an escape sequence of ours around the word."""
    ended = onrecord("ask", "repairs", "--corpus", corpus, terminal=True)

    assert "\x1b[1mrepairs\x1b[0m" in ended.out


def test_no_color_is_respected(corpus: str) -> None:
    """Whoever asks for no colour gets none."""
    ended = onrecord("ask", "repairs", "--corpus", corpus, terminal=True, environ={"NO_COLOR": "1"})

    colours = {f"\x1b[{code}" for code in range(30, 50)}
    assert not any(colour in ended.out for colour in colours)


@pytest.mark.parametrize("terminal", [True, False])
def test_an_article_cannot_command_the_terminal(corpus: str, terminal: bool) -> None:
    """Escape sequences of an article are shown, not sent, and its brackets are no markup."""
    ended = onrecord(
        "ask", "lighthouse", "--corpus", corpus, terminal=terminal, environ={"NO_COLOR": "1"}
    )

    assert "[31mburned" in ended.out
    assert "[bold]down[/bold]" in ended.out
    assert "\x1b[31m" not in ended.out
    for dangerous in ("\x07", "\x9b", "\u202e", "\x1b]", "\x1b[2J"):
        assert dangerous not in ended.out


def test_json_has_the_verbatim_slice(corpus: str) -> None:
    """`text` is the article's text from `start` to `end`, control characters and all."""
    articles = {article.id: article for article in load(Path(corpus)).articles}

    (answer,) = onrecord("ask", "lighthouse", "--corpus", corpus, "--json").records

    assert answer["id"] is None
    assert answer["question"] == "lighthouse"
    assert answer["snippets"]
    for snippet in answer["snippets"]:
        text = articles[snippet["article_id"]].text
        assert snippet["text"] == text[snippet["start"] : snippet["end"]]
        assert snippet["text"] in snippet["context"]
        for start, end in snippet["highlights"]:
            assert snippet["start"] <= start < end <= snippet["end"]


def test_the_limit_is_the_settings_for_people_and_more_for_programs() -> None:
    """Three by default and whatever ONRECORD_SNIPPETS says; ten in JSON; --limit before both."""

    def shown(ended: Ended) -> int:
        return sum(line[:1].isdigit() for line in ended.out.splitlines())

    assert shown(onrecord("ask", "Kremlin")) == 3
    assert shown(onrecord("ask", "Kremlin", environ={"ONRECORD_SNIPPETS": "2"})) == 2
    assert shown(onrecord("ask", "Kremlin", "--limit", "1")) == 1
    assert 3 < len(onrecord("ask", "Kremlin", "--json").records[0]["snippets"]) <= 10
    (one,) = onrecord("ask", "Kremlin", "--json", "--limit", "1").records
    assert len(one["snippets"]) == 1
    assert len(one["articles"]) == 1


def test_words_need_no_quotation_marks(corpus: str) -> None:
    """A question may be several arguments."""
    (answer,) = onrecord("ask", "old", "bridge?", "--corpus", corpus, "--json").records

    assert answer["question"] == "old bridge?"


def test_the_score_is_explained_on_request(corpus: str) -> None:
    """For whoever asks why this sentence."""
    assert "score" not in onrecord("ask", "bridge", "--corpus", corpus).out
    assert "score" in onrecord("ask", "bridge", "--corpus", corpus, "--explain").out


@pytest.mark.parametrize(
    ("question", "reason"), [("", "empty_question"), ("  ?!", "empty_question")]
)
def test_an_empty_question_is_answered_with_nothing(question: str, reason: str) -> None:
    """It is no mistake of the command line."""
    ended = onrecord("ask", question, "--json")

    assert ended.code == 0
    assert ended.records[0]["outcome"] == "nothing"
    assert ended.records[0]["reason"] == reason


def test_an_empty_folder_is_answered_with_nothing(tmp_path: Path) -> None:
    """There is nothing to search, and that is what is said."""
    ended = onrecord("ask", "bridge", "--corpus", str(tmp_path))

    assert ended.code == 0
    assert ended.out.startswith("Nothing found.")


@pytest.mark.parametrize("word", ["bridge ", "\u202e🛶", "x", "x" * 50 + " "])
def test_a_huge_question_is_answered(corpus: str, word: str) -> None:
    """100,000 characters are read like any others."""
    ended = onrecord("ask", (word * 100_000)[:100_000], "--corpus", corpus, "--json")

    assert ended.code == 0
    assert len(ended.records[0]["question"]) == 100_000


def test_refused_files_are_mentioned_on_standard_error(tmp_path: Path) -> None:
    """The rest is asked, and the line says how to see what is missing."""
    folder = write_corpus(tmp_path / "news", [BRIDGE])
    (folder / "broken.jsonl").write_text("{\n", encoding="utf-8")

    ended = onrecord("ask", "bridge", "--corpus", str(folder))

    assert ended.code == 0
    assert "Council closes the old bridge" in ended.out
    assert ended.err.count("\n") == 1
    assert "onrecord check --corpus" in ended.err


def test_a_file_of_questions_is_answered_line_by_line(corpus: str, tmp_path: Path) -> None:
    """One object a question in the same order; blank lines and other fields do not count."""
    questions = write_questions(
        tmp_path,
        '{"id": "b", "question": "bridge?", "answerable": true}',
        "",
        '{"id": 2, "question": "ferry?", "now": "2024-03-05"}',
        '{"id": "a", "question": ""}',
    )

    ended = onrecord("ask", "--questions", questions, "--json", "--corpus", corpus)

    assert ended.code == 0
    assert [answer["id"] for answer in ended.records] == ["b", 2, "a"]
    assert [answer["outcome"] for answer in ended.records] == ["answered", "answered", "nothing"]


def test_standard_input_may_be_the_file(corpus: str) -> None:
    """`-` reads what a pipe brings."""
    line = json.dumps({"id": "a", "question": "bridge \ud800"}).encode()

    ended = onrecord("ask", "--questions", "-", "--json", "--corpus", corpus, stdin=line)

    assert ended.records[0]["question"] == "bridge \ud800"


def test_a_broken_line_is_named_and_the_rest_is_answered(corpus: str, tmp_path: Path) -> None:
    """Nothing is lost without a word: an address on standard error, and exit code 1 at the end."""
    questions = write_questions(
        tmp_path,
        '{"id": "a", "question": "bridge"}',
        '{"id": "b"}',
        b"\xff\xfe",
        '{"id": "c", "question": "ferry"}',
    )

    ended = onrecord("ask", "--questions", questions, "--json", "--corpus", corpus)

    assert ended.code == 1
    assert [answer["id"] for answer in ended.records] == ["a", "c"]
    assert ended.err.splitlines() == [
        f"onrecord: {questions}:2: question: field required",
        f"onrecord: {questions}:3: not UTF-8 (byte 1 of the line)",
    ]


def test_an_unreadable_file_of_questions_is_one_line(tmp_path: Path) -> None:
    """A folder, or nothing at all."""
    for path in (tmp_path, tmp_path / "none.jsonl"):
        ended = onrecord("ask", "--questions", str(path), "--json")

        assert ended.code == 1
        assert ended.out == ""
        assert ended.err.startswith(f"onrecord: {path}: ")
        assert ended.err.count("\n") == 1


@pytest.mark.skipif(not SEED.exists(), reason="the seed article is not part of the project")
def test_the_seed_article_answers_who_denied_involvement() -> None:
    """At least two of the three who denied are cited."""
    out = onrecord("ask", "--corpus", str(SEED), "who denied involvement?").out

    assert sum(name in out for name in ("Kirby", "Zelenskyy", "senior officials")) >= 2
