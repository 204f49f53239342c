"""The methods by their names."""

from collections.abc import Awaitable, Callable
from typing import Any

from tests.standin.params import Params
from tests.standin.world import World

Method = Callable[[World, Params], Awaitable[Any]]
METHODS: dict[str, Method] = {}


def method(function: Method) -> Method:
    """Make *function* answer to its name in camel case: send_message to sendMessage."""
    first, *rest = function.__name__.split("_")
    METHODS[first + "".join(word.title() for word in rest)] = function
    return function
