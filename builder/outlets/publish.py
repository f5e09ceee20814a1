"""A built site onto the branch that GitHub Pages shows. Neither the work tree nor the index nor a branch is touched.

The commit is made by ghp-import on a branch of its own, from what is published now, and pushed from there.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha1, sha256
from pathlib import Path
from secrets import token_hex

from builder.model import Publishing
from builder.outlets.folder import MARKER, Refused
from builder.outlets.repository import GitFailed, Repository, Unsuccessful, environment

MEGABYTE = 10**6
LARGEST_SITE = 1000 * MEGABYTE
"""GitHub's limit for a published site: docs.github.com, “GitHub Pages limits”."""

LARGEST_FILE = 100 * 2**20
"""GitHub refuses a push with a larger file: docs.github.com, “About large files on GitHub”."""

PUBLISHED = "refs/sourcebook/published"
ON_GITHUB = re.compile(r"github\.com[:/](?P<owner>[^/]+)/(?P<name>[^/]+?)(?:\.git)?/?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a push would change: where it goes, and which files it adds, changes and removes there.

    `files` holds, by path, the name that Git gives the content. `before` is the commit that is published now, or empty.
    `size` is in bytes. `address` is where the site will be seen, empty where that cannot be told.
    """

    repository: Repository
    target: Publishing
    remote: str
    before: str
    files: dict[str, str]
    size: int
    added: int
    changed: int
    removed: int
    address: str

    @property
    def changes_nothing(self) -> bool:
        return bool(self.before) and not (self.added or self.changed or self.removed)


# --- what there is to do ---------------------------------------------------------------------------------------------


def check_repository(site: Path) -> Repository:
    """The repository of a site, if anything can be published from it. Raises Refused or GitFailed."""
    repository = Repository.of(site)
    if not repository.asked("symbolic-ref", "--quiet", "HEAD"):
        raise Refused(
            "no branch is checked out (Git calls it a detached HEAD), so nobody could find again what was published; "
            "go to a branch first: git switch BRANCH"
        )
    return repository


@contextmanager
def planned(folder: Path, repository: Repository, target: Publishing) -> Iterator[Plan]:
    """What it would take to publish a built site. Raises Refused or GitFailed; leaves nothing behind."""
    if repository.asked("symbolic-ref", "--short", "HEAD") == target.branch:
        raise Refused(
            f"“{target.branch}” is the branch that you work on, and the site would take the place of your files there; "
            "name another under “publish: {branch: …}” in site.yaml"
        )
    remote = repository.asked("remote", "get-url", "--push", target.remote)
    if not remote:
        raise Refused(
            f"the repository has no remote “{target.remote}”; add it (git remote add {target.remote} ADDRESS), or name "
            "another under “publish: {remote: …}” in site.yaml"
        )
    paths = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    size = _check_limits(paths)
    files = {path: _name_of(place.read_bytes(), repository) for path, place in paths.items()}
    files[".nojekyll"] = _name_of(b"", repository)
    if target.cname:
        files["CNAME"] = _name_of(f"{target.cname}\n".encode(), repository)
    try:
        before, there = _fetch(repository, target)
        yield Plan(
            repository,
            target,
            _without_password(remote),
            before,
            files,
            size,
            added=len(files.keys() - there.keys()),
            changed=sum(path in there and there[path] != name for path, name in files.items()),
            removed=len(there.keys() - files.keys()),
            address=_address(remote, target),
        )
    finally:
        repository.asked("update-ref", "-d", PUBLISHED)


def _check_limits(paths: dict[str, Path]) -> int:
    """The size of all files in bytes. Raises Refused beyond what GitHub takes."""
    sizes = {path: place.stat().st_size for path, place in paths.items()}
    size = sum(sizes.values())
    for path, each in sizes.items():
        if each > LARGEST_FILE:
            raise Refused(f"{path} has {each / MEGABYTE:,.0f} MB, and GitHub takes files up to 105 MB; leave it out")
    if size > LARGEST_SITE:
        raise Refused(
            f"the site has {size / MEGABYTE:,.0f} MB, and GitHub Pages shows up to 1,000 MB; leave large files out"
        )
    return size


def _name_of(body: bytes, repository: Repository) -> str:
    """What Git calls a file with this content: a hash of it with its length in front."""
    digest = sha256 if repository.asked("rev-parse", "--show-object-format") == "sha256" else sha1
    return digest(b"blob %d\0" % len(body) + body).hexdigest()


def _fetch(repository: Repository, target: Publishing) -> tuple[str, dict[str, str]]:
    """The commit that is published now, and its files; nothing of either where nothing is."""
    there = f"refs/heads/{target.branch}"
    try:
        if not repository.git("ls-remote", "--heads", target.remote, there).strip():
            return "", {}
        repository.git("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", target.remote, f"+{there}:{PUBLISHED}")
    except Unsuccessful as failure:
        raise GitFailed(f"“{target.remote}” cannot be reached: {_in_plain_words(failure.said)}") from None
    files = repository.tree(PUBLISHED)
    if files and MARKER not in files:
        raise Refused(
            f"the branch “{target.branch}” of “{target.remote}” holds files that Sourcebook did not make; name another "
            "under “publish: {branch: …}” in site.yaml, or, if nobody needs them, delete it: "
            f"git push {target.remote} --delete {target.branch}"
        )
    return repository.git("rev-parse", PUBLISHED).strip(), files


def _without_password(remote: str) -> str:
    return re.sub(r"(?<=://)[^/@]*@", "", remote)


def _address(remote: str, target: Publishing) -> str:
    """Where GitHub Pages shows it: docs.github.com, “About GitHub Pages”."""
    if target.cname:
        return f"https://{target.cname}/"
    found = ON_GITHUB.search(remote)
    if not found:
        return ""
    host = f"{found['owner'].lower()}.github.io"
    return f"https://{host}/" if found["name"].lower() == host else f"https://{host}/{found['name']}/"


def in_words(plan: Plan, *, dry_run: bool) -> str:
    """“pushes 213 files (5.2 MB) to gh-pages of origin: 3 new, 2 changed, 1 removed”."""
    place = f"“{plan.target.branch}” of “{plan.target.remote}” ({plan.remote})"
    if plan.changes_nothing:
        return f"{place} has this site already: nothing to publish"
    counts = ((plan.added, "new"), (plan.changed, "changed"), (plan.removed, "removed"))
    parts = ", ".join(f"{count:,} {word}" for count, word in counts if count)
    does = "would push" if dry_run else "pushes"
    begun = "" if plan.before else "; the branch is not there yet"
    return f"{does} {len(plan.files):,} files ({plan.size / MEGABYTE:,.1f} MB) to {place}: {parts}{begun}"


def remarks(plan: Plan, url: str) -> Iterator[str]:
    """What an author should know of where the site stands and what `site.yaml` says of it."""
    if not plan.address:
        return
    if not url:
        yield f"site.yaml has no url: with “url: {plan.address}”, links that must be absolute and 404.html work too"
    elif url.rstrip("/").lower() != plan.address.rstrip("/").lower():
        yield f"site.yaml says url: {url}, but GitHub Pages shows this site at {plan.address}"


# --- doing it --------------------------------------------------------------------------------------------------------


def publish(folder: Path, plan: Plan, message: str) -> str:
    """Pushes the site; the commit. Raises GitFailed, and then nothing has changed, here or there."""
    repository, branch = plan.repository, f"sourcebook-publishing-{token_hex(4)}"
    try:
        if plan.before:
            repository.git("update-ref", f"refs/heads/{branch}", plan.before)
        _import(folder, plan, branch, message)
        commit = repository.git("rev-parse", f"refs/heads/{branch}").strip()
        _check_commit(commit, plan)
        repository.git("push", "--quiet", plan.target.remote, f"refs/heads/{branch}:refs/heads/{plan.target.branch}")
    except Unsuccessful as failure:
        raise GitFailed(_why_not(failure.said, plan)) from None
    finally:
        with suppress(Unsuccessful):
            repository.git("update-ref", "-d", f"refs/heads/{branch}")
    return commit


def _import(folder: Path, plan: Plan, branch: str, message: str) -> None:
    cname = ["--cname", plan.target.cname + "\n"] if plan.target.cname else []
    command = [sys.executable, "-m", "ghp_import", "--no-jekyll", "--branch", branch, "--message", message, *cname]
    done = subprocess.run(
        [*command, "--remote", plan.target.remote, str(folder.resolve())],
        cwd=plan.repository.top,
        env=environment() | _committer(plan.repository),
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        raise Unsuccessful((done.stderr or done.stdout).decode(errors="replace").strip())


def _committer(repository: Repository) -> dict[str, str]:
    """Who publishes. Raises GitFailed where Git does not know."""
    known = re.match(r"(?P<name>.+?) <(?P<address>.*?)>", repository.asked("var", "GIT_COMMITTER_IDENT"))
    if not known:
        raise GitFailed(
            "Git does not know who you are; tell it: git config user.name NAME, and git config user.email ADDRESS"
        )
    return {"GIT_COMMITTER_NAME": known["name"], "GIT_COMMITTER_EMAIL": known["address"]}


def _check_commit(commit: str, plan: Plan) -> None:
    """A file whose name Git's import cannot take would be lost, or be another's."""
    files = plan.repository.tree(commit)
    lost = sorted(path for path, name in plan.files.items() if files.get(path) != name)
    if lost or files.keys() != plan.files.keys():
        named = lost[0] if lost else min(files.keys() - plan.files.keys())
        raise GitFailed(f"“{named}” did not get into the commit as it is, and nothing was pushed; rename this file")


def _why_not(said: str, plan: Plan) -> str:
    remote, branch = plan.target.remote, plan.target.branch
    if "protected branch" in said.lower() or "GH006" in said or "GH013" in said:
        return (
            f"“{remote}” protects the branch “{branch}” from pushes; allow them in the repository's settings, or name "
            "another branch under “publish: {branch: …}” in site.yaml. Nothing was published"
        )
    if "[rejected]" in said or "fetch first" in said or "non-fast-forward" in said:
        return f"somebody else published to “{branch}” of “{remote}” at the same moment; publish again"
    return f"“{remote}” did not take the push: {_in_plain_words(said)}. Nothing was published"


def _in_plain_words(said: str) -> str:
    """The lines of Git that say something, on one line."""
    lines = (re.sub(r"^(fatal|error|remote): ?", "", line).strip() for line in said.splitlines())
    return "; ".join(line.rstrip(".") for line in lines if line)
