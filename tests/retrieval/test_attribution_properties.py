"""Attribution of whatever text: spans hold, nothing crashes, time stays linear."""

import time

import pytest
from hypothesis import given, settings, strategies as st

from corpus.sentences import sentences
from retrieval.attribution import Attribution, attribute

_NEWSY = st.sampled_from(
    [
        *"""said claims told the The a spokesman Peter Anna Silva he she they of to and who which not
    according to in statement 43 accused denied by as saying Mr. was has Monday O'Neil's""".split(),
        ",",
        ".",
        '"',
        "“",
        "”",
        "‘",
        "’",
        "'",
        "«",
        "»",
        ":",
        "—",
        "\n",
        "  ",
        "\x00",
        "İ",
        "ß",
    ]
)


def _assert_speakers_are_spans(text: str) -> None:
    bounds = list(sentences(text))
    found = attribute(text, bounds)
    assert len(found) == len(bounds)
    for said in found:
        for report in said.reports:
            assert 0 <= report.verb < len(text)
            _assert_is_span(text, report.speaker)
        _assert_is_span(text, said.speaker)


def _assert_is_span(text: str, speaker: Attribution | None) -> None:
    if speaker is None:
        return
    assert 0 <= speaker.start < speaker.end <= len(text)
    mention = text[speaker.start : speaker.end]
    assert mention == mention.strip()
    assert len(mention.splitlines()) == 1


@given(st.lists(_NEWSY, max_size=120).map(" ".join))
@settings(deadline=None, max_examples=300)
def test_speakers_are_spans_of_newslike_text(text: str) -> None:
    """Words of news in any order: every speaker is a stretch of one line, without blanks around it."""
    _assert_speakers_are_spans(text)


@given(st.text(max_size=300))
@settings(deadline=None, max_examples=300)
def test_speakers_are_spans_of_any_text(text: str) -> None:
    """Any Unicode at all: no crash, and every speaker is a stretch of the text."""
    _assert_speakers_are_spans(text)


@pytest.mark.parametrize(
    "unit",
    [
        "to the ",
        "Aaa ",
        '" ',
        "'a ",
        "cats' 'a",
        "   ",
        "Peter said, ",
        "Aaa, and ",
        "In Rome Aaa, ",
        "its mayor said ",
        "to say or ",
        "claim ",
        "((",
        ", saying ",
    ],
)
def test_time_is_linear_in_one_line(unit: str) -> None:
    """A line ten times as long takes about ten times as long, whatever it repeats."""

    def seconds(length: int) -> float:
        text = (unit * (length // len(unit) + 1))[:length] + " said Ana Silva."
        started = time.process_time()
        attribute(text, [(0, len(text))])
        return time.process_time() - started

    seconds(1_000)
    short = min(seconds(20_000) for _ in range(3))

    assert seconds(200_000) < 40 * short + 0.2
