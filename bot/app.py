"""The composition root: settings in, a bot that runs out. The only module that knows all parts."""

import asyncio
import logging
import os
from collections.abc import Callable

from telegram import LinkPreviewOptions
from telegram.ext import Application, Defaults
from telegram.request import BaseRequest

from bot import menus
from bot.errors import SettingsError
from bot.flood import Patience
from bot.handlers import failures, questions
from bot.handlers.administration import Administration
from bot.handlers.answers import Answers
from bot.handlers.buttons import Buttons
from bot.library import Library, Snapshot, load_snapshot
from bot.polling import serve
from bot.redaction import set_up_logging
from bot.settings import Settings
from bot.turns import Turns
from bot.wire import Wire

logger = logging.getLogger(__name__)


def build(
    settings: Settings,
    library: Library,
    *,
    request: BaseRequest | None = None,
    on_refusal: Callable[[], object] = lambda: None,
) -> Application:
    """Return the bot, not started yet. Raises SettingsError without a token.

    *on_refusal* is called when Telegram refuses the token. *request* stands in for HTTP.
    """
    if settings.telegram_bot_token is None:
        raise SettingsError("TELEGRAM_BOT_TOKEN is not set; @BotFather in Telegram gives you one")
    # Times as timedeltas: the library warns about the other way, which it will give up.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    api = settings.telegram_api_url
    # A request for each chat in hand, and some for menus and for a reload's progress.
    pool = settings.concurrent_chats + 4
    application = (
        Application.builder()
        .token(settings.telegram_bot_token.get_secret_value())
        .base_url(f"{api}/bot")
        .base_file_url(f"{api}/file/bot")
        .request(request or Wire(on_refusal, connection_pool_size=pool, pool_timeout=10.0))
        .get_updates_request(request or Wire(on_refusal, connection_pool_size=1))
        .rate_limiter(Patience())
        .concurrent_updates(Turns(settings.concurrent_chats))
        .defaults(Defaults(link_preview_options=LinkPreviewOptions(is_disabled=True)))
        .post_init(lambda application: menus.announce(application.bot, settings.admins))
        .build()
    )
    answers = Answers(library)
    application.add_handlers(
        [
            *questions.Questions(library, answers).handlers(),
            *Administration(library, settings.admins).handlers(),
            *Buttons(library, answers).handlers(),
            *questions.last_resort(),
        ]
    )
    # In a group of its own, for it comes beside the answer to /start and not instead of it.
    application.add_handler(menus.for_new_admins(settings.admins), group=1)
    application.add_error_handler(failures.report)
    return application


def run(settings: Settings) -> int:
    """Load the corpus, then poll until SIGTERM or SIGINT, and finish what is in hand. Blocks.

    Returns the exit code. Raises BotError when the bot cannot run, CorpusError without a corpus.
    """
    token = settings.telegram_bot_token
    set_up_logging(settings.log_level, [token.get_secret_value()] if token else [])
    library = Library(
        settings.corpus,
        _loaded(settings),
        limit=settings.snippets,
        threads=settings.search_threads,
    )
    refused = asyncio.Event()
    application = build(settings, library, on_refusal=refused.set)
    try:
        asyncio.run(serve(application, refused))
    finally:
        library.close()
    return 0


def _loaded(settings: Settings) -> Snapshot:
    logger.info("reading the corpus: %s", settings.corpus)
    snapshot = load_snapshot(settings.corpus)
    for error in snapshot.corpus.refused:
        logger.warning("refused: %s", error)
    searched = snapshot.index.searched
    logger.info(
        "loaded %d articles, %d passages, version %s",
        *(searched.articles, searched.passages, snapshot.corpus.version),
    )
    return snapshot
