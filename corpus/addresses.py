"""Addresses of articles: whether two of them lead to the same page."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

_TRACKING = re.compile(
    r"utm_\w+|at_\w+|mc_[ce]id|(?:fb|g|dc|ms|tw)clid|igshid|cmp|cmpid|ref|ref_src|smid|partner|ocid",
    re.IGNORECASE,
)
"""Names in a query that say where a reader came from, and nothing of what is read."""

_PORTS = {"http": 80, "https": 443}


def canonical(address: str) -> str:
    """Return *address* without what does not change the page: the same for the same page.

    Scheme, `www.`, `m.` or `amp.`, an index page, a slash at the end, the fragment and what tracks
    readers are dropped; what else the query says is kept, in order of its names. Empty for the front
    page of a site, which is no article's, and for what is no address.
    """
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        return ""
    host = (parts.hostname or "").removesuffix(".")
    for front in ("www.", "m.", "amp."):
        host = host.removeprefix(front)
    if port is not None and port != _PORTS.get(parts.scheme):
        host += f":{port}"
    path = re.sub(r"/(?:index\.\w+|amp)?$", "", re.sub(r"/{2,}", "/", parts.path.strip()))
    query = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.fullmatch(name)
    )
    if not host or not (path or query):
        return ""
    return f"{host}{path}" + (f"?{urlencode(query)}" if query else "")
