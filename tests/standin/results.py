"""Inline results, and the button above them: what Telegram does not take."""

import re
from collections.abc import Sequence

from tests.standin.params import Json, bad
from tests.standin.rules import valid_url

RESULTS = 50
START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")
KNOWN = {
    "type", "id", "title", "input_message_content", "reply_markup", "url", "description",
    "thumbnail_url", "thumbnail_width", "thumbnail_height",
}  # fmt: skip


def check_results(results: Sequence[Json]) -> None:
    """Raises Refusal for a page of inline results that Telegram does not take."""
    if len(results) > RESULTS:
        raise bad("RESULTS_TOO_MUCH")
    for result in results:
        _check_result(result)
    if len({result["id"] for result in results}) != len(results):
        raise bad("RESULT_ID_DUPLICATE")


def _check_result(result: Json) -> None:
    content = result.get("input_message_content") or {}
    if missing := {"type", "id"} - set(result) or {"message_text"} - set(content):
        raise bad(f"can't parse inline query result: Can't find field \"{min(missing)}\"")
    if not 1 <= len(result["id"].encode()) <= 64:
        raise bad("RESULT_ID_INVALID")
    if not str(result.get("title", "")).strip():
        raise bad("ARTICLE_TITLE_EMPTY")
    if any(name in result and not valid_url(result[name]) for name in ("url", "thumbnail_url")):
        raise bad("WEBDOCUMENT_URL_INVALID")


def check_start_button(button: Json) -> None:
    """Raises Refusal for a button above inline results that Telegram does not take."""
    if not str(button.get("text", "")).strip():
        raise bad("can't parse inline query results button: text must be non-empty")
    if "web_app" in button:
        return
    if not button.get("start_parameter"):
        raise bad("START_PARAM_EMPTY")
    if not START_PARAMETER.fullmatch(button["start_parameter"]):
        raise bad("START_PARAM_INVALID")
