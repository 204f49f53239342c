"""What an update has to be like for the bot to read it: the parts that it relies on, and no others.

The library takes a chat that is a list, and fails at a distance from there.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, InstanceOf, ValidationError

_BITS = 2**52
"""Ids have at most so many bits, as the Bot API says."""

_Id = Annotated[int, Field(gt=-_BITS, lt=_BITS)]
_Text = InstanceOf[str]
"""Not checked further: half of a pair can come out of JSON, and must not stop anything."""


class MalformedError(Exception):
    """An update is not one. The message says where, and nothing of what was said."""


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")


class _User(_Part):
    id: _Id
    is_bot: bool
    first_name: _Text
    username: _Text | None = None
    language_code: _Text | None = None


class _Chat(_Part):
    id: _Id
    type: _Text
    title: _Text | None = None


class _Entity(_Part):
    type: _Text
    offset: _Id
    length: _Id
    user: _User | None = None


class _Place(_Part):
    """A message that may be gone: then its date is 0."""

    message_id: _Id
    date: _Id
    chat: _Chat


class _Quote(_Part):
    text: _Text
    entities: list[_Entity] | None = None


class _Message(_Place):
    sender: _User | None = Field(None, alias="from")
    sender_chat: _Chat | None = None
    via_bot: _User | None = None
    edit_date: _Id | None = None
    text: _Text | None = None
    caption: _Text | None = None
    entities: list[_Entity] | None = None
    caption_entities: list[_Entity] | None = None
    message_thread_id: _Id | None = None
    is_topic_message: bool | None = None
    media_group_id: _Text | None = None
    reply_to_message: "_Message | None" = None
    quote: _Quote | None = None


class _GuestMessage(_Message):
    guest_query_id: _Text


class _Press(_Part):
    id: _Text
    sender: _User = Field(alias="from")
    data: _Text | None = None
    message: _Place | None = None


class _InlineQuery(_Part):
    id: _Text
    sender: _User = Field(alias="from")
    query: _Text
    offset: _Text


class _Member(_Part):
    status: _Text
    user: _User


class _MemberChanged(_Part):
    chat: _Chat
    sender: _User = Field(alias="from")
    old_chat_member: _Member
    new_chat_member: _Member


class _Update(_Part):
    message: _Message | None = None
    edited_message: _Message | None = None
    callback_query: _Press | None = None
    my_chat_member: _MemberChanged | None = None
    inline_query: _InlineQuery | None = None
    guest_message: _GuestMessage | None = None


def check(update: Mapping[str, Any]) -> None:
    """Raise MalformedError if an update of a kind that the bot wants cannot be read."""
    try:
        _Update.model_validate(update)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        # Not chained: pydantic's message holds what was said.
        raise MalformedError(f"{place}: {first['msg']}") from None
