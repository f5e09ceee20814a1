"""What is published works where nothing of the checkout is."""

from pathlib import Path
from zipfile import ZipFile

from sample import FAR_AWAY, run

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


def test_the_wheel_holds_all_that_is_not_a_module(installed: Path) -> None:
    (wheel,) = (installed.parent.parent / "dist").glob("*.whl")
    with ZipFile(wheel) as archive:
        held = set(archive.namelist())
    assert {"builder/layouts/base.html", "builder/py.typed"} <= held
    assert {"builder/starter/site.yaml", "builder/starter/dot-gitignore", "builder/schemas/site.schema.json"} <= held


def test_the_installed_command_builds_a_site(installed: Path, tmp_path: Path) -> None:
    site = tmp_path / "сайт"
    for path, text in SMALL_SITE.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, encoding="utf-8")
    run([installed / "sourcebook", "build"], folder=site, environment=FAR_AWAY)
    assert "Міст відкрили вчасно." in (site / "output/site/index.html").read_text(encoding="utf-8")


def test_a_shell_can_complete_its_commands(installed: Path) -> None:
    """As the README says it: the command itself prints what the shell needs."""
    for shell in ("bash", "zsh", "fish"):
        asked = {**FAR_AWAY, "_SOURCEBOOK_COMPLETE": f"{shell}_source"}
        assert "_SOURCEBOOK_COMPLETE" in run([installed / "sourcebook"], environment=asked)
