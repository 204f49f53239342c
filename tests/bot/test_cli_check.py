"""`onrecord check`."""

from pathlib import Path

import pytest

from bot.commands.inventory import format_of
from bot.settings import Settings, variable
from retrieval.engines.choice import Kind
from tests.bot.command_line import BRIDGE, FERRY, onrecord, write_corpus

TOKEN = "123456789:" + "a" * 35


def test_a_good_corpus_is_reported_and_exit_code_0(tmp_path: Path) -> None:
    """Articles, passages, dates, publishers and the version."""
    corpus = write_corpus(tmp_path / "news", [BRIDGE, FERRY])

    ended = onrecord("check", "--corpus", str(corpus))

    rows = dict(line.split(maxsplit=1) for line in ended.out.splitlines() if " " in line)
    assert ended.code == 0
    assert rows["articles"] == "2"
    assert int(rows["passages"]) >= 2
    assert rows["dates"] == "4 March 2024"
    assert "\nFormats\n  .jsonl  2  4 March 2024 (1 without)\n" in ended.out
    assert (
        "\nPublishers\n  Example Times  1  4 March 2024\n  not known      1  no dates\n"
        in ended.out
    )
    assert len(rows["version"]) == 12
    assert rows["ONRECORD_CORPUS"] == str(corpus)


def test_each_refused_place_is_named_and_exit_code_1(tmp_path: Path) -> None:
    """With its line and the reason; what is well is reported all the same."""
    corpus = write_corpus(tmp_path / "news", [BRIDGE])
    (corpus / "broken.jsonl").write_text('\n{\n{"id": "x"}\n', encoding="utf-8")

    ended = onrecord("check", "--corpus", str(corpus))

    assert ended.code == 1
    assert "articles  1\n" in ended.out
    refused = ended.out[ended.out.index("Refused: 2 parts") :]
    assert "broken.jsonl:2: " in refused
    assert "broken.jsonl:3: " in refused


def test_an_empty_folder_is_reported(tmp_path: Path) -> None:
    """Nothing was refused; the figures say that there is nothing."""
    ended = onrecord("check", "--corpus", str(tmp_path))

    assert ended.code == 0
    assert "articles  0\n" in ended.out
    assert "Publishers\n  none\n" in ended.out


def test_all_settings_are_shown_and_no_secret() -> None:
    """Each variable has a line; the token is only said to be there."""
    ended = onrecord("check", environ={"TELEGRAM_BOT_TOKEN": TOKEN, "ONRECORD_ADMINS": "20,3"})

    assert ended.code == 0
    for field in Settings.model_fields:
        assert f"\n  {variable(field)} " in ended.out
    assert "set (not shown)" in ended.out
    assert TOKEN not in ended.out + ended.err
    assert "a" * 35 not in ended.out + ended.err
    assert " 3, 20\n" in ended.out


def test_many_publishers_are_cut_short(tmp_path: Path) -> None:
    """The ones with most articles are named, the others counted."""
    articles = [
        {
            "id": str(number),
            "title": "T",
            "text": f"Text number {number}.",
            "publisher": f"P{number}",
        }
        for number in range(12)
    ]
    corpus = write_corpus(tmp_path / "news", articles)

    ended = onrecord("check", "--corpus", str(corpus))

    assert "  P7   1  no dates\n  and 2 others with 2 articles\n" in ended.out


def test_many_refusals_are_cut_short(tmp_path: Path) -> None:
    """Unless all are asked for."""
    corpus = write_corpus(tmp_path / "news", [BRIDGE])
    (corpus / "broken.jsonl").write_text("{\n" * 60, encoding="utf-8")
    short = onrecord("check", "--corpus", str(corpus))
    whole = onrecord("check", "--all", "--corpus", str(corpus))

    assert short.out.endswith("  and 10 others: onrecord check --all\n")
    assert short.out.count("broken.jsonl:") == 50
    assert whole.out.count("broken.jsonl:") == 60


@pytest.mark.parametrize(
    ("source", "suffix"),
    [
        ("news.JSONL:17", ".jsonl"),
        ("a.b/c/x.md", ".md"),
        ("bundle.zip/sub/news.jsonl:17", ".zip"),
        ("crawl.warc.gz:record 17", ".warc.gz"),
        ("elsewhere", "other"),
    ],
)
def test_the_format_is_that_of_the_file_in_the_folder(source: str, suffix: str) -> None:
    """Not that of what is packed in it: files are what an operator sees."""
    assert format_of(source) == suffix


def test_articles_that_were_removed_are_counted(tmp_path: Path) -> None:
    """They are not refused."""
    corpus = write_corpus(tmp_path / "news", [BRIDGE, FERRY])
    (corpus / ".removed.jsonl").write_text(f'{{"id": "{FERRY["id"]}"}}\n')
    ended = onrecord("check", "--corpus", str(corpus))

    assert ended.code == 0
    assert "  removed   1\n" in ended.out
    assert "  articles  1\n" in ended.out


def test_no_progress_bar_gets_into_the_report(tmp_path: Path) -> None:
    """It would stand on standard error, and only on a terminal."""
    corpus = write_corpus(tmp_path / "news", [BRIDGE])

    piped = onrecord("check", "--corpus", str(corpus))
    seen = onrecord("check", "--corpus", str(corpus), terminal=True)

    assert piped.err == ""
    assert "reading" not in seen.out


ON_DISK = {"ONRECORD_ENGINE": "tantivy"}


def test_the_engine_is_named_with_the_reason(tmp_path: Path) -> None:
    """The one that suits the corpus, or the one that was asked for."""
    check = ("check", "--corpus", str(write_corpus(tmp_path / "news", [BRIDGE, FERRY])))

    assert "  engine    rank-bm25 (about 2 passages, " in onrecord(*check).out
    assert "  engine    tantivy (asked for)" in onrecord(*check, environ=ON_DISK).out


def test_an_engine_that_is_not_installed_is_named_with_its_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line, with the command that installs it."""
    corpus = write_corpus(tmp_path / "news", [BRIDGE])
    monkeypatch.setattr("bot.snapshots.installed", lambda: {Kind.RANK_BM25})

    ended = onrecord("check", "--corpus", str(corpus), environ=ON_DISK)

    assert ended.code == 1
    remedy = "install it with: pip install 'tantivy>=0.27,<0.28'"
    assert ended.err == f"onrecord: the engine 'tantivy' is not installed; {remedy}\n"
