"""Which paragraphs of two texts are one: a chain through both in their order, found by the stretches they share."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from builder.values import dataclass

STRETCH = 3
COMMON = 8
"""A stretch in more paragraphs than this is a formula, and says nothing of any of them."""
LEAST = 0.3
"""How much of the shorter one's stretches two paragraphs share at least when they are one; and two of them."""
NEW = 0.4
"""How much of it a second paragraph adds that is one with the same one: a paragraph that was cut in two."""
MOST = 0.5
"""How much of the longer one's they share when they are one in different places, which is less likely."""

Stretches = frozenset[tuple[str, ...]]
Spot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Group:
    """Paragraphs of two texts that are one, by their indexes; one side is empty where a text has none.

    `moved`: the two texts have it in another place. `near`: for a paragraph that stands in one text alone, the other's
    paragraph that has much of it nevertheless.
    """

    one: tuple[int, ...]
    other: tuple[int, ...]
    moved: bool = False
    near: int | None = None


def aligned(one: Sequence[Sequence[str]], other: Sequence[Sequence[str]]) -> list[Group]:
    """Every paragraph of both texts in one group, in the order of the texts; a paragraph is its words.

    Linear in practice: only paragraphs that share a stretch are compared.
    """
    ones, others = [_stretches(words) for words in one], [_stretches(words) for words in other]
    shared = _shared(ones, others)
    chain = _groups(_best_chain(shared, ones, others))
    in_place = {index for group in chain for index in group.one}, {index for group in chain for index in group.other}
    moved = _moved({spot: count for spot, count in shared.items() if _mostly(spot, count, ones, others)}, *in_place)
    return list(_in_order(chain, moved, _nearest(shared, ones, others), (len(one), len(other))))


def _mostly(spot: Spot, count: int, ones: Sequence[Stretches], others: Sequence[Stretches]) -> bool:
    return count >= MOST * max(len(ones[spot[0]]), len(others[spot[1]]))


def _stretches(words: Sequence[str]) -> Stretches:
    """The stretches of three words, or a shorter paragraph as a whole."""
    return frozenset(tuple(words[i : i + STRETCH]) for i in range(max(len(words) - STRETCH + 1, 1)))


def _shared(ones: Sequence[Stretches], others: Sequence[Stretches]) -> dict[Spot, int]:
    """How many stretches paragraphs share, for pairs that share enough to be one."""
    holders: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for j, stretches in enumerate(others):
        for stretch in stretches:
            holders[stretch].append(j)
    found = {}
    for i, stretches in enumerate(ones):
        counts: Counter[int] = Counter()
        for stretch in stretches:
            if len(held := holders.get(stretch, ())) <= COMMON:
                counts.update(held)
        for j, count in sorted(counts.items()):
            size = min(len(stretches), len(others[j]))
            if count >= max(LEAST * size, min(2, size)):
                found[i, j] = count
    return found


def _best_chain(shared: dict[Spot, int], ones: Sequence[Stretches], others: Sequence[Stretches]) -> list[Spot]:
    """The pairs that keep the order of both texts and share the most together.

    A step goes forward in both texts, or in one alone where the next paragraph goes on with the same one.
    """
    best: dict[Spot, tuple[int, Spot | None]] = {}
    tree = _Highest(len(others))
    for i, spots in groupby(sorted(shared), key=itemgetter(0)):
        row = list(spots)
        for _, j in row:
            score, before = tree.below(j)
            for neighbour in ((i - 1, j), (i, j - 1)):
                if neighbour in best and best[neighbour][0] > score and _goes_on(neighbour, (i, j), ones, others):
                    score, before = best[neighbour][0], neighbour
            best[i, j] = score + shared[i, j], before
        for spot in row:
            tree.add(spot[1], best[spot][0], spot)
    chain = []
    _, last = tree.below(len(others))
    while last is not None:
        chain.append(last)
        _, last = best[last]
    return chain[::-1]


def _goes_on(before: Spot, spot: Spot, ones: Sequence[Stretches], others: Sequence[Stretches]) -> bool:
    """Whether `spot` shares enough that `before` does not: two neighbours on one side, the same one on the other."""
    here = ones[spot[0]] & others[spot[1]]
    there = ones[before[0]] & others[before[1]]
    return len(here - there) >= NEW * min(len(ones[spot[0]]), len(others[spot[1]]))


class _Highest:
    """The highest score so far among all places below one (a Fenwick tree)."""

    def __init__(self, size: int) -> None:
        self.nodes: list[tuple[int, Spot | None]] = [(0, None)] * (size + 1)

    def add(self, place: int, score: int, spot: Spot) -> None:
        node = place + 1
        while node < len(self.nodes):
            if score > self.nodes[node][0]:
                self.nodes[node] = score, spot
            node += node & -node

    def below(self, place: int) -> tuple[int, Spot | None]:
        highest: tuple[int, Spot | None] = (0, None)
        while place > 0:
            if self.nodes[place][0] > highest[0]:
                highest = self.nodes[place]
            place -= place & -place
        return highest


def _groups(chain: Sequence[Spot]) -> list[Group]:
    """Steps on one paragraph are one group."""
    groups: list[Group] = []
    for i, j in chain:
        if groups and (groups[-1].one[-1] == i or groups[-1].other[-1] == j):
            last = groups.pop()
            groups.append(Group(tuple(dict.fromkeys((*last.one, i))), tuple(dict.fromkeys((*last.other, j)))))
        else:
            groups.append(Group((i,), (j,)))
    return groups


def _moved(shared: dict[Spot, int], ones: set[int], others: set[int]) -> dict[int, int]:
    """Paragraphs that both texts have in different places: of those left over, the pairs that share the most."""
    ones, others = set(ones), set(others)
    moved = {}
    for i, j in sorted(shared, key=lambda spot: (-shared[spot], spot)):
        if i not in ones and j not in others:
            moved[i] = j
            ones.add(i)
            others.add(j)
    return moved


def _in_order(
    chain: Sequence[Group], moved: dict[int, int], near: tuple[dict[int, int], dict[int, int]], ends: Spot
) -> Iterator[Group]:
    """The chain with what stands between its groups; what was moved stands where the first text has it."""
    arrived = set(moved.values())
    i = j = 0
    for group in (*chain, None):
        until_one, until_other = (group.one[0], group.other[0]) if group else ends
        for alone in range(i, until_one):
            if alone in moved:
                yield Group((alone,), (moved[alone],), moved=True)
            else:
                yield Group((alone,), (), near=near[0].get(alone))
        for alone in range(j, until_other):
            if alone not in arrived:
                yield Group((), (alone,), near=near[1].get(alone))
        if group:
            yield group
            i, j = group.one[-1] + 1, group.other[-1] + 1


def _nearest(
    shared: dict[Spot, int], ones: Sequence[Stretches], others: Sequence[Stretches]
) -> tuple[dict[int, int], dict[int, int]]:
    """For paragraphs of each text the other's that has the most of them, if it has half."""
    near_one: dict[int, int] = {}
    near_other: dict[int, int] = {}
    for i, j in sorted(shared, key=lambda spot: (-shared[spot], spot)):
        if shared[i, j] >= MOST * len(ones[i]):
            near_one.setdefault(i, j)
        if shared[i, j] >= MOST * len(others[j]):
            near_other.setdefault(j, i)
    return near_one, near_other
