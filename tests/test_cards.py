"""The picture of a site for those who pass its address on: drawn where it can be, the same everywhere."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image
from sample import ROOT, copy_sample
from tiny import FILES, built_in_layouts, page

from builder.build import Built, build
from builder.cli import sourcebook
from builder.outlets import cards, last
from builder.outlets.installed import version_of

URL = "url: https://example.org/b/\n"


def built(site: str = URL, title: str = "The old bridge") -> Built:
    files = {path: body.encode() for path, body in FILES.items()}
    files["site.yaml"] += site.encode()
    files["content/briefing.yaml"] = files["content/briefing.yaml"].replace(b"The old bridge", title.encode(), 1)
    return build(built_in_layouts() | files, draw_card=cards.draw)


def test_a_site_with_an_address_has_a_card_and_every_page_names_it() -> None:
    site = built()
    with Image.open(BytesIO(site.files["card.png"])) as card:
        assert (card.format, card.size) == ("PNG", (cards.WIDTH, cards.HEIGHT))
        assert len(set(card.convert("L").tobytes())) > 20, "something is written on it"
    for path in ("index.html", "articles/daily.html"):
        assert '<meta property="og:image" content="https://example.org/b/card.png">' in page(site, path)
        assert '<meta name="twitter:card" content="summary_large_image">' in page(site, path)
    assert "card.png" not in page(site, "404.html")


def test_the_same_briefing_has_the_same_card_in_every_process() -> None:
    drawn = built().files["card.png"]
    code = """
import sys
sys.path.insert(0, "tests")
from test_cards import built
sys.stdout.buffer.write(built().files["card.png"])
"""
    again = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        env={"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"},
    )
    assert again.stdout == drawn


def test_another_title_is_another_card() -> None:
    assert built().files["card.png"] != built(title="The new bridge").files["card.png"]


@pytest.mark.parametrize(
    "title", ["Минеральная сделка", "Η γέφυρα", "Łódź, Ångström & Grüße: “½”", "word " * 80, "x" * 300]
)
def test_a_title_in_letters_that_the_font_has_is_drawn_however_long(title: str) -> None:
    assert "card.png" in built(title=title.strip()).files


@pytest.mark.parametrize("title", ["数据", "الجسر", "🌉", "הגשר"])
def test_rather_no_card_than_one_of_empty_boxes(title: str) -> None:
    site = built(title=title)
    assert "card.png" not in site.files
    assert '<meta name="twitter:card" content="summary">' in page(site, "index.html")
    assert "og:image" not in page(site, "index.html")


def test_without_an_address_there_is_none() -> None:
    assert "card.png" not in built(site="").files


def test_without_the_extra_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards, "HAS_PILLOW", False)
    assert "card.png" not in built().files


def test_the_command_draws_it_and_says_what_a_site_without_an_address_lacks(tmp_path: Path) -> None:
    site = copy_sample(tmp_path)
    command: list[str | Path] = [sys.executable, "-m", "builder", "build", "--no-search", "--site", site]
    without = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    assert without.endswith("; without a url in site.yaml: no feeds, sitemap or canonical links\n")
    with (site / "site.yaml").open("a") as settings:
        settings.write(URL)
    with_address = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    assert "without" not in with_address
    assert (site / "output/site/card.png").stat().st_size > 5_000


def test_when_the_extra_is_installed_the_next_build_draws_it(tmp_path: Path) -> None:
    for path, body in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(body + URL if path == "site.yaml" else body, encoding="utf-8")
    command = ["build", "--no-search", "--site", str(tmp_path)]
    with pytest.MonkeyPatch.context() as not_installed:
        not_installed.setattr(cards, "HAS_PILLOW", False)
        not_installed.setattr(last, "version_of", lambda name: "" if name == "pillow" else version_of(name))
        assert CliRunner().invoke(sourcebook, command).exit_code == 0
    assert not (tmp_path / "output/site/card.png").exists()
    assert CliRunner().invoke(sourcebook, command).exit_code == 0
    assert (tmp_path / "output/site/card.png").exists()
