"""Our dataclass does what Python's does: the same calls, the same answers."""

import copy
import dataclasses
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from builder import values

Maker = Callable[..., Any]


def kinds(dataclass: Maker) -> tuple[Any, Any, Any, Any]:
    """A kind with defaults, one with named fields alone, one that adds to it, and one without any."""

    @dataclass(frozen=True, slots=True)
    class Point:
        x: int
        y: int = 2
        held: dict[str, int] = dataclasses.field(default_factory=dict)

        @property
        def both(self) -> int:
            return self.x + self.y

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Page:
        path: str
        title: str = "none"

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Article(Page):
        words: int

        def __bool__(self) -> bool:
            return bool(self.words)

    @dataclass(frozen=True, slots=True)
    class Nothing:
        """Says that there is nothing."""

    return Point, Page, Article, Nothing


OURS, PYTHONS = kinds(values.dataclass), kinds(dataclasses.dataclass)
Point, Page, Article, Nothing = OURS


@pytest.mark.parametrize(
    "work",
    [
        lambda point, *_: (point(1).y, point(1, 3).both, point(x=1, y=4).x, point(1).held is point(1).held),
        lambda point, *_: (point(1) == point(1, 2), point(1) != point(2), point(1) == 1),
        lambda _, page, *__: (page(path="a") == page(path="a"), len({page(path="a"), page(path="a"), page(path="b")})),
        lambda _, page, article, __: (article(path="a", words=0) == page(path="a"), bool(article(path="a", words=0))),
        lambda point, *_: repr(point(1, held={"a": 2})).rpartition(".")[2],
        lambda _, __, article, ___: repr(article(path="a", words=3)).rpartition(".")[2],
        lambda *kinds: repr(kinds[3]()).rpartition(".")[2],
        lambda point, *_: dataclasses.asdict(dataclasses.replace(point(1), y=5)),
        lambda _, __, article, ___: [field.name for field in dataclasses.fields(article)],
        lambda _, __, article, ___: dataclasses.replace(article(path="a", words=3), path="b").path,
        lambda point, _, article, nothing: (point.__match_args__, article.__match_args__, nothing() == nothing()),
        lambda _, page, __, nothing: (nothing.__doc__, hash(nothing()) == hash(nothing()), hasattr(page, "__dict__")),
        lambda point, *_: copy.deepcopy(point(1, held={"a": [2]})).held,
    ],
)  # fmt: skip
def test_it_answers_as_python_does(work: Callable[..., object]) -> None:
    assert work(*OURS) == work(*PYTHONS)


@pytest.mark.parametrize(
    "work",
    [
        lambda point, *_: point(),
        lambda point, *_: point(1, 2, {}, 4),
        lambda _, page, *__: page("a"),
        lambda _, __, article, ___: article(path="a"),
        lambda point, *_: setattr(point(1), "x", 3),
        lambda point, *_: setattr(point(1), "z", 3),
        lambda point, *_: delattr(point(1), "x"),
        lambda point, *_: hash(point(1)),
    ],
)
def test_it_refuses_what_python_refuses(work: Callable[..., object]) -> None:
    for made in (OURS, PYTHONS):
        with pytest.raises((TypeError, AttributeError)):
            work(*made)


@values.dataclass(frozen=True, slots=True)
class Kept:
    text: str
    inside: tuple[object, ...] = ()


@values.dataclass(frozen=True, slots=True)
class Alone:
    number: int


@values.dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    title: str


def test_values_are_the_same_after_a_way_to_another_process() -> None:
    kept = Kept("a", (Kept("b"), Kept("c"), Alone(3), Named(title="d")))
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(kept, protocol)) == kept
    assert copy.deepcopy(kept) == kept


def test_kinds_of_ours_and_of_pythons_may_be_made_from_each_other() -> None:
    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Theirs(Page):  # type: ignore[misc, valid-type]  # as kinds() has made it
        more: int

    @values.dataclass(frozen=True, slots=True, kw_only=True)
    class Again(Theirs):
        most: int = 3

    made = Again(path="a", more=2)
    assert (made.path, made.title, made.more, made.most) == ("a", "none", 2, 3)
    assert dataclasses.replace(made, more=4) == Again(path="a", more=4)
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.more = 5  # type: ignore[misc]  # that is the point


def test_a_frozen_kind_adds_to_no_other_than_a_frozen_one() -> None:
    @dataclasses.dataclass(slots=True)
    class Open:
        count: int

    for dataclass in (values.dataclass, dataclasses.dataclass):
        with pytest.raises(TypeError, match="frozen"):

            @dataclass(frozen=True, slots=True)
            class Closed(Open):
                more: int = 2


def test_what_is_not_frozen_is_pythons_own() -> None:
    @values.dataclass(slots=True)
    class Open:
        count: int = 0

    changed = Open()
    changed.count += 1
    assert changed == Open(1)
