"""What the handlers do with each update, without a network."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import Update
from telegram.ext import Application

from bot import app
from bot.errors import SettingsError
from bot.handlers.buttons import example_buttons
from bot.library import Library
from bot.rendering.catalogue import words_for
from bot.settings import read_settings
from bot.snapshots import Snapshots, load_snapshot
from corpus.loading import SAMPLE
from tests.bot.recording import ANN, BOT, Inbox, Recorder, refusal

ENGLISH = words_for("en")

TOKEN = "42:test"  # noqa: S105 -- of no bot
SETTINGS = read_settings(None, telegram_bot_token=TOKEN, admins="7")
QUESTION = "who denied involvement?"

CHANNEL = {"id": -5, "type": "channel", "title": "News"}
GROUP = {"id": -9, "type": "supergroup", "title": "Friends", "is_forum": True}


class Bot:
    """A started bot with its recorder and somebody's inbox."""

    def __init__(self, application: Application, recorder: Recorder) -> None:
        self.application = application
        self.recorder = recorder
        self.inbox = Inbox()

    async def gets(self, *updates: dict[str, Any]) -> list[str]:
        """Handle *updates* and what they set going; return the texts that were sent since."""
        before = len(self.recorder.texts())
        await self.application.start()
        for update in updates:
            await self.application.process_update(Update.de_json(update, self.application.bot))
        await self.application.stop()
        return self.recorder.texts()[before:]


@pytest.fixture(name="library", scope="module")
def _snapshot_library() -> Library:
    """The sample; a library has no loop of its own until it is asked."""
    return Library(Snapshots(SAMPLE), load_snapshot(SAMPLE))


@pytest.fixture(name="recorder")
def _recorder() -> Recorder:
    """A Telegram that takes everything."""
    return Recorder()


@pytest.fixture(name="bot")
async def _bot(library: Library, recorder: Recorder) -> AsyncIterator[Bot]:
    """The application, with a recorder in place of HTTP."""
    async with app.build(SETTINGS, library, request=recorder) as application:
        yield Bot(application, recorder)


async def test_a_question(bot: Bot, recorder: Recorder) -> None:
    """A reply under the question, as text and entities, without a preview of the link."""
    asked = bot.inbox.message(QUESTION)

    await bot.gets(asked)

    (sent,) = recorder.of("sendMessage")
    assert sent["chat_id"] == ANN["id"]
    assert sent["reply_parameters"] == {
        "message_id": asked["message"]["message_id"],
        "allow_sending_without_reply": True,
    }
    assert sent["link_preview_options"] == {"is_disabled": True}
    assert "parse_mode" not in sent
    kinds = [entity["type"] for entity in sent["entities"]]
    assert kinds.count("blockquote") == kinds.count("text_link") == 3


async def test_ask_in_a_topic(bot: Bot, recorder: Recorder) -> None:
    """In a group /ask is answered, in the topic where it was sent, addressed to the bot or not."""
    topic = {"chat": GROUP, "message_thread_id": 3, "is_topic_message": True}

    await bot.gets(
        bot.inbox.message(f"/ask {QUESTION}", **topic),
        bot.inbox.message(f"/ask@record_bot\n{QUESTION}", **topic),
        bot.inbox.message(f"/ask@other_bot {QUESTION}", **topic),
    )

    sent = recorder.of("sendMessage")
    assert [each["message_thread_id"] for each in sent] == [3, 3]
    assert sent[0]["text"] == sent[1]["text"]


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("/ask", ENGLISH("ask-how")),
        ("/help", ENGLISH("help")),
        ("/help@record_bot", ENGLISH("help")),
        ("/nonsense", ENGLISH("unknown-command")),
    ],
)
async def test_commands(bot: Bot, text: str, reply: str) -> None:
    """Each command has its reply; an unknown one points to /help."""
    assert await bot.gets(bot.inbox.message(text)) == [reply]


async def test_what_is_left_alone(bot: Bot) -> None:
    """Edits, channel posts, stickers and talk in groups, others' commands: no reply, no error."""
    inbox = bot.inbox
    sticker = {"file_id": "1", "file_unique_id": "1", "type": "regular", "width": 1, "height": 1}
    sticker |= {"is_animated": False, "is_video": False}
    updates = [
        inbox.renamed("edited_message", inbox.message(QUESTION)),
        inbox.renamed("edited_message", inbox.message("/reload")),
        inbox.renamed("channel_post", inbox.message(QUESTION, chat=CHANNEL)),
        inbox.renamed("channel_post", inbox.message("/reload", chat=CHANNEL)),
        inbox.message(sticker=sticker, chat=GROUP),
        inbox.message(QUESTION, chat=GROUP),
        inbox.message("/nonsense", chat=GROUP),
    ]

    assert await bot.gets(*updates) == []


async def test_start_with_examples(bot: Bot, recorder: Recorder, library: Library) -> None:
    """The buttons under /start are questions of the corpus; a pressed one is asked and answered."""
    await bot.gets(bot.inbox.message("/start payload"))
    (sent,) = recorder.of("sendMessage")
    keyboard = sent["reply_markup"]["inline_keyboard"]
    (button,) = keyboard[0]
    chat = {"id": 7, "type": "private"}
    shown = {"message_id": 5, "date": 1, "chat": chat, "from": BOT, "text": "x"}

    (text,) = await bot.gets(bot.inbox.pressed(button["callback_data"], shown))

    assert [row[0]["text"] for row in keyboard] == list(library.snapshot.examples)
    assert len(button["callback_data"].encode()) <= 64
    assert text.startswith(button["text"])
    assert len(recorder.of("answerCallbackQuery")) == 1


@pytest.mark.parametrize("data", ["example:0000000000000000", "example:", "forged", "\x00"])
async def test_a_button_that_means_nothing(bot: Bot, recorder: Recorder, data: str) -> None:
    """An example that is gone is said to be; a forged one does nothing; both stop the clock."""
    assert await bot.gets(bot.inbox.pressed(data, None)) == []

    (answered,) = recorder.of("answerCallbackQuery")
    told = ENGLISH("example-gone") if data.startswith("example:") else None
    assert answered.get("text") == told


async def test_a_button_of_old(bot: Bot, library: Library) -> None:
    """Under a message too old to be read a button still works; under none there is no reply."""
    buttons = example_buttons(library.snapshot.examples)
    assert buttons is not None
    data = str(buttons.inline_keyboard[0][0].callback_data)
    old = {"message_id": 5, "date": 0, "chat": {"id": 7, "type": "private"}}

    texts = await bot.gets(bot.inbox.pressed(data, old), bot.inbox.pressed(data, None))

    assert len(texts) == 1


async def test_reload(bot: Bot, recorder: Recorder) -> None:
    """An admin's /reload is answered at once, and that message becomes the report."""
    begun, *_, report = await bot.gets(bot.inbox.message("/reload"))

    assert begun.startswith("Reading the corpus")
    assert report.startswith("Reloaded in ")
    # On a slow machine the message tells in between how far it is: by edits too.
    sent = [name for name, _ in recorder.calls if name.endswith(("Message", "MessageText"))]
    assert sent[0] == "sendMessage"
    assert set(sent[1:]) == {"editMessageText"}


async def test_two_reloads(bot: Bot) -> None:
    """A second /reload meanwhile is told that one is running."""
    texts = await bot.gets(bot.inbox.message("/reload"), bot.inbox.message("/reload"))

    assert ENGLISH("reload-running") in texts
    assert sum(text.startswith("Reloaded in ") for text in texts) == 1


@pytest.mark.parametrize(
    ("sender", "reply"),
    [
        (
            {"from": {"id": 8, "is_bot": False, "first_name": "7"}},
            ENGLISH("admin-only", command="/reload", user="8"),
        ),
        (
            {"from": {**ANN, "id": 1087968824}, "sender_chat": GROUP},
            ENGLISH("admin-anonymous", command="/reload"),
        ),
        ({"sender_chat": CHANNEL}, ENGLISH("admin-anonymous", command="/reload")),
        ({"from": None}, ENGLISH("admin-anonymous", command="/reload")),
    ],
    ids=["another", "anonymous admin", "channel", "nobody"],
)
async def test_reload_by_others(bot: Bot, sender: dict[str, Any], reply: str) -> None:
    """Nobody but the admins, as themselves, can reload; the others are told so."""
    assert await bot.gets(bot.inbox.message("/reload", chat=GROUP, **sender)) == [reply]


async def test_reports_that_cannot_be_shown(library: Library) -> None:
    """When the message cannot be edited any more, the report is a new one."""
    gone = refusal(400, "Bad Request: message to edit not found")
    recorder = Recorder(editMessageText=[gone] * 1000)
    async with app.build(SETTINGS, library, request=recorder) as application:
        texts = await Bot(application, recorder).gets(Inbox().message("/reload"))

    # A quick reload is well under way when its first word is sent.
    assert texts[0] != texts[-2] == texts[-1]
    assert recorder.calls[-1][0] == "sendMessage"


async def test_a_report_that_is_shown_already(library: Library) -> None:
    """Telegram's complaint that an edit changes nothing is no reason to repeat it."""
    recorder = Recorder(editMessageText=[refusal(400, "Bad Request: message is not modified: x")])
    async with app.build(SETTINGS, library, request=recorder) as application:
        await Bot(application, recorder).gets(Inbox().message("/reload"))

    assert len(recorder.of("sendMessage")) == 1
    assert recorder.calls[-1][0] == "editMessageText"


async def test_flood(library: Library) -> None:
    """A reply that is refused for flooding is sent after the wait, once."""
    recorder = Recorder(
        sendMessage=[refusal(429, "Too Many Requests: retry after 1", retry_after=1)]
    )
    async with app.build(SETTINGS, library, request=recorder) as application:
        texts = await Bot(application, recorder).gets(Inbox().message("/help"))

    assert texts == [ENGLISH("help")] * 2


@pytest.mark.parametrize(
    ("code", "description", "logged"),
    [
        (429, "Too Many Requests", "not answered, Telegram is not there"),
        (504, "Gateway Timeout", "the reply may be lost"),
    ],
)
async def test_replies_that_are_not_repeated(
    library: Library,
    caplog: pytest.LogCaptureFixture,
    code: int,
    description: str,
    logged: str,
) -> None:
    """Neither after a long ban nor after an error on the way is a reply repeated or apologised for."""
    recorder = Recorder(
        sendMessage=[refusal(code, description, **({"retry_after": 4000} if code == 429 else {}))]
    )
    async with app.build(SETTINGS, library, request=recorder) as application:
        texts = await Bot(application, recorder).gets(Inbox().message("/help"))

    assert texts == [ENGLISH("help")]
    assert logged in caplog.text


async def test_an_apology(library: Library, caplog: pytest.LogCaptureFixture) -> None:
    """A reply that Telegram refuses is logged with its cause, and the asker gets a short apology."""
    recorder = Recorder(sendMessage=[refusal(400, "Bad Request: something new")])
    async with app.build(SETTINGS, library, request=recorder) as application:
        texts = await Bot(application, recorder).gets(Inbox().message("/help"))

    assert texts == [ENGLISH("help"), ENGLISH("apology")]
    assert "Something new" in caplog.text


async def test_an_apology_that_fails(library: Library, caplog: pytest.LogCaptureFixture) -> None:
    """Not even an apology that cannot be sent breaks anything."""
    refused = refusal(400, "Bad Request: no")
    recorder = Recorder(sendMessage=[refused, refused])
    async with app.build(SETTINGS, library, request=recorder) as application:
        await Bot(application, recorder).gets(Inbox().message("/help"), Inbox().message("/help"))

    assert "could not apologise" in caplog.text
    assert recorder.texts() == [ENGLISH("help"), ENGLISH("apology"), ENGLISH("help")]


async def test_errors_from_elsewhere(bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    """An error without an update, and one of a pressed button under no message, are only logged."""
    await bot.application.process_error(None, ValueError("elsewhere"))
    query = Update.de_json(bot.inbox.pressed("x", None), bot.application.bot)
    await bot.application.process_error(query, ValueError("pressed"))

    assert "elsewhere" in caplog.text
    assert "pressed" in caplog.text
    assert bot.recorder.texts() == []


def test_without_a_token(library: Library) -> None:
    """Without a token there is nothing to build."""
    with pytest.raises(SettingsError, match="TELEGRAM_BOT_TOKEN is not set"):
        app.build(read_settings(None), library)


def test_a_server_of_ones_own(library: Library) -> None:
    """TELEGRAM_API_URL is where all calls and files go."""
    own = SETTINGS.model_copy(update={"telegram_api_url": "http://localhost:8081"})

    bot = app.build(own, library).bot

    assert bot.base_url == f"http://localhost:8081/bot{TOKEN}"
    assert bot.base_file_url == f"http://localhost:8081/file/bot{TOKEN}"
