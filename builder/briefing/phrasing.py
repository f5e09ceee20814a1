"""The words by which a report says who said it, and those that make up an office; by language.

Short lists on purpose: a word that is in none of them counts as substance, which a reader looks at first.
"""

from builder.values import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """Keys of words (`word_key`). `saying`: verbs and the like; `speakers`: those who are not named; `light`: what may
    stand beside both; `joining`: what may join the words of an office.

    `offices` are nouns, `of_offices` what may stand before them. `articles` are left out or put in without a change in
    meaning, and so is `that` after a verb of saying, `on` before one of the `weekdays` and one of the `countries`, as
    abbreviations, before an office.
    """

    saying: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()
    light: frozenset[str] = frozenset()
    joining: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    of_offices: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    that: frozenset[str] = frozenset()
    on: frozenset[str] = frozenset()
    weekdays: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()


def phrases_of(language: str) -> Phrases:
    """Those of a language tag's main language; without any for a language that is not here."""
    return {"en": ENGLISH, "de": GERMAN}.get(main_language(language), Phrases())


def main_language(language: str) -> str:
    return language.lower().partition("-")[0]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Not among them: “was told”, which is not “said”; “denied”, the opposite; “report” and “claim”, which are nouns too.
ENGLISH = Phrases(
    saying=_words(
        "say says said saying tell tells told telling add adds added adding noted noting reported reporting "
        "explain explains explained explaining commented remarked claimed claiming stated stating declare "
        "declared declaring announce announced announcing confirm confirmed confirming argue argued arguing "
        "insist insisted insisting write writes wrote writing warn warned acknowledge acknowledged acknowledging "
        "according quoted quoting cite cited citing"
    ),
    speakers=_words(
        "source sources official officials spokesman spokeswoman spokesperson person people statement report "
        "reports reporters agency newspaper"
    ),
    light=_words("the a an to by of in that it he she they who which has have had and notes claims comments remarks"),
    joining=_words("the a of to for"),
    offices=_words(
        "president vicepresident chancellor minister secretary envoy ambassador governor senator mayor director "
        "chief chair chairman chairwoman chairperson head leader spokesman spokeswoman spokesperson commissioner "
        "general professor adviser advisor"
    ),
    of_offices=_words(
        "special deputy acting former vice prime foreign finance defense interior permanent senior national"
    ),
    articles=_words("the"),
    that=_words("that"),
    on=_words("on"),
    weekdays=_words("monday tuesday wednesday thursday friday saturday sunday"),
    countries=_words("US UK"),
)

GERMAN = Phrases(
    saying=_words(
        "sagte sagten sagt sagen gesagt erklärte erklärten erklärt teilte teilten mitgeteilt berichtete "
        "berichteten berichtet betonte betonten betont ergänzte ergänzten fügte fügten hinzu meldete meldeten "
        "meldet schrieb schrieben schreibt hiess heisst laut zufolge angaben äusserte äusserten"
    ),
    speakers=_words(
        "quelle quellen sprecher sprecherin sprechern vertreter vertreterin beamte beamter beamten person "
        "personen mitteilung bericht berichte zeitung agentur nachrichtenagentur"
    ),
    light=_words(
        "der die das den dem des ein eine einer einem eines er sie es hat haben hatte hatten dass zu mit nach von "
        "in und so"
    ),
    joining=_words("der die das den dem des für von"),
    offices=_words(
        "präsident präsidentin bundespräsident bundespräsidentin kanzler kanzlerin bundeskanzler bundeskanzlerin "
        "minister ministerin aussenminister aussenministerin ministerpräsident ministerpräsidentin staatssekretär "
        "staatssekretärin botschafter botschafterin bürgermeister bürgermeisterin oberbürgermeister "
        "oberbürgermeisterin landrat landrätin direktor direktorin chef chefin sprecher sprecherin "
        "sondergesandter sondergesandte sondergesandten"
    ),
    of_offices=_words("stellvertretende stellvertretender ehemalige ehemaliger frühere früherer"),
    on=_words("am"),
    weekdays=_words("montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag"),
)
