"""Words with a capital that are no names, and words that tell what a name is of. Closed lists, no dictionary."""

import re

from builder.briefing.named_days import MONTH_OF, WEEKDAYS

CALENDAR = frozenset(
    {
        *(name for name in MONTH_OF if len(name) > 3),
        *(day for days in WEEKDAYS.values() for names in days for day in names.split("|") if day.istitle()),
    }
)

SMALL_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a about after all also although amid among an and another any are as at because before both but by can "
        "despite during each even every few for from had has have he her here his how however i if in instead is it "
        "its last later like many meanwhile more most much my neither next no nor not now of on one only or other our "
        "out over she since so some still such than that the their then there these they this those though three "
        "through to two under unless until up was we were what when where whether which while who whose why with "
        "would yet you your yes aber alle als am an auch auf aus bei beim bis da dann das dass dazu dem den denn der "
        "des die dies diese dieser doch dort du durch ein eine einem einen einer eines er erst es euer für hat hier "
        "ich ihr ihre im in ist ja jede jeder kein keine man mit nach nicht noch nun nur ob oder ohne seit sein seine "
        "sich sie sind so und uns unser unter vom von vor war was weil wenn wer wie wir wird wo zu zum zur zwei "
        "zwischen au aux avec ce ces cette dans de des du elle en est et il ils je la le les leur mais nous on ou où "
        "par pas plus pour qui sans ses son sur un une vous y al como con del ella el esta este la las lo los más "
        "mientras no para pero por que se según ser si sin sobre su sus también una uno",
    )
)
"""They begin sentences. Within one, with a capital, they may begin a name: Los Angeles, El País."""

GERMAN = frozenset(re.findall(r"\w+", "der die das den dem und ist nicht ein eine im zu auch mit auf für von"))

TITLES = frozenset(
    re.findall(
        r"[\w-]+",
        "admiral ambassador archbishop baroness bishop captain cardinal chair chairman chairwoman chancellor chief "
        "coach colonel commander commissioner congressman congresswoman correspondent count counselor deputy "
        "detective director doctor duke editor emperor envoy executive general governor inspector judge justice king "
        "lady lawmaker leader lieutenant lord major mayor minister officer pope premier president prime prince "
        "princess professor queen rabbi rector representative secretary secretary-general senator sergeant sheikh sir "
        "spokesman spokesperson spokeswoman sultan treasurer tsar undersecretary vice mr mrs ms dr prof sen rep gov "
        "gen mx miss mister madam herr frau madame monsieur señor señora bürgermeister bürgermeisterin bundeskanzler "
        "bundeskanzlerin direktor direktorin ingenieur ingenieurin kanzler kanzlerin landrat landrätin minister "
        "ministerin ministerpräsident ministerpräsidentin präsident präsidentin sprecher sprecherin vorsitzende "
        "vorsitzender professorin ministre président présidente ministro ministra presidente presidenta",
    )
)
"""What stands before a person's name, and does not belong to it; with a small letter it tells that a person follows."""

ORGANIZATIONS = frozenset(
    re.findall(
        r"\w+",
        "academy administration agency alliance army assembly association authority bank board brigade broadcasting "
        "bureau cabinet church club college commission committee company conference congress corporation corps "
        "council court department federation force forces forum foundation front fund government group house "
        "institute institution international journal league ministry movement museum nations network news office "
        "organisation organization parliament partners party police post press radio secretariat senate service "
        "services society station studios summit syndicate technologies television times trust tribunal union "
        "university watch ag bahn behörde bund bündnis bundestag gesellschaft gericht gmbh hochschule institut "
        "kreistag ministerium partei rat stiftung universität verband verein zeitung corp inc llc ltd plc",
    )
)
DOCUMENTS = frozenset(
    re.findall(
        r"\w+",
        "accord act agreement bill charter constitution convention declaration law memorandum pact treaty",
    )
)
PLACES = frozenset(
    re.findall(
        r"\w+",
        "airport avenue bay beach bridge canal city county district east island islands lake mount mountain mountains "
        "north ocean peninsula port province region republic river road sea south square states strait street town "
        "valley west",
    )
)

BRIDGE = re.compile(
    r"\s(?:(?:von|van|de|of)(?:\s(?:der|den|dem|la|las|los|the))?"
    r"|bin|ibn|al|el|da|di|do|dos|del|della|du|ten|ter|zu|af|av)\s"
    r"|\s|-(?:\w{1,2}-)?"
)
"""What may stand between two words of one name."""

NARROW_BRIDGE = re.compile(r"\s|-")
"""The same where every noun has a capital: „der Abschnitt von Bullay“ is no name."""

OF = re.compile(r"\s(?:of|for|to|für|von)\s(?:the\s)?$", re.IGNORECASE)
"""Between a title and what it is the title of."""

IN = re.compile(r"\b(?:in|near|across|throughout|nach|aus|en)\s(?:the\s)?$", re.IGNORECASE)
"""Before a place."""
