"""Who says each sentence of an article.

A sentence is looked at without what it quotes (`narration`): a reporting verb in what is left has a
subject (`reports`, `subjects`), which is a name, a role or a pronoun; `cast` knows who is meant. Then
a speaker is spread over the whole of a quotation (`spreading`).

The rules are general ones of English news prose; nothing in them is about a story. Time is linear in
the length of the article.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.adjuncts import leading
from retrieval.capitals import Capitals
from retrieval.cast import Cast
from retrieval.datelines import past_dateline
from retrieval.framing import Found, signature
from retrieval.grammar import members
from retrieval.labels import Labels
from retrieval.narration import Narration
from retrieval.persons import Attribution
from retrieval.phrases import Phrase, Words, can_speak, head_of
from retrieval.reports import reports
from retrieval.rightward import starting_at
from retrieval.spreading import Statement, Voice, spread
from retrieval.verbs import auxiliaries

__all__ = ["Attribution", "Report", "Said", "attribute"]

_SUBJECTS = {"him": "he", "her": "she", "them": "they"}
_OWNED = frozenset({"his", "her"})
_SIGNATURE = 5
_CLAUSE = 6
_SUBORDINATE = 2
_PASSING = 3
_LONGEST_SENTENCE = 400
"""Words that are read together. No prose needs more, and it keeps the time linear."""


@dataclass(frozen=True, slots=True)
class Report:
    """One reporting verb of a sentence: its groups ("deny", "accuse" ...) and who does it."""

    groups: frozenset[str]
    verb: int
    speaker: Attribution | None


@dataclass(frozen=True, slots=True)
class Said:
    """What is known of one sentence: who says it, and each reporting verb in it."""

    speaker: Attribution | None
    reports: tuple[Report, ...]
    quoted: bool


def attribute(text: str, sentences: Sequence[tuple[int, int]]) -> list[Said]:
    """Return, for each sentence of an article's *text*, who says it. *sentences* are in order."""
    narration = Narration(text)
    reader = _Reader(narration)
    statements: list[Statement] = []
    reported: list[tuple[Report, ...]] = []
    for number, bounds in enumerate(sentences):
        following = sentences[number + 1] if number + 1 < len(sentences) else None
        statement, made = reader.read(bounds, following)
        if statements and statements[-1].quoted and not made:
            statement = reader.signed(statement)
        statements.append(statement)
        reported.append(made)
    speakers = spread(narration, statements)
    return [
        Said(speaker, made, statement.quoted)
        for speaker, made, statement in zip(speakers, reported, statements, strict=True)
    ]


class _Reader:
    """Reads one article from its first sentence to its last, remembering who was mentioned."""

    def __init__(self, narration: Narration) -> None:
        self._narration = narration
        self._cast = Cast(narration.text)
        self._capitals = Capitals(narration, self._cast)
        self._labels = Labels(narration, self._cast)

    def read(
        self, bounds: tuple[int, int], following: tuple[int, int] | None
    ) -> tuple[Statement, tuple[Report, ...]]:
        """Return what one sentence reports by itself; *following* is the sentence after it."""
        narration = self._narration
        if narration.is_quoted(*bounds):
            return Statement(*bounds, (), quoted=True), ()
        start = past_dateline(narration.text, *bounds)
        words = self._capitals.mended(narration.words(start, bounds[1]))
        introduces = following is not None and narration.is_quoted(*following)
        made: list[tuple[int, Report]] = []
        about, labelled = None, False
        for part in _parts(words):
            about = self._about(part)
            found_in_part = self._found(part, bounds, introduces=introduces)
            labelled |= any(_is_label(words, found) for found in found_in_part)
            of_part: list[tuple[Found, Report]] = []
            for found in found_in_part:
                reports_too = about is not None and any(r.speaker == about for _, r in of_part)
                of_part.append((found, self._report(part, found, about, reports_too=reports_too)))
            self._keep_main(part, of_part, about)
            unknown = any(f.rank == 0 and r.speaker is None for f, r in of_part)
            # Of "she added that the US had not urged ..." the US is no speaker, whoever she is.
            made += [
                (found.rank, replace(report, speaker=None) if unknown and found.rank else report)
                for found, report in of_part
            ]
        voices = sorted(
            (
                Voice(n, r.verb, r.speaker)
                for n, r in made
                if r.speaker is not None and n < _PASSING
            ),
            key=lambda voice: voice.verb,
        )
        statement = Statement(
            *bounds,
            tuple(voices),
            quoted=False,
            about=self._person(words, about),
            labelled=labelled,
        )
        return statement, tuple(r for _, r in made)

    def signed(self, statement: Statement) -> Statement:
        """Return a sentence behind a quotation with who signs it, when it is nothing but "— Ana Silva"."""
        words = self._narration.words(statement.start, statement.end)
        found = signature(words[:_SIGNATURE]) if not statement.quoted else None
        if found is None:
            return statement
        speaker = self._cast.fullest(*_bounds(words, found.subject))
        voice = Voice(found.rank, words[found.verb].start, speaker)
        return replace(statement, voices=(voice,), signs=True)

    def _found(self, words: Words, bounds: tuple[int, int], *, introduces: bool) -> list[Found]:
        """Return the reports of a sentence."""
        label = self._labels.read(words, bounds[0])
        quoting = self._narration.quotes(*bounds)
        return label or reports(words, quoting=quoting, introduces=introduces)

    def _about(self, words: Words) -> Attribution | None:
        """Return whom a sentence is about, its first subject, having noted that they are mentioned."""
        phrase = leading(words)
        if phrase is None or words[phrase.first].kind == "pronoun" or not can_speak(words, phrase):
            return None
        if words[head_of(words, phrase)].lower in members("evidence"):
            return None  # "they" are no figures
        about = self._cast.fullest(*_bounds(words, phrase))
        if words[phrase.first].lower not in _OWNED or words[phrase.last].kind == "name":
            self._cast.remember(
                about, words[phrase.first].start
            )  # "his father" leaves "he" to whose father it is
        return about

    def _person(self, words: Words, about: Attribution | None) -> Attribution | None:
        """Return whom a sentence is about when it is surely one person, else None."""
        first = next((w for w in words if w.kind != "conjunction"), None)
        if first is not None and first.lower in ("he", "she"):
            return self._cast.antecedent(first.lower, first.start)
        return about if about is not None and self._cast.persons.is_one(about) else None

    def _keep_main(
        self, words: Words, made: list[tuple[Found, Report]], about: Attribution | None
    ) -> None:
        """Note the subject of the main clause after one of a subordinate clause: "he" means it first.

        "Kirby was answering Peskov, who had told ...": who has no part in speaking is no better than
        who has, unless that was earlier.
        """
        last = max(made, key=lambda one: one[0].verb, default=None)
        if last is None:
            return
        quoted = last[0].verb > 0 and words[last[0].verb - 1].lower == "as"
        end = words[-1].start
        if quoted and about is not None:
            self._cast.remember(about, end)
        if last[0].rank < _SUBORDINATE:
            return
        main = next((r.speaker for f, r in made if f.rank == 0 and r.speaker is not None), None)
        if main is None and "had" in auxiliaries(words, last[0].verb):
            main = about
        if main is not None:
            self._cast.remember(main, end)

    def _report(
        self, words: Words, found: Found, about: Attribution | None, *, reports_too: bool
    ) -> Report:
        """Return a report with who does it; *reports_too* when whom the sentence is about reports."""
        phrase = found.subject
        first = words[phrase.first]
        speaker: Attribution | None
        objective = phrase.first == phrase.last and first.lower in _SUBJECTS
        if first.kind == "pronoun" or objective:
            speaker = self._meant(words, phrase, about, reports_too=reports_too)
        else:
            speaker = self._cast.fullest(*_bounds(words, phrase))
            self._cast.remember(speaker, first.start)
        verb = words[min(found.verb, len(words) - 1)]
        return Report(found.groups, verb.start, speaker)

    def _of_clause(self, words: Words, pronoun: str) -> Attribution | None:
        """Return whom the pronoun means in "Although the mayor was not there, she said ..."."""
        if words[0].kind != "subordinator" or len(words) < _CLAUSE:
            return None
        phrase = starting_at(words, 1)
        if phrase is None or words[1].kind == "pronoun" or not can_speak(words, phrase):
            return None
        mention = self._cast.fullest(*_bounds(words, phrase))
        suited = self._cast.persons.suits(mention, pronoun)
        return replace(mention, inferred=True) if suited else None

    def _meant(
        self, words: Words, phrase: Phrase, about: Attribution | None, *, reports_too: bool
    ) -> Attribution | None:
        """Return whom a pronoun means that reports."""
        first = words[phrase.first]
        inserted = phrase.first > 0 and words[phrase.first - 1].kind in ("mark", "quotation")
        # Behind a colon, whom the sentence is about may be meant: "Silva was clear: the levy, she said ..."
        inserted = inserted and all(word.lower != ":" for word in words[: phrase.first])
        if first.lower in _SUBJECTS:  # "Putin quoted him as saying"
            return self._cast.antecedent(_SUBJECTS[first.lower], first.start, about)
        of_clause = self._of_clause(words, first.lower) if inserted else None
        if of_clause is not None or not inserted:
            speaker = of_clause or self._cast.antecedent(first.lower, first.start)
            if speaker is not None:
                self._cast.remember(speaker, first.start)
            return speaker
        # Of "Putin would come, he said" Putin is not who says it, nor is whoever else he speaks of.
        speaker = self._cast.antecedent(first.lower, first.start, about, words[0].start)
        if about is not None and (
            self._cast.persons.suits_better(about, speaker, first.lower)
            or (
                (reports_too or self._cast.persons.is_aged(about))
                and self._cast.persons.suits(about, first.lower)
            )
        ):
            speaker = replace(about, inferred=True)
        if speaker is not None and about is not None:
            self._cast.remember(speaker, words[-1].start)
        return speaker


def _is_label(words: Words, found: Found) -> bool:
    """Tell whether a report is that of a name and a colon; "Mayor: ..." is but a headline."""
    return words[found.verb].lower == ":" and words[found.subject.last].kind == "name"


def _bounds(words: Words, phrase: Phrase) -> tuple[int, int]:
    return words[phrase.first].start, words[phrase.last].bare


def _parts(words: Words) -> list[Words]:
    return [words[i : i + _LONGEST_SENTENCE] for i in range(0, len(words), _LONGEST_SENTENCE)]
