"""Broken updates over the wire: none of them keeps the bot from its work."""

import logging
from pathlib import Path

import pytest
from telegram import Bot, Update

from bot.delivery.wellformed import MalformedError, check
from tests.benchmarks import fuzz
from tests.bot.fuzzing import changed, fuzzed, put, shapes
from tests.standin import Standin

UPDATES = 500


@pytest.mark.parametrize("way", ["polls", "webhook"])
async def test_fuzzed(way: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Between updates with fields missing, wrong, huge and nested, each question has one answer."""
    caplog.set_level(logging.CRITICAL)
    found = await fuzz.by_way(way, UPDATES, 3, tmp_path)

    assert (found.fuzzed, found.asked) == (UPDATES, UPDATES // 10)
    assert (found.lost, found.doubled) == (0, 0)
    assert found.slowest < 10


def test_what_fuzzing_begins_with() -> None:
    """What the broken updates are made from is whole: the bot reads all of it."""
    standin = Standin()
    whole = shapes(standin)
    bot = Bot(standin.token)
    for number, each in enumerate(whole, 1):
        check(each)
        assert Update.de_json({"update_id": number, **each}, bot) is not None

    assert {kind for each in whole for kind in each} > {
        *("message", "edited_message", "callback_query", "inline_query", "guest_message"),
        *("my_chat_member", "channel_post", "poll_answer"),
    }
    assert standin.world.updates == []


def test_each_field_is_missing_once() -> None:
    """Of every update, every field is missing in one of those that are made from it."""
    whole = [{"message": {"chat": {"id": 5}, "entities": [{"type": "bold"}]}}]

    made = list(fuzzed(whole, 20, 1))[:6]

    expected = [
        {},
        {"message": {"entities": [{"type": "bold"}]}},
        {"message": {"chat": {}, "entities": [{"type": "bold"}]}},
        {"message": {"chat": {"id": 5}}},
        {"message": {"chat": {"id": 5}, "entities": []}},
        {"message": {"chat": {"id": 5}, "entities": [{}]}},
    ]
    assert sorted(map(str, made)) == sorted(map(str, expected))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("message", "chat"), []),
        (("message", "chat", "id"), "5"),
        (("message", "chat", "id"), 2**63),
        (("message", "from", "id"), True),
        (("message", "text"), {"a secret": "a secret"}),
        (("message", "entities"), "a secret"),
    ],
)
def test_malformed(place: tuple[str, ...], value: object) -> None:
    """What is wrong is named by its place, and nothing of what was said is."""
    whole = {
        "message": {
            "message_id": 1,
            "date": 1,
            "text": "a secret",
            "chat": {"id": 5, "type": "private"},
            "entities": [],
            "from": {"id": 5, "is_bot": False, "first_name": "a secret"},
        }
    }
    check(whole)

    with pytest.raises(MalformedError) as caught:
        check(changed(whole, place, put(value)))

    assert str(caught.value).startswith(".".join(place))
    assert "a secret" not in str(caught.value)
