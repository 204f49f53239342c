"""Text into sentences, by rules: where a sentence ends, and where a full stop ends none."""

import re
from collections.abc import Iterator

_END = re.compile(
    r"""(?: (?<![.!?…\u061f\u06d4\u0964])       # from the first mark of a row on, or time is not linear,
            [.!?…\u061f\u06d4\u0964]++         # marks that may end a sentence (Arabic, Urdu, Hindi, too),
            (?:[ \u00a0]\.)*                   # spaced dots: ". . ."
            ["'”’»)\]\u203a]*                  # what closes with it
            (?: \s+ | $ )
          | [\u3002\uff01\uff1f]["'”’」』\uff09]*\s*  # Chinese and Japanese set no blank
        )""",
    re.VERBOSE,
)
_OPENERS = "\"'“‘«„\u2039([¿¡—–-"
_WORD_BEFORE = re.compile(r"[^\W_](?:[\w&]|\.(?=\w))*$")
_WORD_AFTER = re.compile(r"[^\W_]+")
_TO_LAST_BLANK = re.compile(r".*\s", re.DOTALL)
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_NO_BLANK = re.compile(r"\S")

LONGEST = 2000
"""Characters that a sentence has at the most. What is longer is no sentence; it is cut at a blank."""

# How far a rule looks back and ahead. It keeps the whole linear in the length of the text.
_REACH = 40

_BEFORE_A_NAME = frozenset(
    """adm atty brig capt cmdr col cpl det dr fr gen gov hon insp lt maj messrs mme mr mrs ms mt pfc pres
    prof pvt rep reps rev sen sens sgt st supt vs""".split()
)
"""Abbreviations that a name follows: they never end a sentence."""

_BEFORE_A_NUMBER = frozenset("art ca cf fig no nos p pp sec vol".split())
"""Abbreviations that a number follows: they end a sentence only where none does."""

_SOMETIMES_LAST = frozenset(
    """a.m al approx assn ave bros co corp dept e.g est etc i.e inc intl jr ltd p.m ph.d plc rd sr
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun""".split()
)
"""Abbreviations that end a sentence only where a word follows that starts one."""

_STARTERS = frozenset(
    """a after all although an and another any as asked at because before both but by despite during
    each earlier even every few following for from he her here his how however i if in instead it its
    last later many meanwhile more most much my no nobody none nor not now of on once one only or other
    our she since so some still such that the their then there these they this those though three thus
    to two under until we what when where whether which while who why with without yet you your""".split()
)
"""Words that start a sentence oftener than they go on after an abbreviation."""


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of each sentence between *start* and *end*, in order.

    Offsets are into *text*. No sentence begins or ends with a blank, none crosses a line break, none
    is longer than LONGEST, and together they hold every character that is not blank. Time is linear
    in the length.
    """
    stop = len(text) if end is None else end
    for line_start, line_end in lines(text, start, stop):
        begin = line_start
        for match in _END.finditer(text, line_start, line_end):
            if match.start() > begin and _ends(text, begin, match, line_end):
                yield from _pieces(text, begin, match.start() + len(match.group().rstrip()))
                begin = match.end()
        if begin < line_end:
            yield from _pieces(text, begin, line_end)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentence from *start* to *end* in as many pieces as its length makes needful."""
    while end - start > LONGEST:
        piece = text[start : start + LONGEST]
        blank = _TO_LAST_BLANK.match(piece)
        # A blank far back would leave a scrap, where the script sets none between its words.
        kept = piece[: blank.end()].rstrip() if blank and blank.end() > LONGEST // 2 else piece
        yield start, start + len(kept)
        rest = _NO_BLANK.search(text, start + len(kept), end)
        start = rest.start() if rest else end
    if start < end:
        yield start, end


def lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of each line that is not blank, without the blanks around it."""
    for match in _LINE.finditer(text[start:end]):
        line = match.group()
        bare = line.strip()
        if bare:
            first = start + match.start() + len(line) - len(line.lstrip())
            yield first, first + len(bare)


def _ends(text: str, begin: int, match: re.Match[str], line_end: int) -> bool:
    """Tell whether the mark that *match* found ends a sentence."""
    following = text[match.end() : min(match.end() + _REACH, line_end)].lstrip(_OPENERS)
    if not following:
        return True
    if following[0].islower():
        return False
    mark = match.group().rstrip()
    if mark != ".":
        return True
    before = _WORD_BEFORE.search(text[max(begin, match.start() - _REACH) : match.start()])
    return before is None or _stop_ends(before.group(), following)


def _stop_ends(before: str, following: str) -> bool:
    """Tell whether a single full stop between *before* and *following* ends a sentence."""
    word = before.casefold()
    if word in _BEFORE_A_NAME:
        return False
    if word in _BEFORE_A_NUMBER:
        return not following[0].isdigit()
    # An initial ("J. Smith", "U.S. officials") goes on unless a word follows that starts a sentence.
    initial = (len(word) == 1 and before.isalpha() and before.isupper()) or "." in word
    if initial or word in _SOMETIMES_LAST:
        after = _WORD_AFTER.match(following)
        return after is not None and after.group().casefold() in _STARTERS
    return True
