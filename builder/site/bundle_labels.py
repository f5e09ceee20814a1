"""The words of what is sent, in each language of the interface: the page that a zip opens with, the single file, and
the notice of a private copy."""

from builder.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleLabels:
    """Every word that a zip and a single file say of themselves."""

    private: str
    private_line: str

    # READ ME FIRST
    open_briefing: str
    unpack_first: str
    unpack_why: str
    unpack_how: str
    what_it_is: str
    needs_nothing: str
    search_how: str
    keep_together: str
    how_to_check: str
    check_quotations: str
    check_files: str
    check_both: str

    # The single file
    opening: str
    needs_javascript: str
    too_old: str
    damaged: str
    a_file: str
    save: str


BUNDLE_IN_ENGLISH = BundleLabels(
    private="Private copy",
    private_line="It has the full texts of its sources. Please do not publish it or pass it on.",
    open_briefing="Open the briefing",
    unpack_first="Unpack the zip first.",
    unpack_why="You see this page bare because it was opened inside the zip, where pages cannot reach each other.",
    unpack_how="On Windows, right-click the zip and choose “Extract all”; on a Mac, double-click it; on a phone, "
    "choose “Extract” or “Uncompress” in its Files app. Then open READ ME FIRST in the new folder.",
    what_it_is="What this is",
    needs_nothing="A folder of pages for any browser. It needs no installation and no internet; what you read or "
    "search here, no other computer learns. Only links to the originals lead out.",
    search_how="To search, press / or Ctrl K (⌘ K) on any page.",
    keep_together="Keep the folder together, since its pages lead to each other. You may rename it, copy it, or put it "
    "on a web host as it is.",
    how_to_check="How to check it",
    check_quotations="Every quotation, with its line in its source:",
    check_files="Whether a file was damaged:",
    check_both="Both at once, with Sourcebook:",
    opening="Opening …",
    needs_javascript="This file needs JavaScript to show its pages, and here it is off. If this is a preview, or a "
    "mail program shows it, save the file and open it in a browser; if JavaScript is on, the browser is older than "
    "2023. The same briefing as a zip can be read in any case.",
    too_old="This browser is too old for this file: it takes one of 2023 or later. The same briefing as a zip can be "
    "read in older ones.",
    damaged="This file is damaged: a part of it is missing or cannot be read. Please ask for it again.",
    a_file="A file that belongs to this briefing.",
    save="Save it",
)

BUNDLE_IN_GERMAN = BundleLabels(
    private="Privates Exemplar",
    private_line="Es enthält die vollen Texte seiner Quellen. Bitte nicht veröffentlichen und nicht weitergeben.",
    open_briefing="Das Dossier öffnen",
    unpack_first="Bitte zuerst das Zip entpacken.",
    unpack_why="Diese Seite ist so kahl, weil sie im Zip geöffnet wurde; dort finden Seiten einander nicht.",
    unpack_how="Unter Windows: Rechtsklick auf das Zip, „Alle extrahieren“; auf dem Mac: Doppelklick; auf dem Telefon: "
    "„Extrahieren“ oder „Entpacken“ in der Dateien-App. Dann READ ME FIRST im neuen Ordner öffnen.",
    what_it_is="Was das ist",
    needs_nothing="Ein Ordner mit Seiten für jeden Browser. Er braucht weder Installation noch Internet; was Sie hier "
    "lesen oder suchen, erfährt kein anderer Rechner. Nur Links zu den Originalen führen hinaus.",
    search_how="Zum Suchen drücken Sie auf jeder Seite / oder Strg K (⌘ K).",
    keep_together="Lassen Sie den Ordner beisammen, denn die Seiten führen zueinander. Sie können ihn umbenennen, "
    "kopieren oder so, wie er ist, auf einen Webserver stellen.",
    how_to_check="Wie man es prüft",
    check_quotations="Jedes Zitat, mit der Zeile in seiner Quelle:",
    check_files="Ob eine Datei beschädigt ist:",
    check_both="Beides auf einmal, mit Sourcebook:",
    opening="Wird geöffnet …",
    needs_javascript="Diese Datei braucht JavaScript, um ihre Seiten zu zeigen, und hier ist es ausgeschaltet. Falls "
    "dies eine Vorschau ist oder ein Mailprogramm sie zeigt: Datei speichern und in einem Browser öffnen; ist "
    "JavaScript an, so ist der Browser älter als 2023. Dasselbe Dossier als Zip lässt sich auch so lesen.",
    too_old="Dieser Browser ist zu alt für diese Datei: Es braucht einen von 2023 oder später. Dasselbe Dossier als "
    "Zip lässt sich auch in älteren lesen.",
    damaged="Diese Datei ist beschädigt: Ein Teil fehlt oder ist nicht lesbar. Bitte lassen Sie sie sich noch einmal "
    "schicken.",
    a_file="Eine Datei, die zu diesem Dossier gehört.",
    save="Speichern",
)
