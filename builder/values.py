"""The dataclass of Python, made ready in a fifth of the time and filled in in half of it.

A build makes a million values, and a command two hundred kinds of them before it begins. Python writes six functions
for each frozen kind and compiles them one by one, and has its values set each field through `object.__setattr__`. Here
only the constructor is written, when the first value is made; what all kinds do alike (compare, hash, print, refuse a
change, be pickled) they share. Whatever is not frozen is left to Python.
"""

import dataclasses
from collections.abc import Callable, Mapping
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(
        *, frozen: bool = False, slots: bool = False, kw_only: bool = False, order: bool = False
    ) -> Callable[[type], type]:
        """As `dataclasses.dataclass`."""
        if frozen and slots and not order:
            return lambda kind: _frozen(kind, kw_only=kw_only)
        return dataclasses.dataclass(frozen=frozen, slots=slots, kw_only=kw_only, order=order)


def _frozen(kind: type, *, kw_only: bool) -> type:
    kind.__doc__ = kind.__doc__ or kind.__name__  # else Python makes one up, at length
    own = set(vars(kind))
    made = _as_python_makes_it(kind, kw_only=kw_only)
    made.__dataclass_params__.frozen = True
    fields = made.__dataclass_fields__
    methods = {"__init__": _first_call(made, fields), **_shared(fields)}
    for name, method in methods.items():
        if name not in own:
            setattr(made, name, method)
    return made  # type: ignore[no-any-return]  # a class, as `kind` was


def _as_python_makes_it(kind: type, *, kw_only: bool) -> Any:
    """Its slots and fields. Of a frozen kind Python would write and compile what refuses a change, which all kinds have
    in common here; and it lets only a frozen one add to a frozen one, so it is not told that those are."""
    bases: list[Any] = [base for base in kind.__mro__[1:] if dataclasses.is_dataclass(base)]
    frozen = [base.__dataclass_params__ for base in bases if base.__dataclass_params__.frozen]
    if len(frozen) < len(bases):
        raise TypeError(f"{kind.__qualname__} is frozen, and what it adds to is not")
    try:
        for params in frozen:
            params.frozen = False
        return dataclasses.dataclass(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)(kind)
    finally:
        for params in frozen:
            params.frozen = True


def _first_call(kind: Any, fields: Mapping[str, "dataclasses.Field[Any]"]) -> Callable[..., None]:
    """Writes the constructor and calls it, as do all later calls: of half of its kinds a command makes no value."""

    def first(self: object, *values: object, **named: object) -> None:
        kind.__init__ = _constructor(kind, fields)
        kind.__init__(self, *values, **named)

    return first


def _constructor(kind: Any, fields: Mapping[str, "dataclasses.Field[Any]"]) -> Callable[..., None]:
    """`def __init__(self, a, b=…): …`, each field set by its slot itself, which asks nobody."""
    known: dict[str, Any] = {f"set_{name}": getattr(kind, name).__set__ for name in fields}
    known["LEFT_OUT"] = dataclasses.MISSING
    positional: list[str] = []
    named: list[str] = []
    body: list[str] = []
    for name, field in fields.items():
        parameter, value = name, name
        if field.default_factory is not dataclasses.MISSING:
            known[f"new_{name}"] = field.default_factory
            parameter, value = f"{name}=LEFT_OUT", f"new_{name}() if {name} is LEFT_OUT else {name}"
        elif field.default is not dataclasses.MISSING:
            known[f"usual_{name}"] = field.default
            parameter = f"{name}=usual_{name}"
        (named if field.kw_only else positional).append(parameter)
        body.append(f"    set_{name}(self, {value})")
    parameters = ", ".join(["self", *positional, *(["*"] if named else []), *named])
    exec("\n".join([f"def __init__({parameters}):", *body, "    pass"]), known)
    known["__init__"].__qualname__ = f"{kind.__qualname__}.__init__"
    return known["__init__"]  # type: ignore[no-any-return]  # what was written just now


def _shared(fields: Mapping[str, "dataclasses.Field[Any]"]) -> dict[str, Callable[..., Any]]:
    """What all kinds do alike."""
    names = tuple(fields)
    inside: Callable[[object], Any] = attrgetter(*names) if len(names) > 1 else _inside_few(names)

    def equals(self: object, other: object) -> Any:
        return inside(self) == inside(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: object) -> int:
        return hash(inside(self))

    @recursive_repr()
    def printed(self: object) -> str:
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    def state(self: object) -> list[Any]:
        return [getattr(self, name) for name in names]

    def restored(self: object, values: list[Any]) -> None:
        for name, value in zip(names, values, strict=True):
            object.__setattr__(self, name, value)

    def made_anew(self: object) -> tuple[type, tuple[Any, ...]]:
        return type(self), inside(self)

    # In a pickle a value is its kind and what its constructor takes: soonest read. One that takes names needs a state.
    named = any(field.kw_only for field in fields.values())
    pickled: dict[str, Callable[..., Any]]
    pickled = {"__getstate__": state, "__setstate__": restored} if named else {"__reduce__": made_anew}
    return {
        "__eq__": equals,
        "__hash__": hashed,
        "__repr__": printed,
        "__setattr__": _refuse_change,
        "__delattr__": _refuse_change,
        **pickled,
    }


def _inside_few(names: tuple[str, ...]) -> Callable[[object], tuple[Any, ...]]:
    """`attrgetter` gives no tuple for a single name, and takes at least one."""
    return lambda value: tuple(getattr(value, name) for name in names)


def _refuse_change(self: object, name: str, *_: object) -> None:
    raise dataclasses.FrozenInstanceError(f"{type(self).__qualname__} is frozen: “{name}” stays as it is")
