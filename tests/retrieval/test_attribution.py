"""Who says a sentence: single rules, each by a sentence or two of our own."""

from pathlib import Path

import pytest

from tests.benchmarks.attribution import FOLDER, files, precision_and_recall
from tests.retrieval.attributing import read, speakers


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Mayor Ana Silva said on Monday the bridge was safe.", "Mayor Ana Silva"),
        ("The bridge is safe, said Ana Silva, who built it.", "Ana Silva"),
        ("“The bridge is perfectly safe,” said Ana Silva.", "Ana Silva"),
        ("The bridge is safe, according to the mayor of Lyon.", "the mayor of Lyon"),
        (
            "Tom Ruiz, 43, a teacher from Leeds, said it shook.",
            "Tom Ruiz, 43, a teacher from Leeds",
        ),
        ("Peru's foreign minister, Ana Silva, denied it.", "Peru's foreign minister, Ana Silva"),
        ("Ana Silva, KC, said it was safe.", "Ana Silva, KC"),
        ("Mr Silva's lawyer said her client would appeal.", "Mr Silva's lawyer"),
        ("Ana Silva visited the bridge and called for repairs.", "Ana Silva"),
        ("The toll was denied by the ministry.", "the ministry"),
        ("It was alleged by prosecutors that money was taken.", "prosecutors"),
        ("Ana Silva was quoted by Tass as saying that it fell.", "Ana Silva"),
        ("Tass quoted Ana Silva as saying that it fell.", "Ana Silva"),
        ("Ana Silva and Bo Lind said in a statement it fell.", "Ana Silva and Bo Lind"),
        ("In the words of Ana Silva, it was a farce.", "Ana Silva"),
        ("Ana Silva's view is that it was a farce.", "Ana Silva"),
        ("Ana Silva: “We were never asked at all.”", "Ana Silva"),
        ("“We were never asked at all” — Ana Silva", "Ana Silva"),
        ("“We were never asked at all,” Ana Silva shrugs.", "Ana Silva"),
        ("Ana Silva, speaking in Rome, said no.", "Ana Silva"),
        ("Ana Silva in a statement said no.", "Ana Silva"),
        ("A source close to the talks said no.", "A source close to the talks"),
        ("'I saw him run,' Ana Silva told the court.", "Ana Silva"),
        ("« Nous restons ici ce soir », said Ana Silva.", "Ana Silva"),
        ("Ana Silva dubbed the plan “a shabby joke”.", "Ana Silva"),
        ("Nass, the news agency, reported a fire.", "Nass, the news agency"),
        ("President Silva and the council have both denied it.", "President Silva and the council"),
        ("Silva and Lind both said it was safe.", "Silva and Lind"),
        ("Farmers, the ministry said, were paid late.", "the ministry"),
        ("Several officials said it was false.", "Several officials"),
        ("Dozens of officials said it was false.", "Dozens of officials"),
        ("Two people close to the talks said no.", "Two people close to the talks"),
        ("Ana Silva used to say that it was safe.", "Ana Silva"),
        ("Ana Silva was forced to admit that it fell.", "Ana Silva"),
        ("“It is quite safe,” Ana Silva, who built it, told a reporter.", "Ana Silva"),
        ("A rep for the singer declined to comment.", "A rep for the singer"),
        ("In Silva's telling the bridge fell.", "Silva"),
        ("Bridges, Ana Silva explains, sway more often.", "Ana Silva"),
        (
            "“It is perfectly safe,” said the firm's deputy director, Ana Silva.",
            "the firm's deputy director, Ana Silva",
        ),
        (
            "“It is perfectly safe,” said Lenham Gas's head of repairs, Ana Silva.",
            "Lenham Gas's head of repairs, Ana Silva",
        ),
        (
            "“We saw it fall at dawn,” said Captain Ana Silva of the harbour guard.",
            "Captain Ana Silva of the harbour guard",
        ),
        ("The bridge will stay shut, said the mayor on Friday.", "the mayor"),
        ("The council had asked for help, Ana Silva said, and nobody came.", "Ana Silva"),
        (
            "The council offered to pay, said a lawyer, Ana Silva, but never did.",
            "a lawyer, Ana Silva",
        ),
        ("Lenders demand too much, Ana Silva suggested.", "Ana Silva"),
        ("Ana Silva offered to mediate.", "Ana Silva"),
        ("Ana Silva remembered that the bridge swayed.", "Ana Silva"),
        ("Ana Silva called the decision premature.", "Ana Silva"),
        ("Ana Silva called it a blunder.", "Ana Silva"),
        ("Ana Silva told of a night of fear.", "Ana Silva"),
        ("It was safe, said Ana Silva in a statement on Friday.", "Ana Silva"),
        ("Theresa May said no.", "Theresa May"),
        ("Prime Minister Theresa May on Monday said no.", "Prime Minister Theresa May"),
        ("Connolly said it was safe.", "Connolly"),
        ("Amnesty said the prison was full.", "Amnesty"),
        ("United have denied that it was safe.", "United"),
        ("Ana Silva, 44, urged the council to act.", "Ana Silva, 44"),
        ("The council announced in May that it was safe.", "The council"),
        ("The council agreed that it was safe.", "The council"),
        ("The campaign accused the council of a cover-up.", "The campaign"),
        ("The 34-year-old confirmed the figures.", "The 34-year-old"),
    ],
)
def test_who_says_it(sentence: str, speaker: str) -> None:
    """The subject of a reporting verb speaks, wherever it stands, as fully as the sentence has it."""
    assert speakers(sentence) == [speaker]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ana Silva was told to leave the building.",
        "Ana Silva is accused of fraud.",
        "Two men, accused of theft, were released.",
        "Arrest warrants were issued for two men.",
        "The ministry did not respond to a request for comment.",
        "Police did not say how many there were.",
        "The number of cases declined to 40.",
        "Neither Ana Silva nor Bo Lind denied it.",
        "Two countries said it was false.",
        "Many people believe it was false.",
        "Both said it was false.",
        "Others said it was false.",
        "She wants to write books.",
        "Nobody said that it was safe.",
        "Additional reporting by Ana Silva in Rome.",
        "A book written by Ana Silva was published.",
        "Storms struck the coast and claims rose.",
        "The reports of the accident were false.",
        "Ana Silva supported the bill.",
        "The lamp throws a light show that glitters.",
        "There was nothing to say.",
        "In May she left.",
        "Reportedly the bridge fell.",
    ],
)
def test_who_says_nothing(sentence: str) -> None:
    """Patients, nouns that look like verbs, silence and authorship make no speaker."""
    assert speakers(sentence) == [None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Governor Ivan Petrov spoke. Petrov said two houses burned.",
            [None, "Governor Ivan Petrov"],
        ),
        (
            "Governor Ivan Petrov said so. The governor said it again.",
            ["Governor Ivan Petrov", "Governor Ivan Petrov"],
        ),
        ("Anna Lund said no. She said it twice.", ["Anna Lund", "Anna Lund"]),
        (
            "John Marsh said no. Anna Lund left. He said it twice.",
            ["John Marsh", None, "John Marsh"],
        ),
        ("The ministry denied it. It said all was well.", ["The ministry", "The ministry"]),
        ("John Marsh stood up. They said no.", [None, None]),
        ("Anna Lund left. According to her, all was well.", [None, "Anna Lund"]),
        ("Theresa May left. It was over, May said. Will they go?", [None, "Theresa May", None]),
    ],
)
def test_whom_a_surname_a_role_or_a_pronoun_means(text: str, expected: list[str | None]) -> None:
    """A surname and a role go back to the full name, a pronoun to the last one of its gender."""
    assert speakers(text) == expected


def test_the_turns_of_a_transcript() -> None:
    """Labels that come again tell who speaks, up to the next one, without quotation marks."""
    text = "HOLT: Good evening.\n\nREED: Good evening. I am glad to be here.\n\nHOLT: Did you know?\n\nREED: No."

    assert speakers(text) == ["HOLT", "REED", "REED", "HOLT", "REED"]
    assert speakers("Price: ten euros.\n\nPlace: the town hall.") == [None, None]


def test_only_what_was_resolved_is_inferred() -> None:
    """A surname of somebody named in full is no guess; a pronoun and a lone quotation are."""
    text = "Anna Lund spoke. Lund said no. She said yes. “It is over for good.”"

    inferred = [said.speaker.inferred if said.speaker else None for _, said in read(text)]

    assert inferred == [None, False, True, True]


def test_a_quotation_over_sentences_has_one_speaker() -> None:
    """Each sentence of a quotation belongs to whom the last one names."""
    text = "“We had no part in it. We knew nothing. Nobody did,” Lund said."

    assert speakers(text) == ["Lund", "Lund", "Lund"]


def test_a_quotation_over_paragraphs_has_one_speaker() -> None:
    """A paragraph that opens a quotation anew goes on with the speaker of the one before."""
    text = "“We had no part in it,” said Ana Silva. “We knew nothing.\n“Nobody did know anything.”"

    assert speakers(text) == ["Ana Silva", "Ana Silva", "Ana Silva"]


def test_a_signature_gives_the_quotation_above_it() -> None:
    """A dash and a name under a quotation say whose it is; they are no statement themselves."""
    assert speakers("“We were never asked at all.”\n— Ana Silva") == ["Ana Silva", None]


def test_the_nearest_verb_has_the_quotation() -> None:
    """Of two reports in a sentence, the one beside the quotation gives the speaker."""
    text = "Although Ana Silva said she was calm, Bo Lind warned that “this will all end in court”."

    assert speakers(text) == ["Bo Lind"]


def test_the_main_clause_comes_first() -> None:
    """Who is reported in a subordinate clause does not speak the sentence."""
    text = "After Ana Silva said it was safe, Bo Lind said it was not."

    assert speakers(text) == ["Bo Lind"]


def test_each_report_has_its_own_speaker() -> None:
    """A sentence keeps every report in it with the verb's groups and who does it."""
    text = "Bo Lind rejected the plan, which Ana Silva said was fair."

    [(_, said)] = read(text)
    shown = [
        (sorted(r.groups), text[r.speaker.start : r.speaker.end]) for r in said.reports if r.speaker
    ]

    assert shown == [(["deny", "refuse"], "Bo Lind"), (["say"], "Ana Silva")]


def test_quoted_verbs_report_nothing() -> None:
    """What somebody quoted says about others is no report of the article."""
    [(mention, said)] = read("“The Kremlin said nothing of the sort,” said Ana Silva.")

    assert mention == "Ana Silva"
    assert len(said.reports) == 1


@pytest.mark.parametrize(
    ("before", "mention"),
    [
        ("Prosecutors suspect Tom Lind of theft.", "Tom Lind"),
        ("They will judge Tom Lind on Friday.", "Tom Lind"),
        ("The town met the murder suspect Tom Lind.", "murder suspect Tom Lind"),
        ("It fell at dawn, said Captain Tom Lind.", "Captain Tom Lind"),
    ],
)
def test_a_verb_is_no_part_of_a_mention(before: str, mention: str) -> None:
    """A word that is a role and a verb is a verb behind who does it, and stays out of the mention."""
    assert speakers(f"{before} Lind said the bridge was safe.")[1] == mention


def test_who_is_of_a_body_is_still_a_person() -> None:
    """Behind "of the weather service" somebody is no group: "she" may mean them."""
    text = "“It will rain all day,” said Senna Breck of the weather service. It was dry, she said."

    assert speakers(text) == ["Senna Breck of the weather service"] * 2


@pytest.mark.parametrize(
    "sentence",
    [
        "Ana Silva called the police.",
        "Ana Silva called the office late on Friday.",
        "Ana Silva called the council a second time.",
        "Ana Silva called a fair vote.",
        "Ana Silva remembered the bridge.",
        "Land was offered to farmers.",
        "The Glass Orchard tells of a boy who drowned.",
        "The Glass Orchard tells the story of a boy.",
        "The novel tells of a boy who drowned.",
    ],
)
def test_what_looks_like_a_report_of_these_verbs(sentence: str) -> None:
    """To telephone, to keep in mind and to be about something is not to say it."""
    assert speakers(sentence) == [None]


def test_a_tag_between_commas_is_the_report() -> None:
    """What somebody had asked for is told by whoever the tag names, be it by a pronoun."""
    text = "Ana Silva ran the town. The town had asked for help, she said, and had been refused."

    assert speakers(text) == [None, "Ana Silva"]


def test_a_pronoun_means_the_subject_before_it() -> None:
    """Of two, the last subject with a calling is meant, though only the other's gender is known."""
    text = (
        "Mary Lind denied it on Monday. Senna Breck, the foreign minister, demanded an apology. "
        "She said that nobody wanted a war."
    )

    assert speakers(text)[2] == "Senna Breck, the foreign minister"


def test_he_is_a_person() -> None:
    """A thing that is a subject is not "he"."""
    text = "Those who bought only a flight must ask their bank. He said that it would be slow."

    assert speakers(text)[1] is None


def test_an_interview_names_its_speakers_at_the_line() -> None:
    """A line that begins with a name and a colon is theirs; a bare Q is nobody's."""
    text = "The novelist Irena Duval talks to us.\nQ: Why Graz?\nDuval: I was on a train."

    assert speakers(text) == [None, None, "novelist Irena Duval"]


@pytest.mark.parametrize(
    ("sentence", "groups"),
    [
        ("The ministry has not confirmed the report.", ["say"]),
        ("The ministry did not deny the report.", ["say"]),
        ("The ministry neither confirmed nor denied the report.", ["say"]),
        ("The ministry would not say who had paid.", ["say"]),
        ("The ministry declined to confirm or deny the report.", ["refuse"]),
        ("The ministry declined to say who had paid.", ["refuse"]),
    ],
)
def test_what_is_not_done_by_saying(sentence: str, groups: list[str]) -> None:
    """Who has not confirmed or denied takes a stance, but has neither confirmed nor denied."""
    [(mention, said)] = read(sentence)

    assert mention == "The ministry"
    assert sorted({group for report in said.reports for group in report.groups}) == groups


def _constructs() -> list[str]:
    lines = (FOLDER / "constructs.list").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


@pytest.mark.parametrize("line", _constructs())
def test_ways_of_reporting(line: str) -> None:
    """Each way in which news reports what is said gives its speaker, and what only looks so gives none."""
    text, _, wanted = line.rpartition(" => ")

    for found, label in zip(speakers(text), wanted.split("|"), strict=True):
        assert (found is None) == (label == "-")
        assert label == "-" or label.casefold() in (found or "").casefold()


@pytest.mark.parametrize("path", files(), ids=lambda path: path.stem)
def test_labelled_passages(path: Path) -> None:
    """Precision and recall on the labelled passages stay where they were measured."""
    precision, recall, sentences_judged = precision_and_recall(path)

    assert sentences_judged >= 80
    assert precision >= 0.94
    assert recall >= 0.94
