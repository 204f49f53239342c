"""The parts that made-up reports are put together from."""

import random

AGENCIES = ("Ilmar Press", "Northern Wire", "Vell Agency")
PAPERS = tuple(
    f"{place} {name}"
    for place in ("Ardmoor", "Brisk", "Corran", "Dunvale", "Esker", "Farrow")
    for name in ("Post", "Herald", "Gazette", "Echo")
)

ROLES = (
    "the harbour office", "a spokeswoman for the county", "the union of bus drivers", "two inspectors",
    "residents of the old town", "the finance committee", "a court in the capital", "engineers",
    "the ministry of works", "several shop owners", "the opposition", "a group of nurses",
    "the coast guard", "the head of the school board", "farmers from the valley", "the regional bank",
    "an independent panel", "the fire brigade", "a retired judge", "the grid operator",
    "members of the rowing club", "the mayor's office", "a team of surveyors", "the museum",
    "the largest landlord", "truck owners", "the water company", "police officers", "the rail regulator",
    "a coalition of parents",
)  # fmt: skip
DEEDS = (
    "rejected", "signed", "put off", "called for", "paid for", "found faults in", "published",
    "opened talks about", "voted against", "walked away from", "took over", "warned of", "defended",
    "promised to rebuild", "lost the dispute over", "asked a judge to stop", "counted the costs of",
    "held up", "would not comment on", "welcomed", "ordered a review of", "closed the book on",
    "raised new doubts about", "agreed to share", "began to dismantle", "were told about",
    "had never heard of", "kept quiet about", "set a date for", "cut the budget of",
)  # fmt: skip
THINGS = (
    "the second bridge", "a plan for cheaper tickets", "the flooded car park", "a loan of long standing",
    "the missing ledgers", "an offer from abroad", "the night ferry", "a new roof for the market hall",
    "the damaged power line", "three empty schools", "the sale of the brewery", "a ban on heavy lorries",
    "the pay deal", "a well that had run dry", "the stolen archive", "the winter timetable",
    "an unsafe footpath", "the tunnel under the hill", "the contested ballot", "a hundred flats",
    "the hospital's oldest ward", "a shipment of seed", "the quarry", "the postponed trial",
    "a broken sea wall", "the tax on second homes", "the festival", "the orchard at the river",
    "the recall of the trams", "a set of leaked letters",
)  # fmt: skip
WHERE = (
    "in {place}", "near {place}", "at a meeting in {place} that lasted {number} minutes",
    "before {number} onlookers", "for the third time since spring", "with {number} votes to spare",
    "after a night of talks in {place}", "on the road to {place}", "at a cost of {number} million crowns",
    "which {place} had waited {number} days for", "to the surprise of many in {place}",
    "despite {number} written objections", "without giving a reason", "as rain fell on {place}",
    "although {number} people had signed against it", "while the square of {place} filled up",
    "in a letter of {number} pages", "two weeks ahead of the deadline", "by the end of the month",
    "in front of the town hall of {place}",
)  # fmt: skip
OPENERS = (
    "On Tuesday", "Hours later", "In the meantime,", "By the evening", "According to the minutes,",
    "Earlier this year", "For now", "Against all advice,", "As was expected,", "At the same time",
    "A day before,", "Under the new rules", "From next week", "On the following morning",
)  # fmt: skip
ENDINGS = (
    "officials said", "two people at the meeting said", "records show", "the report adds",
    "it emerged on Friday", "according to a draft", "neighbours recalled", "a statement said",
    "as the law demands", "which had seemed unlikely", "and nobody objected", "for reasons unknown",
)  # fmt: skip
JOINTS = (" and", ", while", ", but", "; later", ", after", " because")
SPELLINGS = (
    ("harbour", "harbor"), ("On Tuesday", "Tuesday"), ("two people", "2 people"), ("said", "told reporters"),
    ("lorries", "trucks"), ("neighbours", "neighbors"), ("million crowns", "m crowns"),
    ("hundred", "100"), ("By the evening", "By evening"), ("began to", "started to"),
    ("officials", "authorities"), ("called for", "demanded"), ("put off", "delayed"),
)  # fmt: skip

_FIRST = (
    "Ada",
    "Bela",
    "Cyr",
    "Dora",
    "Emil",
    "Fenn",
    "Greta",
    "Hal",
    "Ines",
    "Jory",
    "Kaia",
    "Leo",
)
_FRONT = (
    "Al",
    "Bor",
    "Cas",
    "Dren",
    "El",
    "Fol",
    "Gar",
    "Hest",
    "Ir",
    "Jen",
    "Kor",
    "Lund",
    "Mar",
    "Nov",
)
_BACK = (
    "bury",
    "dale",
    "enko",
    "field",
    "gard",
    "holm",
    "ick",
    "jord",
    "kamp",
    "low",
    "mont",
    "ness",
    "ova",
)


def person(chance: random.Random) -> str:
    """Return a name that hardly two have."""
    return f"{chance.choice(_FIRST)} {_invented(chance)}"


def place(chance: random.Random) -> str:
    """Return the name of a place."""
    return _invented(chance)


def house_lines(publisher: str) -> tuple[list[str], list[str]]:
    """Return what a publisher puts above and below each of its articles, the same every time."""
    chance = random.Random(publisher)  # noqa: S311 - texts, no secrets
    below = [
        f"Readers of the {publisher} can write to its editors at any hour of the day.",
        f"The {publisher} is printed on paper from forests that are planted anew each spring.",
        f"Subscribe to the morning letter of the {publisher} and never miss what moves your town.",
        f"All that the {publisher} publishes is checked by at least two of its own people.",
    ]
    above = [
        f"This page of the {publisher} is free to read for everybody until the end of the week."
    ]
    return above[: chance.randint(0, 1)], below[: chance.randint(0, 4)]


def _invented(chance: random.Random) -> str:
    return chance.choice(_FRONT) + chance.choice(_BACK) + chance.choice(["", "", "e", "er", "ing"])
