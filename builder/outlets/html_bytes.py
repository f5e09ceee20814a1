"""A saved page's bytes to its HTML: in whatever encoding and wrapping a browser saved it, and what it says of that."""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE, lookup
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from html import unescape

from builder.briefing.bringing import Refused, refuse_binary
from builder.briefing.drafting_facts import Facts, Found
from builder.briefing.stated_dates import dates_written
from builder.problems import Problem
from builder.reading.fields import WEB_ADDRESS
from builder.reading.seed import decode

CHARSET = re.compile(
    rb"""(?:<meta\b[^<>]{0,300}?charset|<\?xml\b[^<>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
"""What browsers read where a page names the former (WHATWG Encoding, §4.2): as it is named, “ and – would be lost."""

SHIFTING = frozenset({"iso2022_jp"})
"""Encodings whose bytes all pass for ASCII."""

ARCHIVE = re.compile(rb"[A-Za-z][\w-]*:[ \t]")
SAVED = re.compile(
    r"<!--\s*(?:saved\sfrom\surl=\(\d+\)(?P<complete>\S+)"
    r"|Page\ssaved\swith\sSingleFile\s+url:\s*(?P<single>\S+)(?:\s+saved\sdate:(?P<day>[^\n]{1,60}))?)"
)
"""What browsers (“Web page, complete”) and the SingleFile extension write at the head of a page."""

LOOKED_AT = 8_192
"""Bytes at the head of a file in which its encoding and its wrapping show, as browsers look no farther either."""

SOURCE_CELL = re.compile(r"<td\sclass=[\"']?line-content[\"']?>((?:[^<]|<(?!/?td\b))*+)</td>")
TAG = re.compile(r"<[^<>]*>")

NO_FACTS = Facts()


@dataclass(frozen=True, slots=True)
class Saved:
    """A page's HTML, and what the file says about its being saved: from where, when."""

    html: str
    facts: Facts = NO_FACTS


def saved_page(data: bytes) -> Saved:
    """Reads HTML, a web archive (MHTML), or the page that a browser shows as the source of another. Raises Refused."""
    if not data.strip():
        raise Refused("it is empty" if not data else "there is nothing but white space in it")
    refuse_binary(data)
    head = data[:LOOKED_AT]
    if ARCHIVE.match(head) and b"mime-version:" in head.lower():
        return _in_archive(data)
    text = _source_shown(_decoded(data))
    found = SAVED.search(text[:LOOKED_AT])
    if found is None:
        return Saved(text)
    return Saved(text, _saved(unescape(found["complete"] or found["single"]), found["day"] or ""))


def _saved(address: str, when: str) -> Facts:
    said = "the browser, as it saved the page"
    day = next((day.edtf for day in dates_written(when) if day.edtf), "")
    return Facts(
        url=Found(address, said) if WEB_ADDRESS.fullmatch(address) else None,
        retrieved=Found(day, said) if day else None,
    )


def _in_archive(data: bytes) -> Saved:
    """The page of an archive: its first part that is HTML."""
    message = BytesParser().parsebytes(data)
    part = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    body = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(body, bytes) or not body.strip():
        raise Refused("this web archive holds no page; save the page again as “Web page, HTML only”")
    address = _header(message, "Snapshot-Content-Location") or _header(part, "Content-Location")
    return Saved(_decoded(body, part.get_content_charset() or ""), _saved(address, _header(message, "Date")))


def _header(message: Message, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())


def _source_shown(text: str) -> str:
    """The HTML that a saved “view-source:” page shows line by line; any other page as it is."""
    cells = SOURCE_CELL.findall(text) if "line-content" in text else []
    shown = "\n".join(unescape(TAG.sub("", cell)) for cell in cells)
    return shown if re.search(r"<(?:!doctype|html|head|body)\b", shown, re.IGNORECASE) else text


# --- encodings -----------------------------------------------------------------------------------------------------


def _decoded(data: bytes, named: str = "") -> str:
    """UTF-8, or what a byte order mark or the page says that it is in; `named`: what stands around it says so."""
    declared = CHARSET.search(data[:LOOKED_AT])
    name = named or (declared[1].decode("ascii") if declared else "")
    try:
        if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            return data.decode("utf-16")
        codec = lookup(name).name if name else ""
        if codec in SHIFTING:
            return data.decode(codec)
        text = decode(data, "")
        if isinstance(text, str):
            return text
        return data.decode(WIDER.get(codec, codec)) if codec else _refuse(text, name)
    except (LookupError, UnicodeDecodeError):
        text = decode(data, "")
        return text if isinstance(text, str) else _refuse(text, name)


def _refuse(problem: Problem, named: str) -> str:
    said = f"and the page names “{named}”, which it is not either" if named else "and the page names no encoding"
    raise Refused(f"{problem.message}, {said}; {problem.hint}")
