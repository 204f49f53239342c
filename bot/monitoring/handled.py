"""What is to be said of an update that is over: nothing that tells who asked, or what."""

from dataclasses import dataclass
from functools import cache, lru_cache

from babel.localedata import locale_identifiers
from telegram import Update
from telegram.constants import ChatType

from bot.delivery.sent import Delivery, Ending
from retrieval.models import Reason

KINDS = (
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "inline_query",
    "guest_message",
    "other",
)
"""The kinds of updates that are told apart."""

CHATS = ("private", "group", "channel", "inline", "guest", "none")
"""The kinds of chats. A supergroup is a group; inline and guest are where no chat is known."""

NO_LANGUAGE = "other"

_CHATS: dict[str, str] = {
    ChatType.PRIVATE: "private",
    ChatType.SENDER: "private",
    ChatType.GROUP: "group",
    ChatType.SUPERGROUP: "group",
    ChatType.CHANNEL: "channel",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Handled:
    """An update that is over. All texts are of small closed sets.

    *kind* is one of KINDS, *chat* one of CHATS, *language* a code of a language (`de`) or
    NO_LANGUAGE. *ending* is None where nothing was asked. *seconds* went by since it was in hand,
    *searching* of them for looking for an answer, if one was looked for.
    """

    kind: str
    chat: str
    language: str
    ending: Ending | None = None
    reason: Reason | None = None
    seconds: float = 0.0
    searching: float | None = None

    @classmethod
    def of(cls, update: Update, delivery: Delivery, seconds: float) -> "Handled":
        """Tell what became of *update*."""
        kind = next((each for each in KINDS if getattr(update, each, None) is not None), "other")
        user = update.effective_user
        return cls(
            kind=kind,
            chat=_chat(update, kind),
            language=language(user.language_code if user is not None else None),
            ending=delivery.ending,
            reason=delivery.reason,
            seconds=seconds,
            searching=delivery.searching,
        )


@lru_cache(1_000)
def language(code: str | None) -> str:
    """Return the language of an IETF tag, as Telegram gives it: any text may be given.

    What is no language that CLDR knows is NO_LANGUAGE, so that there are only so many.
    """
    base = (code or "")[:10].replace("_", "-").partition("-")[0].lower()
    return base if base in _languages() else NO_LANGUAGE


@cache
def _languages() -> frozenset[str]:
    return frozenset(name.partition("_")[0] for name in locale_identifiers())


def _chat(update: Update, kind: str) -> str:
    if kind == "inline_query":
        return "inline"
    if kind == "guest_message":
        return "guest"
    chat = update.effective_chat
    return "none" if chat is None else _CHATS.get(chat.type, "none")
