"""JSON from outside that is nested deep."""

import json

import pytest
from hypothesis import given, strategies as st
from telegram.error import TelegramError

from bot.delivery.nesting import DEEPEST, shallow
from bot.delivery.wire import Wire

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(thing=JSON, compact=st.booleans())
def test_what_is_not_deep(thing: object, compact: bool) -> None:
    """Nothing is taken from what Telegram might send, whatever stands in its texts."""
    text = json.dumps(thing, ensure_ascii=compact)

    assert shallow(text) == text


@given(
    before=JSON,
    after=JSON,
    deep=st.integers(DEEPEST + 1, 3_000),
    brackets=st.sampled_from(["[]", "{}"]),
)
def test_what_is_deep(before: object, after: object, deep: int, brackets: str) -> None:
    """What stands beside something deep is kept, and the whole can be read."""
    opening, closing = ("[", "]") if brackets == "[]" else ('{"a":', "}")
    hole = opening * deep + "1" + closing * deep
    text = f"[{json.dumps(before)}, {hole}, {json.dumps(after)}]"

    first, _, last = json.loads(shallow(text))

    assert (first, last) == (before, after)


@given(text=st.text(st.sampled_from('[]{}",:\\a1 '), max_size=300))
def test_what_is_no_json(text: str) -> None:
    """No text breaks it, and what was no JSON does not become some."""
    try:
        json.loads(text)
    except ValueError:
        with pytest.raises(ValueError, match=r"."):
            json.loads(shallow(text))


def test_a_batch_with_something_deep_in_it() -> None:
    """An update that is nested too deep to be read keeps nobody from the others of its batch."""
    deep = '{"update_id": 1, "message": ' + "[" * 50_000 + "]" * 50_000 + "}"
    payload = f'{{"ok": true, "result": [{deep}, {{"update_id": 2}}]}}'.encode()

    answer = Wire.parse_json_payload(payload)

    assert [each["update_id"] for each in answer["result"]] == [1, 2]


def test_an_answer_that_is_none(caplog: pytest.LogCaptureFixture) -> None:
    """An answer that is no JSON is an error, and the log does not tell what stood in it."""
    with pytest.raises(TelegramError, match="Invalid server response"):
        Wire.parse_json_payload(b'{"ok": true, "result": "what Ann said')

    assert "Ann" not in caplog.text
