"""Who asks: Telegram chats and the terminal."""
