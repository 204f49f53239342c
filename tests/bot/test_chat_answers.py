"""An answer in a chat over the wire: its pages, its buttons, and what they do after changes."""

import re
from pathlib import Path

import pytest

from bot.handlers.waiting import MOMENT
from bot.rendering.catalogue import words_for
from corpus.loading import SAMPLE, load
from tests.bot.running import Running, running, write_articles
from tests.bot.troubled import slow
from tests.standin import Chat, Message, Standin, User

ENGLISH = words_for("en")
ARTICLES = {article.id: article for article in load(SAMPLE).articles}
QUESTION = "who denied involvement?"


@pytest.fixture(name="bob")
def _bob(standin: Standin) -> User:
    return standin.user(12, "Bob", language_code="de")


@pytest.fixture(name="where", params=["private", "group", "topic"])
def _where(request: pytest.FixtureRequest, standin: Standin) -> tuple[Chat | None, int | None]:
    """A private chat, a group and a topic of a forum, as (chat, thread)."""
    match request.param:
        case "group":
            return standin.group(-100, "Friends", kind="group"), None
        case "topic":
            return standin.group(-200, "Forum", topics=[7]), 7
        case _:
            return None, None


def labels(message: Message) -> list[str]:
    """What stands on the buttons."""
    return [button["text"] for button in message.buttons()]


def quoted(message: Message) -> list[str]:
    """The quotations of a message, of either kind."""
    return [*message.marked("blockquote"), *message.marked("expandable_blockquote")]


async def answered(
    standin: Standin, user: User, question: str = QUESTION, chat: Chat | None = None
) -> Message:
    """The bot's answer to a question of *user*'s."""
    return await standin.wait_for_reply(standin.say(user, question, chat=chat))


async def pressed(standin: Standin, user: User, message: Message, label: str) -> str:
    """What the bot says to a press, after it has done what was wanted."""
    query = standin.press(user, message, label)
    answer = await standin.wait_for_answer(query)
    return str(answer["text"])


async def test_pages(
    standin: Standin, ann: User, live: Running, where: tuple[Chat | None, int | None]
) -> None:
    """More shows the next snippets in the same message, and Back those before, wherever it is."""
    chat, thread = where
    asked = standin.say(ann, f"/ask {QUESTION}", chat=chat, thread=thread)
    answer = await standin.wait_for_reply(asked)
    first = (answer.text, labels(answer))

    assert len(quoted(answer)) == 3
    assert answer.thread == thread
    assert ENGLISH("button-previous") not in labels(answer)

    await pressed(standin, ann, answer, "More")
    await standin.wait_for_edit(answer, "4 to 6 of")
    second = quoted(answer)
    await pressed(standin, ann, answer, ENGLISH("button-previous"))
    await standin.wait_for_edit(answer, "1 to 3 of")

    assert len(second) == 3
    assert not set(second) & set(quoted(answer))
    assert (answer.text, labels(answer)) == first
    assert len(standin.sent(chat or ann)) == 1


async def test_the_last_page(standin: Standin, ann: User, live: Running) -> None:
    """All that was found can be reached, each snippet once, and the last page has no More."""
    answer = await answered(standin, ann)
    seen = [*quoted(answer)]
    while any("More" in label for label in labels(answer)):
        versions = len(answer.versions)
        await pressed(standin, ann, answer, "More")
        await standin.wait_for_edit(answer, versions=versions + 1)
        seen += quoted(answer)

    assert len(seen) == len(set(seen)) > 6
    assert all(any(text in article.text for article in ARTICLES.values()) for text in seen)


async def test_context(
    standin: Standin, ann: User, live: Running, where: tuple[Chat | None, int | None]
) -> None:
    """Context shows the paragraphs around a snippet, verbatim, and leads back to the answer."""
    chat, thread = where
    asked = standin.say(ann, f"/ask {QUESTION}", chat=chat, thread=thread)
    answer = await standin.wait_for_reply(asked)
    before, sentences = answer.text, quoted(answer)

    await pressed(standin, ann, answer, "2")
    await standin.wait_for_edit(answer, versions=2)
    assert {"• 2 •", "Context 2", "Copy citation 2", "Share 2"} <= set(labels(answer))
    await pressed(standin, ann, answer, "Context 2")
    await standin.wait_for_edit(answer, ENGLISH("context"))

    (around,) = answer.marked("expandable_blockquote")
    assert sentences[1] in around
    assert len(around) > len(sentences[1])
    assert any(around in article.text for article in ARTICLES.values())
    assert sentences[1] in answer.marked("bold")

    await pressed(standin, ann, answer, ENGLISH("button-answer"))
    await standin.wait_for_edit(answer, before)
    assert "• 2 •" in labels(answer)


async def test_copy_and_share(standin: Standin, ann: User, live: Running) -> None:
    """A citation to be copied has all its parts, and sharing looks for this very snippet."""
    answer = await answered(standin, ann)

    copied = answer.button("Copy citation 1")["copy_text"]["text"]
    shared = answer.button("Share 1")["switch_inline_query"]

    link = next(url for text, url in answer.links().items() if ":~:text=" in url)
    title = next(text for text, url in answer.links().items() if ":~:text=" in url)
    permanent = next(url for url in answer.links().values() if "?start=c_" in url)
    assert title in copied
    assert "Sample Wire, 4 May 2023, paragraph" in copied
    assert copied.endswith(link.partition("#")[0])
    assert permanent.endswith(f"?start={shared}")


async def test_no_sharing_without_inline_mode(standin: Standin, ann: User) -> None:
    """Where inline mode is off, there is no button for it."""
    standin.world.modes.inline = False
    async with running(standin):
        answer = await answered(standin, ann)

    assert not any("Share" in label for label in labels(answer))


async def test_votes(standin: Standin, ann: User, bob: User, live: Running) -> None:
    """Everybody has one vote, which can be changed, and hears in their own language that it counts."""
    group = standin.group(-100, "Friends")
    answer = await answered(standin, ann, f"/ask {QUESTION}", group)

    assert await pressed(standin, ann, answer, "Helpful") == ENGLISH("voted-helpful")
    assert await pressed(standin, ann, answer, "Not helpful") == ENGLISH("voted-not-helpful")
    assert await pressed(standin, bob, answer, "Helpful") == words_for("de")("voted-helpful")

    votes = await live.state.answers.votes()
    assert (votes.helpful, votes.not_helpful) == (1, 1)
    assert len(answer.versions) == 1


async def test_somebody_else_turns_the_page(
    standin: Standin, ann: User, bob: User, live: Running
) -> None:
    """In a group anybody can turn the page, and the answer stays in the asker's language."""
    group = standin.group(-100, "Friends")
    answer = await answered(standin, ann, f"/ask {QUESTION}", group)

    await pressed(standin, bob, answer, "More")
    await standin.wait_for_edit(answer, "4 to 6 of")

    assert "Context 4" in labels(answer)


@pytest.mark.parametrize(
    "data",
    [
        "page:AAAAAAAAAAA:1:0",
        "page:{id}:99:0",
        "page:{id}:1:0:0",
        "context:{id}:11:0",
        "pick:{id}:999:0",
        "vote:{id}:7:0",
        "also:{id}:0:999",
        "around:AAAAAAAAAAAAAAAA",
        "receipt:../../etc/passwd",
        "latest:3",
        "sources:9999999",
        "page:" + "x" * 59,
        "' OR 1=1 --",
        "\u202e\U0001f600",
    ],
)
async def test_forged_data(standin: Standin, ann: User, live: Running, data: str) -> None:
    """Data that the message has no button for does nothing, and is answered with nothing."""
    answer = await answered(standin, ann)
    before = (answer.text, answer.markup, len(answer.versions))
    shown_id = answer.button("More")["callback_data"].split(":")[1]

    query = standin.forge(ann, answer, data.replace("{id}", shown_id))

    assert await standin.wait_for_answer(query) == {"text": "", "show_alert": False}
    await answered(standin, ann, "/help")
    assert (answer.text, answer.markup, len(answer.versions)) == before
    assert await live.state.answers.votes() == await live.state.answers.votes("nobody")


async def test_after_a_restart(standin: Standin, ann: User, tmp_path: Path) -> None:
    """The buttons of an answer work when the bot was stopped and started since."""
    state = str(tmp_path / "state.sqlite3")
    async with running(standin, state=state):
        answer = await answered(standin, ann)
    async with running(standin, state=state):
        await pressed(standin, ann, answer, "More")
        await standin.wait_for_edit(answer, "4 to 6 of")
        await pressed(standin, ann, answer, "Context 4")
        await standin.wait_for_edit(answer, ENGLISH("context"))
        assert await pressed(standin, ann, answer, ENGLISH("button-answer")) == ""


async def test_a_forgotten_answer(standin: Standin, ann: User) -> None:
    """A button of an answer that is not remembered any more says so."""
    async with running(standin):
        answer = await answered(standin, ann)
    async with running(standin):
        said = await pressed(standin, ann, answer, "More")

    assert said == ENGLISH("answer-forgotten")
    assert len(answer.versions) == 1


def reported(number: int, *, text: str = "") -> dict[str, str]:
    """An article in which minister number so denies the fire."""
    said = text or f"The weather was fine.\nMinister Number{number} denied the fire.\nIt ended."
    return {"id": f"a{number}", "title": f"Title {number}", "text": said}


async def test_after_a_reload(standin: Standin, ann: User, tmp_path: Path) -> None:
    """What changed or left since the answer is named as such, and nothing is shown in its place."""
    folder = tmp_path / "news"
    write_articles(folder, *(reported(number) for number in range(5)))
    async with running(standin, folder) as bot:
        answer = await answered(standin, ann, "who denied the fire?")
        order = [ENGLISH("button-more") in labels(answer)]
        gone, changed = (title for title in _titles(answer)[:2])
        kept = [reported(number) for number in range(5) if f"Title {number}" not in {gone, changed}]
        other = next(number for number in range(5) if f"Title {number}" == changed)
        write_articles(folder, *kept, reported(other, text="Nobody denied the fire.\nAt all."))
        await bot.library.reload()

        said = standin.press(ann, answer, "Context 1")
        told = await standin.wait_for_answer(said)
        await pressed(standin, ann, answer, "More")
        await standin.wait_for_edit(answer, "4 to 5 of")
        await pressed(standin, ann, answer, ENGLISH("button-previous"))
        await standin.wait_for_edit(answer, "1 to 3 of")

    assert order == [True]
    assert told == {"text": ENGLISH("article-left"), "show_alert": True}
    assert ENGLISH("lost-left", article=_id(gone)) in answer.text
    assert ENGLISH("lost-changed", article=changed) in answer.text
    assert len(quoted(answer)) == 1
    assert "Nobody denied" not in answer.text


def _titles(message: Message) -> list[str]:
    return re.findall(r"Title \d+", message.text)


def _id(title: str) -> str:
    return title.replace("Title ", "a")


async def test_also_in(standin: Standin, ann: User, tmp_path: Path) -> None:
    """Where other articles print the sentence, a button lists them, page by page."""
    same = "The harbour master denied that the bridge was closed."
    articles = [{"id": f"a{n}", "title": f"Title {n}", "text": same} for n in range(12)]
    async with running(standin, write_articles(tmp_path / "news", *articles)):
        answer = await answered(standin, ann, "who denied that the bridge was closed?")
        whole = answer.text
        await pressed(standin, ann, answer, "Also in 11 articles")
        await standin.wait_for_edit(answer, ENGLISH("also-heading"))
        first = answer.text
        await pressed(standin, ann, answer, "More")
        await standin.wait_for_edit(answer, "Page 2 of 2")
        second = answer.text
        await pressed(standin, ann, answer, ENGLISH("button-answer"))
        await standin.wait_for_edit(answer, whole)

    listed = [line for line in (first + "\n" + second).splitlines() if line.startswith("Title")]
    assert len(set(listed)) == len(listed) == 11
    assert "also in 11 articles (12 articles, 1 independent)" in whole


async def test_also_in_after_a_reload(standin: Standin, ann: User, tmp_path: Path) -> None:
    """An article that does not print the sentence any more is not said to."""
    same = "The harbour master denied that the bridge was closed."
    articles = [{"id": f"a{n}", "title": f"Title {n}", "text": same} for n in range(3)]
    folder = write_articles(tmp_path / "news", *articles)
    async with running(standin, folder) as bot:
        answer = await answered(standin, ann, "who denied that the bridge was closed?")
        shown = next(n for n in range(3) if f"Title {n}" in answer.text)
        changed = [a if a["id"] == f"a{shown}" else a | {"text": "It rained."} for a in articles]
        write_articles(folder, *changed)
        await bot.library.reload()
        query = standin.press(ann, answer, "Also in 2 articles")
        told = await standin.wait_for_answer(query)

    assert told == {"text": ENGLISH("also-gone"), "show_alert": True}


async def test_only_related(standin: Standin, ann: User, live: Running) -> None:
    """What is merely related, and nothing, look different from an answer, and say what was searched."""
    related = await answered(standin, ann, "how much did the attack on the Kremlin cost?")
    nothing = await answered(standin, ann, "zyxwv qponm?")

    assert related.marked("bold")[0] == ENGLISH("heading-closest")
    assert nothing.marked("bold") == [ENGLISH("heading-nothing")]
    assert all("Searched 20 articles" in reply.text for reply in (related, nothing))
    assert quoted(nothing) == []
    assert nothing.markup is None


async def test_back_says_again_what_was_said(standin: Standin, ann: User, live: Running) -> None:
    """Back on the first page, the reader is told again why nothing answers, and of what days."""
    question = "how much did the attack on the Kremlin cost on 4 May 2023?"
    answer = await answered(standin, ann, question)
    before = answer.text
    assert "Understood: on 4 May 2023." in before
    assert "Searched 20 articles" in before

    await pressed(standin, ann, answer, "More")
    await standin.wait_for_edit(answer, "4 to 6 of")
    assert answer.marked("bold")[0] == ENGLISH("heading-closest")
    await pressed(standin, ann, answer, ENGLISH("button-previous"))
    await standin.wait_for_edit(answer, "1 to 3 of")

    assert ENGLISH("reason-too_little_in_common") in answer.text
    assert "Understood: on 4 May 2023." in answer.text
    assert "Searched 20 articles" in answer.text


async def test_without_a_memory(standin: Standin, ann: User, live: Running) -> None:
    """When the state fails, answers go out all the same, without what needs it, and buttons say so."""
    earlier = await answered(standin, ann)
    await live.state.close()

    answer = await answered(standin, ann)
    said = await pressed(standin, ann, earlier, "More")
    vote = await pressed(standin, ann, earlier, "Helpful")

    assert len(quoted(answer)) == 3
    assert labels(answer) == ["Copy citation 1", "Copy citation 2", "Copy citation 3"]
    assert not any("?start=" in url for url in answer.links().values())
    assert {said, vote} == {ENGLISH("not-at-the-moment")}


async def test_typing(standin: Standin, ann: User) -> None:
    """Who waits for longer than a moment sees that an answer is under way, and no half answers."""
    async with running(standin, library=slow(2 * MOMENT)):
        answer = await answered(standin, ann)

    assert standin.world.actions == [(ann.id, "typing")]
    assert len(answer.versions) == 1


async def test_no_typing(standin: Standin, ann: User, live: Running) -> None:
    """An answer that comes at once needs no sign that it will."""
    await answered(standin, ann)

    assert standin.world.actions == []


async def test_a_deleted_answer(standin: Standin, ann: User, live: Running) -> None:
    """A button of a message that was deleted meanwhile is answered, and nothing breaks."""
    answer = await answered(standin, ann)
    query = standin.press(ann, answer, "More")
    standin.delete(answer)

    assert (await standin.wait_for_answer(query))["text"] == ""
    assert (await answered(standin, ann, "/help")).text


async def test_a_flood_of_presses(standin: Standin, ann: User, live: Running) -> None:
    """Many presses of one button end where one would, and each is answered."""
    answer = await answered(standin, ann)

    queries = [standin.press(ann, answer, "More") for _ in range(5)]
    for query in queries:
        await standin.wait_for_answer(query)
    await standin.wait_for_edit(answer, "4 to 6 of")

    assert len(standin.sent(ann)) == 1
