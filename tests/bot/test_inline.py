"""The bot asked inline, over the wire: what it offers, what that posts, and what it withholds."""

import logging
from pathlib import Path

import pytest

from bot.rendering.catalogue import words_for
from corpus.loading import SAMPLE, load
from tests.bot.running import Running, running, write_articles
from tests.bot.troubled import stuck
from tests.standin import Fault, InlineQuery, Message, Standin, User

ENGLISH, GERMAN = words_for("en"), words_for("de")
ARTICLES = {article.id: article for article in load(SAMPLE).articles}
QUESTION = "who denied involvement"


@pytest.fixture(name="bob")
def _bob(standin: Standin) -> User:
    return standin.user(12, "Bob", language_code="de")


def fire(number: int) -> dict[str, str]:
    """An article in which a minister of its own denies the fire."""
    text = f"The weather was fine.\n\nMinister Number{number} denied the fire.\n\nIt ended."
    return {"id": f"a{number}", "title": f"Title {number}", "text": text}


async def offered(standin: Standin, user: User, query: str = QUESTION) -> InlineQuery:
    """What the bot offers for a query, once it does."""
    typed = standin.type_inline(user, query)
    await standin.wait_for_results(typed)
    return typed


def button(typed: InlineQuery) -> str | None:
    """What stands above the rows."""
    return None if typed.start_button is None else str(typed.start_button["text"])


def labels(message: Message) -> list[str]:
    return [each["text"] for each in message.buttons()]


async def test_a_row_posts_a_cited_quotation(standin: Standin, ann: User, live: Running) -> None:
    """Each row says who said what; chosen, it posts a verbatim quotation with all of its source."""
    typed = await offered(standin, ann)

    assert len(typed.results) > 6
    for number, row in enumerate(typed.results):
        posted = standin.choose(typed, number)
        (quotation,) = posted.marked("blockquote")
        source = next(each for each in ARTICLES.values() if quotation in each.text)
        links = posted.links()
        assert source.title in posted.text
        assert (source.publisher or "") in posted.text
        assert any(":~:text=" in url for url in links.values()) == bool(source.url)
        assert row["description"].strip("… ")[:40] in " ".join(quotation.split())
        assert source.published_at is not None
        assert ENGLISH.day(source.published_at) in row["title"]
        assert labels(posted) == [ENGLISH("button-check"), ENGLISH("button-share")]
        assert posted.preview == {"is_disabled": True}
    speakers = [row["title"].split(" ·")[0] for row in typed.results]
    assert any("— " + speaker in standin.choose(typed, 0).text for speaker in speakers)
    assert button(typed) is None


async def test_the_permanent_link_of_what_was_posted(
    standin: Standin, ann: User, bob: User, live: Running
) -> None:
    """Whoever reads what was posted can open its receipt, though nobody told the bot of the posting."""
    typed = await offered(standin, ann)
    posted = standin.choose(typed, 0)

    (link,) = {posted.button(ENGLISH("button-check"))["url"]} & {*posted.links().values()}
    receipt = await standin.wait_for_reply(standin.open_link(bob, link))

    assert posted.marked("blockquote")[0] in receipt.text
    assert "SHA-256" in receipt.text
    assert link.endswith(typed.results[0]["id"])


async def test_the_ids_of_rows_stay(standin: Standin, ann: User, bob: User, live: Running) -> None:
    """A quotation has the same id whoever finds it and however, and no other has it."""
    one, other = await offered(standin, ann), await offered(standin, bob, f"{QUESTION}?")

    ids = [row["id"] for row in one.results]
    assert [row["id"] for row in other.results] == ids
    assert len(set(ids)) == len(ids)
    assert all(len(each) == 16 for each in ids)


async def test_pages(standin: Standin, ann: User, tmp_path: Path) -> None:
    """Twenty at a time are offered until all that was found is, each once."""
    folder = write_articles(tmp_path / "news", *map(fire, range(30)))
    async with running(standin, folder):
        page = await offered(standin, ann, "who denied the fire")
        sizes, ids = [len(page.results)], [row["id"] for row in page.results]
        while page.next_offset:
            page = standin.scroll(page)
            await standin.wait_for_results(page)
            sizes.append(len(page.results))
            ids += [row["id"] for row in page.results]

    assert sizes == [20, 10]
    assert len(set(ids)) == 30


async def test_a_reload_between_pages(standin: Standin, ann: User, tmp_path: Path) -> None:
    """A page of another corpus than the one before begins anew, and offers nothing that is gone."""
    folder = write_articles(tmp_path / "news", *map(fire, range(30)))
    async with running(standin, folder) as bot:
        first = await offered(standin, ann, "who denied the fire")
        write_articles(folder, *map(fire, range(100, 125)))
        await bot.library.reload()
        second = standin.scroll(first)
        await standin.wait_for_results(second)

    assert len(second.results) == 20
    assert all("Number1" in row["description"] for row in second.results)
    assert not {row["id"] for row in first.results} & {row["id"] for row in second.results}


@pytest.mark.parametrize(
    "offset", ["", "x", "1", ":20", "x:20", "0:99999", "\u0661:\u0662", "{version}:-1", "a" * 64]
)
async def test_a_forged_offset(standin: Standin, ann: User, live: Running, offset: str) -> None:
    """An offset that the bot did not give is no offset."""
    version = live.library.snapshot.corpus.version
    whole = await offered(standin, ann)
    forged = standin.type_inline(ann, f"{QUESTION}?", offset=offset.replace("{version}", version))
    await standin.wait_for_results(forged)

    assert [row["id"] for row in forged.results] == [row["id"] for row in whole.results]


async def test_an_offset_beyond_the_end(standin: Standin, ann: User, live: Running) -> None:
    """Behind the last there is nothing."""
    version = live.library.snapshot.corpus.version
    beyond = standin.type_inline(ann, QUESTION, offset=f"{version}:9999")

    assert list(await standin.wait_for_results(beyond)) == []
    assert beyond.next_offset == ""
    assert beyond.start_button is None


async def test_the_cache(standin: Standin, ann: User, bob: User, live: Running) -> None:
    """Telegram keeps what was offered for seconds, and for one person: words are in their language."""
    await offered(standin, ann)
    again = standin.type_inline(ann, QUESTION)
    other = await offered(standin, bob)
    standin.pass_time(11)
    later = await offered(standin, ann)

    assert again.cached
    assert not other.cached
    assert not later.cached
    assert labels(standin.choose(other, 0))[0] == GERMAN("button-check")


async def test_a_reload_outdates_the_cache(standin: Standin, ann: User, tmp_path: Path) -> None:
    """What a reload removed is not offered any more as soon as the short time is over."""
    folder = write_articles(tmp_path / "news", fire(1))
    async with running(standin, folder, inline_cache_seconds=2) as bot:
        await offered(standin, ann, "who denied the fire")
        write_articles(folder, fire(2))
        await bot.library.reload()
        standin.pass_time(3)
        fresh = await offered(standin, ann, "who denied the fire")

    assert [row["description"] for row in fresh.results] == ["Minister Number2 denied the fire."]


async def test_nothing_found(standin: Standin, ann: User, live: Running) -> None:
    """Where nothing is found, a button says so and asks the same in the private chat."""
    typed = await offered(standin, ann, "zyxwv qponm")
    assert (list(typed.results), button(typed)) == ([], ENGLISH("inline-nothing"))
    assert typed.start_button

    reply = await standin.wait_for_reply(
        standin.press_start(ann, typed.start_button["start_parameter"])
    )

    assert reply.text.startswith("zyxwv qponm")
    assert ENGLISH("heading-nothing") in reply.text


async def test_only_related(standin: Standin, ann: User, bob: User, live: Running) -> None:
    """What does not answer the question is offered as the closest, in everybody's language."""
    question = "how much did the drones cost in Paris in 1850?"
    question = "what did Zorblatt deny about drones?"
    for user, words in ((ann, ENGLISH), (bob, GERMAN)):
        typed = await offered(standin, user, question)
        assert typed.results
        assert button(typed) == words("inline-closest")
        assert typed.start_button
        started = standin.press_start(user, typed.start_button["start_parameter"])
        reply = await standin.wait_for_reply(started)
        assert reply.text.startswith(question)


async def test_nothing_typed_yet(standin: Standin, ann: User, bob: User, live: Running) -> None:
    """With no question yet, examples show what can be asked, and a button how."""
    typed = await offered(standin, ann, "")
    assert [row["title"] for row in typed.results] == list(live.library.snapshot.examples)
    assert button(typed) == ENGLISH("inline-how")
    assert standin.choose(typed, 0).marked("blockquote")
    assert typed.start_button

    started = standin.press_start(ann, typed.start_button["start_parameter"])

    assert ENGLISH("welcome") in (await standin.wait_for_reply(started)).text
    assert button(await offered(standin, bob, "  ")) == GERMAN("inline-how")


async def test_examples_are_those_of_the_corpus(
    standin: Standin, ann: User, tmp_path: Path
) -> None:
    """After a reload the examples are others; without articles there are none, which is said."""
    folder = write_articles(tmp_path / "news", fire(1))
    async with running(standin, folder, inline_cache_seconds=0) as bot:
        before = await offered(standin, ann, "")
        write_articles(folder, fire(2))
        await bot.library.reload()
        after = await offered(standin, ann, "")
    async with running(standin, write_articles(tmp_path / "nothing")):
        empty = await offered(standin, ann, "")

    assert "Number1" in before.results[0]["title"]
    assert "Number2" in after.results[0]["title"]
    assert (list(empty.results), button(empty)) == ([], ENGLISH("no-articles"))


@pytest.mark.parametrize(
    "query",
    [
        "w" * 256,
        "\U0001f600" * 128,
        "\u202e" * 200,
        "who denied " * 30,
        "' OR 1=1 --",
        "<b>*_`[](tg://user?id=1)&amp;",
        "\x00\x07 who?",
        "???",
        "c_",
        "c_../../etc/passwd",
        "c_AAAAAAAAAAAAAAAA",
        "#17",
        "من نفى ذلك",
    ],
)
async def test_hostile_queries(standin: Standin, ann: User, live: Running, query: str) -> None:
    """Whatever is typed gets an answer that Telegram takes."""
    typed = await offered(standin, ann, query)

    assert typed.results or button(typed)
    assert standin.refusals() == []


async def test_half_a_character(standin: Standin, ann: User, live: Running) -> None:
    """A query that JSON can hold and no text can is answered, too."""
    typed = await offered(standin, ann, "\ud83d who denied \ude00")

    assert typed.results


async def test_typing(standin: Standin, ann: User, bob: User) -> None:
    """A query at each key press: what is outdated is not looked for, and not answered."""
    library = stuck()
    async with running(standin, library=library):
        typed = [standin.type_inline(ann, QUESTION[:end]) for end in range(5, len(QUESTION) + 1)]
        # Updates come in their order, so when this is answered all the others are there.
        await standin.wait_for_reply(standin.say(bob, "/help"))
        library.go_on.set()
        await standin.wait_for_results(typed[-1])

    assert library.asked == [QUESTION[:5], QUESTION]
    assert [each.answer is not None for each in typed] == [False] * (len(typed) - 1) + [True]


async def test_the_limit(standin: Standin, ann: User, bob: User) -> None:
    """Questions inline count as others do, one that is typed letter by letter once; more have to wait."""
    async with running(standin, questions_per_user=2):
        for end in range(3, len(QUESTION)):
            await offered(standin, ann, QUESTION[:end])
        await standin.wait_for_reply(standin.say(ann, "who denied it?"))
        refused = await offered(standin, ann, "when was the attack")
        await standin.wait_for_reply(standin.say(bob, "who denied it?"))
        again = standin.type_inline(ann, "when was the attack")
        await standin.wait_for_results(again)
        await offered(standin, ann, "")

    assert list(refused.results) == []
    assert button(refused) == ENGLISH("inline-too-many", seconds=30)
    assert not again.cached


async def test_asked_in_private_before(standin: Standin, ann: User, live: Running) -> None:
    """A message that was sent before a query, and comes after it, is no question too many."""
    await offered(standin, ann)

    reply = await standin.wait_for_reply(standin.say(ann, QUESTION, ago=5))

    assert reply.marked("blockquote")


async def test_it_takes_too_long(standin: Standin, ann: User) -> None:
    """A search that does not end is given up, and the row says that there is nothing to offer now."""
    library = stuck()
    async with running(standin, library=library, answer_within=1):
        typed = await offered(standin, ann)

    assert (list(typed.results), button(typed)) == ([], ENGLISH("inline-not-now"))


async def test_too_late(standin: Standin, ann: User, caplog: pytest.LogCaptureFixture) -> None:
    """A query that Telegram has given up is passed over with a line in the log."""
    caplog.set_level(logging.INFO, "bot.handlers")
    library = stuck()
    async with running(standin, library=library):
        typed = standin.type_inline(ann, QUESTION)
        typed.old = True
        library.go_on.set()
        (call,) = await standin.wait_for_call("answerInlineQuery")
        await offered(standin, ann, f"{QUESTION} in it")

    assert call.status == 400
    assert [r.levelname for r in caplog.records if "inline query" in r.getMessage()] == ["INFO"]
    assert not [r for r in caplog.records if r.levelname == "ERROR"]


async def test_telegram_away(standin: Standin, ann: User, live: Running) -> None:
    """An answer that did not arrive is not repeated later, and the next query is answered."""
    standin.fail_next("answerInlineQuery", Fault.dropped(executed=True))
    standin.type_inline(ann, "who")
    await standin.wait_for_call("answerInlineQuery")

    assert (await offered(standin, ann)).results


async def test_without_a_memory(
    standin: Standin, ann: User, live: Running, caplog: pytest.LogCaptureFixture
) -> None:
    """When the state fails, quotations are offered all the same, without links that would not work."""
    await live.state.close()
    typed = await offered(standin, ann)
    posted = standin.choose(typed, 0)
    shared = await offered(standin, ann, "c_AAAAAAAAAAAAAAAA")

    assert posted.marked("blockquote")
    assert posted.markup is None
    assert not any("?start=" in url for url in posted.links().values())
    assert button(shared) == ENGLISH("inline-not-now")


async def answered(standin: Standin, user: User) -> Message:
    return await standin.wait_for_reply(standin.say(user, f"{QUESTION}?"))


async def test_share(standin: Standin, ann: User, live: Running) -> None:
    """Share offers just the quotation under whose number it stands, with its speaker and source."""
    answer = await answered(standin, ann)
    query = standin.share(ann, answer, ENGLISH("button-share"))

    (row,) = await standin.wait_for_results(query)
    posted = standin.choose(query, 0)

    (quotation,) = posted.marked("blockquote")
    assert quotation in answer.text
    line = next(part for part in posted.text.splitlines() if part.startswith("— "))
    assert line in answer.text
    assert row["title"].startswith(line.removeprefix("— "))
    assert query.start_button is None


async def test_share_what_was_shared(standin: Standin, ann: User, bob: User, live: Running) -> None:
    """What somebody posted can be passed on by whoever reads it."""
    posted = standin.choose(await offered(standin, ann), 1)
    query = standin.share(bob, posted, ENGLISH("button-share"))
    (row,) = await standin.wait_for_results(query)

    assert standin.choose(query, 0).marked("blockquote") == posted.marked("blockquote")
    assert row["id"] in posted.button(ENGLISH("button-check"))["url"]


@pytest.mark.parametrize("gone", ["changed", "left"])
async def test_share_what_has_changed(
    standin: Standin, ann: User, tmp_path: Path, gone: str
) -> None:
    """What is shared after its article changed or left says so, and quotes what was cited."""
    folder = write_articles(tmp_path / "news", fire(1), fire(2))
    async with running(standin, folder) as bot:
        answer = await standin.wait_for_reply(standin.say(ann, "what did Minister Number1 deny?"))
        changed = {**fire(1), "text": "Minister Number1 admitted the fire."}
        write_articles(folder, fire(2), *([changed] if gone == "changed" else []))
        await bot.library.reload()
        query = standin.share(ann, answer, ENGLISH("button-share"))
        (row,) = await standin.wait_for_results(query)
        posted = standin.choose(query, 0)

    assert row["title"] == ENGLISH(f"inline-{gone}")
    assert posted.marked("blockquote") == ["Minister Number1 denied the fire."]
    said = ENGLISH(f"receipt-{gone}", day="today")
    assert posted.text.startswith(said.split("today")[0])


async def test_posted_where_the_bot_is(standin: Standin, ann: User, live: Running) -> None:
    """What is posted in a group of the bot's is no question to it."""
    group = standin.group(-100, "Friends")
    typed = await offered(standin, ann)
    standin.choose(typed, 0, group)
    standin.choose(typed, 1, standin.private(ann))
    await answered(standin, ann)

    assert standin.sent(group) == []
    assert len(standin.sent(ann)) == 1


@pytest.mark.parametrize("payload", ["q_", "q_!", "q_////", "q_A", "q_IA", "q_" + "A" * 63])
async def test_a_link_that_is_broken(
    standin: Standin, ann: User, live: Running, payload: str
) -> None:
    """A link that asks nothing says so."""
    reply = await standin.wait_for_reply(standin.say(ann, f"/start {payload}"))

    assert reply.text == ENGLISH("receipt-unknown")


async def test_links_count_as_questions(standin: Standin, ann: User) -> None:
    """Who asks too much by links is told once, as others are."""
    async with running(standin, questions_per_user=1):
        asked = [standin.press_start(ann, "q_d2hvIGRlbmllZD8") for _ in range(3)]
        first = await standin.wait_for_reply(asked[0], "who denied?")
        await standin.wait_for_reply(asked[1], ENGLISH("too-many", questions=1, seconds=60))
        await standin.wait_for_reply(standin.say(ann, "/help"))

    assert first.marked("blockquote")
    assert asked[2].replies == []


async def test_a_link_that_waited(standin: Standin, ann: User, live: Running) -> None:
    """What a link asked while the bot was away is too old to be answered, as other questions are."""
    said = standin.say(ann, "/start q_d2hvIGRlbmllZD8", ago=7_200)

    assert (await standin.wait_for_reply(said)).text == ENGLISH("late")
