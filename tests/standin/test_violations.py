"""What Telegram swallows in silence, the stand-in writes down; what it changes, it changes, too."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
import telegram
from telegram import MessageEntity

from tests.standin import Standin


@pytest.fixture(name="ann")
def _ann(standin: Standin) -> int:
    """The id of a private chat that exists."""
    return standin.private(standin.user(11, "Ann")).id


async def test_violations(standin: Standin, ann: int, bot: telegram.Bot) -> None:
    """What Telegram swallows in silence is written down: the reader would see something else."""
    quotes = [
        MessageEntity("blockquote", 0, 9),
        MessageEntity("expandable_blockquote", 2, 3),
        MessageEntity("bold", 1, 0),
    ]
    await bot.send_message(ann, "some text", entities=quotes)
    many = [MessageEntity("bold", each, 1) for each in range(101)]
    await bot.send_message(ann, "a" * 101, entities=many)
    await bot.send_message(ann, "<b>a</b>", parse_mode="HTML")
    await bot.send_message(ann, "a", message_effect_id="5")

    assert standin.take_violations() == [
        f"an entity of length 0 is dropped: {json.loads(quotes[2].to_json())}",
        "a block quotation lies inside another: blockquote at 0, expandable_blockquote at 2",
        "101 entities; at most 100 are shown",
        "parse_mode 'HTML' was used",
        "sendMessage: ['message_effect_id'] are not known here",
    ]


async def test_refused_calls_are_violations(standin: Standin, ann: int, bot: telegram.Bot) -> None:
    """A call that a well-behaved bot would not make fails the test it is made in."""
    with pytest.raises(telegram.error.BadRequest):
        await bot.send_message(ann, "")

    assert standin.take_violations() == [
        "sendMessage was refused: Bad Request: message text is empty"
    ]


async def test_shown_text(standin: Standin, ann: int, bot: telegram.Bot) -> None:
    """The text is trimmed and freed of direction overrides, and the entities move with it."""
    bold = [MessageEntity("bold", 5, 3), MessageEntity("italic", 8, 2)]

    sent = await bot.send_message(ann, " \n\u202ea\rbcd  ", entities=bold)

    assert sent.text == "abcd"
    shown = standin.sent(standin.world.chats[ann])[0]
    assert shown.marked("bold") == ["bcd"]
    assert shown.marked("italic") == []


@pytest.mark.parametrize(
    "case",
    [
        (("bold", 0, 3), ("italic", 2, 3), "entities cross each other: bold at 0, italic at 2"),
        (("code", 0, 3), ("bold", 0, 2), "nothing else is shown in code: code at 0, bold at 0"),
        (("date_time", 0, 3), ("text_link", 1, 2), "one link or date lies inside another: date_time at 0, text_link at 1"),
        (("blockquote", 0, 9), ("text_link", 1, 2), None),
        (("blockquote", 0, 9), ("code", 1, 2), None),
        (("text_link", 1, 4), ("bold", 2, 2), None),
        (("expandable_blockquote", 0, 4), ("blockquote", 4, 2), None),
    ],
)  # fmt: skip
async def test_nesting(
    standin: Standin,
    ann: int,
    bot: telegram.Bot,
    case: tuple[tuple[str, int, int], tuple[str, int, int], str | None],
) -> None:
    """Entities that share characters lie one inside the other, and not every kind inside every."""
    first, second, note = case
    needed: dict[str, Any] = {"url": "https://example.org/", "unix_time": datetime.now(UTC)}
    entities = [MessageEntity(*first, **needed), MessageEntity(*second, **needed)]

    await bot.send_message(ann, "some text", entities=entities)

    assert standin.take_violations() == ([note] if note else [])
