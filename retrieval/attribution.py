"""Who says each sentence of an article.

A sentence is looked at without what it quotes: what is left is narration, and in it a reporting verb
has a subject before it ("Peskov on Thursday said"), behind it ("said Kirby"), or is none at all
("according to Mash"). A subject is a name, a role ("the governor") or a pronoun; names are given as
fully as the article gives them anywhere, pronouns go back to who was speaking. Then a speaker is spread
over the whole quotation, and carried into a quotation that stands alone behind their words.

The rules are general ones of English news prose; nothing in them is about a story. Time is linear in
the length of the article.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.names import NAME, UPPER, Cast, core, gender_of, is_role, names, roles, with_role
from retrieval.quotations import Quotation, is_statement, quotations
from retrieval.reporting import bare_forms, bases, forms, needs_clause, participles, with_particle

_VERB = re.compile(r"[^\W\d_]+(?:['\u2019]t)?")
_BOUNDARY = re.compile(
    r"[,;:\u2014\u2013()\[\]\x00]|(?<!\w)-+(?!\w)|\b(?:that|which|who|whom|whose|when|while|after|before|because|as"
    r"|if|where|whether|although|though|but|or|since|until|so|than|yet|and)\b",
    re.IGNORECASE,
)
_AUXILIARY = (
    r"has|have|had|having|is|are|was|were|be|been|will|would|could|can|may|might|must|should|shall|do|does|did|not|never|"
    r"also|later|then|earlier|still|again|already|once|often|now|even|just|first|repeatedly|both|soon|"
    r"too|further|previously|recently|immediately|quickly|since|so|far|only|ever|yet|n['\u2019]t|[a-z]+ly"
)
_TAIL = re.compile(
    rf"""(?:\s+(?:{_AUXILIARY}|(?:has|have|had|did|does|do|is|was|would|could)n['\u2019]t
        |(?:late\ |early\ |earlier\ )?(?:on|last|this|next|yesterday|today|tonight|late|early)(?:\s+[\w\u2019'-]+){{0,3}}?
        |(?:in|at|during|through|via|by|from|with|to|for|about|over)\s+(?:a|an|the|his|her|its|their|remarks|comments|response|reply)\b(?:\s+[\w\u2019'-]+){{0,7}}?
        ))+\s*$""",
    re.VERBOSE,
)
_ONLY_TAIL = re.compile(rf"^\s*(?:(?:{_AUXILIARY})\s*)*$")
_LEAD = re.compile(
    r"^\s*(?:(?:and|but|or|so|yet|meanwhile|however|still|then|later|also|both|even)\s+)+",
    re.IGNORECASE,
)
_ADVERBIAL = re.compile(
    r"^\s*(?:in|on|at|after|before|during|for|from|with|by|since|under|over|amid|despite|speaking|asked|writing"
    r"|earlier|late|early|last|this|next|alongside|following|according|to)\b",
    re.IGNORECASE,
)
_BE = re.compile(
    rf"\b(?:is|are|was|were|be|been|being|get|gets|got)(?:\s+(?:{_AUXILIARY}|twice|being))*\s*$",
    re.IGNORECASE,
)
_BY = re.compile(r"\s+by\s+")
_HAVE = re.compile(r"\b(?:has|have|had)\b[\w\s]{0,20}$")
_NEGATED = re.compile(
    r"(?:\b(?:not|never|neither|nobody|no\s+one|without)\b|n['\u2019]t\b)[^,;\x00]{0,30}$",
    re.IGNORECASE,
)
_TO = re.compile(r"\bto(?:\s+[a-z]+ly)?\s*$")
_ACCORDING = re.compile(r"\baccording\s+to\s+", re.IGNORECASE)
_LABEL = re.compile(rf"^\s*({NAME})\s*:\s")
_PRONOUN = re.compile(r"(?:he|she|they|it|i|we)", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['\u2019.\-][^\W_]+)*")
_NOMINAL = re.compile(
    rf"^(?:(?:the|a|an|his|her|its|their|one|two|several|some|many|other|local)\s+)?[\w{UPPER}]",
    re.IGNORECASE,
)
_CLAUSE_FOLLOWS = re.compile(
    r"^\s*(?:that|to|it|he|she|they|there|the|his|her|its|their|a|an|no)\b|^\s*[,:]\s*\x00",
    re.IGNORECASE,
)
_APPOSITION = re.compile(
    r"^\s*(?:a|an|the|his|her|its|their|who|whose|which|former|then|now|\d)", re.IGNORECASE
)
_AFTER_ENDS = re.compile(
    r"[,;:.!?\u2014\u2013()\x00]|(?<!\sof)(?<!\sfor)(?<!\sto)\s(?:the|a|an)\b|\s(?:on|in|at|during|after|before|as|that|when|while|about|to|by|from|with|this|last|yesterday"
    r"|today|who|and|but|told|said|says|was|is|were|are|has|have|had|also|later|earlier)\b"
)
_APPOSED = re.compile(
    r"^,\s+(?!(?:and|but|who|which|as|adding|while|saying|when|after|in|on|at)\b)[^,;:.!?\x00]{3,90}(?=[,.;]|$)"
)
_STRONG = frozenset("say deny accuse warn ask".split())
"""Groups that take a speaker of any kind: "the 34-year-old said"."""
_POSTED = re.compile(rf"\s(?:to|of|for|in)\s(?:the\s)?{NAME}")
_MEMORY = 6
"""How many who were named last a pronoun may go back to."""
_INVERTS = frozenset("say ask warn think suggest confirm predict".split())


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says something: offsets of the mention, and whether it had to be inferred."""

    start: int
    end: int
    inferred: bool


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


@dataclass(frozen=True, slots=True)
class _Subject:
    """A stretch of narration that is the subject of a reporting verb."""

    start: int
    end: int


def attribute(text: str, sentences: Sequence[tuple[int, int]]) -> list[Said]:
    """Return, for each sentence of an article's *text*, who says it. *sentences* are in order."""
    return _Reader(text, sentences).read()


class _Reader:
    """Reads one article from its first sentence to its last, remembering who spoke."""

    def __init__(self, text: str, sentences: Sequence[tuple[int, int]]) -> None:
        self._text = text
        self._sentences = sentences
        self._cast = Cast(text)
        self._quotations = _all_quotations(text)
        self._narration = _masked(text, self._quotations)
        self._recent: list[tuple[Attribution, str]] = []

    def read(self) -> list[Said]:
        """Return what is known of each sentence."""
        said: list[Said] = []
        for start, end in self._sentences:
            self._remember_subject(start, end)
            reports = tuple(self._reports(start, end))
            speaker = next((r.speaker for r in reports if r.speaker is not None), None)
            said.append(Said(speaker, reports, self._is_quoted(start, end)))
        self._spread(said)
        self._carry(said)
        return said

    # -- one sentence -------------------------------------------------------------------------

    def _reports(self, start: int, end: int) -> Iterator[Report]:
        label = _LABEL.match(self._narration, start, end)
        if label is not None and start == self._line_start(start):
            yield Report(frozenset({"say"}), label.end(), self._resolve(_Subject(*label.span(1))))
        for match in _VERB.finditer(self._narration, start, end):
            found = self._groups_of(match, start, end)
            if not found:
                continue
            subject = self._subject(match, start, end, found)
            if subject is not None:
                attribution = self._resolve(subject)
                negated = _NEGATED.search(self._narration, start, match.start())
                yield Report(frozenset({"say"}) if negated else found, match.start(), attribution)
        for match in _ACCORDING.finditer(self._narration, start, end):
            subject = self._following(match.end(), end)
            if subject is not None:
                yield Report(frozenset({"say"}), match.start(), self._resolve(subject))

    def _groups_of(self, match: re.Match[str], start: int, end: int) -> frozenset[str]:
        """Return the groups of the reporting verb at *match*, empty when it is none."""
        form = match.group()
        lower = form.casefold()
        found = forms().get(lower)
        if found is None or (form[0].isupper() and match.start() > start):
            return frozenset()
        particle = _VERB.match(self._narration, min(match.end() + 1, end), end)
        by_particle = with_particle().get(lower, {})
        if particle is not None and particle.group() in by_particle:
            return frozenset({by_particle[particle.group()]})
        if lower not in bare_forms():
            return frozenset()
        before = self._narration[start : match.start()]
        if _TO.search(before):
            return frozenset()
        return found

    def _subject(
        self, verb: re.Match[str], start: int, end: int, found: frozenset[str]
    ) -> _Subject | None:
        """Return the subject of the verb, or None when what looks like a verb reports nothing."""
        lower = verb.group().casefold()
        before = self._narration[start : verb.start()]
        after = self._narration[verb.end() : end]
        if _BE.search(before) or _BY.match(after):
            return self._passive(verb.end(), end)
        if lower in participles() and not _HAVE.search(before):
            return None
        if lower.endswith("ing") and not re.search(r"[,\x00]\s*(?:[a-z]+ly\s*)?$|\bas\s*$", before):
            return None
        if needs_clause(lower) and not _CLAUSE_FOLLOWS.match(after):
            return None
        subject = self._preceding(start, verb.start(), finite=lower not in bases())
        if subject is not None and not found & _STRONG and not self._can_speak(subject):
            return None
        if subject is None and found & _INVERTS and _ONLY_TAIL.match(_last_segment(before)):
            return self._following(verb.end(), end)
        return subject

    def _passive(self, verb_end: int, end: int) -> _Subject | None:
        """Return the agent of a passive: "was accused by prosecutors"."""
        by = _BY.match(self._narration, verb_end, end)
        return self._following(by.end(), end) if by is not None else None

    def _preceding(self, start: int, verb: int, *, finite: bool) -> _Subject | None:
        """Return the subject that stands before the verb; an infinitive has one right before it only."""
        segments = _segments(self._narration, start, verb)
        last = segments[-1]
        trimmed = self._trimmed(last.start, last.end)
        if trimmed is not None:
            return self._noun_phrase(trimmed)
        return self._further_back(segments) if finite else None

    def _can_speak(self, subject: _Subject) -> bool:
        """Tell whether a subject is a pronoun or holds a role or a name that is one elsewhere, too."""
        phrase = self._narration[subject.start : subject.end]
        if _PRONOUN.fullmatch(phrase) or any(is_role(word) for word in phrase.split()):
            return True
        found = [
            phrase[a - subject.start : b - subject.start]
            for a, b in names(self._narration, subject.start, subject.end)
        ]
        return any(" " in name or self._cast.knows(name) for name in found)

    def _further_back(self, segments: Sequence["_Segment"]) -> _Subject | None:
        """Return the subject when nothing stands between the verb and the boundary before it."""
        boundary = segments[-1].boundary
        if boundary == "\x00" or (boundary == "" and len(segments) == 1):
            return None
        earlier = [s for s in segments[:-1] if self._trimmed(s.start, s.end) is not None]
        if not earlier:
            return None
        if boundary in ("who", "which", "that"):
            return self._tail_name(earlier[-1])
        if boundary == "," and len(earlier) > 1 and self._is_apposition(earlier[-1]):
            return self._apposed(earlier[-2], earlier[-1])
        for segment in reversed(earlier):
            if segment.boundary in ("who", "which", "that", "whose"):
                continue
            leading = self._leading(segment)
            if leading is not None:
                return leading
        return None

    def _apposed(self, named: "_Segment", apposition: "_Segment") -> _Subject | None:
        """Return a name together with the apposition behind it."""
        name = self._tail_name(named)
        if name is None:
            return self._noun_phrase(_Subject(apposition.start, apposition.end))
        between = self._narration[name.end : apposition.start]
        if between.strip(" ,"):
            return name
        end = apposition.start + len(self._of(apposition).rstrip())
        return _Subject(name.start, end) if end - name.end < 90 else name

    def _is_apposition(self, segment: "_Segment") -> bool:
        """Tell whether a segment says more of the name before it: "a spokesman", "who was there"."""
        words = self._of(segment).split()
        opens = segment.boundary in ("who", "which", "whose") or _APPOSITION.match(
            self._of(segment)
        )
        return bool(opens) or any(is_role(word) for word in words[:4])

    def _of(self, segment: "_Segment") -> str:
        return self._narration[segment.start : segment.end]

    def _trimmed(self, start: int, end: int) -> _Subject | None:
        """Return the stretch without conjunctions before it and adverbs and auxiliaries behind it."""
        stretch = self._narration[start:end]
        if _ONLY_TAIL.match(stretch):
            return None
        lead = _LEAD.match(stretch)
        begin = lead.end() if lead else 0
        tail = _TAIL.search(" " + stretch[begin:])
        stop = begin + tail.start() - 1 if tail and tail.start() > 0 else len(stretch)
        core = stretch[begin : max(begin, stop)]
        if not core.strip():
            core = stretch[begin:]
        offset = start + begin + len(core) - len(core.lstrip())
        core = core.strip()
        return _Subject(offset, offset + len(core)) if core else None

    def _noun_phrase(self, stretch: _Subject) -> _Subject | None:
        """Return what in a stretch before a verb can speak, or None."""
        phrase = self._narration[stretch.start : stretch.end]
        if _PRONOUN.fullmatch(phrase):
            return stretch
        words = phrase.split()
        if _ADVERBIAL.match(phrase) or len(words) > 12:
            return self._tail_speaker(stretch)
        if self._has_head(stretch) or (len(words) <= 4 and _NOMINAL.match(phrase)):
            return stretch
        return None

    def _tail_speaker(self, stretch: _Subject) -> _Subject | None:
        """Return a speaker that ends a stretch: a pronoun, a name, or a determiner and a role."""
        pronoun = re.search(r"\b(?:he|she|they|it)$", self._narration[stretch.start : stretch.end])
        if pronoun is not None:
            return _Subject(stretch.start + pronoun.start(), stretch.end)
        found = list(names(self._narration, stretch.start, stretch.end))
        if found and found[-1][1] == stretch.end:
            return _Subject(with_role(self._narration, stretch.start, found[-1][0]), stretch.end)
        phrase = re.search(
            r"\b(?:the|a|an|one|some|several)\s(?:[\w\u2019'-]+\s){0,4}[\w-]+$",
            self._narration[stretch.start : stretch.end],
        )
        if phrase is not None:
            role = _Subject(stretch.start + phrase.start(), stretch.end)
            return role if self._has_head(role) else None
        return None

    def _tail_name(self, segment: "_Segment") -> _Subject | None:
        end = segment.start + len(self._of(segment).rstrip())
        return self._tail_speaker(_Subject(segment.start, end)) if end > segment.start else None

    def _leading(self, segment: "_Segment") -> _Subject | None:
        """Return the subject that a clause begins with: "Zelenskyy visited the court and" -> Zelenskyy."""
        stretch = self._trimmed(segment.start, segment.end)
        if stretch is None:
            return None
        phrase = self._narration[stretch.start : stretch.end]
        pronoun = re.match(r"(?:he|she|they|it)\b", phrase, re.IGNORECASE)
        if pronoun is not None:
            return _Subject(stretch.start, stretch.start + pronoun.end())
        if _ADVERBIAL.match(phrase):
            return None
        end = self._leading_end(stretch)
        return _Subject(stretch.start, end) if end > stretch.start else None

    def _leading_end(self, stretch: _Subject) -> int:
        """Return where the noun phrase at the head of a stretch ends; its start when there is none."""
        end = stretch.start
        for count, word in enumerate(_WORD.finditer(self._narration, stretch.start, stretch.end)):
            lower = word.group().casefold().removesuffix("'s").removesuffix("\u2019s")
            if word.group()[0].isupper() or is_role(lower):
                end = word.end()
            elif end > stretch.start and not is_role(lower):
                break
            elif count > 6:
                break
        return end

    def _has_head(self, stretch: _Subject) -> bool:
        """Tell whether a stretch holds a name or a role."""
        if next(names(self._narration, stretch.start, stretch.end), None) is not None:
            return True
        return any(
            is_role(w.group()) for w in _WORD.finditer(self._narration, stretch.start, stretch.end)
        )

    def _following(self, start: int, end: int) -> _Subject | None:
        """Return the speaker that stands behind a verb or "according to"."""
        rest = self._narration[start:end]
        lead = len(rest) - len(rest.lstrip())
        if rest[:lead].count("\n"):
            return None
        stop = _AFTER_ENDS.search(rest, lead + 1)
        phrase = rest[lead : stop.start() if stop else len(rest)].rstrip()
        if not phrase or len(phrase.split()) > 12:
            return None
        stretch = _Subject(start + lead, start + lead + len(phrase))
        if not (
            phrase[0].isupper()
            or re.match(r"(?:the|a|an|one|local|his|her|their)\s", phrase)
            or is_role(phrase.split()[0])
        ):
            return None
        if not self._has_head(stretch):
            return None
        return self._extended(stretch, end)

    def _extended(self, stretch: _Subject, end: int) -> _Subject:
        """Return a speaker with what belongs to them: "to the UN Ana Silva", ", the mayor of Lyon"."""
        rest = self._narration[stretch.end : end]
        posted = _POSTED.match(rest)
        if posted is not None and is_role(self._narration[stretch.start : stretch.end].split()[-1]):
            stretch = _Subject(stretch.start, stretch.end + posted.end())
            rest = self._narration[stretch.end : end]
        apposed = _APPOSED.match(rest)
        if apposed is None:
            return stretch
        first = apposed.group()[1:].lstrip()
        named = self._narration[stretch.start].isupper()
        if _APPOSITION.match(first) if named else first[0].isupper():
            return _Subject(stretch.start, stretch.end + apposed.end())
        return stretch

    # -- who is meant -------------------------------------------------------------------------

    def _resolve(self, subject: _Subject) -> Attribution | None:
        """Return the fullest mention of the subject, and remember who spoke."""
        phrase = self._text[subject.start : subject.end]
        if _PRONOUN.fullmatch(phrase):
            return self._antecedent(phrase.casefold())
        attribution = self._fullest(subject)
        gender = gender_of(self._text, attribution.start, attribution.end)
        self._recent.append((attribution, gender))
        return attribution

    def _fullest(self, subject: _Subject) -> Attribution:
        """Return the subject as fully as the article names it."""
        found = list(names(self._text, subject.start, subject.end))
        if not found:
            return self._by_role(subject) or Attribution(subject.start, subject.end, inferred=False)
        start, end = found[-1]
        begin = with_role(self._text, self._line_start(start), start)
        if end == subject.end and begin <= subject.start:
            named = self._text[slice(*core(self._text, start, end))]
            full = self._cast.by_name(named, start) if " " not in named else None
            if full is not None and full.end - full.start > end - begin:
                return Attribution(full.start, full.end, inferred=False)
            return Attribution(begin, end, inferred=False)
        return Attribution(subject.start, subject.end, inferred=False)

    def _by_role(self, subject: _Subject) -> Attribution | None:
        """Return whom "the spokesman" means: who was last named with that role."""
        words = self._text[subject.start : subject.end].casefold().split()
        if len(words) != 2 or words[0] != "the" or roles().get(words[1], "g") == "g":
            return None
        for attribution, _ in reversed(self._recent):
            mention = self._text[attribution.start : attribution.end]
            if words[1] in mention.casefold().split() and re.search(NAME, mention):
                return Attribution(attribution.start, attribution.end, inferred=True)
        return None

    def _antecedent(self, pronoun: str) -> Attribution | None:
        """Return whom a pronoun means: the last one remembered whose gender agrees."""
        wanted = {"he": ("m", ""), "she": ("f", ""), "it": ("g", ""), "they": ("g", "")}.get(
            pronoun
        )
        if wanted is None:
            return None
        recent = self._recent[-_MEMORY:]
        for gender in wanted:
            for attribution, known in reversed(recent):
                if known == gender:
                    return Attribution(attribution.start, attribution.end, inferred=True)
        return None

    def _remember_subject(self, start: int, end: int) -> None:
        """Remember who a sentence is about: whom its first clause begins with, else whom it names first."""
        segment = _segments(self._narration, start, end)[0]
        subject = self._leading(segment)
        if subject is None or _PRONOUN.fullmatch(self._narration[subject.start : subject.end]):
            first = next(names(self._narration, start, end), None)
            subject = _Subject(*first) if first is not None and subject is None else None
        if subject is None:
            return
        attribution = self._fullest(subject)
        mention = self._text[attribution.start : attribution.end]
        gender = gender_of(self._text, attribution.start, attribution.end)
        if gender or (" " in mention and self._can_speak(subject)):
            self._recent.append((attribution, gender))

    # -- over several sentences ---------------------------------------------------------------

    def _line_start(self, offset: int) -> int:
        return self._text.rfind("\n", 0, offset) + 1

    def _is_quoted(self, start: int, end: int) -> bool:
        """Tell whether a sentence is all quotation: no letter of it is narration."""
        return not any(c.isalpha() for c in self._narration[start:end])

    def _spread(self, said: list[Said]) -> None:
        """Give each sentence of a quotation the speaker of the sentence that attributes it."""
        for quotation in self._quotations:
            inside = [
                i
                for i, (start, end) in enumerate(self._sentences)
                if start < quotation.end and end > quotation.start
            ]
            speaker = next((said[i].speaker for i in inside if said[i].speaker is not None), None)
            for i in inside:
                if said[i].speaker is None:
                    said[i] = Said(speaker, said[i].reports, said[i].quoted)

    def _carry(self, said: list[Said]) -> None:
        """Give a quotation that stands alone the speaker before it."""
        for i in range(1, len(said)):
            previous = said[i - 1]
            if said[i].speaker is None and said[i].quoted and previous.speaker is not None:
                carried = Attribution(previous.speaker.start, previous.speaker.end, inferred=True)
                said[i] = Said(carried, said[i].reports, quoted=True)


@dataclass(frozen=True, slots=True)
class _Segment:
    """Narration between two boundaries, and the boundary before it ("" at the sentence's start)."""

    boundary: str
    start: int
    end: int


def _segments(narration: str, start: int, end: int) -> list[_Segment]:
    """Cut narration at marks and at words that begin a clause."""
    found: list[_Segment] = []
    boundary, begin = "", start
    for match in _BOUNDARY.finditer(narration, start, end):
        found.append(_Segment(boundary, begin, match.start()))
        boundary, begin = match.group().casefold(), match.end()
    found.append(_Segment(boundary, begin, end))
    return found


def _last_segment(narration: str) -> str:
    return narration[_segments(narration, 0, len(narration))[-1].start :]


def _all_quotations(text: str) -> list[Quotation]:
    """Return the quotations that are statements, of all paragraphs."""
    found: list[Quotation] = []
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        found.extend(q for q in quotations(text, start, end) if is_statement(text, q))
        start = end + 1
    return found


def _masked(text: str, quoted: Sequence[Quotation]) -> str:
    """Return *text* with NULs for what is quoted and for the quotation marks; offsets stay."""
    parts: list[str] = []
    position = 0
    for quotation in quoted:
        start = max(position, quotation.start - 1)
        end = min(len(text), quotation.end + (0 if quotation.open_ended else 1))
        parts += [text[position:start].replace("\x00", " "), "\x00" * (end - start)]
        position = end
    parts.append(text[position:].replace("\x00", " "))
    return "".join(parts)
