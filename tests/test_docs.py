"""What README, CHANGELOG and CONTRIBUTING say is so."""

import re
import shlex
import struct
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from pydantic import BaseModel
from telegram import MessageEntity

from bot.cli import COMMANDS, parser
from bot.menus import ADMIN_COMMANDS
from bot.rendering.composing import Message
from bot.rendering.record import AnswerRecord, ArticleRecord, QuestionRecord, SnippetRecord
from bot.settings import Settings, variable, variables
from bot.settings.endpoint import Endpoint
from corpus.loading import SAMPLE, load
from corpus.reading.records import Record
from retrieval.evaluation import Figures, JudgedQuestion
from retrieval.models import Outcome, Reason
from tests import picture, readme

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = {
    name: (ROOT / name).read_text(encoding="utf-8")
    for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")
}
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RENEW = "not up to date; run: python -m tests.readme"


def section(title: str) -> str:
    """What stands under a heading of the README."""
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL)
    assert found is not None, title
    return found[1]


def rows(text: str) -> Iterator[list[str]]:
    """The rows of all tables, without their heads."""
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        for line in table.splitlines()[2:]:
            yield [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def table_of(text: str, head: str) -> list[list[str]]:
    """The rows of the table whose head begins with *head*."""
    found = re.search(rf"^\| {re.escape(head)}.*\n(?:\|.*\n)+", text, re.MULTILINE)
    assert found is not None, head
    return list(rows(found[0]))


def anchors(text: str) -> set[str]:
    """The anchors that GitHub gives to the headings."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings
    }


@pytest.fixture(name="folder", scope="module")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the README gives."""
    folder = tmp_path_factory.mktemp("reader")
    readme.write_files(folder, readme.given_files(README))
    return folder


@pytest.mark.parametrize("shown", readme.sessions(README), ids=lambda s: s.partition("\n")[0])
def test_what_is_shown_is_what_is_printed(shown: str, folder: Path) -> None:
    """Whoever types a command of the README, with the files of the README, sees what is shown."""
    real = readme.session(shown, folder)

    assert readme.settled(shown) == readme.settled(real), RENEW


@pytest.mark.parametrize(
    ("kind", "what", "content"),
    readme.written(README),
    ids=[w for _, w, _ in readme.written(README)],
)
def test_what_is_made_is_up_to_date(kind: str, what: str, content: str, folder: Path) -> None:
    """The tables and the JSON object are those of the code at hand."""
    assert readme.settled(content) == readme.settled(readme.made(kind, what, folder)), RENEW


def test_the_readme_has_an_answer_a_refusal_and_a_score() -> None:
    """The sessions that a newcomer needs are there to be checked at all."""
    shown = readme.sessions(README)

    assert shown[0].startswith(f'$ onrecord ask "{picture.QUESTION}"\n1. “')
    assert any("Nothing found." in one or "No sentence answers" in one for one in shown)
    assert any("success@1" in one for one in shown)
    assert {kind for kind, _, _ in readme.written(README)} == {"json", "table"}
    assert {what for kind, what, _ in readme.written(README) if kind == "table"} == {*readme.TABLES}


def test_renewing_mends_what_is_not_true(folder: Path) -> None:
    """A wrong output and a wrong table are written afresh, and what is around them is kept."""
    true = "Before\n```console\n$ echo one\none\n$ echo two\ntwo\n```\nAfter\n"
    table = f"<!-- table: chat -->\n{readme.chat_table()}<!-- end -->\n"

    assert readme.renewed(true + table) == true + table
    assert readme.renewed(true.replace("one\none", "one\n1") + table) == true + table
    assert readme.renewed(true + "<!-- table: chat -->\n| old |\n<!-- end -->\n") == true + table


def test_only_time_and_the_last_digits_may_differ() -> None:
    """Another run gives another elapsed time; another score is another answer."""
    shown = '"elapsed_ms": 1.955, "score": 3.29700012'

    assert readme.settled(shown) == readme.settled('"elapsed_ms": 22.1, "score": 3.29700099')
    assert readme.settled(shown) != readme.settled('"elapsed_ms": 1.955, "score": 3.39700012')


def test_the_examples_of_formats_are_a_corpus(folder: Path) -> None:
    """Each format's example is read, with all that it gives, without a refusal."""
    corpus = load(folder / "news")

    assert corpus.refused == ()
    assert {Path(a.source.partition(":")[0]).suffix for a in corpus.articles} == {
        ".jsonl",
        ".md",
        ".txt",
    }
    assert sum(a.published_at is not None and a.url is not None for a in corpus.articles) == 2


@pytest.mark.parametrize("field", Settings.model_fields)
def test_every_setting_is_documented(field: str) -> None:
    """Each has a row with its variable, its default and its meaning."""
    documented = {row[0]: row[1:] for row in rows(section("Settings"))}
    default, meaning = documented[f"`{variable(field)}`"]

    assert meaning == Settings.model_fields[field].description
    value = Settings.model_fields[field].default
    if isinstance(value, int | str | Endpoint):
        assert default == f"`{value}`"
    else:
        assert default == ("the bundled sample" if value == SAMPLE else "none")


def test_no_setting_is_made_up() -> None:
    """Every variable that a document names is one that is read."""
    known = {*variables()}
    for name, text in DOCUMENTS.items():
        assert set(re.findall(r"\b(?:ONRECORD|TELEGRAM)_[A-Z_]*[A-Z]", text)) <= known, name


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each has a row, and so has each of its options that --help shows."""
    with pytest.raises(SystemExit):
        parser().parse_args([command, "--help"])
    options = set(re.findall(r"--[a-z][\w-]*", capsys.readouterr().out.partition("examples:")[0]))
    mine = (
        section("Commands").partition(f"| `onrecord {command}` |")[2].partition("| `onrecord ")[0]
    )

    assert mine
    for option in options - {"--help"}:
        assert f"`{option}" in mine


def test_every_command_of_a_chat_is_documented() -> None:
    """Those of admins, too."""
    named = {row[0] for row in rows(section("In a chat"))}

    assert named == {f"`/{name}`" for name in ADMIN_COMMANDS}


@pytest.mark.parametrize(
    ("model", "what"),
    [
        (AnswerRecord, "answer"),
        (SnippetRecord, "snippet"),
        (ArticleRecord, "article"),
        (QuestionRecord, "question"),
    ],
)
def test_every_field_of_the_json_is_documented(model: type[BaseModel], what: str) -> None:
    """Each has a row with its meaning, under its own object."""
    (content,) = (text for _, name, text in readme.written(README) if name == what)
    documented = {row[0]: row[2] for row in rows(content)}

    assert documented == {
        f"`{name}`": field.description for name, field in model.model_fields.items()
    }
    assert all(documented.values())


def test_every_reason_and_outcome_is_documented() -> None:
    """Programs can tell all of them apart."""
    named = [row[0] for row in table_of(section("JSON"), "Reason")]

    assert named == [f"`{reason}`" for reason in Reason]
    assert all(f"`{outcome}`" in section("JSON") for outcome in Outcome)


@pytest.mark.parametrize(
    ("model", "title"), [(Record, "Your articles"), (JudgedQuestion, "Golden questions")]
)
def test_every_field_that_is_read_is_documented(model: type[BaseModel], title: str) -> None:
    """Articles and judged questions: each field, and whether one can do without it."""
    documented = {row[0]: row[1] for row in table_of(section(title), "Field")}

    assert {*documented} == {f"`{name}`" for name in model.model_fields}
    for name, field in model.model_fields.items():
        assert (documented[f"`{name}`"] == "no") != field.is_required(), name


def test_every_figure_is_documented() -> None:
    """By the name that the JSON has."""
    named = [row[1] for row in table_of(section("Golden questions"), "Figure")]

    assert ", ".join(named) == ", ".join(f"`{field.name}`" for field in fields(Figures))


def test_every_dependency_has_its_reason() -> None:
    """One line each, and none for what is not needed any more."""
    reasons = re.findall(r"^- `([\w-]+)`: .+\.$", section("Dependencies"), re.MULTILINE)

    assert reasons == [Requirement(text).name for text in PYPROJECT["project"]["dependencies"]]


def test_the_changelog_knows_the_version() -> None:
    """The version at its top is the one of the project, with a date."""
    first = re.search(r"^## \[(.+)\] - \d{4}-\d\d-\d\d$", DOCUMENTS["CHANGELOG.md"], re.MULTILINE)

    assert first is not None
    assert first[1] == PYPROJECT["project"]["version"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name: str) -> None:
    """Files and headings that a document links to are there."""
    text = DOCUMENTS[name]
    targets = re.findall(r"\]\((?!https:)([^)]+)\)", text) + re.findall(r'src="([^"]+)"', text)
    for target in targets:
        path, _, anchor = target.partition("#")
        there = ROOT / (path or name)

        assert there.is_file(), target
        assert not anchor or anchor in anchors(there.read_text(encoding="utf-8")), target


@pytest.mark.parametrize("name", DOCUMENTS)
def test_files_that_are_named_are_there(name: str) -> None:
    """A path of this repository is one."""
    for path in re.findall(r"`((?:bot|corpus|retrieval|tests|docs)/[\w./-]*)`", DOCUMENTS[name]):
        assert (ROOT / path).exists(), path
    for module in re.findall(r"python -m (tests\.\w+)\b(?!\.)", DOCUMENTS[name]):
        assert (ROOT / f"{module.replace('.', '/')}.py").is_file(), module


@pytest.mark.parametrize("name", DOCUMENTS)
def test_commands_that_are_named_exist(name: str) -> None:
    """Every `make` target, and every line of `onrecord` that is not run above."""
    targets = re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    text = DOCUMENTS[name]
    named = re.findall(r"`make ([a-z-]+)`", text) + re.findall(
        r"^make ([a-z-]+)", text, re.MULTILINE
    )
    typed = re.findall(r"^ *(onrecord .+)$", text, re.MULTILINE)
    typed += re.findall(r"`(onrecord \w+ [^`]+)`", text)

    assert {*named} <= {*targets}
    for line in typed:
        words = shlex.split(line.partition(" < ")[0], comments=True)
        assert parser().parse_args(words[1:]) is not None, line


def test_every_section_is_in_the_list_of_contents() -> None:
    """In the order in which they come."""
    listed = re.findall(
        r"\(#([\w-]+)\)", README.partition("**Contents:**")[2].partition("\n## ")[0]
    )
    titles = re.findall(r"^## (.+)$", README, re.MULTILINE)

    assert listed == [title.lower().replace(" ", "-") for title in titles]


def test_the_sample_is_as_described() -> None:
    """Twenty articles whose links lead nowhere."""
    articles = load(SAMPLE).articles

    assert "twenty short articles" in section("Start")
    assert len(articles) == 20
    assert all(
        (a.url or "https://example.org/").startswith("https://example.org/") for a in articles
    )


def test_the_picture_shows_what_articles_say() -> None:
    """Its question is the README's, and each quotation is a slice of a sample article."""
    page = picture.PAGE.read_text(encoding="utf-8")
    quoted = re.findall("<blockquote>(.*?)</blockquote>", page, re.DOTALL)
    texts = [article.text for article in load(SAMPLE).articles]

    assert picture.QUESTION in page
    assert quoted
    for quotation in quoted:
        plain = unescape(re.sub("<[^>]+>", "", quotation))
        assert any(plain in text for text in texts), plain


def test_the_picture_is_one() -> None:
    """A PNG, twice as wide as its page, and not too heavy for a README."""
    data = picture.PICTURE.read_bytes()
    width, height = struct.unpack(">II", data[16:24])

    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert width == 2 * picture.WIDTH
    assert 400 < height < 2 * picture.TALLEST
    assert len(data) < 400_000


def test_entities_become_elements() -> None:
    """Offsets count UTF-16 units, elements are nested, and an article's < is no element."""
    message = Message(
        "\U0001f600 a < b\n— c",
        (
            MessageEntity(MessageEntity.BOLD, 3, 1),
            MessageEntity(MessageEntity.BLOCKQUOTE, 0, 8),
            MessageEntity(MessageEntity.TEXT_LINK, 11, 1, url="https://example.org/?a&b"),
        ),
    )

    assert picture.as_html(message) == (
        "<blockquote>\U0001f600 <b>a</b> &lt; b</blockquote>— "
        '<a href="https://example.org/?a&amp;b">c</a>'
    )
