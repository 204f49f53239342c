"""What can go wrong in the bot.

BotError                    anything that ends the program or a command; fit to be shown
├── SettingsError           a setting is missing, unknown or out of its range
├── TokenRefusedError       Telegram does not accept the token
├── WebhookRefusedError     Telegram does not deliver to the URL that it was told
├── ListenError             nothing can be listened for at an address and port
├── PollingDeadError        no updates come any more, and starting the polling afresh is of no use
├── StateError              the state cannot be used; defined in bot/state/errors.py
│   └── StateInUseError     another bot is using it
├── BuildEndedError         the process that indexes a corpus ended before it was done
├── SnapshotLostError       a snapshot that was kept is gone or damaged
├── ReloadRunningError      a reload was asked for while one is running
├── OfferGoneError          what was to be confirmed or cancelled is not on offer any more
├── FolderError             the corpus folder cannot be changed as it was asked
└── ReloadFailedError       the fresh corpus was not put in place; the old one still answers

No message ever holds the token.
"""

import os


class BotError(Exception):
    """The message is one line, says what to do, and is fit to be shown to an operator."""


class SettingsError(BotError):
    """One or more settings cannot be used. The message names each variable."""


class TokenRefusedError(BotError):
    """Telegram refused the token, at the start or while polling."""

    def __init__(self) -> None:
        super().__init__(
            "Telegram refuses the token. Check TELEGRAM_BOT_TOKEN (and TELEGRAM_API_URL, if it is "
            "set); @BotFather shows the token of a bot under /mybots, API Token."
        )


class WebhookRefusedError(BotError):
    """Telegram finds something wrong with the URL of the webhook."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"Telegram does not deliver to {url}: {reason}; mend ONRECORD_WEBHOOK_URL")


class ListenError(BotError):
    """Another program has the port, or the address is not this machine's, or may not be used."""

    def __init__(self, host: str, port: int, error: OSError) -> None:
        reason = os.strerror(error.errno) if error.errno else str(error)
        super().__init__(f"cannot listen on {host} port {port}: {reason}; choose another port")


class BuildEndedError(BotError):
    """The process that indexes a corpus was ended, or failed. What it had in hand can be gone on with."""

    def __init__(self, code: int, said: str) -> None:
        how = f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"
        super().__init__(f"the process that indexes the corpus {how}: {said or 'it said nothing'}")


class SnapshotLostError(BotError):
    """A snapshot that was to be gone back to cannot be opened."""

    def __init__(self, version: str, reason: str) -> None:
        super().__init__(f"version {version} cannot be gone back to: {reason}")
        self.version = version


class PollingDeadError(BotError):
    """The polling died or hung again and again."""

    def __init__(self, times: int, reason: str) -> None:
        super().__init__(
            f"the polling died {times} times, the last time: {reason}; the log says more. A "
            "supervisor that starts the bot again may help"
        )


class ReloadRunningError(BotError):
    """Only one reload runs at a time."""

    def __init__(self) -> None:
        super().__init__("A reload is running already.")


class ReloadFailedError(BotError):
    """The fresh corpus could not be used. Nothing was changed."""


class OfferGoneError(BotError):
    """A reload that waited for a decision was decided on, is too old, or was overtaken."""

    def __init__(self) -> None:
        super().__init__("This reload is not on offer any more.")


class FolderError(BotError):
    """The corpus folder cannot be changed as it was asked; nothing was changed."""
