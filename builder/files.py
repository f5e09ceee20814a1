"""Files by path, as inputs and as outputs: read or made only when their bytes are asked for, and named by digest."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from hashlib import sha256

from builder.values import dataclass

COPIED = "content/files/"
"""Where a site has files that stand in the output as they are."""


@dataclass(frozen=True, slots=True)
class File:
    """One file. `body` reads or makes its bytes, each time anew.

    `sha256` is their digest in hex where it is known without them, else empty.
    """

    body: Callable[[], bytes]
    sha256: str


class Files(Mapping[str, bytes]):
    """Path → bytes, like any mapping; the bytes come into being when somebody asks for them.

    `files` says what is known of each beside its bytes.
    """

    __slots__ = ("files",)

    def __init__(self, files: Mapping[str, File]) -> None:
        self.files = files

    def __getitem__(self, path: str) -> bytes:
        return self.files[path].body()

    def sha256(self, path: str) -> str:
        """The digest of a file's bytes, in hex; they are asked for only where it is not known."""
        return self.files[path].sha256 or digest_of(self[path])

    def __eq__(self, other: object) -> bool:
        """By the digests, so that no bytes are asked for that are not known."""
        if not isinstance(other, Files):
            return super().__eq__(other)
        theirs = other.files
        return self.files.keys() == theirs.keys() and all(
            file is theirs[path] or self.sha256(path) == other.sha256(path) for path, file in self.files.items()
        )

    __hash__ = None  # type: ignore[assignment]  # as of any mapping

    def __contains__(self, path: object) -> bool:
        return path in self.files

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)


def in_memory(files: Mapping[str, bytes]) -> Files:
    """Bytes that are there already."""
    return Files({path: here(body) for path, body in files.items()})


def here(body: bytes) -> File:
    return File(partial(bytes, body), digest_of(body))


def digest_of(body: bytes) -> str:
    return sha256(body).hexdigest()


def as_files(files: Mapping[str, bytes]) -> Files:
    """The same mapping with what is known of each file; a plain one holds its bytes."""
    return files if isinstance(files, Files) else in_memory(files)
