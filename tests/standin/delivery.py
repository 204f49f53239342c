"""Updates carried to a webhook, again and again until they are taken."""

import asyncio
from http import HTTPStatus
from urllib.parse import urlsplit

import httpx

from tests.standin.params import Json
from tests.standin.webhook import Webhook
from tests.standin.world import World

FIRST_PAUSE, LONGEST_PAUSE = 0.05, 1.0
"""Seconds between attempts; Telegram's are longer, but grow as these do."""
PATIENCE = 60.0
"""Seconds that a webhook may take."""
FOR_EVER = 3600.0


class Delivery:
    """Carries updates: one at a time for a chat, in all as many as the webhook has connections."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._busy: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Deliver until cancelled."""
        await self._world.destination.called_for.wait()
        async with httpx.AsyncClient(timeout=PATIENCE) as client:
            try:
                while True:
                    update = await self._world.until(self._next, FOR_EVER)
                    if update is not None:
                        self._send(client, update)
            finally:
                tasks = list(self._busy.values())
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    def _next(self) -> Json | None:
        """An update of a chat that isn't busy."""
        webhook, weather = self._world.destination.webhook, self._world.weather
        if webhook is None or len(self._busy) >= webhook.connections:
            return None
        free = (each for each in self._world.updates if _queue(each) not in self._busy)
        if weather is not None and weather.disordered:
            return next(iter(weather.shuffled(list(free))), None)
        return next(free, None)

    def _send(self, client: httpx.AsyncClient, update: Json) -> None:
        task = asyncio.create_task(self._insist(client, update))
        queue = _queue(update)
        self._busy[queue] = task

        def finished(_: object) -> None:
            del self._busy[queue]
            self._world.changed()

        task.add_done_callback(finished)

    async def _insist(self, client: httpx.AsyncClient, update: Json) -> None:
        pause = FIRST_PAUSE
        weather = self._world.weather
        times = 2 if weather is not None and weather.twice() else 1
        while times and (webhook := self._world.destination.webhook) is not None:
            error = await self._attempt(client, webhook, update)
            if not error:
                times -= 1
                continue
            webhook.error, webhook.error_date = error, int(self._world.now())
            self._world.changed()
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
        if not times and update in self._world.updates:
            self._world.updates.remove(update)

    async def _attempt(self, client: httpx.AsyncClient, webhook: Webhook, update: Json) -> str:
        """Try once; what went wrong, nothing if it went well."""
        parts = urlsplit(webhook.url)
        behind = self._world.destination.routes.get(f"https://{parts.netloc}", "http://127.0.0.1:9")
        secret = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret} if webhook.secret else {}
        try:
            answer = await client.post(behind + parts.path, json=update, headers=secret)
        except httpx.TimeoutException:
            return "Read timeout expired"
        except httpx.TransportError:
            return "Connection refused"
        if answer.is_success:
            if answer.content.lstrip().startswith(b"{"):
                self._world.violations.append("a call in the answer to a webhook is not known here")
            return ""
        reason = HTTPStatus(answer.status_code).phrase
        return f"Wrong response from the webhook: {answer.status_code} {reason}"


def _queue(update: Json) -> int:
    """What the updates that keep their order have in common: the chat, or else the sender."""
    content: Json = next((each for name, each in update.items() if name != "update_id"), {})
    try:
        return int((content.get("message", content).get("chat") or content["from"])["id"])
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
        return 0  # an update that is poison on purpose
