"""Every setting of the program: read once from the environment and `.env`, checked, then frozen."""

from bot.settings.fields import PREFIX, SECRETS, Settings, variable
from bot.settings.reading import ENV_FILE, read_settings, variables

__all__ = ["ENV_FILE", "PREFIX", "SECRETS", "Settings", "read_settings", "variable", "variables"]
