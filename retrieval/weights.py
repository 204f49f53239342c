"""What each sign of an answer is worth: the only numbers of the ranking, all in one place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each thing adds to a sentence's score, beside the 1 for having all words of the question.

    Set by what held on every judged set (`python -m tests.benchmarks.ablation` prints what each is
    worth), never for one question's sake.
    """

    passage: float = 0.9
    """The search score of its passage, as a share of the highest possible."""
    article: float = 0.3
    """The share of the question that its article has, wherever."""
    near: float = 0.3
    """Neighbouring words of the question that are neighbours in it, too."""
    light: float = 0.2
    """Words of the question that are too light to search for ("called", "before")."""
    as_written: float = 0.2
    """Words in just the form in which the question has them."""
    kind: float = 0.2
    """The kind of thing asked for: a place, a name, a reason."""
    figure: float = 0.9
    """A number or a time, where one is asked for: few sentences have one by chance."""
    act: float = 0.6
    """Doing what the question names: denying, accusing ..."""
    speaker: float = 0.6
    """Being said by whom the question asks about."""
    another: float = -0.4
    """Being said by somebody else."""
    about: float = 0.3
    """What a statement is about, where the speaker is given: all of theirs are by the speaker."""
    has_speaker: float = 0.15
    """Having a speaker at all, where "who said" is asked."""
    of_that_time: float = 0.25
    """An article of the days that the question names."""
    new: float = 0.6
    """The share of the score that the newest article gains, where the question asks for news."""
    half_life: float = 30.0
    """Days after which being new is worth half."""

    of_speaker: float = 0.9
    """How much a word counts that is not in the sentence but in its speaker's name and role,"""
    before: float = 0.5
    """... in the sentence before it,"""
    before_pronoun: float = 0.75
    """... in the sentence before it, if it begins with a pronoun,"""
    after: float = 0.2
    """... in the sentence after it,"""
    title: float = 0.4
    """... in the title."""


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundWeights:
    """What speaks for a sentence answering, in logits: 0 in all is as likely as not.

    Fitted, by logistic regression, to tell questions that a corpus answers from those asked of other
    corpora, on all judged sets together, and rounded: no set's figures hang on a tenth of any of them.
    """

    base: float = -1.9
    """Where nothing speaks for it."""
    met: float = 1.2
    """The share of what is asked that is met in the sentence or beside it,"""
    itself: float = 0.7
    """... in the sentence itself."""
    weakest: float = 1.0
    """How well the word is met that is met least."""
    article: float = 2.0
    """The share of the question's words that its article has, wherever,"""
    otherwise: float = 0.8
    """... and the share that the article has only by words that may stand for them."""
    absent: float = -3.1
    """The share of them that are names and nowhere in its article."""
    unknown: float = -1.0
    """The share of them that no article has, nor anything that may stand for them."""
    search: float = 1.0
    """The search score of its passage, as a share of the highest possible."""
    kind: float = 0.3
    """Having the kind of thing that is asked for."""
    speaker: float = 1.2
    """Being said by whom the question asks about."""
    act: float = 1.0
    """Doing what the question names."""
    claim: float = 1.1
    """That nothing is asked: a headline has words to spare."""
    whole: float = 0.8
    """That the sentence lacks nothing of what was asked for."""
    chance: float = -0.6
    """What speaks for the best that questions without a meaning find in this corpus, in logits."""


GROUNDS = GroundWeights()
