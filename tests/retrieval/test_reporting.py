"""The verbs of reporting: their forms, groups, particles and limits."""

import pytest

from retrieval.reporting import (
    bare_forms,
    bases,
    forms,
    groups,
    inflected,
    limited,
    participles,
    with_particle,
)


@pytest.mark.parametrize(
    ("verb", "wanted"),
    [
        ("say", {"say", "says", "said", "saying"}),
        ("deny", {"deny", "denies", "denied", "denying"}),
        ("admit", {"admit", "admits", "admitted", "admitting"}),
        ("agree", {"agree", "agrees", "agreed", "agreeing"}),
        ("criticise", {"criticise", "criticized", "criticising", "criticizes"}),
        ("put", {"put", "puts", "putting"}),
    ],
)
def test_inflection(verb: str, wanted: set[str]) -> None:
    """Each verb has its regular or irregular forms, British and American."""
    assert wanted <= set(inflected(verb))


def test_groups_of_forms() -> None:
    """A form belongs to the groups of its verb; a verb may stand in several."""
    assert forms()["denied"] == {"deny"}
    assert forms()["rejects"] == {"deny", "refuse"}
    assert bases() >= {"deny", "accuse"}


def test_particles_make_verbs() -> None:
    """Some verbs report only with their particle: called for, pressed for, put it."""
    assert with_particle()["called", "for"] == {"demand"}
    assert "pressed" in forms()
    assert "pressed" not in bare_forms()


def test_limits_name_forms_of_verbs() -> None:
    """Every form with a limit is a form of some reporting verb: else the limit is a slip."""
    particles = {particle for _, particle in with_particle()}
    known = set(forms()) | {f"{form}_{particle}" for form in forms() for particle in particles}
    for limit in ("clause", "statement", "quotation", "object", "asked", "personal"):
        assert limited(limit)
        unknown = limited(limit) - known
        assert not unknown, f"{limit}: {sorted(unknown)}"


def test_participles_need_have() -> None:
    """Forms that are only participles are told apart from the past tense."""
    assert "written" in participles()
    assert "said" not in participles()


def test_no_group_is_empty() -> None:
    """Every group of the table has verbs."""
    assert all(groups().values())
    assert {"say", "deny", "accuse", "confirm", "warn", "demand"} <= set(groups())
