"""Citations: their ids, and what becomes of them when articles change."""

import hashlib
import re
from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings

from bot.state import Citation, CitedChanges, State, citation_id, new_id
from tests.bot.state import made
from tests.bot.state.made import DIGEST, NOW, citation, shown

LATER = NOW + timedelta(hours=1)
OTHER = hashlib.sha256(b"another text").hexdigest()


def test_an_id_is_for_ever() -> None:
    """Links that were given away name a citation by its slice, in any version of the program."""
    assert citation().id == "Rd5rIYUb3F5wnc-c"
    assert re.fullmatch(r"[\w-]{16}", citation("\ud800").id, re.ASCII)
    assert citation_id("a1", DIGEST, 10, 20) == citation().id
    different = {citation_id("a1", DIGEST, 1, 20), citation_id("a1", DIGEST, 12, 0)}
    assert len(different | {citation().id, citation("a2").id, citation(sha256=OTHER).id}) == 5


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cited=made.citations)
async def test_what_is_cited_comes_back(state: State, cited: Citation) -> None:
    """Any citation, with the date as the newspaper gave it, offset and all."""
    cited = replace(cited, article=f"{new_id()} {cited.article}")  # never cited before
    await state.citations.cite([cited])

    found = await state.citations.get(cited.id)
    assert found == cited
    assert str(found.published_at) == str(cited.published_at)


async def test_what_is_cited_stays_as_it_was(state: State) -> None:
    """Who cites the same slice later changes nothing."""
    await state.citations.cite([citation(), citation()])
    await state.answers.remember(
        shown(), citations=[citation(cited_at=LATER, title="New"), citation(start=11)]
    )

    assert await state.citations.get(citation().id) == citation()
    assert await state.citations.get(citation(start=11).id) is not None
    assert await state.citations.get("x" * 16) is None


async def test_changed_left_and_restored(state: State) -> None:
    """Each is told once, when it is new, and noted with the time of the reload."""
    await state.citations.cite([citation("stays"), citation("changes"), citation("leaves")])
    stays = {"stays": DIGEST}

    async def compare(changes: str | None, leaves: str | None) -> CitedChanges:
        also = {"changes": changes, "leaves": leaves, "uncited": OTHER}
        today = stays | {article: sha256 for article, sha256 in also.items() if sha256}
        return await state.citations.compare(today, at=LATER)

    assert await compare(DIGEST, DIGEST) == CitedChanges()
    assert await compare(OTHER, None) == CitedChanges(changed=("changes",), left=("leaves",))
    assert await compare(OTHER, None) == CitedChanges()
    assert await state.citations.get(citation("stays").id) == citation("stays")
    changed = citation("changes", changed_at=LATER)
    left = citation("leaves", changed_at=LATER, left=True)
    assert await state.citations.get(changed.id) == changed
    assert await state.citations.get(left.id) == left
    assert await compare(None, OTHER) == CitedChanges(changed=("leaves",), left=("changes",))
    assert await compare(None, DIGEST) == CitedChanges(restored=("leaves",))
    assert await state.citations.get(left.id) == citation("leaves")


async def test_versions_of_an_article_are_told_apart(state: State) -> None:
    """What was cited of the new text is unchanged though the old has gone."""
    old, new = citation(), citation(sha256=OTHER)
    await state.citations.cite([old, new])

    assert await state.citations.compare({"a1": OTHER}, at=LATER) == CitedChanges(changed=("a1",))
    assert await state.citations.get(old.id) == replace(old, changed_at=LATER)
    assert await state.citations.get(new.id) == new


async def test_more_than_are_compared_at_a_time(state: State) -> None:
    """None is passed over where one page of them ends and the next begins."""
    ids = [f"a{n}" for n in range(2_500)]
    await state.citations.cite([citation(article) for article in ids])
    await state.citations.cite([citation(article, sha256=OTHER) for article in ids[::7]])

    found = await state.citations.compare({}, at=LATER)

    assert sorted(found.left) == sorted(ids)
    assert await state.citations.compare({}, at=LATER) == CitedChanges()
