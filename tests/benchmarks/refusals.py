"""How many messages Telegram would refuse, of answers from random articles to random people.

python -m tests.benchmarks.refusals [--cases N] [--seed N]

Each case is an article with random title, text, publisher and names, a random question and a random
asker. The answer goes through the bot's own handlers to the stand-in, whose rules are Telegram's.
"""

import argparse
import asyncio
import json
import logging
import random
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bot.library import Library
from bot.snapshots import Snapshots, load_snapshot
from tests.bot.running import running
from tests.standin import Standin, User

A_CORPUS = 250
"""Articles that are loaded together, and questions asked of them."""

SCRIPTS = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "абвгдежзийклмнопрст",
    "ابتثجحخدذرزسشص",
    "אבגדהוזחטי",
    "漢字仮名交文日本",
    "\U0001f600\U0001f469\u200d\U0001f467\U0001f1e9\U0001f1ea\U0001f3f4\u2620\ufe0f\U0001d518",
    "é̂̃ñö\u0301\u0300",
    "\u200b\u200e\u200f\u202a\u202e\u2066\u2069\ufeff\u00ad",
    "<>&*_[]()~`#+-=|{}.!\\\"'«»“”‘’",
    "\t\r\x00\x01\x1f\x7f\x85\u2028\u2029",
)
VERBS = ("said", "denied", "warned", "told reporters", "claimed", "confirmed")
QUESTIONS = (
    "who {verb} {word}?",
    "what did {name} say?",
    "when was {word}?",
    "{word} {word}",
    "{any}",
)


@dataclass(slots=True)
class Count:
    """Messages that went out, and what was wrong with some."""

    asked: int = 0
    sent: int = 0
    refused: int = 0
    violations: int = 0
    unanswered: int = 0


class Chaos:
    """Random texts, the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - chance that can be repeated is wanted

    def word(self) -> str:
        """Some characters of one script, or now and then of all."""
        scripts = SCRIPTS[0] if self.chance.random() < 0.5 else self.chance.choice(SCRIPTS)
        if self.chance.random() < 0.05:
            scripts = "".join(SCRIPTS)
        longest = 400 if self.chance.random() < 0.01 else 12
        return "".join(self.chance.choices(scripts, k=self.chance.randint(1, longest)))

    def words(self, most: int) -> str:
        """Words, with blanks or line breaks between them."""
        blank = self.chance.choice([" ", " ", " ", "\n", "\u00a0", "  "])
        return blank.join(self.word() for _ in range(self.chance.randint(1, most)))

    def name(self) -> str:
        """What may be a name."""
        return f"{self.word().capitalize()} {self.word().capitalize()}"

    def article(self, number: int) -> dict[str, str]:
        """An article: chaos, with sentences in which somebody says something."""
        name = self.name()
        sentences = [
            f"{name} {self.chance.choice(VERBS)} that {self.words(30)}."
            if self.chance.random() < 0.5
            else f"“{self.words(40)},” {self.chance.choice(VERBS)} {name}."
            for _ in range(self.chance.randint(1, 12))
        ]
        if self.chance.random() < 0.02:
            sentences.append(self.words(2_000))
        url = f"https://example.org/{number}"
        if self.chance.random() < 0.2:
            url += f"?q={self.word()}"
        return {
            "id": f"{number}-{self.word()}" if self.chance.random() < 0.2 else str(number),
            "title": self.words(60 if self.chance.random() < 0.05 else 10),
            "text": self.chance.choice([" ", "\n", "\n\n"]).join(sentences),
            "publisher": self.words(5),
            "url": url,
            "published_at": self.chance.choice(
                ["2024-02-29", "2023-05-04T18:30:00+02:00", "1999-12-31T23:59:59Z"]
            ),
        }

    def question(self, article: dict[str, str]) -> str:
        """A question that may have to do with *article*."""
        words = article["text"].split() or ["?"]
        pattern = self.chance.choice(QUESTIONS)
        text = pattern.format(
            verb=self.chance.choice(VERBS),
            word=self.chance.choice(words),
            name=" ".join(words[:2]),
            any=self.words(200),
        )
        return text[:4096] if text.strip() else "?"

    def user(self, number: int) -> User:
        """Somebody with a random name and language."""
        language = self.chance.choice(["en", "de", "ar", "pt-br", "xx", None])
        return User(number, self.word() or "?", language)


async def measure(cases: int, seed: int) -> Count:
    """Ask *cases* questions, of as many articles; count what was wrong."""
    chaos, count = Chaos(seed), Count()
    with tempfile.TemporaryDirectory() as folder:
        for first in range(0, cases, A_CORPUS):
            number = min(A_CORPUS, cases - first)
            articles = [chaos.article(first + n) for n in range(number)]
            path = Path(folder) / "articles.jsonl"
            lines = (json.dumps(article) for article in articles)
            path.write_text("\n".join(lines), encoding="utf-8")
            await _ask(path, [chaos.question(article) for article in articles], chaos, count)
    return count


async def _ask(path: Path, questions: list[str], chaos: Chaos, count: Count) -> None:
    library = Library(Snapshots(path), load_snapshot(path))
    async with Standin() as standin, running(standin, path, library=library):
        asked = []
        for number, question in enumerate(questions):
            user = chaos.user(1_000 + number)
            standin.world.users[user.id] = user
            asked.append(standin.say(user, question))
        await standin.world.until(lambda: all(m.replies for m in asked) or None, seconds=120)
        count.asked += len(asked)
        count.sent += len(standin.world.sent)
        count.unanswered += sum(not message.replies for message in asked)
        refusals = standin.refusals()
        count.refused += len(refusals)
        violations = standin.take_violations()
        count.violations += len(violations)
        for reason in [*(call.refused for call in refusals), *violations][:3]:
            _print(f"  {reason[:150]}")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    count = asyncio.run(measure(options.cases, options.seed))
    _print(
        f"{count.asked} questions, {count.sent} messages; refused {count.refused}, "
        f"violations {count.violations}, unanswered {count.unanswered}"
    )
    return int(count.refused + count.violations + count.unanswered > 0)


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
