"""The traps in the five reports of the sample, and for each the evidence that the sample does not fall into it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from builder.model import Article, Block, Briefing, Event

TAIPEI, ZEALAND, MUNICH = "starlink-taipei-times", "starlink-new-zealand", "munich-rejection"
ENVOY, FRACTURED = "envoy-trip", "fractured-negotiations"
VERSIONS = f"versions/{ZEALAND}--{TAIPEI}.html"


@dataclass(frozen=True)
class Shown:
    """These words stand on a page, in the part of it that begins with this id."""

    page: str
    words: str
    inside: str = "text"


@dataclass(frozen=True)
class Answered:
    """A question's row for this answer holds these words of sources."""

    question: str
    answer: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Noted:
    """An editor's note with these words stands beside a line of an article."""

    slug: str
    line: int
    words: str


@dataclass(frozen=True)
class Compared:
    """The comparison of the two prints says this of a paragraph, by the line of the first that has it."""

    line: int
    words: str


@dataclass(frozen=True)
class Caught:
    """A rule speaks up where an author writes `wrong` in place of `right`: there, or `at` another file and line."""

    code: str
    path: str
    right: str
    wrong: str
    at: tuple[str, int] | None = None


@dataclass(frozen=True)
class Decided:
    """What the author wrote in YAML has settled it."""

    sentence: str
    holds: Callable[[Briefing], bool]


Evidence = Shown | Answered | Noted | Compared | Caught | Decided


# --- asking the briefing -------------------------------------------------------------------------------------------


def article(briefing: Briefing, slug: str) -> Article:
    return next(article for article in briefing.articles if article.slug == slug)


def event(briefing: Briefing, key: str) -> Event:
    return next(event for event in briefing.events if event.key == key)


def blocks(briefing: Briefing, slug: str, lines: Iterable[int]) -> list[Block]:
    return [block for block in article(briefing, slug).blocks if block.line in set(lines)]


def means(slug: str, line: int, form: str, entity: str) -> Decided:
    """Every mention of a form on a line is of this entity."""

    def holds(briefing: Briefing) -> bool:
        text = article(briefing, slug)
        named = {
            m.entity for m in text.mentions if m.form.lower() == form.lower() and text.blocks[m.block].line == line
        }
        return named == {entity}

    return Decided(f"“{form}” on line {line} of {slug} is {entity}", holds)


def folded_away(slug: str, lines: range) -> Decided:
    """These lines are teasers: never cited, and nobody is named in them."""

    def holds(briefing: Briefing) -> bool:
        text = article(briefing, slug)
        glued = {index for index, block in enumerate(text.blocks) if block.line in lines}
        cited = {part.block for use in briefing.uses if use.passage.article == slug for part in use.passage.parts}
        named = {mention.block for mention in text.mentions}
        return {text.blocks[index].role for index in glued} == {"teaser"} and not glued & (cited | named)

    return Decided(f"lines {lines.start} to {lines.stop - 1} of {slug} are another's", holds)


def headings(slug: str, *lines: int) -> Decided:
    return Decided(
        f"headings of {slug}", lambda b: [block.role for block in blocks(b, slug, lines)] == ["heading"] * len(lines)
    )


def quoting(slug: str, words: str) -> Caught:
    """Whoever cites a teaser is told."""
    citation = f'First edition, from four sources. [@{slug} "{words}"]'
    return Caught("quote-from-teaser", "content/briefing.yaml", "First edition, from four sources.", citation)


def unnamed(briefing: Briefing) -> list[tuple[str, str]]:
    """Every unnamed speaker, by article and in the report's words."""
    return sorted({(a.slug, quote.anonymous) for a in briefing.articles for quote in a.quotes if quote.anonymous})


ZELENSKY, KELLOGG = "entities/volodymyr-zelensky.html", "entities/keith-kellogg.html"
BESSENT = "entities/scott-bessent.html"

TRAPS: Mapping[str, tuple[Evidence, ...]] = {
    "D01 a name spelt two ways": (
        Shown(ZELENSKY, "Zelenskiy 30 Taipei Times 16 or 17 Feb 11, Bloomberg 9, Reuters 7", "forms"),
        Shown(ZELENSKY, "Zelensky 5 Unnamed site 5", "forms"),
        Shown(ZELENSKY, "Four reports write Zelenskiy, one Zelensky, none Zelenskyy."),
    ),
    "D02 a company named two ways": (
        Shown("entities/spacex.html", "Space Exploration Technologies 1 Taipei Times 22 or 23 Feb 1", "forms"),
        Shown("entities/spacex.html", "SpaceX 2 Reuters 2", "forms"),
        Compared(5, "[style: SpaceX-owned]"),
        Compared(5, "[style: Space Exploration Technologies-owned]"),
    ),
    "D03 an office in five wordings": (
        Shown(KELLOGG, "US special envoy to Ukraine Keith Kellogg", "in-context"),
        Shown(KELLOGG, "Keith Kellogg, the US special Ukraine envoy", "in-context"),
        Shown(KELLOGG, "Keith Kellogg, the US president’s special envoy to Ukraine", "in-context"),
        Shown(KELLOGG, "US special envoy Keith Kellogg", "in-context"),
        Shown(KELLOGG, "Trump’s envoy to Ukraine and Russia, Keith Kellogg", "in-context"),
        Noted(FRACTURED, 18, "Only this text gives Kellogg Russia as well."),
    ),
    "D04 an office in three wordings": (
        Shown(BESSENT, "US Secretary of the Treasury Scott Bessent", "in-context"),
        Shown(BESSENT, "US Treasury Secretary Scott Bessent", "in-context"),
        Shown(BESSENT, "Trump’s treasury secretary, Scott Bessent", "in-context"),
        Decided("one office", lambda b: [len(e.offices) for e in b.entities if e.id == "scott-bessent"] == [1]),
    ),
    "D05 a title that was wrong at the time": (
        Noted(FRACTURED, 4, "Wrong. The next sentence but one has “the Trump administration”"),
        Noted(FRACTURED, 10, "The same mistake again."),
        Noted(FRACTURED, 11, "Written as if that administration were still in office."),
        Caught(
            "title-at-the-time",
            "content/briefing.yaml",
            "Trump said on Tuesday",
            "Former President Trump said on Tuesday",
        ),
    ),
    "D06 500 billion dollars of what": (
        Answered("five-hundred-billion-of-what", "Mineral wealth", ("US$500 billion in mineral wealth", "$NZ870")),
        Answered(
            "five-hundred-billion-of-what", "Rare earths", ("the equivalent of $500 billion worth of rare earths",)
        ),
        Answered("five-hundred-billion-of-what", "The deal itself", ("the $500 billion deal",)),
        Answered("five-hundred-billion-of-what", "No value discussed yet", ("has not yet been discussed",)),
        Caught(
            "number-not-in-quote", f"content/articles/{TAIPEI}.yaml", "for US$500 billion in", "for US$600 billion in"
        ),
    ),
    "D07 half of what": (
        Answered("fifty-percent-of-what", "Of the minerals", ("50% of Ukraine's critical minerals",)),
        Answered("fifty-percent-of-what", "Of licence sales", ("50% of license sales", "half the income")),
    ),
    "D08 reserves vast or not viable": (
        Answered("vast-reserves", "Vast, of critical minerals", ("Ukraine has vast reserves of critical minerals",)),
        Answered("vast-reserves", "No major rare earths", ("no major rare-earth reserves",)),
        Answered("vast-reserves", "Rare earths, counted among", ("critical minerals such as rare earth elements",)),
        Decided(
            "two concepts",
            lambda b: {"critical-minerals", "rare-earths"} <= {e.id for e in b.entities if e.kind == "concept"},
        ),
    ),
    "D09 guarantees in the deal or not": (
        Answered("guarantees-in-the-deal", "None", ("did not offer any specific", "has offered no specific")),
        Answered("guarantees-in-the-deal", "Yes", ("in exchange for security guarantees",)),
        Answered("guarantees-in-the-deal", "The economic ties", ("financial guarantees and therefore",)),
        Answered("guarantees-in-the-deal", "Mostly Europe’s task", ("security guarantees will be on Europe",)),
    ),
    "D10 one meeting, two moods": (
        Answered("thursdays-meeting", "A threat", ("Ukraine was told it faced imminent shutoff",)),
        Answered("thursdays-meeting", "Hope", ("had “restored hope.”",)),
        Shown("events/kellogg-meets-zelensky.html", "One meeting, two moods."),
        Decided("no contradiction", lambda b: not event(b, "kellogg-meets-zelensky").conflict),
    ),
    "D11 whether he had promised to sign": (
        Answered("had-zelensky-promised", "Yes, says Bessent", ("had assured him ahead of the Munich conference",)),
        Answered("had-zelensky-promised", "No account of a promise", ("in my view it is not ready",)),
        Noted(ENVOY, 27, "spoke of his ministers as those who would sign"),
        Decided("a claim", lambda b: event(b, "zelensky-assures-bessent").statuses == ("claimed",)),
    ),
    "D12 an article against itself": (
        Answered("did-they-discuss-the-draft", "It was at the centre", ("which was at the center of Zelenskiy’s",)),
        Answered("did-they-discuss-the-draft", "Not its details", ("did not discuss the details",)),
        Shown("events/zelensky-meets-vance.html", "disputed: whether they discussed the draft"),
        Noted(MUNICH, 23, "Line 2 puts the proposal “at the center” of the same talks."),
    ),
    "D13 a signature soon, or a breakdown": (
        Answered("signature-or-breakdown", "Soon, Trump says", ("expected a deal would be", "expects a deal will be")),
        Answered("signature-or-breakdown", "The talks are getting past", ("move past the breakdown",)),
        Answered("signature-or-breakdown", "Not in this form", ("they will not sign", "would be reached on Saturday")),
        Noted(FRACTURED, 7, "Bloomberg speaks of a breakdown that the negotiators are trying to get past."),
    ),
    "D14 a speaker against himself, three days apart": (
        Answered("who-started-the-war", "Ukraine, by Trump’s words of Tuesday", ('"should have never started"',)),
        Answered("who-started-the-war", "Russia attacked, by Trump’s words of Friday", ('"Russia attacked,',)),
        Decided(
            "two events",
            lambda b: (
                [event(b, k).when.edtf for k in ("trump-never-started", "trump-russia-attacked")]
                == ["2025-02-18", "2025-02-21"]
            ),
        ),
    ),
    "D15 one remark in several forms": (
        Answered("what-did-zelensky-say", "A bubble", ("trapped in a Russian disinformation bubble",)),
        Answered("what-did-zelensky-say", "One word, quoted", ("fallen for Russian “disinformation.”",)),
        Answered("what-did-zelensky-say", "Two words, quoted", ('"disinformation space."',)),
        Shown("events/zelensky-disinformation.html", "disputed: the words he used"),
        Shown("events/trump-dictator.html", '"a dictator without elections"'),
        Shown("events/trump-dictator.html", "as a “dictator”"),
    ),
    "D16 a seat for Europe": (
        Answered("a-seat-for-europe", "Yes, says Zelensky", ("must be at the negotiating table",)),
        Answered("a-seat-for-europe", "No, as Kellogg sees it", ("I think that’s not going to happen.",)),
        Noted(MUNICH, 28, "The conference is the only clue."),
    ),
    "D17 the same wire story twice": (
        Compared(3, "[attribution: have told Reuters.]"),
        Compared(3, "[style: internet]"),
        Compared(3, "[typography: country's]"),
        Compared(17, "[substance: On Friday,"),
        Compared(17, "expects"),
        Compared(13, "said the source"),
        Compared(15, "($NZ870 billion)"),
        Compared(27, "noting"),
        Decided("no other pair", lambda b: [set(pair[:2]) for pair in b.copies] == [{TAIPEI, ZEALAND}]),
    ),
    "D18 the right of reply, in one print alone": (
        Compared(29, "only in Reuters"),
        Compared(31, "only in Reuters"),
        Noted(ZEALAND, 31, "This line and the one before it are not in the other print."),
        Shown("index.html", "What SpaceX says."),
    ),
    "D19 a word that refers to nothing": (
        Noted(TAIPEI, 14, "“Also” has nothing to refer to, since line 9 has lost its day."),
        Noted(TAIPEI, 9, "No day here."),
    ),
    "D20 two agencies in one text": (
        Shown("sources.html", "Agency Reuters Inferred. Lines 1 to 13 run almost word for word", TAIPEI),
        Shown("sources.html", "AFP", TAIPEI),
        Noted(TAIPEI, 21, "They may be the part that AFP reported"),
        Decided(
            "one inferred, one stated",
            lambda b: [bool(agency.basis) for agency in article(b, TAIPEI).agencies] == [True, False],
        ),
    ),
    "D21 photo credits that look like agencies": (
        Noted(TAIPEI, 4, "A photo credit. It says nothing about who wrote the text"),
        Noted(MUNICH, 4, "A photo credit, and the only sign of an agency in the file."),
        Noted(ENVOY, 41, "The only statement of who wrote this."),
        Decided("inferred", lambda b: bool(article(b, MUNICH).agencies[0].basis)),
        Decided("no Bloomberg", lambda b: "Bloomberg" not in {a.value for a in article(b, TAIPEI).agencies}),
    ),
    "D22 date, caption and credit in one line": (
        Noted(ZEALAND, 1, "Header, caption and credit stand in one line."),
        Noted(ZEALAND, 1, "Nobody is named as the author of the text."),
        Decided("no author", lambda b: article(b, ZEALAND).authors == ()),
        Decided("a caption", lambda b: [block.role for block in blocks(b, ZEALAND, [1])] == ["caption"]),
    ),
    "D23 a title twice, a date line, a navigation": (
        Decided(
            "roles",
            lambda b: [x.role for x in blocks(b, ENVOY, [1, 3, 5, 43])] == ["title", "dateline", "title", "navigation"],
        ),
        quoting(ENVOY, "Related content"),
    ),
    "D24 teasers, cut in mid-sentence": (
        folded_away(TAIPEI, range(23, 27)),
        Noted(TAIPEI, 22, "the openings of four other articles, each cut off in mid-sentence"),
        quoting(TAIPEI, "the image of the US was of a country"),
    ),
    "D25 teasers of another month": (
        folded_away(MUNICH, range(33, 37)),
        quoting(MUNICH, "yesterday published their first images"),
    ),
    "D26 a teaser that is on the topic": (
        Noted(TAIPEI, 22, "belongs to another report with a Tuesday of its own"),
        quoting(TAIPEI, "I hear that they’re upset about not having a seat,"),
    ),
    "D27 headings without markup": (
        headings(MUNICH, 9, 14, 26),
        headings(ZEALAND, 37),
        headings(ENVOY, 23),
        headings(FRACTURED, 2, 5, 9, 12, 16, 20),
    ),
    "D28 a city or a government": (
        means(TAIPEI, 8, "Washington", "us-government"),
        means(ZEALAND, 29, "Washington", "washington-dc"),
        means(ZEALAND, 39, "Washington", "us-government"),
        means(ZEALAND, 33, "Moscow", "russian-government"),
        means(ENVOY, 13, "Kyiv", "ukrainian-government"),
        means(ENVOY, 9, "Kyiv", "kyiv"),
        means(MUNICH, 11, "Kyiv", "kyiv"),
        Caught(
            "name-undecided",
            f"content/articles/{MUNICH}.yaml",
            "{text: Kyiv, lines: [11]",
            "{text: Kyiv, lines: [6]",
            (f"content/articles/{MUNICH}.txt", 11),
        ),
    ),
    "D29 a role word and whom it means": (
        means(MUNICH, 31, "the vice president", "jd-vance"),
        means(ENVOY, 21, "the US leader", "donald-trump"),
        means(ENVOY, 33, "the Ukrainian leader", "volodymyr-zelensky"),
        means(ZEALAND, 45, "the president", "donald-trump"),
    ),
    "D30 unnamed people, never merged": (
        Noted(ENVOY, 7, "We do not join them."),
        Noted(
            MUNICH,
            22,
            "Perhaps the same person as “the senior official” of the next line; the article does not say so.",
        ),
        Shown("index.html", "9 anonymous sources"),
        Decided("nine records", lambda b: len(unnamed(b)) == 9),
        Shown(f"articles/{FRACTURED}.html", "Quotation “one source”."),
    ),
    "D31 the source’s own ellipsis": (
        Noted(TAIPEI, 7, "The three dots are the source’s own, in both prints."),
        Decided(
            "no omission",
            lambda b: any(
                note.passage.text == "Losing Starlink ... would be a massive blow" for note in article(b, TAIPEI).notes
            ),
        ),
    ),
    "D32 a quotation interrupted by its attribution": (
        Shown(BESSENT, "get them onside,” […] “And then tell the Russians", "words"),
        Noted(MUNICH, 32, "The sentence starts outside the quotation marks and ends inside them."),
    ),
    "D33 numbers with qualifiers": (
        Shown("events/un-assembly-votes.html", "About 140 of the 193 member states were in favour."),
        Decided(
            "no date out of a three-year war",
            lambda b: not any("three-year" in account.passage.text for e in b.events for account in e.accounts),
        ),
    ),
    "D34 one fact in two precisions": (
        Noted(ZEALAND, 1, "The caption gives the year, line 19 the month."),
        Decided(
            "the finer date",
            lambda b: event(b, "russian-invasion").when.edtf == "2022-02" and not event(b, "russian-invasion").conflict,
        ),
    ),
    "D35 a charge quoted here, paraphrased there": (
        Noted(MUNICH, 12, "Bloomberg gives a like charge to unnamed critics, in paraphrase"),
        Decided("no quotation", lambda b: not any("colonial" in q.passage.text for q in article(b, ENVOY).quotes)),
    ),
    "D36 one person in two unrelated claims": (
        Shown("entities/marco-rubio.html", "Rubio urges UN members to approve", "events"),
        Shown("entities/marco-rubio.html", "in close contact with U.S. Secretary of State Marco Rubio", "in-context"),
        Shown(
            f"articles/{FRACTURED}.html", "Sybiha, Ukraine’s foreign minister, has been in close contact with Rubio."
        ),
    ),
}
