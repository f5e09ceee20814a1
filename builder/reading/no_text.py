"""Files that are no text: what each is by its first bytes, and what to do instead."""

import re

PICTURE = "a picture; type its words, or read them with OCR"
PACKED = "compressed; unpack it first"
SOUND = "a recording; type what is said in it"

BINARY = (
    (b"%PDF", "a PDF; save its text first: pdftotext -layout FILE.pdf FILE.txt"),
    (b"PK\x03\x04", "a zip or an office document; save it as plain text"),
    (b"\xd0\xcf\x11\xe0", "an old office document; save it as plain text"),
    (b"{\\rtf", "RTF; save it as plain text"),
    (b"bplist00", "an archive of Safari’s; save the page as “Page Source”"),
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE),
    (b"RIFF", "a picture or a recording; type its words"),
    (b"\0\0\0\x18ftyp", SOUND),
    (b"\0\0\0 ftyp", SOUND),
    (b"ID3", SOUND),
    (b"OggS", SOUND),
    (b"\x1f\x8b", PACKED),
    (b"\xfd7zXZ", PACKED),
    (b"\x28\xb5\x2f\xfd", PACKED),
    (b"7z\xbc\xaf", PACKED),
    (b"Rar!", PACKED),
    (b"BZh", PACKED),
)
"""How files of well-known kinds begin, and what to do with each."""

SUFFIXES = {
    ".eml": "a mail; save it as plain text: its lines From, Date and Subject may stand above it",
    ".bib": "a list of references; export it as CSL-JSON",
    ".ris": "a list of references; export it as CSL-JSON",
    ".srt": "subtitles; take their numbers and times out, and name it .txt",
    ".vtt": "subtitles; take their numbers and times out, and name it .txt",
    ".csv": "a table; an article is a text",
}

CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
LOOKED_AT = 4_000


def kind_of(data: bytes) -> str:
    """“a PDF; save its text first: …”; empty for what may be a text."""
    return next((what for magic, what in BINARY if data.startswith(magic) and not _is_prose(data, magic)), "")


def _is_prose(data: bytes, magic: bytes) -> bool:
    """Whether a text merely begins with such letters: “RIFF-RAFF AT THE GATE”."""
    return magic.isalnum() and data[:LOOKED_AT].isascii() and not CONTROL.search(data[:LOOKED_AT])


def looks_like_utf16(data: bytes) -> bool:
    """By its mark, or because every other byte is zero, as in Latin letters of two bytes."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    head = data[:LOOKED_AT]
    even, odd = head[::2].count(0), head[1::2].count(0)
    return max(even, odd) > 3 and max(even, odd) * 4 > len(head) and min(even, odd) * 10 <= max(even, odd)
