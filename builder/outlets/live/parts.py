"""What of a page can be put in the place of what an open one shows, and what has to be loaded anew."""

import re
from collections.abc import Callable
from posixpath import dirname, join, normpath

from builder.site.template_mistakes import ASSETS

ABOUT = re.compile(
    rb"""(?:<title>[^<]*</title>"""
    rb"""|<meta\ (?:name="(?:description|twitter:card)"|property="og:[^"]*")[^>]*>"""
    rb"""|<link\ rel="canonical"[^>]*>"""
    rb"""|<script\ type="application/ld\+json">[^<]*</script>)\n?""",
    re.VERBOSE,
)
"""What stands in the head of a page and runs nothing and draws nothing: replaced as it is."""

BODY = re.compile(rb"(.*)</head>(.*<main\b[^>]*>).*(</main>.*)", re.DOTALL | re.IGNORECASE)
INSIDES = re.compile(rb"(<(header|footer)\b[^>]*>).*(</\2>)", re.DOTALL | re.IGNORECASE)
SCRIPT = re.compile(rb"<script\b", re.IGNORECASE)
READ_OTHERWISE = re.compile(rb"<(?:template|noscript)\b", re.IGNORECASE)
"""What the browser makes of these in a page is not what its parser makes of them in a text that a script has."""
LOADED = re.compile(rb'<script src="([^"?#]*)" defer></script>')
PATIENT_SCRIPT = f"{ASSETS}search.js"
"""The only script that takes no notice of what stands in the main part of a page, as long as it is the built-in one."""


def frame_of(page: bytes, path: str, own: Callable[[str], bool]) -> bytes | None:
    """The page without what can be exchanged in it: what describes it in the head, and the insides of its header, its
    main part and its footer. Two states of a page with the same frame differ in nothing else.

    None where only loading it anew does it justice: it has no such parts, or a script that may have changed them or
    listens to them, or elements that a script cannot make as the browser does. `own`: whether the site has its own file
    at a path, in the place of a built-in one.
    """
    found = BODY.fullmatch(page)
    if found is None or _count(page, b"<main") != 1 or _count(page, b"</main>") != 1 or READ_OTHERWISE.search(page):
        return None
    head, above, below = ABOUT.sub(b"", found[1]), found[2], found[3]
    ends = ((above, b"header"), (below, b"footer"))
    if any(_count(part, b"<" + tag) > 1 or _count(part, b"</" + tag) > 1 for part, tag in ends):
        return None
    loaded = [normpath(join(dirname(path), src.decode("utf-8", "replace"))) for src in LOADED.findall(head)]
    scripts = len(SCRIPT.findall(page)) - len(SCRIPT.findall(found[1])) + len(SCRIPT.findall(head))
    if scripts != len(loaded) or any(script != PATIENT_SCRIPT or own(script) for script in loaded):
        return None
    return b"\0".join((head, INSIDES.sub(rb"\1\3", above), INSIDES.sub(rb"\1\3", below)))


def _count(page: bytes, tag: bytes) -> int:
    return page.lower().count(tag)
