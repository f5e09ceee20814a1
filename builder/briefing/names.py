"""Names in texts: the longest form of the register at word boundaries, and what an author decided about it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ahocorasick_rs import AhoCorasick

from builder.briefing.folding import fold, folded
from builder.model import Block, Mention
from builder.problems import Problem, Span
from builder.reading.schema import DecisionForm, EntityForm
from builder.reading.scripts import inside_word
from builder.reading.yamls import Text
from builder.values import dataclass

READ_FOR_NAMES = ("body", "heading", "caption", "note")
"""Roles whose lines are the article's own words; a photo credit is no mention, a teaser is another article."""


@dataclass(frozen=True, slots=True)
class FormOf:
    """What a form may mean: one entity, or for an ambiguous form one or more to choose from."""

    entities: tuple[str, ...]
    ambiguous: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A form at `text[start:end]`; `form` is its spelling in the register, folded."""

    start: int
    end: int
    form: str


class Register:
    """All forms of all entities, searched in one pass."""

    def __init__(self, forms: Mapping[str, FormOf]) -> None:
        self.forms = forms
        self.spellings: dict[str, str] = {}
        for form in forms:
            self.spellings[form] = form
        for form in forms:
            self.spellings.setdefault(form[:1].upper() + form[1:], form)
        self.patterns = list(self.spellings)
        self.automaton = AhoCorasick(self.patterns) if self.patterns else None

    def everywhere(self, text: str) -> Iterator[Match]:
        """Every form in a text that begins and ends with a word, overlapping ones too; offsets in the text as it is."""
        if self.automaton is None:
            return
        simple = fold(text)
        plain = simple.text
        for pattern, start, end in self.automaton.find_matches_as_indexes(plain, overlapping=True):
            if not inside_word(plain, start) and not inside_word(plain, end):
                if simple.turns:
                    start, end = simple.original(start, end)
                yield Match(start, end, self.spellings[self.patterns[pattern]])

    def matches(self, text: str) -> Iterator[Match]:
        """The forms in a text, the longest at each place, never overlapping."""
        return longest(self.everywhere(text))


def longest(candidates: Iterable[Match]) -> Iterator[Match]:
    """Leftmost, then longest, then past it."""
    here = 0
    for match in sorted(candidates, key=lambda match: (match.start, -match.end)):
        if match.start >= here:
            yield match
            here = match.end


def read_register(entities: Mapping[Text, EntityForm]) -> tuple[Register, list[Problem]]:
    """The forms of all entities. Two entities may share a form only if both mark it ambiguous."""
    owners: dict[str, list[tuple[str, bool, Span]]] = {}
    for entity_id, entity in entities.items():
        own: dict[str, tuple[bool, Span]] = {}
        for alias in entity.aliases:
            own[folded(alias.text)] = (alias.ambiguous, alias.text.span)
        own.setdefault(folded(entity.name), (False, entity.name.span))
        for form, (ambiguous, span) in own.items():
            owners.setdefault(form, []).append((str(entity_id), ambiguous, span))
    problems = [
        Problem(
            span,
            "alias-taken",
            f"“{form}” is a form of {first} already, on line {first_span.line}",
            f"delete it here, or write {{text: {form}, ambiguous: true}} in both; every mention is then decided",
        )
        for form, claims in owners.items()
        for first, first_ambiguous, first_span in claims[:1]
        for _, ambiguous, span in claims[1:]
        if not (ambiguous and first_ambiguous)
    ]
    forms = {
        form: FormOf(tuple(entity for entity, _, _ in claims), any(ambiguous for _, ambiguous, _ in claims))
        for form, claims in owners.items()
    }
    return Register(forms), problems


@dataclass(frozen=True, slots=True)
class Naming:
    """What the names of one article are, and what its author has still to decide."""

    mentions: tuple[Mention, ...]
    problems: tuple[Problem, ...]


def name_mentions(
    blocks: Sequence[Block], decisions: Sequence[DecisionForm], register: Register, path: str, form_path: str
) -> Naming:
    """Every mention in an article's own words, in reading order."""
    rules: dict[str, list[DecisionForm]] = {}
    for decision in decisions:
        rules.setdefault(folded(decision.text), []).append(decision)
    local = Register({form: FormOf((), ambiguous=True) for form in rules if form not in register.forms})
    mentions: list[Mention] = []
    undecided: dict[str, list[tuple[int, int]]] = {}
    used: set[int] = set()
    for index, block in enumerate(blocks):
        if block.role not in READ_FOR_NAMES:
            continue

        def rule_for(match: Match, block: Block = block) -> DecisionForm | None:
            return _rule(rules.get(match.form, ()), block.line_at(match.start), block.line)

        # A form of this article's own stands only where a decision holds; elsewhere it must not hide shorter names.
        own = (match for match in local.everywhere(block.text) if rule_for(match)) if rules else ()
        for match in longest([*register.everywhere(block.text), *own]):
            rule = rule_for(match) if rules else None
            known = register.forms.get(match.form)
            if rule:
                # A rule for the whole text is at work also where one for a line beats it.
                used |= {id(rule), *(id(other) for other in rules[match.form] if not other.lines)}
                entity = str(rule.entity) if rule.entity else ""
            elif known and not known.ambiguous:
                entity = known.entities[0]
            else:
                if known and not is_role_word(match.form):
                    place = block.line_at(match.start), _column(block, match.start)
                    undecided.setdefault(match.form, []).append(place)
                continue
            if entity:
                shown = block.text[match.start : match.end]
                mentions.append(Mention(entity, index, match.start, match.end, shown, rule is not None, block.line))
    problems = [_undecided(form, places, register, path, form_path) for form, places in undecided.items()]
    problems += [_unused(decision, blocks) for decision in decisions if id(decision) not in used]
    return Naming(tuple(mentions), tuple(problems))


def _column(block: Block, offset: int) -> int:
    """How far into its raw line a character of the displayed text stands, from 1; where there is markup, about."""
    begin = max((start for start, _ in block.turns if start <= offset), default=0)
    return offset - begin + 1


def is_role_word(form: str) -> bool:
    """“the Ukrainian president”: an ambiguous form with a small first letter, linked only where the author decided."""
    return form[:1].islower()


def _rule(rules: Sequence[DecisionForm], line: int, block_line: int) -> DecisionForm | None:
    """The decision that holds on a line, or for the paragraph that begins on it; one without lines comes last."""
    for wanted in (line, block_line):
        for rule in rules:
            if any(lines.first <= wanted <= lines.last for lines in rule.lines):
                return rule
    return next((rule for rule in rules if not rule.lines), None)


def _undecided(form: str, places: Sequence[tuple[int, int]], register: Register, path: str, form_path: str) -> Problem:
    line, column = places[0]
    lines = ", ".join(str(line) for line in dict.fromkeys(line for line, _ in places))
    choices = register.forms[form].entities
    advice = "\n".join(f"- {{text: {form}, lines: [{lines}], is: {entity}}}" for entity in choices)
    hint = (
        f"say which under “mentions” in {form_path.rpartition('/')[2]}, or is: null where it is no mention:\n{advice}"
    )
    plural = "s" if "," in lines else ""
    return Problem(
        Span(path, line, column),
        "name-undecided",
        f"“{form}” is ambiguous, and undecided on line{plural} {lines}",
        hint,
    )


def _unused(decision: DecisionForm, blocks: Sequence[Block]) -> Problem:
    where = ", ".join(f"{r.first}-{r.last}" if r.last > r.first else str(r.first) for r in decision.lines)
    fact = f"“{decision.text}” is no name in the text" + (f" on lines {where}" if where else "")
    holding = [str(block.line) for block in blocks if decision.text in block.text and block.role in READ_FOR_NAMES]
    hint = (
        f"it stands on lines {', '.join(holding[:8])}, perhaps within a longer name"
        if holding
        else "delete this decision"
    )
    return Problem(decision.text.span, "mention-unused", fact, hint, "warning")
