"""How articles are read: one module a format, each from an open file to articles and refusals."""
