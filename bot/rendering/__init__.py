"""How an answer looks: in Telegram, in a terminal; and what the bot says in its own words."""
