"""Days as numbers, and the words that languages have for them."""

from functools import lru_cache

from builder.model import Day
from builder.values import dataclass


@lru_cache(maxsize=10_000)  # a day stands in the chart of each who is named on it
def ordinal(day: Day) -> int:
    """The day's number; 1 January of year 1 is day 1, as in `datetime.date.toordinal`, but without its limits.

    The method is Howard Hinnant's "days_from_civil": years begin in March, so that a leap day is the last of its year.
    """
    year, month, day_of_month = day
    year -= month <= 2
    era, year_of_era = divmod(year, 400)
    day_of_year = (153 * ((month + 9) % 12) + 2) // 5 + day_of_month - 1
    return era * 146_097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - 305


def day_of(number: int) -> Day:
    """The day with this ordinal."""
    era, day_of_era = divmod(number + 305, 146_097)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * day_of_year + 2) // 153
    month = (shifted + 2) % 12 + 1
    return era * 400 + year_of_era + (month <= 2), month, day_of_year - (153 * shifted + 2) // 5 + 1


def weekday(day: Day) -> int:
    """0 is Monday, 6 is Sunday."""
    return (ordinal(day) - 1) % 7


@dataclass(frozen=True, slots=True)
class Language:
    """How one language writes dates. `of` stands between day, month and year; names are separated by blanks.

    `span` joins two days, `within` is one unknown day of a span, `since` an open end; {} is the date. `needs_day`: the
    phrases have an article that fits only a day, so beside a month or a year signs stand for them.
    """

    months: str
    short_months: str
    weekdays: str
    short_weekdays: str
    seasons: str
    either: str
    span: str
    within: str
    short_within: str
    by: str
    until: str
    since: str
    later: str
    about: str
    short_about: str
    uncertain: str
    undated: str
    before_christ: str
    of: str = " "
    after_day: str = ""
    first: str = ""
    needs_day: bool = False


ENGLISH = Language(
    months="January February March April May June July August September October November December",
    short_months="Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    weekdays="Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    short_weekdays="Mon Tue Wed Thu Fri Sat Sun",
    seasons="spring summer autumn winter",
    either="or",
    span="to",
    within="on a day within {}",
    short_within="within {}",
    by="by {}",
    until="until {}",
    since="from {}, open",
    later="{} or later",
    about="about {}",
    short_about="c. {}",
    uncertain="{}, uncertain",
    undated="no date",
    before_christ="{} BC",
)
GERMAN = Language(
    months="Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    short_months="Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
    weekdays="Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    short_weekdays="Mo Di Mi Do Fr Sa So",
    seasons="Frühling Sommer Herbst Winter",
    either="oder",
    span="bis",
    within="an einem Tag vom {}",
    short_within="innerhalb {}",
    by="bis spätestens {}",
    until="bis {}",
    since="ab {}, offen",
    later="{} oder später",
    about="ca. {}",
    short_about="ca. {}",
    uncertain="{}, unsicher",
    undated="ohne Datum",
    before_christ="{} v. Chr.",
    after_day=".",
)
FRENCH = Language(
    months="janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    short_months="janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    weekdays="lundi mardi mercredi jeudi vendredi samedi dimanche",
    short_weekdays="lun mar mer jeu ven sam dim",
    seasons="printemps été automne hiver",
    either="ou",
    span="au",
    within="un jour du {}",
    short_within="dans {}",
    by="au plus tard le {}",
    until="jusqu’au {}",
    since="depuis le {}, ouvert",
    later="{} ou plus tard",
    about="vers {}",
    short_about="v. {}",
    uncertain="{}, incertain",
    undated="sans date",
    before_christ="{} av. J.-C.",
    first="1er",
    needs_day=True,
)
SPANISH = Language(
    months="enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    short_months="ene feb mar abr may jun jul ago sept oct nov dic",
    weekdays="lunes martes miércoles jueves viernes sábado domingo",
    short_weekdays="lun mar mié jue vie sáb dom",
    seasons="primavera verano otoño invierno",
    either="o",
    span="al",
    within="un día del {}",
    short_within="dentro de {}",
    by="a más tardar el {}",
    until="hasta el {}",
    since="desde el {}, abierto",
    later="{} o más tarde",
    about="hacia {}",
    short_about="c. {}",
    uncertain="{}, incierto",
    undated="sin fecha",
    before_christ="{} a. C.",
    of=" de ",
    needs_day=True,
)
ITALIAN = Language(
    months="gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    short_months="gen feb mar apr mag giu lug ago set ott nov dic",
    weekdays="lunedì martedì mercoledì giovedì venerdì sabato domenica",
    short_weekdays="lun mar mer gio ven sab dom",
    seasons="primavera estate autunno inverno",
    either="o",
    span="al",
    within="un giorno dal {}",
    short_within="nel {}",
    by="entro il {}",
    until="fino al {}",
    since="dal {}, aperto",
    later="{} o più tardi",
    about="circa {}",
    short_about="c. {}",
    uncertain="{}, incerto",
    undated="senza data",
    before_christ="{} a.C.",
    needs_day=True,
)
DUTCH = Language(
    months="januari februari maart april mei juni juli augustus september oktober november december",
    short_months="jan feb mrt apr mei jun jul aug sep okt nov dec",
    weekdays="maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    short_weekdays="ma di wo do vr za zo",
    seasons="lente zomer herfst winter",
    either="of",
    span="t/m",
    within="op een dag van {}",
    short_within="binnen {}",
    by="uiterlijk {}",
    until="tot en met {}",
    since="vanaf {}, open",
    later="{} of later",
    about="omstreeks {}",
    short_about="ca. {}",
    uncertain="{}, onzeker",
    undated="zonder datum",
    before_christ="{} v.Chr.",
)
PORTUGUESE = Language(
    months="janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    short_months="jan fev mar abr mai jun jul ago set out nov dez",
    weekdays="segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    short_weekdays="seg ter qua qui sex sáb dom",
    seasons="primavera verão outono inverno",
    either="ou",
    span="a",
    within="um dia de {}",
    short_within="dentro de {}",
    by="o mais tardar {}",
    until="até {}",
    since="desde {}, em aberto",
    later="{} ou mais tarde",
    about="cerca de {}",
    short_about="c. {}",
    uncertain="{}, incerto",
    undated="sem data",
    before_christ="{} a.C.",
    of=" de ",
)
# Numerals and signs alone, for every language that has no table: dates are written as in ISO 8601.
NUMERALS = Language(
    months="",
    short_months="",
    weekdays="",
    short_weekdays="",
    seasons="",
    either="/",
    span="–",
    within="{}",
    short_within="{}",
    by="≤ {}",
    until="… – {}",
    since="{} – …",
    later="≥ {}",
    about="≈ {}",
    short_about="≈ {}",
    uncertain="{} (?)",
    undated="–",
    before_christ="-{}",
)
LANGUAGES = {
    "en": ENGLISH,
    "de": GERMAN,
    "fr": FRENCH,
    "es": SPANISH,
    "it": ITALIAN,
    "nl": DUTCH,
    "pt": PORTUGUESE,
}


@lru_cache(maxsize=100)
def spoken(tag: str) -> Language:
    """The table for a BCP 47 tag: its primary subtag decides."""
    return LANGUAGES.get(tag.partition("-")[0].lower(), NUMERALS)


def weekday_name(day: Day, language: str) -> str:
    """“Saturday”; empty in a language without a table."""
    return _nth(spoken(language).weekdays, weekday(day))


def short_weekday(day: Day, language: str) -> str:
    """“Sat”; empty in a language without a table."""
    return _nth(spoken(language).short_weekdays, weekday(day))


def month_name(month: int, language: str) -> str:
    """“February”; in a language without a table its number."""
    return _nth(spoken(language).months, month - 1) or f"{month:02d}"


def short_month(month: int, language: str) -> str:
    """“Feb”; in a language without a table its number."""
    return _nth(spoken(language).short_months, month - 1) or f"{month:02d}"


def season_name(season: int, language: str) -> str:
    """21 is spring, 24 winter, as in EDTF; empty in a language without a table."""
    return _nth(spoken(language).seasons, season - 21)


def year_name(year: int, language: str) -> str:
    """An astronomical year as people write it: 0 is 1 BC."""
    if year > 0 or spoken(language) is NUMERALS:
        return (f"{year:04d}" if year >= 0 else f"{year:05d}") if spoken(language) is NUMERALS else str(year)
    return spoken(language).before_christ.format(1 - year)


def _nth(names: str, index: int) -> str:
    words = names.split()
    return words[index] if index < len(words) else ""
