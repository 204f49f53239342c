"""Opens what the bot works with: its memory, and the corpus."""

import logging
from functools import partial

from bot.alarms import Notice
from bot.library import Library
from bot.settings import Settings
from bot.snapshots import Snapshot, Snapshots
from bot.state import State, StateError, StateInUseError
from bot.threads import beside

logger = logging.getLogger(__name__)


async def library_opened(settings: Settings) -> Library:
    """Return the library over the corpus of *settings*. Raises CorpusError without one, and EngineError."""
    snapshots = Snapshots(
        settings.corpus,
        folder=settings.index_folder,
        wanted=settings.engine,
        keep=settings.keep_snapshots,
    )
    return Library(
        snapshots,
        await beside(partial(_opened_corpus, snapshots)),
        limit=settings.snippets,
        threads=settings.search_threads,
        golden_limit=settings.golden_limit,
    )


async def state_opened(settings: Settings) -> tuple[State | None, list[Notice]]:
    """Return the state, or None and what to tell if it cannot be used: the bot answers all the same.

    Raises StateInUseError when another bot uses it.
    """
    token = settings.telegram_bot_token
    bot_id = int(token.get_secret_value().partition(":")[0]) if token else 0
    try:
        state = await State.open(
            settings.state_address, keep_questions=settings.keep_questions, bot_id=bot_id
        )
    except StateInUseError:
        raise  # two bots on one state would answer everything twice
    except StateError as error:
        logger.error("going on without a memory: %s", error)  # noqa: TRY400 - the message is whole
        return None, [Notice("no state", "alarm-no-state", {"reason": str(error)})]
    return state, []


def _opened_corpus(snapshots: Snapshots) -> Snapshot:
    logger.info("reading the corpus: %s", snapshots.corpus)
    snapshot = snapshots.open()
    for error in snapshot.corpus.refused:
        logger.warning("refused: %s", error)
    searched = snapshot.index.searched
    logger.info(
        "loaded %d articles, %d passages, version %s",
        *(searched.articles, searched.passages, snapshot.corpus.version),
    )
    logger.info("searching with %s: %s", snapshot.engine.kind, snapshot.engine.reason)
    return snapshot
