"""The memo on disk: what one build learnt another finds, a file is written only for what is new, and nobody else's is
read."""

import pickle
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from builder.memo import Memo
from builder.outlets import shelves
from builder.outlets.keeping import FOLDER, keeper
from builder.outlets.kinds import unpack_value
from builder.outlets.memory import Memory, memory_of
from builder.outlets.packing import Unreadable, pack, unpack
from builder.problems import Span
from builder.site.reads import MadeOf

MANY, FEW = 40, 5


@pytest.fixture(autouse=True)
def small_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that many values are many."""
    monkeypatch.setattr(shelves, "FULL", 4)


def built(root: Path, pages: Iterable[str], state: bytes = b"", *, sound: bool = True) -> set[str]:
    """Which pages are not known to have this state in a build that asks for all of them, as the next one will."""
    memory = memory_of(root)
    memo, new = memory.memo(unpack_value), set[str]()
    for page in pages:
        key = memo.key("page", (page,))
        known = memo.find(key)
        if not known or known[0].state != state:
            memo.learn(key, MadeOf(((("at.articles",), (page,)),), state, page))
            new.add(page)
    memory.keep(whole=not sound)
    return new


def names(count: int) -> list[str]:
    return [f"page {number}" for number in range(count)]


def files(root: Path) -> dict[str, int]:
    return {path.name: path.stat().st_ino for path in (root / FOLDER / "memo").iterdir()}


def test_what_one_build_learns_the_next_one_knows(tmp_path: Path) -> None:
    assert built(tmp_path, names(MANY)) == set(names(MANY))
    assert built(tmp_path, names(MANY)) == set()


def test_what_is_another_under_the_name_that_it_had_is_remembered_as_it_is_now(tmp_path: Path) -> None:
    built(tmp_path, names(MANY))
    assert built(tmp_path, names(MANY), b"another") == set(names(MANY))
    assert built(tmp_path, names(MANY), b"another") == set()


def test_files_are_written_only_for_what_is_new_or_gone(tmp_path: Path) -> None:
    built(tmp_path, names(MANY))
    before = files(tmp_path)
    built(tmp_path, names(MANY))
    assert files(tmp_path) == before
    built(tmp_path, names(MANY + 1))
    now = files(tmp_path)
    assert len(now.items() - before.items()) == 1
    built(tmp_path, names(MANY))
    assert len(files(tmp_path).items() - now.items()) <= 1


def test_there_are_more_files_for_more_values_and_every_value_is_in_one(tmp_path: Path) -> None:
    counts = []
    for count in (FEW, MANY, 10 * MANY, MANY // 2, FEW, 0):
        built(tmp_path, names(count))
        assert built(tmp_path, names(count)) == set()
        counts.append(len(files(tmp_path)))
    few, many, most, half, few_again, none = counts
    assert few < many <= shelves.FILES < most
    assert half <= shelves.FILES
    assert (few_again, none) == (few, 0)


def test_a_site_at_the_border_of_two_numbers_of_files_does_not_go_to_and_fro(tmp_path: Path) -> None:
    built(tmp_path, names(shelves.FULL))
    shapes = set()
    for count in (1, 0, 1, 0):
        built(tmp_path, names(shelves.FULL + count))
        shapes.add(len(files(tmp_path)))
    assert shapes == {1}


def test_what_a_build_did_not_ask_for_is_forgotten_unless_a_mistake_ended_it(tmp_path: Path) -> None:
    built(tmp_path, names(MANY))
    built(tmp_path, names(FEW), sound=False)
    assert built(tmp_path, names(MANY)) == set()
    built(tmp_path, names(FEW))
    assert built(tmp_path, names(MANY)) == set(names(MANY)) - set(names(FEW))


def test_another_version_of_the_builder_begins_anew(tmp_path: Path) -> None:
    built(tmp_path, names(FEW))
    later = of_another_version(tmp_path).memo(unpack_value)
    assert later.find(later.key("page", names(1))) is None
    assert later.find(Memo(memory_of(tmp_path).code).key("page", names(1))) is None, "nor by the name of old"


def of_another_version(root: Path) -> Memory:
    return replace(memory_of(root), code="another")


def test_a_file_that_somebody_else_wrote_or_put_in_the_place_of_another_is_not_there(tmp_path: Path) -> None:
    built(tmp_path, names(MANY))
    folder = tmp_path / FOLDER / "memo"
    one, other, third = sorted(folder.iterdir())[:3]
    one.write_bytes(other.read_bytes())
    third.write_bytes(third.read_bytes()[:-1] + b"!")
    lost = built(tmp_path, names(MANY))
    assert 0 < len(lost) < MANY
    assert built(tmp_path, names(MANY)) == set()


def test_a_build_whose_key_another_user_has_knows_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built(tmp_path, names(FEW))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "of another user"))
    assert built(tmp_path, names(FEW)) == set(names(FEW))


class Runs:
    """Whoever unpacks it runs something."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return Path.is_file, (Path("x"),)  # type: ignore[return-value]  # as far as a pickle goes, it is right


@pytest.mark.parametrize("value", [Runs(), Path("x"), print, Span, {"a": [Runs()]}, Unreadable()])
def test_nothing_is_unpacked_that_is_no_value_of_ours(value: object) -> None:
    with pytest.raises(Unreadable):
        unpack(pickle.dumps(value, 5))
    if value is not Span:  # a class of ours says nothing and does nothing
        with pytest.raises(Unreadable):
            unpack_value(pickle.dumps(value, 5))


def test_a_signed_file_that_holds_something_else_is_not_read_either(tmp_path: Path) -> None:
    built(tmp_path, names(FEW))
    sign = memory_of(tmp_path).code.encode()
    for body in (pickle.dumps({"page": Runs()}), pack(["no table"]), b"no pickle", b""):
        for name in files(tmp_path):
            keeper(tmp_path).save(f"memo/{name}", body + sign)
        assert built(tmp_path, names(FEW)) == set(names(FEW))
        assert built(tmp_path, names(FEW)) == set()


def test_two_rows_of_arguments_never_have_one_name() -> None:
    memo = Memo("code")
    rows = [(), ("",), ("", ""), ("a", "b"), ("a, b",), ("a', 'b",), ("ab",), ("b", "a"), ("\ud800",), ("\\ud800",)]
    assert len({memo.key(function, row) for row in rows for function in ("one", "other")}) == 2 * len(rows)
    assert memo.key("one", ["a"]) != Memo("other code").key("one", ["a"])
