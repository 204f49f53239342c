"""What the bot does in chats: all its handlers, in the order in which they are offered an update."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from telegram.ext import BaseHandler

from bot.handlers import guidance
from bot.handlers.additions import Additions
from bot.handlers.administration import Administration
from bot.handlers.admins import Admins
from bot.handlers.answers import Answers
from bot.handlers.browsing import Browsing
from bot.handlers.buttons import Buttons
from bot.handlers.citations import Citations
from bot.handlers.following import Following
from bot.handlers.gaps import Gaps
from bot.handlers.groups import Groups
from bot.handlers.guests import Guests
from bot.handlers.history import History
from bot.handlers.inline import Inline
from bot.handlers.late import Late
from bot.handlers.leafing import Leafing
from bot.handlers.limits import Limits
from bot.handlers.linked import Linked
from bot.handlers.privacy import Privacy
from bot.handlers.questions import Questions
from bot.handlers.removals import Removals
from bot.handlers.screens import Screens
from bot.handlers.statistics import Statistics
from bot.library import Library
from bot.monitoring.tallying import Tallying
from bot.settings import Settings
from bot.state import Retention, State


@dataclass(frozen=True, slots=True)
class Conversation:
    """The first of *handlers* that wants an update gets it. *citations* are told of a fresh corpus."""

    handlers: Sequence[BaseHandler]
    citations: Citations


def conversation(
    settings: Settings, library: Library, state: State | None, tallying: Tallying
) -> Conversation:
    """Return what is done in chats, with *library* and *state* and as *settings* want it."""
    screens = Screens()
    citations = Citations(library, state, screens)
    answers = Answers(
        library,
        state,
        size=settings.snippets,
        within=settings.answer_within,
        late=Late(timedelta(minutes=settings.late_after)),
    )
    limits = Limits(user=settings.questions_per_user, chat=settings.questions_per_chat)
    questions = Questions(
        answers,
        state,
        limits=limits,
        editable=timedelta(minutes=settings.edit_minutes),
    )
    kept = timedelta(seconds=settings.inline_cache_seconds)
    handlers = [
        *_for_admins(settings, library, state),
        *questions.handlers(),
        *Inline(library, answers, citations, limits, kept).handlers(),
        *Guests(answers, limits).handlers(),
        *Linked(answers, limits).handlers(),
        *citations.handlers(),
        *guidance.Guidance(library).handlers(),
        *Groups(state).handlers(),
        *Browsing(library, screens).handlers(),
        *Statistics(state, tallying, settings.admins).handlers(),
        *Gaps(state, settings.admins, screens).handlers(),
        *Leafing(library, state, answers, screens).handlers(),
        *Privacy(
            state,
            Retention(answers=settings.keep_days),
            keep_questions=settings.keep_questions,
        ).handlers(),
        *Buttons(library, answers, limits).handlers(),
        *guidance.last_resort(),
    ]
    return Conversation(handlers, citations)


def _for_admins(settings: Settings, library: Library, state: State | None) -> list[BaseHandler]:
    """What changes the corpus. Before questions: a reply may be an article that is to be added."""
    admins, following = Admins(settings.admins), Following(library)
    return [
        *Additions(library, admins, following).handlers(),
        *Removals(library, admins, following).handlers(),
        *Administration(library, admins, following).handlers(),
        *History(library, state, admins, following).handlers(),
    ]
