"""Questions that links carry."""

import re

import pytest
from hypothesis import given, strategies as st

from bot.rendering.payloads import asked_by, question_payload, start_link
from tests.bot.answers import TEXTS
from tests.standin.results import START_PARAMETER


@given(TEXTS)
def test_any_question_can_be_carried(question: str) -> None:
    """Whatever is asked, Telegram takes the payload, and it says the beginning of the question."""
    payload = question_payload(question)
    if payload is None:
        assert not question.split()
        return

    assert START_PARAMETER.fullmatch(payload)
    asked = asked_by(payload)
    assert asked
    readable = " ".join(re.sub("[\ud800-\udfff]", "\ufffd", question).split())
    assert readable.startswith(asked)
    assert len(readable.encode()) > 46 or asked == readable


def test_a_short_question_is_carried_whole() -> None:
    """What fits comes out as it went in."""
    assert asked_by(question_payload("who denied  involvement?") or "") == "who denied involvement?"


@pytest.mark.parametrize(
    ("question", "carried"),
    [
        ("who said that the bridge was closed by the harbour master?", "who said that the bridge was closed by the"),
        ("who said that the bridge was closed on Tuesdays and why", "who said that the bridge was closed on"),
        ("من قال إن الجسر أغلق يوم الثلاثاء بعد العاصفة", "من قال إن الجسر أغلق يوم"),
        ("w" * 100, "w" * 46),
        ("é" * 100, "é" * 23),
        ("x " + "w" * 100, "x"),
    ],
)  # fmt: skip
def test_a_long_question_is_cut_between_words(question: str, carried: str) -> None:
    """No half word is asked for, unless one word is all there is."""
    assert asked_by(question_payload(question) or "") == carried


@pytest.mark.parametrize(
    "payload", ["", "q_", "c_abc", "q_a", "q_////", "q__w", "q_IA", "q_" + "A" * 63, "q_wqk\n"]
)
def test_a_forged_payload(payload: str) -> None:
    """What no question was made into asks nothing."""
    assert asked_by(payload) is None


@given(st.text(max_size=70))
def test_any_payload(payload: str) -> None:
    """No payload breaks anything, and none asks a blank."""
    for each in (payload, f"q_{payload}"):
        asked = asked_by(each)
        assert asked is None or asked.strip()


def test_a_link() -> None:
    """A link needs the bot's name and a payload."""
    assert start_link("record_bot", "q_YQ") == "https://t.me/record_bot?start=q_YQ"
    assert start_link(None, "q_YQ") is None
    assert start_link("record_bot", None) is None
