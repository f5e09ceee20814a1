"""The words of the pages that compare two texts, in each language of the interface."""

from builder.briefing.classing import Kind
from builder.site.phrases import Counted
from builder.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLabels:
    """Every word on such a page and on the links to it that no author and no source wrote."""

    compare_two: str
    compare_with: str
    kicker: str
    title: str
    lead: str
    lead_unnamed: str
    read_aloud: str
    note: str
    substance: str
    attribution: str
    style: str
    style_long: str
    typography: str
    no_such_difference: str
    nothing_there: str
    paragraphs_in_both: Counted
    of_them_same: str
    paragraphs_only_in: Counted
    shared_stretches: str
    paragraphs_count: Counted
    word_for_word: str
    both_texts: str
    elsewhere: str
    only_in: str
    not_in_this_text: str
    much_of_it: str
    more_only_in: Counted

    def of_kind(self, kind: Kind) -> str:
        return {
            "substance": self.substance,
            "attribution": self.attribution,
            "style": self.style,
            "typography": self.typography,
        }[kind]


VERSIONS_IN_ENGLISH = VersionLabels(
    compare_two="Compare the two",
    compare_with="Compare with {source}",
    kicker="One wire story, two texts",
    title="What differs between {one} and {other}",
    lead="A report by {agency} in two texts. The comparison shows what stands where, not who changed it.",
    lead_unnamed="One report in two texts. The comparison shows what stands where, not who changed it.",
    read_aloud="Read aloud, what only the first text has may be called a deletion, and what only the second "
    "has an insertion. That is a manner of speaking: neither need be made from the other.",
    note="Compared are paragraphs; titles, headings, captions and credits are not. The four kinds are told "
    "apart by rules; what no rule is sure of is substance.",
    substance="substance",
    attribution="attribution",
    style="style",
    style_long="spelling and style",
    typography="typography",
    no_such_difference="none",
    nothing_there="nothing",
    paragraphs_in_both=Counted("1 paragraph in both texts", "{n} paragraphs in both texts"),
    of_them_same="{n} of them word for word",
    paragraphs_only_in=Counted("1 only in {source}", "{n} only in {source}"),
    shared_stretches="{share}% of all stretches of five words shared",
    paragraphs_count=Counted("1 paragraph", "{n} paragraphs"),
    word_for_word="word for word",
    both_texts="Both",
    elsewhere="in another place",
    only_in="only in {source}",
    not_in_this_text="not in this text",
    much_of_it="much of it in {source}, line {n}",
    more_only_in=Counted(
        "1 more paragraph only in {source} ({lines})", "{n} more paragraphs only in {source} ({lines})"
    ),
)

VERSIONS_IN_GERMAN = VersionLabels(
    compare_two="Beide vergleichen",
    compare_with="Vergleichen mit: {source}",
    kicker="Eine Agenturmeldung, zwei Texte",
    title="{one} und {other}: worin sie sich unterscheiden",
    lead="Eine Meldung von {agency} in zwei Texten. Der Vergleich zeigt, was wo steht, nicht, wer es geändert hat.",
    lead_unnamed="Eine Meldung in zwei Texten. Der Vergleich zeigt, was wo steht, nicht, wer es geändert hat.",
    read_aloud="Beim Vorlesen heißt vielleicht gelöscht, was nur der erste Text hat, und eingefügt, was nur der "
    "zweite hat. Das ist nur eine Redeweise: Keiner muss aus dem anderen entstanden sein.",
    note="Verglichen sind Absätze, nicht Überschriften, Bildunterschriften und Bildnachweise. Die vier Arten "
    "unterscheidet der Rechner nach Regeln; wo keine sicher ist, gilt ein Unterschied als inhaltlich.",
    substance="Inhalt",
    attribution="Zuschreibung",
    style="Stil",
    style_long="Schreibweise und Stil",
    typography="Typografie",
    no_such_difference="keiner",
    nothing_there="nichts",
    paragraphs_in_both=Counted("1 Absatz in beiden Texten", "{n} Absätze in beiden Texten"),
    of_them_same="{n} davon Wort für Wort",
    paragraphs_only_in=Counted("1 nur bei {source}", "{n} nur bei {source}"),
    shared_stretches="{share} % aller Folgen von fünf Wörtern gemeinsam",
    paragraphs_count=Counted("1 Absatz", "{n} Absätze"),
    word_for_word="Wort für Wort",
    both_texts="Beide",
    elsewhere="an anderer Stelle",
    only_in="nur bei {source}",
    not_in_this_text="nicht in diesem Text",
    much_of_it="vieles davon bei {source}, Zeile {n}",
    more_only_in=Counted(
        "1 weiterer Absatz nur bei {source} ({lines})", "{n} weitere Absätze nur bei {source} ({lines})"
    ),
)
