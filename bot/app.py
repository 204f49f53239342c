"""The composition root: settings in, a bot that runs out."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from importlib.metadata import version
from urllib.parse import unquote, urlsplit

from telegram import LinkPreviewOptions
from telegram.ext import Application, Defaults
from telegram.request import BaseRequest

from bot import menus, modes
from bot.alarms import Notice
from bot.conversation import conversation
from bot.delivery.flood import Patience
from bot.delivery.polling import Service, serve
from bot.delivery.webhook import Webhook, derived_secret
from bot.delivery.wire import Wire, nobody_hears
from bot.errors import SettingsError
from bot.feeds import Feeds, feeds_fetched
from bot.handlers import failures
from bot.heartbeat import beating
from bot.instances import instances_followed
from bot.library import Library
from bot.logs import Logs, set_up_logging
from bot.monitoring.monitor import Monitor
from bot.monitoring.pages import pages_served
from bot.monitoring.runs import run_noted, stopped_at_once
from bot.opening import library_opened, state_opened
from bot.pauses import short_pauses
from bot.reports import By
from bot.settings import Settings
from bot.state import Action, ReloadOutcome, Retention, State
from bot.threads import beside
from bot.trail import Trail
from bot.triggers import Wishes, if_it_tells_something, signals_heard, wishes_granted
from bot.undecided import taken_back_at_start
from bot.upkeep import kept_up
from bot.watching import check_installed, folder_watched
from corpus.loading import SAMPLE

logger = logging.getLogger(__name__)


def build(
    settings: Settings,
    library: Library,
    *,
    state: State | None = None,
    request: BaseRequest | None = None,
    monitor: Monitor | None = None,
) -> Application:
    """Return the bot, not started yet. Raises SettingsError without a token.

    Without *state* nothing is remembered: answers go out without the buttons that need it.
    *request* is the way to Telegram, by default its own (see `wire`). *monitor* has the counts that
    admins are shown.
    """
    if settings.telegram_bot_token is None:
        raise SettingsError("TELEGRAM_BOT_TOKEN is not set; @BotFather in Telegram gives you one")
    # Times as timedeltas: the library warns about the other way, which it will give up.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    api = settings.telegram_api_url
    monitor = monitor or Monitor(state)
    talk = conversation(settings, library, state, monitor.tallying)

    async def begin(application: Application) -> None:
        # The corpus may have changed while the bot was down.
        await talk.citations.compare(library.snapshot)
        modes.log_modes(application.bot.bot)
        await menus.announce(application.bot, settings.admins)

    application = (
        Application.builder()
        .token(settings.telegram_bot_token.get_secret_value())
        .base_url(f"{api}/bot")
        .base_file_url(f"{api}/file/bot")
        .request(request or wire(settings))
        .updater(None)  # bot.delivery.polling fetches
        .rate_limiter(Patience())
        .defaults(Defaults(link_preview_options=LinkPreviewOptions(is_disabled=True)))
        .post_init(begin)
        .build()
    )
    application.add_handlers(talk.handlers)
    # In a group of its own, for it comes beside the answer to /start and not instead of it.
    application.add_handler(menus.for_new_admins(settings.admins), group=1)
    application.add_error_handler(failures.report)
    library.trail.on_line(monitor.reloaded)
    if state is not None:
        library.trail.on_line(if_it_tells_something(state.journal.record))
    return application


def wire(
    settings: Settings,
    on_refusal: Callable[[], object] = lambda: None,
    monitor: Monitor | None = None,
) -> Wire:
    """Return the way to Telegram.

    *on_refusal* is called when it refuses the token; *monitor* counts the calls.
    """
    # A request for each chat in hand, and some for menus and for a reload's progress.
    pool = settings.concurrent_chats + 4
    heard = nobody_hears if monitor is None else monitor.metrics.called
    return Wire(on_refusal, heard, connection_pool_size=pool, pool_timeout=10.0)


def run(settings: Settings) -> int:
    """Load the corpus, then serve until SIGTERM or SIGINT, and finish what is in hand. Blocks.

    Returns the exit code. Raises BotError when the bot cannot run, CorpusError without a corpus.
    """
    logs = Logs(settings.log_level, settings.log_format, settings.log_questions)
    set_up_logging(logs, _secrets(settings))
    asyncio.run(_serve(settings))
    return 0


async def _serve(settings: Settings) -> None:
    if settings.watch:
        check_installed()
    if settings.feeds and (settings.corpus == SAMPLE or settings.corpus.is_file()):
        raise SettingsError("ONRECORD_FEEDS needs a folder to write to: set ONRECORD_CORPUS to one")
    wishes = Wishes()
    # From the beginning: before, the signal would end the program.
    with signals_heard(wishes):
        await _serve_wishes(settings, wishes)


async def _serve_wishes(settings: Settings, wishes: Wishes) -> None:
    state, trouble = await state_opened(settings)
    try:
        monitor = Monitor(state, version=version("on-the-record"))
        # Before the corpus is read, which takes long if it is large: whoever supervises looks then.
        async with (
            beating(settings.heartbeat),
            monitor.watching(),
            pages_served(settings.metrics_listen, monitor, state),
            run_noted(state) as notices,
        ):
            with stopped_at_once(state):
                undecided = await beside(partial(taken_back_at_start, settings.corpus))
                library = monitor.library = await library_opened(settings)
            try:
                undone = await _undone(undecided, library, state)
                how = service(settings, [*trouble, *notices, *undone])
                async with kept_current(settings, library, wishes, monitor):
                    await _serve_from(library, settings, state, how, monitor)
            finally:
                library.close()
    finally:
        if state is not None:
            await state.close()


async def _undone(about: str | None, library: Library, state: State | None) -> list[Notice]:
    """Write into the audit trail that what waited was taken back, and return what to tell of it."""
    if about is None:
        return []
    trail = Trail()
    if state is not None:
        trail.on_line(state.journal.record)
    version = library.snapshot.corpus.version
    async with trail.line(Action.CANCEL, By("restart"), version) as line:
        line.outcome, line.detail = ReloadOutcome.CANCELLED, about
    return [Notice("undecided", "alarm-undecided", {"about": about})]


@asynccontextmanager
async def kept_current(
    settings: Settings, library: Library, wishes: Wishes, monitor: Monitor
) -> AsyncIterator[None]:
    """During the block reload *library* as *settings* want it, and as *wishes* come."""

    def tell(notice: Notice) -> None:
        monitor.tell(notice)  # whom that tells is settled when the bot serves

    every = 60.0 * settings.reload_every
    async with AsyncExitStack() as stack:
        granted = wishes_granted(wishes, library, tell, every=every)
        await stack.enter_async_context(granted)
        if settings.watch:
            changed = partial(wishes.ask, "folder")
            await stack.enter_async_context(folder_watched(settings.corpus, changed))
        if settings.feeds is not None:
            feeds = Feeds(settings.feeds, settings.corpus, tell, 60.0 * settings.feeds_every)
            await stack.enter_async_context(feeds_fetched(feeds, partial(wishes.ask, "feed")))
        yield


async def _serve_from(
    library: Library, settings: Settings, state: State | None, how: Service, monitor: Monitor
) -> None:
    refused = asyncio.Event()
    request = wire(settings, refused.set, monitor)
    application = build(settings, library, state=state, request=request, monitor=monitor)
    retention = Retention(answers=settings.keep_days)
    async with instances_followed(state, library), kept_up(state, retention):
        with short_pauses():
            await serve(application, refused, state=state, service=how, monitor=monitor)


def service(settings: Settings, notices: Sequence[Notice] = ()) -> Service:
    """Return how the bot is to serve. *notices* are what admins are told at the start."""
    webhook = None
    if settings.webhook_url is not None:
        webhook = Webhook(
            settings.webhook_url, secret=webhook_secret(settings), listens=settings.webhook_listen
        )
    return Service(settings.concurrent_chats, settings.admins, webhook, notices)


def webhook_secret(settings: Settings) -> str:
    """Return what Telegram has to say to be believed: what is set, or what the token gives."""
    if settings.webhook_secret is not None:
        return settings.webhook_secret.get_secret_value()
    token = settings.telegram_bot_token
    return derived_secret(token.get_secret_value() if token else "")


def _secrets(settings: Settings) -> list[str]:
    """What no log may show."""
    token, server = settings.telegram_bot_token, settings.state_address.server
    telegram = [token.get_secret_value(), webhook_secret(settings)] if token else []
    password = urlsplit(server).password if server else None
    return [*telegram, password, unquote(password)] if password else telegram
