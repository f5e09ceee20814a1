"""Forms of one name, brought together: Richard Marles and Marles, the United Nations and the UN, two spellings."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from builder.briefing.suggesting_names import ALONE, Sightings, is_acronym, is_doubtful
from builder.briefing.suggesting_spellings import alike_forms, alike_words
from builder.values import dataclass

ADJECTIVES = ("ese", "ian", "ians", "ish")
"""What no country ends in."""

ADJECTIVE_ENDINGS = ("n", "ns", "an", "ans", "ian", "ians", "ese", "ish", "i", "is")
NAME_ENDINGS = ("", "a", "e", "y", "ia")
"""What “Ukrainian” may end in where “Ukraine” ends otherwise."""


@dataclass(frozen=True, slots=True)
class Group:
    """Forms of one name. `ambiguous`: short forms that are another's too. `alike`: spellings, or else two names."""

    forms: tuple[str, ...]
    ambiguous: tuple[str, ...]
    alike: tuple[str, ...]


class Groups:
    """Sets of forms that grow together; each has the forms in it that are another's too, and those that look alike."""

    def __init__(self, forms: Iterable[str], known: Mapping[str, str]) -> None:
        self.known = known
        self.members = {form: [form] for form in forms}
        self.shared: dict[str, list[str]] = {}
        self.alike: set[str] = set()

    def join(self, one: str, other: str) -> None:
        """Makes two groups one, unless the register says that they are not."""
        smaller, larger = sorted((self.members[one], self.members[other]), key=len)
        entities = {self.known[form] for form in (*smaller, *larger) if form in self.known}
        if smaller is not larger and len(entities) < 2:
            larger += smaller
            self.members.update(dict.fromkeys(smaller, larger))

    def of(self, forms: Iterable[str]) -> list[list[str]]:
        """The groups that these forms are in, each once."""
        return list({id(members): members for members in map(self.members.__getitem__, forms)}.values())

    def join_spellings(self, one: str, other: str) -> None:
        self.join(one, other)
        if self.members[one] is self.members[other]:
            self.alike |= {one, other}


def group(found: Mapping[str, Sightings], known: Mapping[str, str], taken: Iterable[str]) -> list[Group]:
    """The names found, and those of the register (form → entity) to which some belong. Adjectives are left out.

    `taken` are all forms of the register, those that may mean two entities as well.
    """
    seen = {form: found[form].seen if form in found else 0 for form in (*known, *found)}
    names = {*seen, *taken}
    surnames = {form.split()[-1] for form in seen if " " in form}
    whole = {*known, *surnames, *(form for form in seen if " " in form)}
    forms = [form for form in seen if form in whole or not is_adjective(form, names)]
    groups = Groups(forms, known)
    owned: defaultdict[str, list[str]] = defaultdict(list)
    for form, entity in known.items():
        owned[entity].append(form)
        groups.join(owned[entity][0], form)
    for one, other in (*_without_stops(forms), *_initials(forms)):
        groups.join(one, other)
    complete = {form for own in owned.values() if any(" " in form for form in own) for form in own}
    _join_short_forms(groups, [form for form in forms if form not in complete], seen, found)
    _join_spellings(groups, [form for form in forms if form in known or not is_doubtful(form, found[form])])
    of_members: defaultdict[int, list[str]] = defaultdict(list)
    for form, longer in groups.shared.items():
        for members in groups.of(longer):
            of_members[id(members)].append(form)
    return [
        Group(
            tuple(members),
            tuple(of_members[id(members)]),
            tuple(form for form in members if form in groups.alike),
        )
        for members in groups.of(form for form in forms if form not in groups.shared)
    ]


def is_adjective(form: str, names: Collection[str]) -> bool:
    """“Russians” beside “Russia”; “Japanese”, whatever stands beside it."""
    if form.endswith(ADJECTIVES):
        return True
    stems = (form.removesuffix(ending) for ending in ADJECTIVE_ENDINGS if form.endswith(ending))
    return any(stem + ending in names and stem + ending != form for stem in stems for ending in NAME_ENDINGS)


def _without_stops(forms: Iterable[str]) -> Iterator[tuple[str, str]]:
    """“U.S.” and “US”."""
    held = set(forms)
    return ((form, form.replace(".", "")) for form in held if "." in form and form.replace(".", "") in held)


def _initials(forms: Sequence[str]) -> Iterator[tuple[str, str]]:
    """“UN” and “United Nations”, where no other name has these initials."""
    spelled: defaultdict[str, list[str]] = defaultdict(list)
    for form in forms:
        words = form.split()
        for initials in {"".join(word[0] for word in words), "".join(word[0] for word in words if word[0].isupper())}:
            spelled[initials.upper()].append(form)
    return (
        (form, spelled[form][0])
        for form in forms
        if is_acronym(form) and len(spelled[form]) == 1 and spelled[form][0] != form
    )


def _join_short_forms(
    groups: Groups, forms: Iterable[str], seen: Mapping[str, int], found: Mapping[str, Sightings]
) -> None:
    """Puts “Marles” to “Richard Marles”, if there is no other of that name; else to each, as a form that they share.

    Of a person with a title, who is one for sure, the first part may be the short form: “Ng” of “Ng Eng Hen”.
    """
    ending: defaultdict[str, list[str]] = defaultdict(list)
    beginning: defaultdict[str, list[str]] = defaultdict(list)
    for form in seen:
        head, *rest = form.split()
        # In “US Treasury” and “Munich Airport” the first word is a name of its own, and the rest is no short form.
        if rest and form in groups.members and seen.get(head, 0) < ALONE:
            ending[rest[-1]].append(form)
        if rest and form in groups.members and form in found and found[form].titled:
            beginning[head].append(form)
    for form in sorted(forms, key=lambda form: -len(form.split())):
        longer = [other for other in ending[form.split()[-1]] if _is_end_of(form, other)] or beginning[form]
        if len(groups.of(longer)) == 1:
            groups.join(form, longer[0])
        elif longer:
            groups.shared[form] = longer


def _is_end_of(form: str, other: str) -> bool:
    """“Marles” of “Richard Marles”; “Ukraine” not of “Embassy of Ukraine”."""
    return other.endswith(f" {form}") and other.removesuffix(form).split()[-1] not in ("of", "the")


def _join_spellings(groups: Groups, forms: Iterable[str]) -> None:
    """Full names are held against full names; one that is only ever short, against all short forms and last words."""
    full = [form for form in forms if " " in form]
    for one, other in alike_forms(full):
        groups.join_spellings(one, other)
    last: defaultdict[str, list[str]] = defaultdict(list)
    for form in forms:
        if form not in groups.shared:
            last[form.split()[-1]].append(form)
    for one, other in sorted(alike_words(last)):
        for short, target in ((one, other), (other, one)):
            alone = short in groups.members and groups.members[short] == [short]
            if alone and len(groups.of(last[target])) == 1:
                groups.join_spellings(short, last[target][0])
