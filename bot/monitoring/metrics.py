"""What is measured, in Prometheus's terms. No label holds anything that somebody said."""

from itertools import product

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    Info,
    PlatformCollector,
    ProcessCollector,
)
from prometheus_client.exposition import choose_encoder

from bot.delivery.sent import Ending
from bot.monitoring.calls import CALLS, Call, Trouble
from bot.monitoring.handled import CHATS, KINDS, Handled
from bot.state import ReloadOutcome

_QUICK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0, 60.0)
_SLOW = (0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 900.0, 3600.0)
_LAG = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)

CAUSES = (
    "command",
    "schedule",
    "folder",
    "signal",
    "feed",
    "instance",
    "expiry",
    "restart",
    "other",
)
"""What reloads come of. Whatever else is said is "other"."""

_GIVEN = {Ending.ANSWERED, Ending.RELATED, Ending.NOTHING}
"""The endings of questions that got what was found: those whose time is worth comparing."""


class Metrics:
    """Counts and measures, in a registry of its own. Costs microseconds an update. Thread-safe."""

    def __init__(self, version: str = "") -> None:
        self.registry = registry = CollectorRegistry()
        self._questions = Counter(
            "onrecord_questions",
            "Questions, by how they ended and the kind of chat.",
            ["outcome", "chat"],
            registry=registry,
        )
        self._updates = Counter(
            "onrecord_updates", "Updates that are over, by kind.", ["kind"], registry=registry
        )
        self._searches = _histogram(registry, "search", "Looking for an answer", _QUICK)
        self._answers = _histogram(
            registry, "answer", "From a question in hand to its reply", _QUICK
        )
        self._sends = Histogram(
            "onrecord_send_seconds",
            "Calls to Telegram, one try each, by what they do.",
            ["call"],
            buckets=_QUICK,
            registry=registry,
        )
        self._errors = Counter(
            "onrecord_telegram_errors",
            "Calls to Telegram that failed, polls among them, by kind.",
            ["kind"],
            registry=registry,
        )
        self._reloads = Counter(
            "onrecord_reloads",
            "Reloads of the articles, by how they ended and what asked for them.",
            ["outcome", "cause"],
            registry=registry,
        )
        self._reloading = _histogram(registry, "reload", "A reload, from start to end", _SLOW)
        self.lag = _histogram(
            registry, "event_loop_lag", "How late the event loop was, looked at often", _LAG
        )
        self.set_aside = Counter(
            "onrecord_updates_set_aside", "Updates given up as failing.", registry=registry
        )
        self.restarts = Counter(
            "onrecord_polling_restarts",
            "How often the watchdog started the polling afresh.",
            registry=registry,
        )
        Info("onrecord_build", "Which version runs.", registry=registry).info({"version": version})
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=registry)
        self._begin_at_zero()

    def handled(self, handled: Handled) -> None:
        """Count an update that is over."""
        self._updates.labels(handled.kind).inc()
        if handled.ending is None:
            return
        self._questions.labels(handled.ending.value, handled.chat).inc()
        if handled.searching is not None:
            self._searches.observe(handled.searching)
        if handled.ending in _GIVEN:
            self._answers.observe(handled.seconds)

    def called(self, call: Call, seconds: float, trouble: Trouble | None) -> None:
        """Count one try of a call to Telegram."""
        if call is not Call.POLL:  # those take as long as there is nothing to tell
            self._sends.labels(call.value).observe(seconds)
        if trouble is not None:
            self._errors.labels(trouble.value).inc()

    def reloaded(self, outcome: ReloadOutcome, cause: str, seconds: float) -> None:
        """Count a reload, or what else was done to the corpus."""
        self._reloads.labels(outcome.value, cause if cause in CAUSES else "other").inc()
        if outcome in {ReloadOutcome.LOADED, ReloadOutcome.FAILED}:
            self._reloading.observe(seconds)

    def gauge(self, name: str, what: str) -> Gauge:
        """Return a new gauge, for what is looked up when somebody asks."""
        return Gauge(f"onrecord_{name}", what, registry=self.registry)

    def written(self, accepted: str = "") -> tuple[bytes, str]:
        """Return all of it as text, in the form that an HTTP Accept header asks for, and its kind."""
        encode, kind = choose_encoder(accepted)
        return encode(self.registry), kind

    def _begin_at_zero(self) -> None:
        """What has not happened yet is 0 and not missing, or its first time would not be seen."""
        for ending, chat in product(Ending, CHATS):
            self._questions.labels(ending.value, chat)
        for kind in KINDS:
            self._updates.labels(kind)
        for call in CALLS:
            self._sends.labels(call.value)
        for trouble in Trouble:
            self._errors.labels(trouble.value)
        for outcome, cause in product(ReloadOutcome, CAUSES):
            self._reloads.labels(outcome.value, cause)


def _histogram(
    registry: CollectorRegistry, name: str, what: str, buckets: tuple[float, ...]
) -> Histogram:
    return Histogram(f"onrecord_{name}_seconds", f"{what}.", buckets=buckets, registry=registry)
