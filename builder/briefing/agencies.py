"""News agencies, and where a text says that it is from one: in its date line, below it, in a note, at its end."""

import re
from collections.abc import Iterator

from builder.values import dataclass

AGENCIES: dict[str, str] = {
    "AFP": "AFP|Agence France-Presse|أ ف ب|فرانس برس|АФП",
    "AP": "AP|Associated Press|The Associated Press|أ ب",
    "Reuters": "Reuters|Thomson Reuters|رويترز|Рейтер|ロイター|路透社",
    "dpa": "dpa|dpa-infocom|dpa-AFX|Deutsche Presse-Agentur",
    "EFE": "EFE|Agencia EFE",
    "Bloomberg": "Bloomberg|Bloomberg News",
    "UPI": "UPI|United Press International",
    "PA": "PA Media|Press Association",
    "AAP": "AAP|Australian Associated Press",
    "CP": "Canadian Press|The Canadian Press|La Presse Canadienne",
    "ANSA": "ANSA",
    "Lusa": "Lusa|Agência Lusa",
    "Europa Press": "Europa Press",
    "APA": "APA|Austria Presse Agentur",
    "Keystone-SDA": "Keystone-SDA|Keystone-ATS|SDA|ATS",
    "KNA": "KNA",
    "epd": "epd",
    "Belga": "Belga",
    "ANP": "ANP",
    "TT": "TT|TT Nyhetsbyrån",
    "NTB": "NTB",
    "Ritzau": "Ritzau",
    "STT": "STT",
    "PAP": "PAP",
    "ČTK": "ČTK",
    "MTI": "MTI",
    "Agerpres": "Agerpres",
    "BTA": "BTA",
    "TASS": "TASS|ТАСС|Itar-Tass|ИТАР-ТАСС",
    "Interfax": "Interfax|Интерфакс|Interfax-Ukraine|Интерфакс-Украина|Інтерфакс-Україна",
    "RIA Novosti": "RIA Novosti|РИА Новости",
    "Ukrinform": "Ukrinform|Укринформ|Укрінформ",
    "Anadolu": "AA|Anadolu|Anadolu Agency|Anadolu Ajansı|الأناضول",
    "Xinhua": "Xinhua|新华社|新華社|شينخوا",
    "Kyodo": "Kyodo|Kyodo News|共同|共同通信",
    "Jiji": "Jiji|Jiji Press|時事|時事通信",
    "Yonhap": "Yonhap|연합뉴스",
    "CNA": "CNA|中央社",
    "PTI": "PTI|Press Trust of India",
    "ANI": "ANI",
    "IANS": "IANS",
    "Antara": "Antara",
    "Bernama": "Bernama",
    "SPA": "واس",
    "MENA": "MENA|أ ش أ",
    "WAM": "وام|WAM",
    "NNN": "NNN",
    "Télam": "Télam",
    "Agência Brasil": "Agência Brasil",
    "Prensa Latina": "Prensa Latina",
    "IPS": "Inter Press Service",
}
"""What each is called here, and the names it goes by."""

KEY_OF = {name: key for key, names in AGENCIES.items() for name in names.split("|")}
NAME = "|".join(re.escape(name) for name in sorted(KEY_OF, key=lambda name: (-len(name), name)))
NAMED = re.compile(rf"(?<![\w-])(?:{NAME})(?![\w-])")

IN_DATE_LINE = re.compile(
    r"[^()（）.!?]{0,60}[(（](?P<who>[^()（）]{2,40})[)）]\s?(?:\.\s?)?[-–—:.]|【[^】]{0,20}[=＝](?P<at>[^】]{2,20})】|(?P<zh>[^\W\d_a-zA-Z]{3,4}社)[^。，]{2,20}电"
)
"""“LIMA, 3 mar (EFE).- ”, „Hamburg (dpa) – “, 【ワシントン＝共同】, 新华社海州1月18日电, at the beginning of a text."""

AT_THE_END = re.compile(rf"[.!?。][\"”»’')\]]*\s(?:[-–—/]\s?)?[(\[（]?(?P<who>{NAME})[)\]）]?\.?$")
TOLD = re.compile(
    rf"\b(?:told|tell|informed|sagte\s(?:der|dem|zu)|teilte\sder|dijo\sa|declaró\sa|informó\sa|a\s(?:déclaré|indiqué|dit)\sà)\s(?:the\s|la\s|l[’'])?(?P<who>{NAME})(?![\w-])"
)
"""It may be the text's own agency, or another that the text has read."""


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency as the text writes it; `key` is the same for all its names."""

    key: str
    name: str


def agencies_in(text: str) -> Iterator[Agency]:
    """Every agency that a line names."""
    for match in NAMED.finditer(text):
        yield Agency(KEY_OF[match[0]], match[0])


def agencies_of_date_line(text: str) -> Iterator[Agency]:
    """Those in the date line with which a paragraph begins."""
    if found := IN_DATE_LINE.match(text):
        yield from agencies_in(found["who"] or found["at"] or found["zh"])


def agencies_at_the_end(text: str) -> Iterator[Agency]:
    """That which signs a paragraph: “… de 20 toneladas. EFE”."""
    if found := AT_THE_END.search(text):
        yield from agencies_in(found["who"])


def agencies_told(text: str) -> Iterator[Agency]:
    """Those to which somebody said something: “have told Reuters”."""
    for found in TOLD.finditer(text):
        yield from agencies_in(found["who"])
