"""ninjs, the IPTC's news in JSON, of the generations 1, 2 and 3."""

from collections.abc import Iterator, Mapping

from corpus.reading import prose
from corpus.reading.entries import Entry, Origin
from corpus.reading.records import RecordError
from corpus.reading.wire import WireItem, entry, said

BEST_BODIES = ("html", "xhtml", "richtext", "html5", "main", "text", "plain")
"""Bodies that hold the same text, the one whose paragraphs are marked first."""

HEADLINES = ("main", "text", "html", "xhtml")


def is_ninjs(value: Mapping[str, object]) -> bool:
    """Whether a JSON object is a ninjs item rather than an article in our own fields."""
    names = {name.lower() for name in value}
    headed = any(name.startswith(("headline", "body_", "bodies")) for name in names)
    dated = not names.isdisjoint({"versioncreated", "firstcreated", "pubstatus"})
    return not names.isdisjoint({"uri", "guid"}) and "text" not in names and (headed or dated)


def read(value: Mapping[str, object], place: Origin) -> Iterator[Entry]:
    """Read one item. Pictures, videos, graphics and packages are passed over: they give nothing."""
    fields = {name.lower(): content for name, content in value.items()}
    if _text(fields, "type") not in {"", "text"}:
        return
    try:
        item = _item(fields)
    except RecordError as error:
        yield place.refuse_for(error)
    else:
        yield entry(item, place)


def _item(fields: Mapping[str, object]) -> WireItem:
    title = _best(fields, "headline", HEADLINES) or _text(fields, "title")
    return WireItem(
        guid=_text(fields, "uri", "guid"),
        title=prose.line(title),
        text=_best(fields, "body", BEST_BODIES),
        version=_text(fields, "version"),
        dates=(_text(fields, "versioncreated"), _text(fields, "firstcreated")),
        embargo=_text(fields, "embargoed"),
        status=_text(fields, "pubstatus"),
        publisher=_publisher(fields),
        language=_text(fields, "language"),
    )


def _text(fields: Mapping[str, object], *names: str) -> str:
    """The first of these that is there. Raises RecordError when it is no text."""
    for name in names:
        value = fields.get(name)
        number = isinstance(value, int) and not isinstance(value, bool)
        written = str(value) if number else said(name, value)
        if written.strip():
            return written
    return ""


def _best(fields: Mapping[str, object], name: str, roles: tuple[str, ...]) -> str:
    """The text of the best of several that say the same, as paragraphs."""
    found = {role: text for role, text in _versions(fields, name) if text}
    role = next((role for role in roles if role in found), next(iter(found), None))
    return found[role] if role is not None else ""


def _versions(fields: Mapping[str, object], name: str) -> Iterator[tuple[str, str]]:
    """Each (role, text): `body_html` has the role `html`, a lone `headline` the role `main`."""
    plural = "bodies" if name == "body" else f"{name}s"
    listed = fields.get(plural)
    for each in listed if isinstance(listed, list) else ():
        if isinstance(each, dict):
            held = {key.lower(): value for key, value in each.items()}
            kind = _text(held, "contenttype")
            if not kind.endswith("/xml"):  # an agency's own markup, beside which there is another
                yield _text(held, "role") or kind, _seen(_text(held, "value"), kind)
    for key in fields:
        if key == name or key.startswith(f"{name}_"):
            role = key.removeprefix(name).removeprefix("_") or "main"
            yield role, _seen(_text(fields, key), role)


def _seen(value: str, kind: str) -> str:
    marked = "html" in kind or (kind == "richtext" and "<" in value)
    return prose.fragment(value) if marked else prose.plain(value)


def _publisher(fields: Mapping[str, object]) -> str:
    """Who provides the item: its source of information, else who holds the rights."""
    sources = fields.get("infosources", fields.get("infosource"))
    names = [
        _text({key.lower(): value for key, value in each.items()}, "name", "literal")
        for each in (sources if isinstance(sources, list) else ())
        if isinstance(each, dict)
    ]
    given = next(filter(None, names), "")
    return _text(fields, "provider") or given or _text(fields, "copyrightholder", "source")
