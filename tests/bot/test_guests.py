"""The bot as a guest, over the wire: one message where it is mentioned, and nothing else."""

import pytest

from bot import state
from bot.rendering.catalogue import words_for
from corpus.loading import SAMPLE, load
from tests.bot.running import Running, running
from tests.bot.troubled import failing
from tests.standin import Chat, Fault, Standin, User

ENGLISH, GERMAN = words_for("en"), words_for("de")
TEXTS = [article.text for article in load(SAMPLE).articles]
NAME = "@on_the_record_bot"
QUESTION = "who denied involvement?"


@pytest.fixture(name="there", params=["supergroup", "private"])
def _there(request: pytest.FixtureRequest, standin: Standin) -> Chat | None:
    """A group that the bot is not in; or a chat between two people, whose number is another's, too."""
    if request.param == "private":
        return None
    return standin.elsewhere(-1077, "Strangers")


def sent_otherwise(standin: Standin) -> list[str]:
    """What the bot did to fill any chat, other than to answer as a guest."""
    names = ("send", "edit", "forward", "copy")
    return [call.method for call in standin.calls if call.method.startswith(names)]


async def test_a_question(standin: Standin, ann: User, live: Running, there: Chat | None) -> None:
    """Who mentions the bot gets one message of verbatim, cited quotations, and nothing goes astray."""
    query = standin.summon(ann, f"{NAME} {QUESTION}", chat=there)
    reply = await standin.wait_for_guest(query)

    quotations = reply.marked("blockquote")
    assert len(quotations) == 3
    assert all(any(quotation in text for text in TEXTS) for quotation in quotations)
    assert reply.preview == {"is_disabled": True}
    assert len(query.replies) == 1
    assert sent_otherwise(standin) == []


async def test_nothing_is_kept(standin: Standin, ann: User, live: Running) -> None:
    """Of the chat, the question and who asked nothing is remembered; links of quotations work."""
    there = standin.elsewhere(-1077, "Strangers")
    query = standin.summon(ann, f"{NAME} {QUESTION}", chat=there)
    reply = await standin.wait_for_guest(query)
    link = next(url for url in reply.links().values() if "?start=c_" in url)
    receipt = await standin.wait_for_reply(standin.open_link(ann, link))

    assert any(quotation in receipt.text for quotation in reply.marked("blockquote"))
    removed = await live.state.forget(ann.id)
    assert (removed.answers, removed.questions, removed.chats, removed.feedback) == (0, 0, 0, 0)
    assert await live.state.chats.get(there.id) == state.Chat(id=there.id)


async def test_more_in_private(standin: Standin, ann: User, live: Running) -> None:
    """There are no pages to turn; a button asks the same in the private chat."""
    reply = await standin.wait_for_guest(standin.summon(ann, f"{NAME} {QUESTION}"))
    (button,) = reply.buttons()
    assert button["text"] == ENGLISH("button-more-in-private")

    answer = await standin.wait_for_reply(standin.open_link(ann, button["url"]))

    assert answer.text.startswith(QUESTION)
    assert answer.marked("blockquote") == reply.marked("blockquote")


async def test_a_claim(standin: Standin, ann: User, live: Running) -> None:
    """A mention alone, in reply to somebody's message, asks for sources of what that says."""
    there = standin.elsewhere(-1077, "Strangers")
    claim = standin.world.add_message(there, standin.user(12, "Bob"), "Kyiv denied involvement.")
    query = standin.summon(ann, NAME, reply_to=claim)

    assert (await standin.wait_for_guest(query)).marked("blockquote")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (NAME, "hint-words"),
        (f"{NAME} ???", "hint-words"),
        (f"{NAME} https://example.org/a", "hint-link"),
        (f"{NAME} zyxwv qponm", "heading-nothing"),
    ],
)
async def test_nothing_to_find(standin: Standin, live: Running, text: str, said: str) -> None:
    """Where nothing was asked, or nothing is found, that is said in the asker's language."""
    bob = standin.user(12, "Bob", language_code="de")
    query = standin.summon(bob, text, chat=standin.elsewhere(-1077, "Strangers"))

    assert GERMAN(said) in (await standin.wait_for_guest(query)).text


async def test_the_limit(standin: Standin, ann: User) -> None:
    """Who asks too much is told so once, and then nothing."""
    there = standin.elsewhere(-1077, "Strangers")
    async with running(standin, questions_per_user=1):
        asked = [standin.summon(ann, f"{NAME} {QUESTION}", chat=there) for _ in range(3)]
        first, second = [await standin.wait_for_guest(each) for each in asked[:2]]
        await standin.wait_for_reply(standin.say(ann, "/help"))

    assert first.marked("blockquote")
    assert second.text == ENGLISH("too-many", questions=1, seconds=60)
    assert asked[2].reply is None


async def test_too_late(standin: Standin, ann: User, live: Running) -> None:
    """What Telegram has given up is passed over, and not posted elsewhere."""
    query = standin.summon(ann, f"{NAME} {QUESTION}")
    query.old = True
    (call,) = await standin.wait_for_call("answerGuestQuery")
    await standin.wait_for_guest(standin.summon(ann, f"{NAME} {QUESTION}"))

    assert call.status == 400
    assert sent_otherwise(standin) == []


@pytest.mark.parametrize("executed", [True, False])
async def test_an_answer_in_doubt(
    standin: Standin, ann: User, live: Running, executed: bool
) -> None:
    """Where the connection broke, the answer may be there; it is not posted a second time."""
    standin.fail_next("answerGuestQuery", Fault.dropped(executed=executed))
    query = standin.summon(ann, f"{NAME} {QUESTION}")
    await standin.wait_for_call("answerGuestQuery")
    await standin.wait_for_reply(standin.say(ann, "/help"))

    assert len(query.replies) == executed
    assert len(await standin.wait_for_call("answerGuestQuery")) == 1


async def test_something_goes_wrong(standin: Standin, ann: User, there: Chat | None) -> None:
    """When there is no answer for a fault of the bot's, the apology is the one message, and goes there."""
    async with running(standin, library=failing()):
        query = standin.summon(ann, f"{NAME} {QUESTION}", chat=there)
        reply = await standin.wait_for_guest(query)

    assert reply.text == ENGLISH("apology")
    assert sent_otherwise(standin) == []


async def test_a_question_that_comes_twice(standin: Standin, ann: User, live: Running) -> None:
    """What Telegram has had an answer to is not answered again, and nothing breaks."""
    query = standin.summon(ann, f"{NAME} {QUESTION}")
    await standin.wait_for_guest(query)
    standin.deliver_raw("guest_message", {**query.message.json(), "guest_query_id": query.id})
    await standin.wait_for_call("answerGuestQuery", 2)
    await standin.wait_for_reply(standin.say(ann, "/help"))

    assert len(query.replies) == 1
    assert len(sent_otherwise(standin)) == 1
