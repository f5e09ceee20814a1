"""The words that the interface needs; each language has its own (`english.py`, `german.py`).

A word with a count has two forms, for one and for more; `{n}` is the count, in words up to twelve where `number` is
used.
"""

from builder.model import Confidence, Settings, Status
from builder.site.bundle_labels import BundleLabels
from builder.site.data_labels import DataLabels
from builder.site.phrases import Counted
from builder.site.search_labels import SearchLabels
from builder.site.version_labels import VersionLabels
from builder.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Every word that the pages show and no author wrote."""

    quote_opening: str
    quote_closing: str
    numbers: tuple[str, ...]
    unnamed: str

    # Around every page
    skip: str
    contents: str
    close_contents: str
    site_navigation: str
    briefing: str
    timeline: str
    differences: str
    entities: str
    sources: str
    as_of: str
    edition: str
    footer_edition: str
    footer_edition_numbered: str
    footer_checked: Counted
    license: str

    # The briefing
    bottom_line: str
    at_a_glance: str
    glance_sources: str
    glance_checked: str
    glance_care: str
    glance_edited: str
    reports: Counted
    from_origins: Counted
    one_story: Counted
    anonymous_sources: Counted
    inferred_values: Counted
    key_points: str
    confidence_is: str
    high: str
    moderate: str
    low: str
    origins: Counted
    unknowns: str
    days: Counted
    weeks: Counted
    months: Counted
    years: Counted
    chart_of_events: str
    earlier: str
    later: str
    more_marks: str
    all_events: Counted
    sources_differ: str
    all_questions: Counted
    silent_count: Counted
    against: str
    who_is_who: str
    all_names: Counted
    of_sources: str
    what_changed: str

    # Sources
    source: str
    publisher: str
    agency: str
    date: str
    retrieved: str
    author: str
    cited: str
    seal: str
    seal_long: str
    all_sources: str
    editorial_headline: str
    editorial_headline_long: str
    inferred_headline: str
    unknown: str
    none_named: str
    none_stated: str
    inferred: str
    inferred_because: str
    inferred_note: str
    not_cited: str
    sources_lead: str
    rights: str
    rights_full: str
    rights_passages: str
    rights_none: str
    address: str
    archived: str
    cited_by: str
    same_origin: str
    topics: str

    # An article
    article_of: str
    about_source: str
    passages_in_places: Counted
    in_places: Counted
    only_here: str
    full_text: str
    cited_text: str
    cited_lines: str
    lines_as_found: Counted
    passages_only: str
    nothing_reprinted: str
    passages_here: Counted
    read_original: str
    read_archived: str
    line: str
    legend_cited: str
    legend_quoted: str
    editors_note: str
    event: str
    quotation: str
    speaker_unknown: str
    same_story: str
    same_story_as: str
    reported_by: str
    other_accounts: Counted
    glued: Counted
    navigation_glued: Counted
    a_line: str
    lines: str
    show_them: str
    events_here: str
    previous: str
    next: str
    original: str
    article_navigation: str

    # Who and what
    entities_lead: Counted
    by_kind: str
    a_to_z: str
    person: Counted
    organization: Counted
    place: Counted
    document: Counted
    concept: Counted
    named_in: Counted
    one_source: str
    all_the_sources: str
    some_sources: str
    not_named: str
    since: str
    until: str
    since_until: str
    links: str
    named_over_time: str
    chart_of_names: str
    chart_of_mentions: str
    who_writes_how: str
    their_words: str
    words_reported: str
    not_quoted: str
    more_count: Counted
    events: str
    together: str
    paragraphs: str
    in_context: str
    context_lead: Counted
    more_in_article: Counted
    times_here: Counted
    not_reprinted: str

    # Timeline
    timeline_lead: Counted
    sources_count: Counted
    status: str
    named: str
    filter: str
    filters: str
    happened: str
    said: str
    claimed: str
    planned: str
    disputed: str
    disputed_date: str
    disputed_about: str
    inexact: str
    one_wire_story: str
    some_wire_story: str
    background: str
    dates_disputed: str
    accounts: str
    named_here: str
    event_navigation: str
    and_word: str

    # Differences
    differences_lead: Counted
    questions: str
    position: str
    printed_times: Counted
    times: tuple[str, ...]
    printed: str
    silent: str
    silent_sources: str

    # Versions
    versions: VersionLabels

    # Quotations
    quotations: str
    quotations_lead: Counted
    passages_count: Counted
    match: str
    match_explained: str
    exact: str
    but_for_typography: str
    used: str
    used_in: str
    its_own_page: str
    how_worded: str
    how_explained: str
    check_again: str
    check_again_here: str
    check_line: str
    data: str
    a_line_head: str
    words: str
    only_sha256: str

    # Search
    search: SearchLabels
    accounts_count: Counted

    # Data and citations
    data_page: DataLabels
    # What is sent
    bundle: BundleLabels

    # Not found
    not_found: str
    not_found_text: str
    not_found_home: str

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
        return self.kinds()[kind].one if kind in self.kinds() else kind

    def of_kinds(self, kind: str, settings: Settings) -> str:
        """The heading over entities of a kind; a site may have its own word for it."""
        return settings.kinds.get(kind) or (self.kinds()[kind].more if kind in self.kinds() else kind)

    def kinds(self) -> dict[str, Counted]:
        return {
            "person": self.person,
            "organization": self.organization,
            "place": self.place,
            "document": self.document,
            "concept": self.concept,
        }
