"""A built site onto the branch that GitHub Pages shows. Neither the work tree nor the index nor a branch is touched.

The commit is made by ghp-import on a branch of its own, from what is published now, and pushed from there.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
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

NAMED = 20
"""How many files a dry run names."""

PUBLISHED = "refs/sourcebook/published"
OWN_BRANCH = re.compile(r"refs/heads/sourcebook-publishing-[0-9a-f]{8}")
NO_NEWS = re.compile(r"To \S|error: failed to push some refs to ")
"""What Git says of every push that fails."""

ON_GITHUB = re.compile(r"github\.com[:/](?P<owner>[^/]+)/(?P<name>[^/]+?)(?:\.git)?/?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a push would change: where it goes, and the paths that it adds, changes and removes there.

    `files` holds, by path, the name that Git gives the content. `before` is the commit that is published now, or empty.
    `size` is in bytes. `address` is where the site will be seen, empty where that cannot be told.
    """

    repository: Repository
    target: Publishing
    remote: str
    before: str
    files: dict[str, str]
    size: int
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
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
    _committer(repository)
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
    _clear_away(repository)
    try:
        before, there = _fetch(repository, target)
        yield Plan(
            repository,
            target,
            _without_password(remote),
            before,
            files,
            size,
            added=tuple(sorted(files.keys() - there.keys())),
            changed=tuple(path for path, name in sorted(files.items()) if there.get(path, name) != name),
            removed=tuple(sorted(there.keys() - files.keys())),
            address=_address(remote, target),
        )
    finally:
        repository.asked("update-ref", "-d", PUBLISHED)


def _clear_away(repository: Repository) -> None:
    """What a publish that was killed has left."""
    for branch in repository.asked("for-each-ref", "--format=%(refname)", "refs/heads").splitlines():
        if OWN_BRANCH.fullmatch(branch):
            repository.asked("update-ref", "-d", branch)


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
    """“pushes 213 files (5.2 MB) to gh-pages of origin: 3 new, 2 changed, 1 removed”; a dry run names them."""
    place = f"“{plan.target.branch}” of “{plan.target.remote}” ({plan.remote})"
    if plan.changes_nothing:
        return f"{place} has this site already: nothing to publish"
    changes = ((plan.added, "new"), (plan.changed, "changed"), (plan.removed, "removed"))
    parts = ", ".join(f"{len(paths):,} {word}" for paths, word in changes if paths)
    does = "would push" if dry_run else "pushes"
    begun = "" if plan.before else "; the branch is not there yet"
    said = f"{does} {len(plan.files):,} files ({plan.size / MEGABYTE:,.1f} MB) to {place}: {parts}{begun}"
    if not dry_run or not plan.before:
        return said
    named = [f"    {word} {path}" for paths, word in changes for path in paths]
    rest = len(named) - NAMED
    return "\n".join([said, *named[:NAMED], *([f"    and {rest:,} more"] if rest > 0 else [])])


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
    commit = _commit(folder, plan, message)
    _check_commit(commit, plan)
    try:
        plan.repository.git("push", "--quiet", plan.target.remote, f"{commit}:refs/heads/{plan.target.branch}")
    except Unsuccessful as failure:
        raise GitFailed(_why_not(failure.said, plan)) from None
    return commit


def _commit(folder: Path, plan: Plan, message: str) -> str:
    """The site as a commit on top of what is published. The branch that ghp-import needs for it is gone afterwards."""
    repository, branch = plan.repository, f"sourcebook-publishing-{token_hex(4)}"
    try:
        if plan.before:
            repository.git("update-ref", f"refs/heads/{branch}", plan.before)
        _import(folder, plan, branch, message)
        return repository.git("rev-parse", f"refs/heads/{branch}").strip()
    except Unsuccessful as failure:
        raise GitFailed(
            f"Git cannot take the site in: {_in_plain_words(failure.said)}. Nothing was published"
        ) from None
    finally:
        repository.asked("update-ref", "-d", f"refs/heads/{branch}")


def _import(folder: Path, plan: Plan, branch: str, message: str) -> None:
    cname = [f"--cname={plan.target.cname}\n"] if plan.target.cname else []
    command = [sys.executable, "-m", "ghp_import", "--no-jekyll", f"--branch={branch}", f"--message={message}", *cname]
    done = subprocess.run(
        [*command, f"--remote={plan.target.remote}", str(folder.resolve())],
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
    if any(sign in said for sign in ("[rejected]", "fetch first", "non-fast-forward", "cannot lock ref")):
        return f"somebody else published to “{branch}” of “{remote}” at the same moment; publish again"
    return f"“{remote}” did not take the push: {_in_plain_words(said)}. Nothing was published"


def _in_plain_words(said: str) -> str:
    """The lines of Git that say something, on one line."""
    told = (line for line in said.splitlines() if not NO_NEWS.match(line))
    lines = (re.sub(r"^(?:(?:fatal|error|remote): ?)+|^ ! .*\((.*)\)$", r"\1", line).strip() for line in told)
    return "; ".join(line.rstrip(".") for line in lines if line)
