"""Small articles, passages and prose for tests, and a strict reader of HTML."""

from collections import Counter
from collections.abc import Iterable, Sequence
from html.parser import HTMLParser

from builder.model import (
    Article,
    Block,
    Cite,
    Markup,
    Mention,
    Part,
    Passage,
    Piece,
    Prose,
    Rights,
    Stated,
    StatedDate,
    Use,
    When,
)
from builder.problems import Span
from builder.site.texts import Place, SourceMark

VOID = {"br", "img", "hr"}
HERE = Span("content/briefing.yaml")
MARKS = {"envoy": SourceMark("Bloomberg"), "munich": SourceMark("Taipei Times", "16 Feb", inferred=True)}
HOME = Place("index.html", MARKS)
BLOOMBERG = Stated("Bloomberg")


class Page(HTMLParser):
    """Reads HTML strictly: every tag closed in order, no link in a link."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text = ""
        self.ids: list[str] = []
        self.marked: dict[str, str] = {}
        self.links: list[tuple[str, str]] = []
        self.feed(str(html))  # a Markup would escape what is added to it
        self.close()
        assert not self.open, f"left open: {self.open} in {html}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if values.get("id"):
            self.ids.append(values["id"] or "")
        if tag == "a":
            assert "a" not in self.open, "a link in a link"
            self.links.append((values["href"] or "", ""))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1] == tag, f"</{tag}> closes <{self.open[-1]}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data
        if "a" in self.open:
            href, label = self.links.pop()
            self.links.append((href, label + data))


def passage(slug: str = "envoy", line: int = 11, name: str = "q-1", parts: Sequence[Part] = ()) -> Passage:
    start = min((part.start for part in parts), default=0)
    return Passage(slug, name, line, tuple(parts), start, start, "restored hope", True)


def cite(slug: str = "envoy", line: int | None = 11, name: str = "q-1") -> Cite:
    return Cite(slug, passage(slug, line, name) if line else None, HERE)


def paragraph(*pieces: Piece) -> Prose:
    return Prose((Markup("<p>"), *pieces, Markup("</p>\n")))


def article(
    blocks: Iterable[Block] = (),
    mentions: Iterable[Mention] = (),
    *,
    slug: str = "envoy",
    rights: Rights = "full",
    publisher: Stated = BLOOMBERG,
    agencies: tuple[Stated, ...] = (),
    published: When | None = None,
    title: str = "US, Ukraine Ramp Up Talks",
) -> Article:
    return Article(
        slug=slug,
        path=f"content/articles/{slug}.txt",
        sha256="00",
        title=title,
        title_is_editorial=False,
        publisher=publisher,
        agencies=agencies,
        authors=(),
        published=StatedDate(published),
        retrieved=None,
        url="",
        archive_url="",
        language="en",
        rights=rights,
        topics=(),
        blocks=tuple(blocks),
        summary=Prose(),
        key_points=(),
        quotes=(),
        accounts=(),
        notes=(),
        mentions=(found := tuple(mentions)),
        named=tuple(Counter(mention.entity for mention in found).items()),
    )


def use(found: Passage, how: str = "cited") -> Use:
    return Use(found, "quoted" if how == "quoted" else "cited", "briefing", "", HERE)
