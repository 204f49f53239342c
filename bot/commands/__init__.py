"""What `onrecord` can do, one module a command.

Each has `configure`, which adds its arguments to a parser, and `execute`, which does it and returns
the exit code: 0, or 1 when something was wrong. Errors that end a command are raised; bot/cli.py
shows them.
"""
