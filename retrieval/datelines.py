"""What stands before the first word of a line of news: a dateline, or the time of a live report."""

import re

_OPENING = re.compile(
    r"""(?:[A-Z][A-Z.'\u2019\- ]{2,40}|[A-Z]\w+(?:\ [A-Z]\w+){0,2}(?=[^\n]{0,40}\(\w))  # OSLO; Oslo, before (Agency)
        (?:,\ [\w.]+(?:\ [\w.]+){0,2}){0,2}                                             # , Norway, 4 May
        (?:\ \([^()\n]{2,30}\))?                                                        # (Agency)
        \ ?[\-\u2013\u2014]{1,2}[ ]
      | \d{1,2}[.:]\d{2}(?:\ ?[ap]\.?m\b\.?)?(?:\ [A-Z]{2,4}\b)?(?:\ ?[:\-\u2013\u2014|])?[ ]   # 06.25, 9:10am GMT:
    """,
    re.VERBOSE,
)


def past_dateline(text: str, start: int, end: int) -> int:
    """Return where a sentence begins behind its dateline or its time: *start* where it has none."""
    opening = _OPENING.match(text, start, end)
    return opening.end() if opening is not None else start
