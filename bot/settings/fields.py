"""Every setting of the program, with its variable, its bounds and its default."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingsError
from bot.keeping import default_folder
from bot.settings import values
from bot.settings.address import Address, default_address
from bot.settings.endpoint import Endpoint
from corpus.loading import SAMPLE
from retrieval.engines.choice import Wanted

PREFIX = "ONRECORD_"
SECRETS = ("telegram_bot_token", "state", "webhook_secret")
"""Fields that may be given as the name of a file with the value in it: the variable and _FILE."""


class Settings(BaseSettings):
    """What an operator can choose. Frozen; a secret shows as asterisks in any text made of it."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        env_file_encoding="utf-8",
        extra="ignore",  # read_settings refuses unknown names, with the nearest right one
        frozen=True,
        hide_input_in_errors=True,
        populate_by_name=True,
        str_strip_whitespace=True,
    )

    telegram_bot_token: Annotated[SecretStr | None, AfterValidator(values.bot_token)] = Field(
        default=None,
        validation_alias="TELEGRAM_BOT_TOKEN",
        description="The bot's token, as @BotFather gives it. Without it there is no bot.",
    )
    telegram_api_url: Annotated[str, AfterValidator(values.server_url)] = Field(
        default="https://api.telegram.org",
        validation_alias="TELEGRAM_API_URL",
        description="The Bot API server to talk to: Telegram's own, or one that you host.",
    )
    corpus: Path = Field(
        default=SAMPLE,
        description="The file or folder of articles. The bundled sample by default.",
    )
    admins: Annotated[frozenset[int], NoDecode, BeforeValidator(values.user_ids)] = Field(
        default=frozenset(),
        description="Numeric Telegram user ids, separated by commas, that may change the corpus.",
    )
    snippets: int = Field(
        default=3, ge=1, le=10, description="The most snippets that one answer shows, 1 to 10."
    )
    inline_cache_seconds: int = Field(
        default=10,
        ge=0,
        le=300,
        description=(
            "Seconds for which Telegram may repeat by itself what was found inline, 0 to 300: that "
            "long it shows what a reload has replaced."
        ),
    )
    concurrent_chats: int = Field(
        default=8, ge=1, le=64, description="Chats that are served at the same time, 1 to 64."
    )
    search_threads: int = Field(
        default=2, ge=1, le=32, description="Searches that may run at the same time, 1 to 32."
    )
    questions_per_user: int = Field(
        default=10,
        ge=1,
        le=600,
        description="Questions a minute that one person may ask, 1 to 600.",
    )
    questions_per_chat: int = Field(
        default=20, ge=1, le=600, description="Questions a minute that a group may ask, 1 to 600."
    )
    edit_minutes: int = Field(
        default=5,
        ge=0,
        le=2880,
        description="Minutes within which an edited question changes its answer, 0 for never.",
    )
    state: Annotated[Address | None, NoDecode] = Field(
        default=None,
        description=(
            "Where answers, feedback and waiting questions are kept: a file, a URL "
            "(postgresql://user:password@host/database), or :memory:. By default "
            "on-the-record/state.sqlite3 in $XDG_STATE_HOME or ~/.local/state."
        ),
    )
    webhook_url: Annotated[str | None, AfterValidator(values.public_url)] = Field(
        default=None,
        description=(
            "Where Telegram is to deliver, such as https://bot.example.org/telegram, instead of "
            "being polled. A proxy in front of the bot takes care of TLS."
        ),
    )
    webhook_listen: Annotated[Endpoint, NoDecode] = Field(
        default=Endpoint("127.0.0.1", 8080),
        description="Where the bot waits for what the proxy passes on: an address and a port.",
    )
    webhook_secret: Annotated[SecretStr | None, AfterValidator(values.secret_token)] = Field(
        default=None,
        description=(
            "What Telegram has to say to be believed, 16 to 256 letters, digits, - and _. By default "
            "it is made from the token."
        ),
    )
    keep_days: int = Field(
        default=90,
        ge=1,
        le=36_500,
        description="Days for which answers, feedback and the log of reloads are kept.",
    )
    keep_questions: bool = Field(
        default=False, description="Whether the texts of questions are kept, too."
    )
    answer_within: int = Field(
        default=20,
        ge=1,
        le=600,
        description="Seconds that looking for one answer may take. Then the asker is told so.",
    )
    late_after: int = Field(
        default=60,
        ge=1,
        le=10_000,
        description=(
            "Minutes after which a question that waited while the bot was away is not answered any "
            "more. Its chat is told so once."
        ),
    )
    index: Annotated[Literal["none"] | Path | None, AfterValidator(values.index_folder)] = Field(
        default=None,
        description=(
            "The folder in which the indexed corpus is kept, so that a start is quick: it can always "
            "be made anew. none keeps everything in memory. By default a folder of each corpus in "
            "on-the-record in $XDG_CACHE_HOME or ~/.cache."
        ),
    )
    engine: Wanted = Field(
        default="auto",
        description="What searches: rank-bm25 in memory, tantivy on disk, or auto, by the corpus's size.",
    )
    keep_snapshots: int = Field(
        default=3,
        ge=1,
        le=50,
        description="Versions of the indexed corpus that /rollback can go back to, 1 to 50.",
    )
    golden_limit: int = Field(
        default=0,
        ge=0,
        le=1000,
        description=(
            "Questions of the corpus folder's golden.jsonl that a reload may break before it waits "
            "to be confirmed, 0 to 1000."
        ),
    )
    reload_every: int = Field(
        default=0,
        ge=0,
        le=10_080,
        description="Minutes after which the corpus is read afresh, again and again, 0 for never.",
    )
    watch: bool = Field(
        default=False,
        description=(
            "Whether the corpus is read afresh when its folder changes. Needs the extra watch."
        ),
    )
    feeds: Path | None = Field(
        default=None,
        description=(
            "A file of addresses of feeds, one a line, that are fetched into the corpus folder. Off "
            "by default."
        ),
    )
    feeds_every: int = Field(
        default=30,
        ge=5,
        le=10_080,
        description="Minutes after which feeds are asked again, 5 to 10080.",
    )
    heartbeat: Path | None = Field(
        default=None,
        description="A file that is touched every ten seconds while the bot lives, for a supervisor.",
    )
    metrics_listen: Annotated[Endpoint | None, NoDecode] = Field(
        default=None,
        description=(
            "Where /metrics, /healthz and /readyz are served, an address and a port such as "
            "127.0.0.1:9464. They are meant for the operator's tools only. Off by default."
        ),
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="How much is logged: DEBUG, INFO, WARNING or ERROR."
    )
    log_format: Literal["console", "json"] = Field(
        default="console",
        description="How a line of the log is written: for people (console), or as JSON (json).",
    )
    log_questions: bool = Field(
        default=False,
        description="Whether the log may show what people ask; at DEBUG it shows all of it then.",
    )

    @model_validator(mode="before")
    @classmethod
    def _blank_is_unset(cls, values: dict[str, Any]) -> dict[str, Any]:
        return {k: v for k, v in values.items() if not (isinstance(v, str) and not v.strip())}

    @field_validator("webhook_listen", "metrics_listen", mode="before")
    @classmethod
    def _is_an_endpoint(cls, value: object) -> object:
        return Endpoint.parse(value) if isinstance(value, str) else value

    @field_validator("state", mode="before")
    @classmethod
    def _is_an_address(cls, value: object) -> object:
        return Address.parse(value) if isinstance(value, str) else value

    @property
    def state_address(self) -> Address:
        """Where the state is kept, by this setting or by default. Raises SettingsError."""
        try:
            return self.state or default_address()
        except ValueError as error:
            raise SettingsError(f"{variable('state')}: {error}") from None

    @property
    def index_folder(self) -> Path | None:
        """The folder of snapshots, absolute, by this setting or by default. None: the memory."""
        match self.index:
            case None:
                return default_folder(self.corpus)
            case "none":
                return None
            case Path() as folder:
                return folder

    @field_validator("log_level", mode="before")
    @classmethod
    def _in_capitals(cls, value: object) -> object:
        return value.strip().upper() if isinstance(value, str) else value


def variable(field: str) -> str:
    """Return the environment variable that sets *field* of Settings."""
    alias = Settings.model_fields[field].validation_alias
    return alias if isinstance(alias, str) else f"{PREFIX}{field}".upper()
