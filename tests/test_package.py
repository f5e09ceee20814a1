"""What is published works where nothing of the checkout is."""

import sys
import venv
from pathlib import Path
from zipfile import ZipFile

from sample import ROOT, run

SMALL_SITE = {
    "site.yaml": "title: Мости\nlanguage: uk\n",
    "content/briefing.yaml": """\
title: Міст
as_of: 2025-02-22
bottom_line: |
  Міст відкрили вчасно. [@bridge "The bridge opened on Friday."]
""",
    "content/articles/bridge.txt": "The bridge opened on Friday.\n\nNobody had expected it.\n",
    "content/articles/bridge.yaml": """\
title: A bridge opens
publisher: The Daily Example
published: 2025-02-22
""",
}


def test_the_wheel_builds_a_site_in_an_empty_environment_far_from_the_checkout(tmp_path: Path) -> None:
    """Built from the source archive, so that both are seen to be complete; in a folder whose name is not plain."""
    far = tmp_path / "далеко звідси 很遠"
    run([sys.executable, "-m", "build", "--no-isolation", "--outdir", far / "dist", ROOT])
    (wheel,) = (far / "dist").glob("*.whl")
    with ZipFile(wheel) as archive:
        assert {"builder/layouts/base.html", "builder/py.typed"} <= set(archive.namelist())

    venv.create(far / "venv", with_pip=True)
    bare = {"PYTHONPATH": "", "PYTHONSAFEPATH": "1"}
    run([far / "venv/bin/pip", "install", "--quiet", wheel], folder=far, environment=bare)

    site = far / "сайт"
    for path, text in SMALL_SITE.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, encoding="utf-8")
    run([far / "venv/bin/sourcebook", "build"], folder=site, environment=bare)
    assert "Міст відкрили вчасно." in (site / "output/site/index.html").read_text(encoding="utf-8")
