"""What was made of one article, event or entry before, while all that was looked at for it is what it was.

Whatever makes one is given the sources, the register's names and the events' titles in tables that note what is read of
them. So nobody writes down what depends on what, and a quotation is looked up again as soon as the text is another.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from builder.briefing.citing import Citer
from builder.briefing.prosing import Known
from builder.fingerprints import digest_of
from builder.memo import EVERYTHING, Memo, Notes, Read, Spread, Table, one_by_one
from builder.model import Use
from builder.problems import Problem, Span
from builder.values import dataclass

Value = TypeVar("Value")
Work = Callable[[Citer, Known], Value]

ABSENT = "\0"


class States(dict[Read, str]):
    """What stands under the keys of some tables, in short; a whole table when it is first asked for."""

    def __init__(self, tables: Mapping[str, Mapping[str, str]]) -> None:
        super().__init__({(name, key): state for name, table in tables.items() for key, state in table.items()})
        self.tables = tables

    def __missing__(self, read: Read) -> str:
        where, key = read
        self[read] = state = digest_of(tuple(self.tables[where].items())).hex() if key == EVERYTHING else ABSENT
        return state


@dataclass(frozen=True, slots=True)
class Noted:
    """What was made, what was found on the way, and what was read for it: `states` says what that was."""

    value: Any
    uses: tuple[Use, ...]
    links: tuple[tuple[str, Span], ...]
    problems: tuple[Problem, ...]
    reads: tuple[Read, ...]
    states: tuple[str, ...]


class Remembered:
    """Makes values with a citer, or recalls what was made and gives the citer what was found then.

    `made_of`: a name for all that an article was read from, by its slug. `known`: as `Known`; its register has to be
    named in the arguments of whatever looks at it.
    """

    def __init__(self, memo: Memo, citer: Citer, known: Known, made_of: Mapping[str, str]) -> None:
        self.memo, self.citer, self.made_of = memo, citer, made_of
        self.notes = Notes()
        hidden, broken = dict.fromkeys(citer.hidden, "hidden"), dict.fromkeys(citer.broken, "broken")
        self.states = States(
            {
                "sources": made_of,
                "hidden": hidden,
                "broken": broken,
                "entities": known.entities,
                "events": known.events,
            }
        )
        entities, events = self._table(known.entities, "entities"), self._table(known.events, "events")
        self.known = replace(known, entities=entities, events=events)
        self.sources = self._table(citer.sources, "sources")
        self.hidden = self._table(dict.fromkeys(citer.hidden, True), "hidden")
        self.broken = self._table(dict.fromkeys(citer.broken, True), "broken")

    def _table(self, held: Mapping[str, Value], name: str) -> Mapping[str, Value]:
        return Table(name, held, self.notes)

    def of(self, kind: str, arguments: Iterable[str], work: Work[Value]) -> Value:
        """What `work` makes. `arguments`: all that it looks at beside the citer and what is known."""
        key = self.memo.key(kind, arguments)
        return self._told(self._recalled(key) or self._learnt(key, work))  # type: ignore[no-any-return]  # of `work`

    def of_all(
        self, kind: str, asked: Sequence[tuple[tuple[str, ...], Work[Value]]], spread: Spread = one_by_one
    ) -> Iterator[Value]:
        """The same of many at once; those that are not remembered may be made in several processes."""
        works = [(self.memo.key(kind, arguments), work) for arguments, work in asked]
        new = [(key, work) for key, work in works if self._recalled(key) is None] if spread is not one_by_one else []
        for (key, _), noted in zip(new, spread(self._made_alone, [work for _, work in new]), strict=True):
            if noted:
                self.memo.learn(key, noted)
        return (self._told(self._recalled(key) or self._learnt(key, work)) for key, work in works)

    def _recalled(self, key: str) -> Noted | None:
        """What was made, if all that was read for it is what it was."""
        found = self.memo.find(key)
        noted: Noted | None = found[0] if found else None
        return noted if noted and noted.states == self._states(noted.reads) else None

    def _told(self, noted: Noted) -> Any:
        """Gives the citer what was found on the way."""
        citer = self.citer
        citer.uses += noted.uses
        citer.links += noted.links
        citer.problems += noted.problems
        return noted.value

    def _learnt(self, key: str, work: Work[Any]) -> Noted:
        before = self.citer.searches
        noted, self.citer.searches = self._made(work, before)
        # How many searches there may be is shared among all; so what took one is made anew each time.
        if self.citer.searches == before:
            self.memo.learn(key, noted)
        return noted

    def _made_alone(self, work: Work[Any]) -> Noted | None:
        """What is made without a search, of which there may be so many in all; what takes one waits for its turn."""
        noted, searches = self._made(work, 0)
        return None if searches else noted

    def _made(self, work: Work[Any], searches: int) -> tuple[Noted, int]:
        """With the number of searches that there were, this one's included."""
        citer = Citer(self.sources, self.hidden, self.broken, searches=searches)
        value, reads = self.notes.taken_of(lambda: work(citer, self.known))
        lists = tuple(citer.uses), tuple(citer.links), tuple(citer.problems)
        return Noted(value, *lists, reads, self._states(reads)), citer.searches

    def _states(self, reads: Iterable[Read]) -> tuple[str, ...]:
        return tuple(map(self.states.__getitem__, reads))
