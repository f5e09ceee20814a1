"""What may happen to a build: it is killed, another begins beside it, the disk is full. The site is there still."""

import os
import subprocess
import sys
from pathlib import Path

from editing import clean, held
from sample import ROOT, copy_sample

BUILD = [sys.executable, "-m", "builder", "build", "--no-search", "--site"]
HERE = {**os.environ, "PYTHONPATH": str(ROOT)}


def test_builds_of_a_thousand_articles_killed_at_two_hundred_moments_leave_no_page_missing_or_broken(
    tmp_path: Path,
) -> None:
    """Nor does one of them leave what the next would not mend: each build goes on from what a killed one left."""
    program = [sys.executable, str(ROOT / "tests" / "killing.py"), str(tmp_path / "site"), "200", "1000"]
    done = subprocess.run(program, env=HERE, capture_output=True, encoding="utf-8", check=True)
    *faults, early = done.stdout.splitlines()
    assert faults == []
    assert int(early) >= 100, "most builds were killed before they were done"


def test_of_two_builds_that_start_together_one_waits_and_neither_spoils_the_other(tmp_path: Path) -> None:
    site = copy_sample(tmp_path / "site")
    builds = [
        subprocess.Popen([*BUILD, site], env=HERE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [build.communicate() for build in builds]
    assert [build.returncode for build in builds] == [0, 0]
    assert [errors for _, errors in said if errors] == ["another build of this site is running; waiting for it\n"]
    assert held(site / "output" / "site") == clean(site)[0]


FILL = """
set -e
mount -t tmpfs -o size=3m tmpfs "$1/output"
"$2" -m builder build --no-search --site "$1"
(cd "$1/output/site" && sha256sum --quiet -c SHA256SUMS && cp SHA256SUMS "$1/before")
echo '{% extends "builtin/base.html" %}{% block footer %}<p>another</p>{% endblock %}' > "$1/layouts/base.html"
"$2" -m builder build --no-search --site "$1" || echo "status $?"
cd "$1/output/site"
cmp SHA256SUMS "$1/before"
sha256sum --quiet -c SHA256SUMS
find . -name '.sourcebook*'
"""


def test_a_full_disk_ends_the_build_with_a_sentence_and_the_last_good_site_is_whole(tmp_path: Path) -> None:
    """A disk of three megabytes holds the sample's site once and not twice. It is this test's own, and goes with it."""
    site = copy_sample(tmp_path / "site")
    (site / "layouts").mkdir()
    (site / "output").mkdir()
    own_disks = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--mount", "--map-root-user"]
    command = [*own_disks, "sh", "-c", FILL, "sh", str(site), sys.executable]
    done = subprocess.run(command, env=HERE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    assert done.returncode == 0, f"a disk cannot be mounted, or the site on it is broken:\n{done.stdout}"
    first, *rest = done.stdout.splitlines()
    assert "files written" in first
    assert rest == [
        f"sourcebook: {site}/output/site: No space left on device; the site that is there is as it was",
        "status 3",
    ]


def test_one_changed_article_rewrites_only_the_files_that_show_it(tmp_path: Path) -> None:
    """And the other files keep their time and their number."""
    site = copy_sample(tmp_path / "site")
    output = site / "output" / "site"
    subprocess.run([*BUILD, site], env=HERE, check=True, stdout=subprocess.DEVNULL)
    before, bodies = {path: path.stat() for path in output.rglob("*") if path.is_file()}, held(output)
    article = site / "content" / "articles" / "envoy-trip.yaml"
    article.write_text(article.read_text(encoding="utf-8") + "# a remark that changes no page\n", encoding="utf-8")
    subprocess.run([*BUILD, site], env=HERE, check=True, stdout=subprocess.DEVNULL)
    assert held(output) == bodies
    assert {path: path.stat().st_ino for path in before} == {path: found.st_ino for path, found in before.items()}
    article.write_text(article.read_text(encoding="utf-8").replace("feud]", "feud, toll]"), encoding="utf-8")
    subprocess.run([*BUILD, site], env=HERE, check=True, stdout=subprocess.DEVNULL)
    now = held(output)
    changed = {path for path in now if now[path] != bodies[path]}
    rewritten = {path.relative_to(output).as_posix() for path in before if path.stat().st_ino != before[path].st_ino}
    tables = {"data/articles.csv", "data/articles.json"}
    assert changed == rewritten == {"SHA256SUMS", "articles/envoy-trip.html", *tables}
