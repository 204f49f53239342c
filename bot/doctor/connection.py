"""The way to Telegram: network, token, clock, and who else uses the same token."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

import httpx

from bot.doctor.findings import Finding, bad, odd, well
from bot.settings import Settings

_PATIENCE = 15.0
_LISTEN = 4
"""Seconds that a poll is kept open: another program that polls ends it in that time."""

_SKEW = timedelta(seconds=30)
_RECENT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    description: str
    result: Any
    date: datetime | None


async def examine_connection(
    settings: Settings, *, running: bool
) -> tuple[list[Finding], str | None]:
    """Look at all that needs the network; return the findings and the bot's name.

    With *running*, our own bot is at work here, and is not disturbed by a poll. Raises nothing.
    """
    if settings.telegram_bot_token is None:
        advice = "get one from @BotFather with /newbot, and set TELEGRAM_BOT_TOKEN"
        return [bad("token", "is not set", advice)], None
    token = settings.telegram_bot_token.get_secret_value()
    base = f"{settings.telegram_api_url}/bot{token}"
    async with httpx.AsyncClient(base_url=base, timeout=_PATIENCE) as client:
        try:
            began = datetime.now(UTC)
            me = await _ask(client, "getMe")
            halfway = began + (datetime.now(UTC) - began) / 2
            findings = [well("network", f"{settings.telegram_api_url} answers")]
            findings += _clock(me.date, halfway)
            if me.status != HTTPStatus.OK:
                return [*findings, _refused(me)], None
            return [
                *findings,
                well("token", f"is the one of @{me.result['username']} ({me.result['id']})"),
                *_privacy(me.result),
                *await _delivery(client, settings, running=running),
            ], str(me.result["username"])
        except httpx.HTTPError as error:
            return [_unreachable(settings, error)], None
        except (KeyError, TypeError, ValueError):
            advice = "check TELEGRAM_API_URL, and whether a proxy answers in Telegram's place"
            return [bad("network", "what answers is not the Bot API", advice)], None


async def _ask(client: httpx.AsyncClient, method: str, **parameters: Any) -> _Answer:
    response = await client.post(f"/{method}", json=parameters)
    said = response.json()
    date = response.headers.get("date")
    return _Answer(
        status=response.status_code,
        description=str(said.get("description", "")),
        result=said.get("result"),
        date=parsedate_to_datetime(date) if date else None,
    )


def _unreachable(settings: Settings, error: httpx.HTTPError) -> Finding:
    # Not the error's text: it may hold the URL, which holds the token.
    cause = error.__cause__ or error
    reason = str(cause) if isinstance(error, httpx.ConnectError) else type(error).__name__
    advice = "check the connection, DNS, the firewall, and HTTPS_PROXY if there is a proxy"
    return bad("network", f"{settings.telegram_api_url} cannot be reached: {reason}", advice)


def _refused(answer: _Answer) -> Finding:
    if answer.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND}:
        advice = "copy it again from @BotFather: /mybots, API Token"
        return bad("token", "Telegram refuses it", advice)
    return bad("token", f"cannot be tested: {answer.description}", "try again in a minute")


def _clock(told: datetime | None, here: datetime) -> list[Finding]:
    if told is None:
        return []
    ahead = here - told
    if abs(ahead) <= _SKEW:
        return [well("clock", "agrees with Telegram's")]
    way = "ahead of" if ahead > timedelta() else "behind"
    seen = f"is {abs(ahead).total_seconds():,.0f} s {way} Telegram's"
    return [bad("clock", seen, "set it, for example with: timedatectl set-ntp true")]


def _privacy(me: Mapping[str, Any]) -> list[Finding]:
    if not me.get("can_read_all_group_messages"):
        return []
    seen = "is off: in groups, all that anybody says is sent to the bot"
    return [odd("privacy mode", seen, "turn it on at @BotFather: /setprivacy")]


async def _delivery(
    client: httpx.AsyncClient, settings: Settings, *, running: bool
) -> list[Finding]:
    info = (await _ask(client, "getWebhookInfo")).result
    url, waiting = info["url"], info["pending_update_count"]
    if settings.webhook_url is not None:
        return [_webhook(settings.webhook_url, info)]
    if url:
        seen = f"Telegram delivers to {url}, and nobody can poll"
        advice = "set ONRECORD_WEBHOOK_URL to that, or let `onrecord run` delete it as it starts"
        return [odd("updates", seen, advice)]
    if running:
        return [well("updates", f"are polled by the bot that runs here; {waiting} wait")]
    return [await _others(client, waiting)]


def _webhook(wanted: str, info: Mapping[str, Any]) -> Finding:
    url, waiting = info["url"], info["pending_update_count"]
    if url and url != wanted:
        seen = f"Telegram delivers to {url}, not to {wanted}"
        return odd("updates", seen, "`onrecord run` sets it; end what set the other one")
    if not url:
        return well("updates", f"will be delivered to {wanted} when the bot runs; {waiting} wait")
    since = datetime.now(UTC) - datetime.fromtimestamp(info.get("last_error_date", 0), UTC)
    if since < _RECENT:
        seen = f"{info['last_error_message']}, {since.total_seconds():,.0f} s ago; {waiting} wait"
        advice = "is the bot running, and does the proxy pass on to ONRECORD_WEBHOOK_LISTEN?"
        return bad("updates", seen, advice)
    return well("updates", f"are delivered to {url}; {waiting} wait")


async def _others(client: httpx.AsyncClient, waiting: int) -> Finding:
    """Poll for a while, confirming nothing. Another program's next poll would end ours."""
    poll = await _ask(client, "getUpdates", timeout=_LISTEN, limit=1)
    if poll.status == HTTPStatus.CONFLICT:
        seen = "another program polls with this token"
        return bad("updates", seen, "stop that one, or get a token of its own for this one")
    return well("updates", f"are polled by no other program; {waiting} wait")
