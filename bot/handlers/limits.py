"""How much one person, and one chat, may ask: enough for anybody, not so much that others wait."""

import math
from dataclasses import dataclass

import telegram

from bot.delivery.sent import Ending, in_hand
from bot.rendering.catalogue import Said, Words

_MINUTE = 60.0
_MANY = 10_000
"""Buckets, and verdicts, that are kept. Who has not asked for a minute needs none."""
_WHOLE = 1 - 1e-6
"""What is taken for one token: parts of tokens that come back are rounded as they are summed up."""


@dataclass(frozen=True, slots=True)
class Excess:
    """A question too many. *told* when the asker has been told so, and when to go on, before.

    *seconds* from the question on nothing more is answered. *in_chat* when it is the chat that has
    asked too much, all its people together.
    """

    seconds: int
    in_chat: bool
    told: bool


class Limits:
    """Counts questions: *user* a minute from one person, *chat* a minute in one group, at most.

    All of a minute's questions may come at once. Who asks more waits until half of them are free
    again, so that it is said once and not at each question. Keeps little, whoever asks.
    """

    def __init__(self, *, user: int, chat: int) -> None:
        self.user = user
        self.chat = chat
        self._buckets: dict[tuple[str, int], _Bucket] = {}
        self._verdicts: dict[int, Excess | None] = {}

    def judge(self, number: int, chat: int, asker: int, at: float) -> Excess | None:
        """Count a question of update *number*; return what is against answering it, None for nothing.

        *at* is when it was asked, in seconds by any clock, so that what waited for the bot is not
        taken for haste. An update that is judged again is not counted again.
        """
        if number not in self._verdicts:
            if len(self._verdicts) >= _MANY:
                del self._verdicts[next(iter(self._verdicts))]
            self._verdicts[number] = self._judged(chat, asker, at)
        verdict = self._verdicts[number]
        if verdict is not None:
            in_hand().ending = Ending.TOO_MANY
        return verdict

    def judge_message(self, number: int, message: telegram.Message) -> Excess | None:
        """Judge a question by who wrote it, where, and when it was written or changed last."""
        sender = message.sender_chat or message.from_user or message.chat
        asked_at = (message.edit_date or message.date).timestamp()
        return self.judge(number, message.chat_id, sender.id, asked_at)

    def notice(self, words: Words, excess: Excess) -> Said:
        """Return what is said of a question too many."""
        said, most = ("too-many-in-chat", self.chat) if excess.in_chat else ("too-many", self.user)
        return words(said, questions=most, seconds=excess.seconds)

    def _judged(self, chat: int, asker: int, at: float) -> Excess | None:
        buckets = [self._bucket(("user", asker), self.user, at)]
        if chat != asker or chat < 0:
            buckets.append(self._bucket(("chat", chat), self.chat, at))
        for bucket in buckets:
            bucket.fill(at)
        # Nothing is taken from a chat for a question that its asker may not ask.
        for in_chat, bucket in enumerate(buckets):
            if (seconds := bucket.closed_for(at)) > 0:
                return Excess(seconds, bool(in_chat), told=True)
            if bucket.tokens < _WHOLE:
                return Excess(bucket.close(at), bool(in_chat), told=False)
        for bucket in buckets:
            bucket.tokens -= 1
        return None

    def _bucket(self, key: tuple[str, int], size: int, at: float) -> "_Bucket":
        bucket = self._buckets.pop(key, None) or _Bucket(size, at)
        if len(self._buckets) >= _MANY:
            # In the order of use: whoever asked least lately is taken for somebody new.
            del self._buckets[next(iter(self._buckets))]
        self._buckets[key] = bucket
        return bucket


class _Bucket:
    """*size* tokens, which come back evenly within a minute."""

    def __init__(self, size: int, at: float) -> None:
        self.tokens = float(size)
        self._size = size
        self._at = at
        self._closed_until = -math.inf

    def fill(self, at: float) -> None:
        """Put in what has come back until *at*."""
        back = max(at - self._at, 0.0) * self._size / _MINUTE
        self.tokens = min(self.tokens + back, float(self._size))
        self._at = max(self._at, at)

    def close(self, at: float) -> int:
        """Give out nothing until half is back; return the seconds until then."""
        seconds = math.ceil(_MINUTE * math.ceil(self._size / 2) / self._size)
        self._closed_until = at + seconds
        return seconds

    def closed_for(self, at: float) -> int:
        """Return for how many seconds more nothing is given out, 0 for none."""
        # Questions need not be judged in the order in which they were asked.
        return math.ceil(self._closed_until - at) if at < self._closed_until else 0
