"""Take the README's picture: `python -m tests.picture`. It needs Chromium, and no test runs it.

The reply is what the bot would send, text and entities, drawn as a chat shows them: docs/answer.html,
of which docs/answer.png is a photograph.
"""

import shutil
import subprocess
import sys
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from telegram.constants import MessageEntityType

from bot.rendering.catalogue import words_for
from bot.rendering.composing import Message
from bot.rendering.telegram import Pages
from bot.snapshots import load_snapshot
from corpus.loading import SAMPLE

QUESTION = "Who denied involvement?"
FOLDER = Path(__file__).parents[1] / "docs"
PAGE = FOLDER / "answer.html"
PICTURE = FOLDER / "answer.png"
WIDTH = 600
TALLEST = 2000
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")

_TAGS: dict[str, tuple[str, str]] = {
    MessageEntityType.BLOCKQUOTE: ("<blockquote>", "</blockquote>"),
    MessageEntityType.BOLD: ("<b>", "</b>"),
    MessageEntityType.ITALIC: ("<i>", "</i>"),
    MessageEntityType.DATE_TIME: ("", ""),
}


def reply() -> Message:
    """Return what the bot answers to QUESTION from the bundled sample."""
    snapshot = load_snapshot(SAMPLE, lambda *_: None)
    answer = snapshot.answer(QUESTION)
    return Pages(words_for(None), answer, answer.snippets).message(0)


def as_html(message: Message) -> str:
    """Return *message* with its entities as elements."""
    text = message.text.encode("utf-16-le")
    opened: dict[int, list[str]] = {}
    closed: dict[int, list[str]] = {}
    # Longest first, so that what is inside another is opened after it and closed before it.
    for entity in sorted(message.entities, key=lambda e: (e.offset, -e.length)):
        begin, end = _TAGS.get(entity.type, (f'<a href="{escape(entity.url or "")}">', "</a>"))
        opened.setdefault(entity.offset, []).append(begin)
        closed.setdefault(entity.offset + entity.length, []).insert(0, end)
    parts: list[str] = []
    start = 0
    for place in sorted({*opened, *closed, len(text) // 2}):
        parts += escape(text[2 * start : 2 * place].decode("utf-16-le"), quote=False)
        parts += [*closed.get(place, ()), *opened.get(place, ())]
        start = place
    # A blockquote is a block: the line break after it is not one more.
    return "".join(parts).replace("</blockquote>\n", "</blockquote>")


_PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>An answer as it looks in a chat</title>
<style>
  * {{ box-sizing: border-box; margin: 0; }}
  body {{
    width: {width}px; padding: 26px 24px 24px; font: 15px/1.38 Roboto, system-ui, sans-serif; color: #111;
    background: #b5cfb0;
    display: flex; flex-direction: column; gap: 10px;
  }}
  .bubble {{
    padding: 8px 12px 7px; border-radius: 15px; box-shadow: 0 1px 2px #0003;
    white-space: pre-line; overflow-wrap: anywhere;
  }}
  .asked {{ align-self: flex-end; background: #e6fdd5; border-bottom-right-radius: 4px; }}
  .said {{ align-self: flex-start; background: #fff; border-bottom-left-radius: 4px; width: 500px; }}
  .name {{ color: #3a86c8; font-weight: 600; font-size: 14px; }}
  .re {{
    margin: 3px 0 8px; padding: 3px 9px; font-size: 14px; line-height: 1.3; background: #eef7e6;
    border-left: 3px solid #5fae3f; border-radius: 5px;
  }}
  .re b {{ color: #4b9630; display: block; font-weight: 600; }}
  blockquote {{
    position: relative; margin: 2px 0 4px; padding: 5px 28px 6px 10px; background: #eaf3fb;
    border-left: 3px solid #3a86c8; border-radius: 5px;
  }}
  blockquote::after {{
    content: "\\201d"; position: absolute; right: 8px; top: -1px; color: #3a86c8;
    font: 700 25px/1.2 Georgia, serif;
  }}
  blockquote b {{ font-weight: 700; }}
  a {{ color: #2a7bbf; text-decoration: none; }}
  time {{ display: block; margin-top: 2px; text-align: right; font-size: 12px; color: #8a969e; }}
  .asked time {{ color: #62ac55; display: inline; margin-left: 10px; white-space: nowrap; }}
</style>
<div class="bubble asked">{question}<time>09:41 \u2713\u2713</time></div>
<div class="bubble said"><div class="name">On the Record</div><div class="re"><b>You</b>{question}</div>{reply}<time>09:41</time></div>
<script>document.title = document.documentElement.offsetHeight</script>
</html>
"""


def page(message: Message) -> str:
    """Return the chat as a page of HTML."""
    return _PAGE.format(width=WIDTH, question=escape(QUESTION), reply=as_html(message))


def photograph(browser: str) -> None:
    """Take PICTURE of PAGE, twice as fine as the screen."""
    common = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    with TemporaryDirectory() as profile:
        common.append(f"--user-data-dir={profile}")
        tall = [*common, f"--window-size={WIDTH},{TALLEST}", "--dump-dom", PAGE.as_uri()]
        shown = subprocess.run(tall, capture_output=True, text=True, check=True, timeout=120)
        height = shown.stdout.partition("<title>")[2].partition("</title>")[0]
        subprocess.run(
            [
                *common,
                f"--window-size={WIDTH},{height}",
                "--force-device-scale-factor=2",
                f"--screenshot={PICTURE}",
                PAGE.as_uri(),
            ],
            capture_output=True,
            check=True,
            timeout=120,
        )


def main() -> int:
    """Write the page and take the picture. 1 without a browser."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print("Chromium is needed: sudo apt install chromium", file=sys.stderr)  # noqa: T201 - a command
        return 1
    PAGE.write_text(page(reply()), encoding="utf-8")
    photograph(browser)
    return 0


if __name__ == "__main__":
    sys.exit(main())
