"""The interface's own words, by language: English and German; any other language reads the English ones.

A word with a count has two forms, for one and for more; `{n}` is the count, in words up to twelve where `number` is used.
"""

from dataclasses import dataclass, fields

from builder.model import Confidence, Settings, Status


@dataclass(frozen=True, slots=True)
class Counted:
    """A phrase that depends on a count: `one` may leave the number out."""

    one: str
    more: str

    def of(self, count: int, **others: object) -> str:
        return (self.one if count == 1 else self.more).format(n=count, **others)


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Every word that the pages show and no author wrote."""

    quote_opening: str = "“"
    quote_closing: str = "”"
    numbers: tuple[str, ...] = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

    # Around every page
    skip: str = "Skip to the text"
    contents: str = "Contents"
    close_contents: str = "Close"
    site_navigation: str = "Pages of this briefing"
    briefing: str = "Briefing"
    timeline: str = "Timeline"
    differences: str = "Differences"
    entities: str = "Who and what"
    sources: str = "Sources"
    as_of: str = "As of"
    edition: str = "Edition {edition}"
    footer_edition: str = "{title}, as of {date}"
    footer_edition_numbered: str = "{title}, edition {edition}, as of {date}"
    footer_checked: Counted = Counted("1 quotation found in its source", "{n} quotations, each found in its source")
    license: str = "{license} (our words; quotations belong to their publishers)"
    by: str = "by {names}"

    # The briefing
    bottom_line: str = "Bottom line"
    at_a_glance: str = "At a glance"
    glance_sources: str = "Sources"
    glance_checked: str = "Checked"
    glance_care: str = "Read with care"
    glance_edited: str = "Last edited"
    reports: Counted = Counted("1 report", "{n} reports")
    from_origins: Counted = Counted("{reports} from 1 origin", "{reports} from {n} origins")
    one_story: Counted = Counted("one is a wire story", "{number} are one {agency}story")
    anonymous_sources: Counted = Counted("1 anonymous source", "{n} anonymous sources")
    inferred_values: Counted = Counted("1 value inferred by the editor", "{n} values inferred by the editor")
    key_points: str = "Key points"
    confidence_is: str = "Confidence is the editor’s judgement"
    high: str = "High"
    moderate: str = "Moderate"
    low: str = "Low"
    origins: Counted = Counted("1 origin", "{n} origins")
    unknowns: str = "What no source says"
    days: Counted = Counted("one day", "{number} days")
    weeks: Counted = Counted("one week", "{number} weeks")
    months: Counted = Counted("one month", "{number} months")
    years: Counted = Counted("one year", "{number} years")
    chart_of_events: str = "Chart: {n} events on a time axis; the list below has them all"
    earlier: str = "Earlier"
    later: str = "Later"
    more_marks: str = "+ {n} more"
    all_events: Counted = Counted("The event", "All {n} events")
    sources_differ: str = "Where the sources differ"
    all_questions: Counted = Counted("The question", "All {n} questions")
    silent_count: Counted = Counted("1 source silent", "{n} sources silent")
    against: str = " against "
    who_is_who: str = "Who is who"
    all_names: Counted = Counted("The name", "All {n} names")
    of_sources: str = "{n} of {total}"
    in_of_sources: str = "in {n} of {total} sources"
    what_changed: str = "What changed"

    # Sources
    source: str = "Source"
    publisher: str = "Publisher"
    agency: str = "Agency"
    date: str = "Date"
    retrieved: str = "Retrieved"
    author: str = "Author"
    cited: str = "Cited"
    seal: str = "Seal"
    seal_long: str = "Seal, SHA-256"
    all_sources: str = "All about the sources"
    editorial_headline: str = "headline by the editor"
    editorial_headline_long: str = "Headline by the editor; the source has none."
    unknown: str = "unknown"
    none_named: str = "none named"
    none_stated: str = "none stated"
    inferred: str = "inferred"
    inferred_because: str = "Inferred"
    inferred_note: str = "Dotted underline: the source does not state this value; the editor inferred it, and says how."
    stated: str = "stated"
    via: str = "via {agency}"
    cited_times: Counted = Counted("cited once", "cited {n} times")
    not_cited: str = "not cited"
    sources_lead: str = "Every report this briefing rests on, sealed by its SHA-256: change one letter of a report and its seal no longer fits."
    rights: str = "Reprinted here"
    rights_full: str = "the full text"
    rights_passages: str = "only the passages that are cited"
    rights_none: str = "nothing; the marks name publisher and line"
    address: str = "Address"
    archived: str = "Archived copy"
    cited_by: str = "What cites it"
    same_origin: str = "Same origin"
    topics: str = "Topics"

    # An article
    article_of: str = "Article {n} of {total}"
    about_source: str = "About this source"
    passages_in_places: Counted = Counted("1 passage, {places}", "{n} passages, {places}")
    in_places: Counted = Counted("in one place", "in {n} places")
    only_here: str = "on this page alone"
    full_text: str = "Full text"
    lines_as_found: Counted = Counted("1 line, as found", "{n} lines, as found")
    passages_only: str = "Only the passages that this briefing cites are reprinted."
    nothing_reprinted: str = "This text is not reprinted here. The marks name the lines that are cited."
    line: str = "Line {n}"
    passage_at: str = "Line {n}, cited"
    legend_cited: str = "cited"
    legend_quoted: str = "quoted"
    editors_note: str = "Editor’s note"
    event: str = "Event"
    quotation: str = "Quotation"
    speaker_unknown: str = "No speaker is named."
    same_story: str = "Same wire story"
    same_story_as: str = "The same text, by and large, is printed in"
    reported_by: str = "reported by {name}"
    other_accounts: Counted = Counted("1 other account.", "{n} other accounts.")
    glued: Counted = Counted(
        "1 paragraph of unrelated text was glued to this source ({lines}); it is not part of it.",
        "{n} paragraphs of unrelated text were glued to this source ({lines}); they are not part of it.",
    )
    navigation_glued: Counted = Counted(
        "1 line of a site’s navigation came with this source ({lines}); it is not part of it.",
        "{n} lines of a site’s navigation came with this source ({lines}); they are not part of it.",
    )
    a_line: str = "line {n}"
    lines: str = "lines {first}–{last}"
    show_them: str = "Show"
    events_here: str = "Events in this article"
    previous: str = "Previous"
    next: str = "Next"
    original: str = "The original"
    article_navigation: str = "Articles"

    # Who and what
    entities_lead: Counted = Counted(
        "One name that the sources use. Squares: in how many of the {total} sources; bar and figure: how many times.",
        "{n} names that the sources use. Squares: in how many of the {total} sources; bar and figure: how many times.",
    )
    by_kind: str = "By kind"
    a_to_z: str = "A to Z"
    person: str = "Person"
    organization: str = "Organisation"
    place: str = "Place"
    document: str = "Document"
    concept: str = "Concept"
    people: str = "People"
    organizations: str = "Organisations"
    places: str = "Places"
    documents: str = "Documents"
    concepts: str = "Concepts"
    named_in: Counted = Counted("Named once, in {sources}.", "Named {n} times, in {sources}.")
    one_source: str = "one of the sources"
    all_the_sources: str = "all {number} sources"
    some_sources: str = "{n} of {total} sources"
    not_named: str = "No source names it."
    offices: str = "Offices"
    since: str = "since {date}"
    until: str = "until {date}"
    since_until: str = "{since} to {until}"
    links: str = "Elsewhere"
    named_over_time: str = "Named over time"
    chart_of_mentions: str = "Times named in a report. Dashed: the report’s date is inferred"
    who_writes_how: str = "Who writes it how"
    their_words: str = "In their own words"
    words_reported: str = "Words they report"
    all_count: str = "All {n}"
    more_count: Counted = Counted("1 more", "{n} more")
    events: str = "Events"
    together: str = "Named together with"
    paragraphs: str = "paragraphs"
    in_context: str = "In context"
    context_lead: Counted = Counted("1 line; the strip shows where in its text the name stands", "{n} lines; the strip shows where in its text a name stands")
    more_in_article: Counted = Counted("1 more in this article", "{n} more in this article")
    times_here: Counted = Counted("named once", "named {n} times")
    not_reprinted: str = "This text is not reprinted here."

    # Timeline
    timeline_lead: Counted = Counted(
        "One event from {sources}, with every account of it. Where a source gives no day, the mark is soft.",
        "{n} events from {sources}, each with every account of it. Where a source gives no day, the mark is soft.",
    )
    sources_count: Counted = Counted("1 source", "{n} sources")
    status: str = "Status"
    named: str = "Named"
    filters: str = "Events by status, name and source"
    happened: str = "happened"
    said: str = "said"
    claimed: str = "claimed"
    planned: str = "planned"
    disputed: str = "disputed"
    disputed_date: str = "disputed: the date"
    disputed_about: str = "disputed: {what}"
    inexact: str = "day not exact"
    one_wire_story: str = "These accounts are one wire story."
    some_wire_story: str = "{sources} print one wire story."
    background: str = "Background; no report here gives an account of it."
    dates_disputed: str = "The dates"
    accounts: str = "Accounts"
    accounts_count: Counted = Counted("1 account", "{n} accounts")
    named_here: str = "Named"
    read_as: str = "read as"
    no_day: str = "no day given"
    event_navigation: str = "Events in order"
    and_word: str = "and"

    # Differences
    differences_lead: Counted = Counted(
        "One question. Texts of one origin stand together and count once; an empty cell means that the source does not speak to the question.",
        "{number} questions. Texts of one origin stand together and count once; an empty cell means that the source does not speak to the question.",
    )
    questions: str = "Questions"
    position: str = "Position"
    printed_times: Counted = Counted("one text", "one origin, printed {number}")
    times: tuple[str, ...] = ("never", "once", "twice", "three times", "four times", "five times", "six times", "seven times", "eight times", "nine times")
    silent: str = "silent"
    silent_sources: str = "Silent: {sources}"

    # Not found
    not_found: str = "There is no such page"
    not_found_text: str = "The address may be mistyped, or the page may have had another name in an earlier edition."
    not_found_home: str = "Go to the briefing"

    def number(self, count: int) -> str:
        """A count in words up to twelve."""
        return self.numbers[count] if count < len(self.numbers) else str(count)

    def as_times(self, count: int) -> str:
        return self.times[count] if count < len(self.times) else f"{count}×"

    def of_confidence(self, confidence: Confidence) -> str:
        return {"": "", "high": self.high, "moderate": self.moderate, "low": self.low}[confidence]

    def of_status(self, status: Status) -> str:
        return {"happened": self.happened, "said": self.said, "claimed": self.claimed, "planned": self.planned}[status]

    def of_unit(self, unit: str, count: int) -> str:
        """“eleven days”; the unit of a chart's axis."""
        units = {"day": self.days, "week": self.weeks, "month": self.months, "year": self.years}
        return units[unit].of(count, number=self.number(count))

    def of_kind(self, kind: str) -> str:
        """One entity's kind."""
        return singulars(self).get(kind, kind)

    def of_kinds(self, kind: str, settings: Settings) -> str:
        """The heading over entities of a kind; a site may have its own word for it."""
        return settings.kinds.get(kind) or plurals(self).get(kind, kind)


def singulars(labels: Labels) -> dict[str, str]:
    return {kind: getattr(labels, kind) for kind in ("person", "organization", "place", "document", "concept")}


def plurals(labels: Labels) -> dict[str, str]:
    names = ("people", "organizations", "places", "documents", "concepts")
    return {kind: getattr(labels, name) for kind, name in zip(singulars(labels), names, strict=True)}


def sentence(text: str) -> str:
    """With a capital at the start."""
    return text[:1].upper() + text[1:]


def labels_of(language: str) -> Labels:
    """The words for a language tag such as `de-AT`: its main language's, else the English ones."""
    return {"de": GERMAN}.get(language.split("-")[0].lower(), ENGLISH)


def untranslated(labels: Labels) -> list[str]:
    """The words that read as in English: what a translation still lacks."""
    return [f.name for f in fields(Labels) if getattr(labels, f.name) == getattr(ENGLISH, f.name)]


ENGLISH = Labels()
GERMAN = Labels()
