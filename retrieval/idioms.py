"""Verbs that report only with more words: "called it reckless", "put the dead at 40", "made it clear"."""

from itertools import pairwise

from retrieval.complements import Complement, complement
from retrieval.grammar import members
from retrieval.phrases import Words
from retrieval.reporting import limited

_LONGEST_OBJECT = 6
_NEAR = 4
_FIGURE = 12
_MEANS = 8
_REACH = 24
_OBJECT = frozenset({"noun", "name", "adverb"})
_CALLED = _OBJECT | {"number"}
_CLEAR = frozenset({"clear", "plain", "known", "understood"})


def judges(words: Words, verb: int) -> bool:
    """Tell whether "call" is followed by an object and what it is called: "called the plan reckless"."""
    if words[verb].lower not in ("call", "calls", "called", "calling") or verb + 1 >= len(words):
        return False
    index = verb + 2
    if words[verb + 1].lower not in ("it", "him", "them", "her"):
        if words[verb + 1].kind not in ("determiner", "name"):
            return False
        while index < min(len(words), verb + _FIGURE) and words[index].kind in _CALLED:
            if words[index].lower in members("judged"):
                break
            index += 1
    return _is_judgement(words, index)


def _is_judgement(words: Words, index: int) -> bool:
    if index + 1 >= len(words):
        return False
    word, after = words[index], words[index + 1]
    if word.lower in ("a", "an"):
        return after.kind == "noun" and after.lower not in ("second", "third", "few")
    # "called the plan unfair", but not "called a fair vote"
    return word.lower in members("judged") and after.kind not in _OBJECT


def puts_at(words: Words, verb: int) -> bool:
    """Tell whether "put" gives a figure: "put the number of dead at 40"."""
    if words[verb].lower not in ("put", "puts", "putting"):
        return False
    behind = range(verb + 2, min(verb + _FIGURE, len(words) - 1))
    at = next((i for i in behind if words[i].lower == "at"), None)
    return at is not None and any(w.kind == "number" for w in words[at : at + 4])


def makes_clear(words: Words, verb: int) -> bool:
    """Tell whether "make" says something: "made it clear that"."""
    if words[verb].lower not in ("make", "makes", "made", "making"):
        return False
    after = [word.lower for word in words[verb + 1 : verb + 3]]
    return len(after) == 2 and after[0] == "it" and after[1] in _CLEAR


def remembers_as(words: Words, verb: int) -> bool:
    """Tell whether "remember" tells what somebody was: "remembers her as a quiet child"."""
    return words[verb].lower.startswith("remember") and any(
        word.lower == "as" for word in words[verb + 2 : verb + _LONGEST_OBJECT]
    )


def attacks(words: Words, verb: int) -> bool:
    """Tell whether to attack is to find fault: "attacked him as weak", "attacked him for lying"."""
    if words[verb].lower not in members("attacking"):
        return False
    for index in range(verb + 2, min(len(words) - 1, verb + _FIGURE)):
        after = words[index + 1]
        if words[index].lower == "for":
            return after.kind == "noun" and after.lower.endswith("ing")
        if words[index].lower == "as":
            return after.lower in ("a", "an") or after.kind in ("noun", "quotation")
        if words[index].kind in ("mark", "subordinator", "quotation"):
            return False
    return False


def says_by_noun(words: Words, verb: int) -> bool:
    """Tell whether the object of an empty verb tells what is said: "cast further doubt on the plan"."""
    if words[verb].lower not in members("light"):
        return False
    behind = [w for w in words[verb + 1 : verb + _FIGURE] if w.kind != "time"]
    for word, after in pairwise(behind[:_LONGEST_OBJECT]):
        if {word.lower, f"{word.lower}_{after.lower}"} & members("uttered"):
            return True
        if word.kind not in ("noun", "determiner", "adverb"):
            return False
    return False


def defends(words: Words, verb: int) -> bool:
    """Tell whether a position is what somebody defends or questions: "the decision", not "the goal"."""
    if words[verb].lower not in members("defending"):
        return False
    after = words[verb + 1 : verb + _LONGEST_OBJECT + 1]
    return any(word.lower in members("position") for word in after)


def takes_means(words: Words, verb: int) -> bool:
    """Tell whether somebody does something in order to say it: "took to the radio to say that"."""
    if verb < 3 or words[verb - 1].lower != "to":
        return False
    if words[verb - 2].lower in members("leading"):
        return False
    before = {w.lower for w in words[max(0, verb - _MEANS) : verb - 1]}
    if before & members("superlative") and before & members("be"):
        return True  # "is the latest senator to call for it"
    reach = words[max(0, verb - _REACH - 1) : verb - 1]
    means = any(
        w.lower in members("means") and before.lower not in members("be")
        for before, w in pairwise(reach)
    )
    return means and complement(words, verb) is Complement.CONTENT


def issues_statement(words: Words, verb: int) -> bool:
    """Tell whether a statement is what somebody issues: "released a short statement"."""
    if words[verb].lower not in members("issuing"):
        return False
    for word in words[verb + 1 : verb + _LONGEST_OBJECT]:
        if word.lower in members("issued"):
            return True
        if word.kind not in ("noun", "determiner", "adverb", "name"):
            return False
    return False


def is_named(words: Words, verb: int) -> bool:
    """Tell whether "called" only names something: "a print called “Cowboys”"."""
    if words[verb].lower not in limited("naming"):
        return False
    behind = verb + 1
    while behind < len(words) and words[behind].kind == "name":
        behind += 1
    if behind >= len(words):
        return behind > verb + 1
    # "a man called Lind", but not "called Lind “a liar”"
    return (words[behind].kind == "quotation") == (behind == verb + 1)


def enacts(words: Words, verb: int) -> bool:
    """Tell whether to declare something is to make it so: "declared a state of emergency"."""
    return any(word.lower in members("enacted") for word in words[verb + 1 : verb + _NEAR + 2])


def composes(words: Words, verb: int) -> bool:
    """Tell whether what somebody writes is a work: "wrote the majority opinion"."""
    if words[verb].lower not in ("write", "writes", "wrote", "written", "writing"):
        return False
    after = words[verb + 1 : verb + 2]
    work = bool(after) and after[0].kind == "determiner"
    return work and complement(words, verb) is Complement.OBJECT


def gives_accounts(words: Words, verb: int) -> bool:
    """Tell whether a firm gives its results: "reported a record profit"."""
    return any(word.lower in members("accounts") for word in words[verb + 1 : verb + _NEAR + 1])
