"""What is kept between builds, in `.sourcebook/`: read back only if this user wrote it.

A folder comes from anywhere: a zip, a clone, a colleague. Whoever made it could put into `.sourcebook/` that an article
says what it does not say, and no quotation would be checked against the text any more. So each file carries a keyed
digest, and the key stands in the user's own folder, where no site reaches. What does not fit it is not there.
"""

import os
from contextlib import suppress
from hashlib import blake2b
from hmac import compare_digest
from pathlib import Path

from builder.values import dataclass

FOLDER = ".sourcebook"
KEY, MARK = 32, 32
"""Bytes of the key, and of the keyed digest that each file begins with."""
NEW = ".new-"
"""How the name of a file begins that is being written."""


@dataclass(frozen=True, slots=True)
class Keeper:
    """A folder for what may be lost. Without a `key` nothing is kept, and everything is made anew each time."""

    folder: Path
    key: bytes

    def names(self, below: str) -> set[str]:
        """The files that are there, whoever wrote them."""
        with suppress(OSError):
            return {f"{below}/{entry.name}" for entry in os.scandir(self.folder / below)}
        return set()

    def load(self, name: str) -> bytes | None:
        """A file's bytes; None if there is none, or if another's key or none at all has signed it."""
        if not self.key:
            return None
        try:
            body = (self.folder / name).read_bytes()
        except OSError:
            return None
        mark, body = body[:MARK], body[MARK:]
        return body if compare_digest(mark, self._mark(name, body)) else None

    def save(self, name: str, body: bytes) -> None:
        """Writes a file whole or not at all. What cannot be kept is done without."""
        if not self.key:
            return
        path = self.folder / name
        temporary = path.with_name(NEW + path.name)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(self._mark(name, body) + body)
            temporary.replace(path)

    def drop(self, name: str) -> None:
        with suppress(OSError):
            (self.folder / name).unlink()

    def _mark(self, name: str, body: bytes) -> bytes:
        digest = blake2b(key=self.key, digest_size=MARK)
        digest.update(name.encode() + b"\0")
        digest.update(body)
        return digest.digest()


def keeper(root: Path) -> Keeper:
    """For the site in this folder."""
    return Keeper(root / FOLDER, key_of_this_user())


def key_of_this_user() -> bytes:
    """32 bytes that nobody else can read, made at the first build; empty where there is no place for them."""
    with suppress(OSError, RuntimeError):  # RuntimeError: a user without a home
        path = state_folder() / "key"
        if not (key := known_key(path)):
            make_key(path)
            key = known_key(path)
        return key
    return b""


def known_key(path: Path) -> bytes:
    """The key, or nothing where there is none, or half of one."""
    with suppress(FileNotFoundError):
        key = path.read_bytes()
        if len(key) == KEY:
            return key
        path.unlink()
    return b""


def make_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_name(f"{NEW}{os.getpid()}")
    temporary.unlink(missing_ok=True)
    temporary.touch(mode=0o600, exist_ok=False)
    temporary.write_bytes(os.urandom(KEY))
    with suppress(FileExistsError):
        os.link(temporary, path)  # unlike a rename it spares a key that another build has made in the meantime
    temporary.unlink()


def state_folder() -> Path:
    """https://specifications.freedesktop.org/basedir-spec/latest/: what outlives a run, and is of no use elsewhere."""
    given = os.environ.get("XDG_STATE_HOME", "")
    return (Path(given) if Path(given).is_absolute() else Path.home() / ".local" / "state") / "sourcebook"
