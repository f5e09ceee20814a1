"""What Sourcebook asks of Git: run as a program, answered in plain words."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from builder.outlets.folder import Refused


class GitFailed(Exception):
    """Git, or the host that it talks to, said no; the message says what it said, and what to do."""


@dataclass(frozen=True, slots=True)
class Repository:
    """The repository that a site lies in: its top folder."""

    top: Path

    @classmethod
    def of(cls, site: Path) -> "Repository":
        """Raises Refused where there is none, GitFailed where there is no Git."""
        try:
            return cls(Path(_run(site, "rev-parse", "--show-toplevel").strip()))
        except Unsuccessful as failure:
            if "not a git repository" in failure.said:
                raise Refused(
                    f"{site} is in no Git repository; make one (git init), and say where it is to be published "
                    "(git remote add origin ADDRESS)"
                ) from None
            raise GitFailed(f"Git cannot use the repository of {site}: {failure.said}") from None

    def git(self, *arguments: str) -> str:
        """What Git printed. Raises Unsuccessful with what it complained of."""
        return _run(self.top, *arguments)

    def asked(self, *arguments: str) -> str:
        """What Git printed, or nothing where it knows no answer."""
        try:
            return self.git(*arguments).strip()
        except Unsuccessful:
            return ""

    def tree(self, commit: str) -> dict[str, str]:
        """The files of a commit: path → name of the content, as Git names it."""
        entries = self.git("ls-tree", "-r", "-z", "--full-tree", commit).split("\0")
        named = (entry.partition("\t") for entry in entries if entry)
        return {path: about.split()[2] for about, _, path in named}


class Unsuccessful(Exception):
    """A Git command failed; `said` is what it wrote."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


def environment() -> dict[str, str]:
    """Git in English, as its words are read here; and never waiting for a password where nobody can type one."""
    asking = {} if sys.stdin and sys.stdin.isatty() else {"GIT_TERMINAL_PROMPT": "0"}
    return {**os.environ, "LC_ALL": "C", "LANGUAGE": "C", **asking}


def _run(folder: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], cwd=folder, env=environment(), capture_output=True, check=False)
    except FileNotFoundError:
        raise GitFailed("Git is not installed here; on Debian: apt-get install git") from None
    if done.returncode != 0:
        raise Unsuccessful((done.stderr or done.stdout).decode(errors="replace").strip())
    return done.stdout.decode(errors="surrogateescape")
