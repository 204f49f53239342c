"""What must survive a restart: shown answers, citations, chats, the inbox, the operator's journal."""

from bot.settings.address import Address, default_address
from bot.state.answers import new_id
from bot.state.entries import (
    Action,
    Reload,
    ReloadOutcome,
    Removed,
    Retention,
    Tally,
    Unanswered,
    Votes,
)
from bot.state.errors import StateError, StateInUseError
from bot.state.inbox import LEASE
from bot.state.journal import missed
from bot.state.records import (
    Chat,
    Citation,
    CitedChanges,
    Incoming,
    Reference,
    SentPart,
    ShownAnswer,
    Waiting,
    citation_id,
)
from bot.state.references import cite, refer, restore
from bot.state.state import State

__all__ = [
    "LEASE",
    "Action",
    "Address",
    "Chat",
    "Citation",
    "CitedChanges",
    "Incoming",
    "Reference",
    "Reload",
    "ReloadOutcome",
    "Removed",
    "Retention",
    "SentPart",
    "ShownAnswer",
    "State",
    "StateError",
    "StateInUseError",
    "Tally",
    "Unanswered",
    "Votes",
    "Waiting",
    "citation_id",
    "cite",
    "default_address",
    "missed",
    "new_id",
    "refer",
    "restore",
]
