"""The words of the data page, of citations, and of what calendars, feeds and timelines say, in each language."""

from builder.site.phrases import Counted
from builder.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DataLabels:
    """Every word about the data, and in it, that no author and no source wrote."""

    title: str
    lead: str
    tables: str
    for_tools: str
    schema: str
    about_inferred: str
    about_cells: str
    about_rights: str
    articles: str
    entities: str
    mentions: str
    events: str
    accounts: str
    claims: str
    quotations: str
    differences: str
    citations: str
    annotations: str
    timelinejs: str
    calendar: str
    feeds: str
    sitemap: str
    robots: str

    cite_source: str
    cite_briefing: str
    supplied: str
    all_sources_for: str
    undated: str
    read_on: str
    title_supplied: str
    title_word: str
    inferred_note: str
    day_inferred: str

    date_inferred: str
    editors_reading: str
    told_by: str
    events_left_out: Counted


DATA_IN_ENGLISH = DataLabels(
    title="Data",
    lead="All of this briefing for other tools. Addresses in the files are paths from the root of this site.",
    tables="Tables",
    for_tools="For other tools",
    schema="Schema",
    about_inferred="What the editor inferred is marked as inferred in every file, with the reason, or left out "
    "where a format has no place for doubt.",
    about_cells="The CSV files are UTF-8. A cell that a spreadsheet would take for a formula begins with an "
    "apostrophe, which is not part of the text; the JSON has the text as it is.",
    about_rights="Of a source that is not reprinted, the files have no more than the pages: its cited passages, "
    "or only their place and SHA-256.",
    articles="Every source with what is known of it, and our summary.",
    entities="The register of people, organisations, places and so on, with all their names.",
    mentions="Every place where a source names one of them.",
    events="The timeline, the accounts of one event merged.",
    accounts="What each source says of each event, in its words.",
    claims="The key points of the briefing and of its articles, with what they cite.",
    quotations="Every passage that is quoted or cited, with its place and the pages that use it.",
    differences="The questions on which the sources differ, with every answer and who gives it.",
    citations="The sources for Zotero and other reference managers (CSL-JSON) and for LaTeX (BibTeX).",
    annotations="Every quotation as a W3C Web Annotation, which finds its passage in the source by its words "
    "and its place.",
    timelinejs="The timeline for TimelineJS.",
    calendar="The events of which the day is known, for a calendar.",
    feeds="What changes here, and the latest events, for a feed reader (Atom, JSON Feed).",
    sitemap="The addresses of all pages, for search engines.",
    robots="Says that search engines are welcome.",
    cite_source="Cite this source",
    cite_briefing="Cite this briefing",
    supplied="In square brackets: inferred or supplied by the editor.",
    all_sources_for="All sources at once:",
    undated="undated",
    read_on="read on {date}",
    title_supplied="Title supplied by the editor",
    title_word="Title",
    day_inferred="date inferred",
    inferred_note="{what} inferred by the editor: {value} ({reason})",
    date_inferred="Date inferred by the editor: {reason}",
    editors_reading="a reading of the accounts",
    told_by="Told by",
    events_left_out=Counted(
        "1 event is not in this calendar: its day is not known.",
        "{n} events are not in this calendar: their days are not known.",
    ),
)

DATA_IN_GERMAN = DataLabels(
    title="Daten",
    lead="Das ganze Dossier für andere Programme. Adressen in den Dateien sind Pfade ab der Wurzel dieser Website.",
    tables="Tabellen",
    for_tools="Für andere Programme",
    schema="Schema",
    about_inferred="Was die Redaktion erschlossen hat, ist in jeder Datei als erschlossen gekennzeichnet, mit "
    "Begründung, oder weggelassen, wo ein Format für Zweifel keinen Platz hat.",
    about_cells="Die CSV-Dateien sind in UTF-8. Eine Zelle, die eine Tabellenkalkulation für eine Formel "
    "hielte, beginnt mit einem Apostroph, der nicht zum Text gehört; in den JSON-Dateien steht der "
    "Text, wie er ist.",
    about_rights="Von einer Quelle, die nicht nachgedruckt wird, enthalten die Dateien nicht mehr als die "
    "Seiten: die angeführten Stellen, oder nur deren Ort und SHA-256.",
    articles="Jede Quelle mit allem, was über sie bekannt ist, und unserer Zusammenfassung.",
    entities="Das Register der Personen, Organisationen, Orte und so weiter mit all ihren Namen.",
    mentions="Jede Stelle, an der eine Quelle sie nennt.",
    events="Die Zeitleiste, die Darstellungen eines Ereignisses vereint.",
    accounts="Was jede Quelle über jedes Ereignis sagt, in ihren Worten.",
    claims="Die Kernpunkte des Dossiers und seiner Artikel mit dem, was sie anführen.",
    quotations="Jede zitierte oder angeführte Stelle mit ihrem Ort und den Seiten, die sie verwenden.",
    differences="Die Fragen, in denen die Quellen voneinander abweichen, mit jeder Antwort und wer sie gibt.",
    citations="Die Quellen für Zotero und andere Literaturverwaltungen (CSL-JSON) und für LaTeX (BibTeX).",
    annotations="Jedes Zitat als W3C Web Annotation, die ihre Stelle in der Quelle am Wortlaut und am Ort erkennt.",
    timelinejs="Die Zeitleiste für TimelineJS.",
    calendar="Die Ereignisse, deren Tag bekannt ist, für einen Kalender.",
    feeds="Was sich hier ändert, und die jüngsten Ereignisse, für Feedreader (Atom, JSON Feed).",
    sitemap="Die Adressen aller Seiten, für Suchmaschinen.",
    robots="Sagt, dass Suchmaschinen willkommen sind.",
    cite_source="Diese Quelle zitieren",
    cite_briefing="Dieses Dossier zitieren",
    supplied="In eckigen Klammern: von der Redaktion erschlossen oder ergänzt.",
    all_sources_for="Alle Quellen auf einmal:",
    undated="o. D.",
    read_on="abgerufen am {date}",
    title_supplied="Titel von der Redaktion ergänzt",
    title_word="Titel",
    day_inferred="Datum erschlossen",
    inferred_note="{what} von der Redaktion erschlossen: {value} ({reason})",
    date_inferred="Datum von der Redaktion erschlossen: {reason}",
    editors_reading="aus den Darstellungen",
    told_by="Quellen",
    events_left_out=Counted(
        "1 Ereignis steht nicht in diesem Kalender: sein Tag ist nicht bekannt.",
        "{n} Ereignisse stehen nicht in diesem Kalender: ihre Tage sind nicht bekannt.",
    ),
)
