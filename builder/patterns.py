"""The regular expression of Python, compiled when it is first used.

Python compiles one in a millisecond where it has many words or a script in it, and a command has no use for most. So
what takes long is a `pattern` here; the rest is `re.compile`.
"""

import re
from typing import TYPE_CHECKING, Any

__all__ = ["pattern"]

METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn")

if TYPE_CHECKING:
    from re import compile as pattern
else:

    class pattern:  # noqa: N801 - stands for `re.compile`
        """As `re.compile`."""

        def __init__(self, source: str, flags: int = 0) -> None:
            self.pattern, self.given = source, flags

        def __getattr__(self, name: str) -> Any:
            """What only the compiled one knows; from then on its methods are found here, sooner than its own."""
            compiled = re.compile(self.pattern, self.given)
            self.__dict__.update({name: getattr(compiled, name) for name in METHODS})
            return getattr(compiled, name)
