"""A saved page to its main text, and what the page states about itself. Needs the extra `sourcebook[html]`.

Nothing in a page runs and nothing is fetched: libxml2 parses it without network, and reads no entities of a DTD.
"""

import logging
import re
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import trafilatura
from lxml import etree, html

from builder.briefing.bringing import WALLED, Brought, Refused, read_extracted
from builder.briefing.drafting_facts import Facts, joined
from builder.outlets.html_bytes import saved_page
from builder.outlets.html_facts import facts_of_page, is_walled
from builder.outlets.html_lines import Line, lines_of, text_of

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
WORD = re.compile(r"[^\W\d_]")
NO_TEXT = "no main text is found in this page; copy what your browser shows of it into a .txt"


def read_page(name: str, data: bytes) -> Brought:
    """The main text of a saved page, a paragraph a line with blank lines between. Raises Refused."""
    # The extractor complains about every strange page on its own; what matters of it is said here.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        saved = saved_page(data)
        # A page of many nested boxes is no attack: `huge_tree` goes 2,048 deep, where 256 would lose the text.
        parser = html.HTMLParser(
            encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
        )
        tree = html.document_fromstring(saved.html.encode("utf-8", "replace"), parser=parser)
        _drop_unseen(tree)
        facts, headline, walled = joined(facts_of_page(tree), saved.facts), text_of(tree.find(".//h1")), is_walled(tree)
        extracted = trafilatura.extract(tree, output_format="xml", include_comments=False, include_tables=True)
    except (etree.LxmlError, LookupError, ValueError, RecursionError) as error:
        raise Refused(f"no page can be read from it ({type(error).__name__})") from None
    lines = list(lines_of(extracted)) if extracted else []
    if not any(WORD.search(line.text) for line in lines if not line.tag and line.text != headline):
        raise Refused(NO_TEXT)
    if headline and not _begins_with(lines, headline, facts):
        lines.insert(0, Line(headline, "h1"))
    taken = f"The text is what trafilatura {trafilatura.__version__} takes for the main part of the page"
    origin = f"{taken} (SHA-256 {sha256(data).hexdigest()})."
    return read_extracted(
        name, *_written(lines), facts, (origin, *([f"{WALLED}: see whether the text is whole."] if walled else ()))
    )


def _drop_unseen(tree: Any) -> None:
    """What only browsers without scripts show, and characters that XML cannot hold: one, and no text would be found."""
    for element in list(tree.iter("noscript")):
        element.drop_tree()
    for element in tree.iter():
        for part in ("text", "tail"):
            text = getattr(element, part)
            if isinstance(text, str) and CONTROL.search(text):
                setattr(element, part, CONTROL.sub("", text))


def _begins_with(lines: Sequence[Line], headline: str, facts: Facts) -> bool:
    """Whether the headline stands above the text: that of the page's head, where the first <h1> is the paper's name."""
    headlines = {headline, facts.title.value if facts.title else ""}
    return any(line.text in headlines for line in lines[:3])


def _written(lines: Sequence[Line]) -> tuple[str, dict[int, str]]:
    """The text of a file, and the numbers of its lines that are headings with their tags."""
    text, number, headings = "", 0, dict[int, str]()
    for line in lines:
        gap = 1 if line.adjoins else 2
        text += "\n" * gap * bool(text) + line.text
        number += gap if number else 1
        if line.tag:
            headings[number] = line.tag
    return text + "\n", headings
