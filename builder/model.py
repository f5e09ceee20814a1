"""The nouns: what a briefing is made of once everything in it has been read, located and linked.

All values are frozen. Offsets count code points; lines count from 1 and are lines of the raw file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Literal

from builder.problems import Span
from builder.values import dataclass

Day = tuple[int, int, int]
"""Year, month, day in the proleptic Gregorian calendar; years before 1 are astronomical (0 is 1 BC)."""

Role = Literal["body", "title", "caption", "credit", "dateline", "heading", "note", "navigation", "teaser"]
Status = Literal["happened", "said", "claimed", "planned"]
Rights = Literal["full", "passages", "none"]
Confidence = Literal["", "high", "moderate", "low"]


@dataclass(frozen=True, slots=True)
class When:
    """An EDTF date (ISO 8601-2, levels 0 and 1, and sets of level 2).

    `earliest` and `latest` are the days it can mean, inclusive; None where that end is open or unknown.
    `shape` says how it is written, and so how exactly it is known: only a `day` without a qualifier is exact.
    """

    edtf: str
    earliest: Day | None
    latest: Day | None
    shape: Literal["day", "month", "season", "year", "interval", "set"]
    approximate: bool = False
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact about a source.

    `basis` says how the author inferred it; empty: the source states it. `value` empty: unknown.
    """

    value: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date of a source. `when` None: unknown."""

    when: When | None = None
    basis: str = ""


# --- an article's text ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Inline:
    """Markup over a stretch of a block's text: `text[start:end]` stands between `opening` and `closing` (HTML).

    Ranges of one block nest or are apart. An empty range (an image, a line break) is `opening` alone.
    """

    start: int
    end: int
    opening: str
    closing: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, table cell or code block: one line of thought with its place in the raw file.

    `text` is the displayed text: markup removed, entities resolved. `line` is its first raw line and its id on the page
    (`p12`); `turns` maps offsets to raw lines where it spans several: (offset, line), ascending, without the first.
    `before` and `after` are HTML that stands around it (`<ul>`, `<blockquote>`); `tag` is its own element.
    `starts_row` is false for a block inside a list, quotation or table that an earlier block began.
    """

    text: str
    line: int
    role: Role = "body"
    tag: str = "p"
    turns: tuple[tuple[int, int], ...] = ()
    inlines: tuple[Inline, ...] = ()
    before: str = ""
    after: str = ""
    starts_row: bool = True

    @property
    def citable(self) -> bool:
        """Whether a quotation may come from it: other articles' teasers and a site's navigation are not the source's
        text.
        """
        return self.role not in ("teaser", "navigation")

    def line_at(self, offset: int) -> int:
        """The raw line on which the character at `offset` stands."""
        line = self.line
        for start, next_line in self.turns:
            if offset < start:
                break
            line = next_line
        return line


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of one block's text: `article.blocks[block].text[start:end]`."""

    block: int
    start: int
    end: int


AROUND = 32


@dataclass(frozen=True, slots=True)
class Passage:
    """A quotation found in its source.

    `line` is that of the block in which it begins. `text` is the source's own characters, ` […] ` where the author left
    words out. `start` and `end` count in the article's displayed text: its blocks, joined by line feeds. `exact` is
    false where typography had to be folded. `around`: as many as AROUND characters of the displayed text before and
    after it; None where words are left out within it, or lines end.
    """

    article: str
    id: str
    line: int
    parts: tuple[Part, ...]
    start: int
    end: int
    text: str
    exact: bool
    around: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in an article's text:

    `blocks[block].text[start:end]` is a form of `entity`; `line` is that of the block. `decided`: by the author, not
    the register.
    """

    entity: str
    block: int
    start: int
    end: int
    form: str
    decided: bool = False
    line: int = 0


# --- an author's Markdown ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Markup:
    """HTML as it is, made by the Markdown renderer; never an author's own."""

    html: str


@dataclass(frozen=True, slots=True)
class Words:
    """Plain text, not yet escaped."""

    text: str


@dataclass(frozen=True, slots=True)
class Cite:
    """A citation mark: an article, and the passage where the author gave one."""

    article: str
    passage: Passage | None
    span: Span


@dataclass(frozen=True, slots=True)
class Ref:
    """A link to an entity or event; `label` is plain text. `automatic`: a name that the register matched."""

    kind: Literal["entity", "event"]
    id: str
    label: str
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class Local:
    """A tag with an address inside the output, which every page writes relative to itself:

    `opening` + address + `closing`.
    """

    opening: str
    path: str
    closing: str


Piece = Markup | Words | Cite | Ref | Local


@dataclass(frozen=True, slots=True)
class Prose:
    """An author's Markdown, resolved: pieces in reading order."""

    pieces: tuple[Piece, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.pieces)

    @property
    def cites(self) -> tuple[Cite, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, Cite))


# --- what articles hold ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """A key point of an article: `passage` is that of its `quote`, beside the citations in its text."""

    text: Prose
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A remark worth keeping.

    Its speaker is an entity or an anonymous person; or neither is given. `described`: where the source describes that
    person in these words; None: they are the author's.
    """

    passage: Passage
    speaker: str = ""
    anonymous: str = ""
    described: Passage | None = None
    reported_by: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """An editor's remark beside a passage."""

    passage: Passage
    text: Prose


@dataclass(frozen=True, slots=True)
class Account:
    """What one article says of one event."""

    article: str
    event: str
    title: str
    when: When
    basis: str
    status: Status
    passage: Passage
    entities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """A source with its summary. `blocks` is the whole text as found; `sha256` that of the raw file. `named`: how often
    it mentions each entity, in the order of their first mentions.

    `title_basis` says how the author inferred the title; such a one is an editorial one, too. `wrapped`: a paragraph of
    its file may take several lines.

    `facets`: digests of the parts of it that ARTICLE_FACETS names, where somebody took them, and `digest` one of all of
    them: equal digests, equal articles.
    """

    slug: str
    path: str
    sha256: str
    title: str
    title_is_editorial: bool
    publisher: Stated
    agencies: tuple[Stated, ...]
    authors: tuple[Stated, ...]
    published: StatedDate
    retrieved: When | None
    url: str
    archive_url: str
    language: str
    rights: Rights
    topics: tuple[str, ...]
    blocks: Sequence[Block]
    summary: Prose
    key_points: tuple[KeyPoint, ...]
    quotes: tuple[Quote, ...]
    accounts: tuple[Account, ...]
    notes: tuple[Note, ...]
    mentions: Sequence[Mention]
    named: tuple[tuple[str, int], ...] = ()
    title_basis: str = ""
    wrapped: bool = False
    facets: tuple[str, ...] = ()
    digest: str = ""


ARTICLE_FACETS: Mapping[str, tuple[str, ...]] = {
    "facts": (
        *("slug", "path", "title", "title_basis", "title_is_editorial", "publisher", "agencies", "authors"),
        *("published", "retrieved", "url", "archive_url", "language", "rights", "topics", "wrapped"),
    ),
    "seal": ("sha256",),
    "words": ("summary", "key_points", "quotes", "notes"),
    "accounts": ("accounts",),
    "text": ("blocks",),
    "names": ("mentions",),
    "counts": ("named",),
}
"""The fields of an article by what they are about: a page that shows its title stays when its text changes."""


# --- what the briefing holds ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Link:
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Office:
    """An office held; `since` and `until` None where the register does not say."""

    title: str
    since: When | None = None
    until: When | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """An entry of the register. `forms` are its name and aliases, as written; `kind` as in the register."""

    id: str
    name: str
    kind: str
    forms: tuple[str, ...] = ()
    description: Prose = Prose()
    offices: tuple[Office, ...] = ()
    wikidata: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """Accounts with one key, merged.

    `statuses` holds more than one where accounts differ and the editor did not decide.

    `conflict`: the accounts' dates exclude each other. `disputed`: what else they disagree about, as the editor says.
    `digest`: of all else that it is, where somebody took it: equal digests, equal events.
    """

    key: str
    title: str
    when: When
    statuses: tuple[Status, ...]
    accounts: tuple[Account, ...] = ()
    entities: tuple[str, ...] = ()
    note: Prose = Prose()
    disputed: str = ""
    conflict: bool = False
    source: Link | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A key point of the briefing.

    `origins` counts independent origins of the sources it cites, `anonymous` those that rest on unnamed speakers.
    """

    text: Prose
    confidence: Confidence = ""
    reason: str = ""
    origins: int = 0
    anonymous: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    text: Prose


@dataclass(frozen=True, slots=True)
class Position:
    """An answer to a question, and the passages that give it; `origins` counts their independent origins."""

    answer: str
    passages: tuple[Passage, ...]
    origins: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    id: str
    question: str
    note: Prose
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class Change:
    when: When
    text: Prose


@dataclass(frozen=True, slots=True)
class FreePage:
    """A page of the author's own from `content/pages/`; `nav`: it stands in the navigation."""

    slug: str
    path: str
    title: str
    nav: bool
    text: Prose


@dataclass(frozen=True, slots=True)
class Publishing:
    """Where a site is pushed to: a remote of Git's and its branch; `cname` is a domain of one's own."""

    remote: str = "origin"
    branch: str = "gh-pages"
    cname: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What `site.yaml` says, defaults filled in."""

    title: str
    name: str = "briefing"
    description: str = ""
    url: str = ""
    language: str = "en"
    authors: tuple[Link, ...] = ()
    license: str = ""
    rights: Rights = "full"
    accent: str = ""
    kinds: Mapping[str, str] = field(default_factory=dict)
    wire_copy_threshold: float = 0.1
    search_languages: str = "auto"
    publish: Publishing = Publishing()


@dataclass(frozen=True, slots=True)
class Use:
    """Where a passage is used.

    `how`: "quoted" is a remark kept under `quotes`, "cited" any other citation, "worded" words in quotation marks in
    the author's own text. `kind` and `id` name the page: ("briefing", ""), ("article", slug), ("event", key),
    ("entity", id), ("question", id) or ("page", slug). `span`: where the author wrote it.
    """

    passage: Passage
    how: Literal["quoted", "cited", "worded"]
    kind: Literal["briefing", "article", "event", "entity", "question", "page"]
    id: str
    span: Span


@dataclass(frozen=True, slots=True)
class Briefing:
    """The whole, linked and checked. Articles and events in order of date, entities by name.

    `origins` holds, for each group of articles that print one text (a wire story), their slugs; every article is in
    one. `uses` is every quotation of the briefing, each found in its source. `copies` holds pairs of articles that
    print one text, in the order of `articles`, and how much of it they share (0 to 1).
    """

    settings: Settings
    title: str
    as_of: When
    edition: str
    bottom_line: Prose
    key_points: tuple[Claim, ...]
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    unknowns: tuple[Prose, ...]
    changes: tuple[Change, ...]
    articles: tuple[Article, ...]
    entities: tuple[Entity, ...]
    events: tuple[Event, ...]
    origins: tuple[tuple[str, ...], ...]
    pages: tuple[FreePage, ...]
    uses: tuple[Use, ...]
    copies: tuple[tuple[str, str, float], ...] = ()
