"""How it is found: a question and an indexed corpus make an answer."""
