"""The words of the search, in each language of the interface. The page and the dialog are written in the browser: what
these say is handed to it in `assets/search/register.js`."""

from builder.site.phrases import Counted
from builder.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchLabels:
    """Every word that a search shows and no author and no source wrote."""

    search: str
    placeholder: str
    dialog: str
    results: str
    pages: Counted
    pages_of: Counted
    filtered_by: str
    all_with_filters: Counted
    choose: str
    open: str
    close: str
    slash_on: str
    slash_off: str
    loading: str
    nothing: str
    nothing_filtered: str
    nearest: str
    clear: str
    failed: str
    try_again: str
    hint: str
    note: str
    without_javascript: str
    sort_by: str
    relevance: str
    date: str
    show_filters: str
    loading_filters: str
    kind: str
    passage: str
    event: str
    name: str
    summary: str
    publisher: str
    person: str
    organization: str
    place: str
    year: str
    topic: str
    more: Counted
    more_here: Counted
    also_in: str
    mentions: Counted
    sources: Counted
    previous: str
    next: str
    result_pages: str
    page_of: str


SEARCH_IN_ENGLISH = SearchLabels(
    search="Search",
    placeholder="Search names, passages, events",
    dialog="Search the briefing",
    results="Results",
    pages=Counted("1 page", "{n} pages"),
    pages_of=Counted("{n} of 1 page", "{n} of {total} pages"),
    filtered_by="in {filters}",
    all_with_filters=Counted("With filters", "All {n}, with filters"),
    choose="choose",
    open="open at the passage",
    close="Close",
    slash_on="Open with /",
    slash_off="Don’t open with /",
    loading="Searching …",
    nothing="Nothing found for “{query}”.",
    nothing_filtered="Nothing found for “{query}” with these filters.",
    nearest="In the register there are:",
    clear="Clear filters",
    failed="The search cannot be loaded. Its files may be missing, or the connection.",
    try_again="Try again",
    hint="Any spelling of a name finds all of them. Several words are found where all of them stand; "
    "words in quotation marks where they stand together.",
    note="Every spelling of a name finds all of them. Teasers and credits are not searched.",
    without_javascript="The search needs JavaScript. Without it, these lists lead everywhere:",
    sort_by="Sort by",
    relevance="relevance",
    date="date",
    show_filters="Filter",
    loading_filters="Counting …",
    kind="Kind",
    passage="Passage",
    event="Event",
    name="Name",
    summary="Summary",
    publisher="Publisher",
    person="Person",
    organization="Organisation",
    place="Place",
    year="Year",
    topic="Topic",
    more=Counted("1 more", "{n} more"),
    more_here=Counted("1 more passage there", "{n} more passages there"),
    also_in="also {source}",
    mentions=Counted("1 mention", "{n} mentions"),
    sources=Counted("1 source", "{n} of {total} sources"),
    previous="Previous",
    next="Next",
    result_pages="Pages of results",
    page_of="{n} of {total}",
)

SEARCH_IN_GERMAN = SearchLabels(
    search="Suche",
    placeholder="Namen, Passagen, Ereignisse",
    dialog="Das Dossier durchsuchen",
    results="Treffer",
    pages=Counted("1 Seite", "{n} Seiten"),
    pages_of=Counted("{n} von 1 Seite", "{n} von {total} Seiten"),
    filtered_by="in {filters}",
    all_with_filters=Counted("Mit Filtern", "Alle {n}, mit Filtern"),
    choose="wählen",
    open="an der Stelle öffnen",
    close="Schließen",
    slash_on="Mit / öffnen",
    slash_off="Nicht mit / öffnen",
    loading="Die Suche läuft …",
    nothing="Nichts gefunden für „{query}“.",
    nothing_filtered="Nichts gefunden für „{query}“ mit diesen Filtern.",
    nearest="Im Verzeichnis stehen:",
    clear="Filter aufheben",
    failed="Die Suche lässt sich nicht laden. Vielleicht fehlen ihre Dateien oder die Verbindung.",
    try_again="Noch einmal versuchen",
    hint="Jede Schreibweise eines Namens findet alle. Mehrere Wörter finden, was alle enthält; "
    "Wörter in Anführungszeichen, was sie beieinander hat.",
    note="Jede Schreibweise eines Namens findet alle. Anreißer und Bildnachweise werden nicht durchsucht.",
    without_javascript="Die Suche braucht JavaScript. Ohne führen diese Listen überall hin:",
    sort_by="Sortiert nach",
    relevance="Relevanz",
    date="Datum",
    show_filters="Filtern",
    loading_filters="Wird gezählt …",
    kind="Art",
    passage="Passage",
    event="Ereignis",
    name="Name",
    summary="In Kürze",
    publisher="Herausgeber",
    person="Person",
    organization="Organisation",
    place="Ort",
    year="Jahr",
    topic="Thema",
    more=Counted("1 weiterer", "{n} weitere"),
    more_here=Counted("1 weitere Passage dort", "{n} weitere Passagen dort"),
    also_in="auch {source}",
    mentions=Counted("1 Nennung", "{n} Nennungen"),
    sources=Counted("1 Quelle", "{n} von {total} Quellen"),
    previous="Zurück",
    next="Weiter",
    result_pages="Seiten der Treffer",
    page_of="{n} von {total}",
)
