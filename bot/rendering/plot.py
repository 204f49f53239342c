"""The picture of /stats: a week of questions, and how long their answers took. No words, so that it
needs no language: the message beside it says what is what.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from bot.delivery.sent import Ending
from bot.monitoring.summary import Summary

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

_SIZE = (900, 640)
_INK, _PALE, _PAPER = "#202428", "#d8dce0", "#ffffff"
_STACK = ("#2f7d4f", "#d9a421", "#a8463c", "#7a828a")
"""Answered, only something related, nothing found, and the rest; from the bottom up."""

_HALF, _MOST = "#24527a", "#9fc1dd"
_LEFT, _RIGHT, _TEXT = 70, 20, 18


@dataclass(frozen=True, slots=True)
class _Panel:
    """A part of the picture: from *top* to *bottom* in pixels, for values from 0 to *most*."""

    draw: "ImageDraw"
    top: int
    bottom: int
    most: float

    def y(self, value: float) -> float:
        return self.bottom - (self.bottom - self.top) * value / self.most

    def frame(self, unit: str) -> None:
        for part in (0.0, 0.5, 1.0):
            value = self.most * part
            y = self.y(value)
            self.draw.line((_LEFT, y, _SIZE[0] - _RIGHT, y), fill=_PALE)
            label = f"{value:.3g}{unit}"
            self.draw.text((_LEFT - 8, y), label, fill=_INK, anchor="rm", font_size=_TEXT)

    def bar(self, left: float, right: float, values: tuple[float, float], colour: str) -> None:
        if values[1] > values[0]:
            self.draw.rectangle((left, self.y(values[1]), right, self.y(values[0])), fill=colour)


def plot(days: Sequence[Summary]) -> bytes:
    """Return a PNG picture of *days*. Takes a moment: not for the event loop.

    Raises ModuleNotFoundError when what draws is not installed (see PLOT_EXTRA).
    """
    from PIL import Image, ImageDraw  # noqa: PLC0415 - it may not be there

    image = Image.new("RGB", _SIZE, _PAPER)
    draw = ImageDraw.Draw(image)
    most = _round(max((day.questions for day in days), default=0) or 1)
    upper = _Panel(draw, 30, 370, most)
    lower = _Panel(
        draw, 450, 600, _round(max([day.p95 or 0.0 for day in days], default=0.0) or 1.0)
    )
    upper.frame("")
    lower.frame(" s")
    width = (_SIZE[0] - _LEFT - _RIGHT) / max(len(days), 1)
    for number, day in enumerate(days):
        left = _LEFT + number * width + 0.15 * width
        right = left + 0.7 * width
        _stack(upper, left, right, day)
        lower.bar(left, right, (0.0, day.p95 or 0.0), _MOST)
        lower.bar(left + 0.2 * width, right - 0.2 * width, (0.0, day.median or 0.0), _HALF)
        middle, said = (left + right) / 2, f"{day.first:%m-%d}"
        draw.text((middle, 385), said, fill=_INK, anchor="mt", font_size=_TEXT)
    written = BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()


def _stack(panel: _Panel, left: float, right: float, day: Summary) -> None:
    three = [day.endings[each] for each in (Ending.ANSWERED, Ending.RELATED, Ending.NOTHING)]
    below = 0.0
    for count, colour in zip([*three, day.questions - sum(three)], _STACK, strict=True):
        panel.bar(left, right, (below, below + count), colour)
        below += count
    place = ((left + right) / 2, panel.y(below) - 4)
    panel.draw.text(place, str(day.questions), fill=_INK, anchor="mb", font_size=_TEXT)


def _round(value: float) -> float:
    """The next greater number of the kind 1, 2 or 5, so that an axis ends in one."""
    step = 1e-3
    while True:
        for factor in (1, 2, 5):
            if step * factor >= value:
                return step * factor
        step *= 10
