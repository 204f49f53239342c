"""Small talk, told from questions."""

import pytest

from retrieval.courtesies import is_courtesy


@pytest.mark.parametrize(
    "text",
    [
        *("thanks!", "Thank you very much 🙏", "ok", "OK, got it.", "Great, thanks a lot!", "lol"),
        *("yes", "that's right", "nice one", "THX", "Danke schön!", "Alles klar, vielen Dank"),
        *("شكرا", "شكرًا جزيلًا", "تمام، شكراً", "good bot"),
    ],
)
def test_courtesies(text: str) -> None:
    """Thanks, assent and laughter ask nothing, in each language that the bot speaks."""
    assert is_courtesy(text)


@pytest.mark.parametrize(
    "text",
    [
        *("when?", "and why", "who else?", "ok, and when?", "right, but what did he say", "yes?"),
        *("thanks, and the damage", "what's true", "good news from Kyiv", "no comment from Peskov"),
        *("Danke, und wann?", "شكرا، متى؟", "", "🙏", "he", "and her?"),
    ],
)
def test_questions(text: str) -> None:
    """What asks, or names anything, is no courtesy, however politely it begins."""
    assert not is_courtesy(text)
