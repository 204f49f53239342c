"""Denials that use no verb of denying: "we had nothing to do with this"."""

import re

_DENIAL = re.compile(
    r"""\bno\s+(?:involvement|part|role|connection|knowledge|link|links|responsibility|intention|evidence|truth|basis|plans?)\b
    |\bnothing\s+to\s+do\s+with\b|\bnothing\s+(?:was|is|of\s+the\s+kind|of\s+the\s+sort)\b
    |\b(?:was|were|is|are|am|did|do|does|has|have|had|would|will|could|can)(?:\s+not|n['\u2019]t|\s+never|\s+in\s+no\s+way)\b
    |\bnot\s+(?:us|me|our|behind|involved|responsible|guilty|true|the\s+case)\b
    |\b(?:without\s+(?:any\s+)?(?:foundation|basis|merit)|baseless|unfounded|groundless|fabricated?|fabrication|untrue|false|
       innocent|nonsense|absurd|lies?|lying|slander|smear|hoax|categorically|neither|nobody|none\s+of)\b""",
    re.IGNORECASE | re.VERBOSE,
)


def denies(text: str, start: int, end: int) -> bool:
    """Tell whether *text* between *start* and *end* holds words by which something is denied.

    Meant for the words of a speaker: a negation in narration is no denial.
    """
    return _DENIAL.search(text, start, end) is not None
