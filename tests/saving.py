"""From the save of a file to the change before the author's eyes: `serve` and a real Chromium, measured.

python tests/saving.py SITE articles/daily.html content/articles/daily.txt
"""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import time

from playwright.sync_api import Browser, Error, Page, sync_playwright
from serving import PATIENCE, serving

WATCH_FOR_MARKS = """
window.markSeen = 0
const look = () => {
    const found = /saved-(\\d+)-times/.exec(document.querySelector("main")?.textContent)
    if (found && Number(found[1]) !== window.markSeen) {
        window.markSeen = Number(found[1])
        // The second frame after the text is in the page has been painted with it.
        requestAnimationFrame(() => requestAnimationFrame(() => {
            sessionStorage.setItem(`seen ${found[1]}`, performance.timeOrigin + performance.now())
        }))
    }
    requestAnimationFrame(look)
}
requestAnimationFrame(look)
"""
SEEN = """([number, patience]) => new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`mark ${number} was never seen`)), 1000 * patience)
    const look = () => {
        const at = sessionStorage.getItem(`seen ${number}`)
        if (at) resolve(Number(at))
        else requestAnimationFrame(look)
    }
    look()
})"""


def seconds_until_visible(
    browser: Browser, site: Path, page_path: str, file: str, saves: int = 10, options: Sequence[str] = ("--no-search",)
) -> list[float]:
    """Serves a site, opens one of its pages, and saves a file `saves` times with a mark in it that the page shows.

    Gives the seconds from the end of each save to the first frame that is painted with the mark, by the machine's own
    clock. `file` is an article's text, not sealed, to which the mark is added; it is as it was afterwards. The first
    save warms up and is not counted.
    """
    article = site / file
    text = article.read_bytes()
    taken = []
    try:
        with serving(site, *options) as server, browser.new_context() as context:
            page = context.new_page()
            page.set_default_timeout(PATIENCE * 1000)
            page.add_init_script(WATCH_FOR_MARKS)
            page.goto(server.home + page_path)
            for number in range(1, saves + 2):
                article.write_bytes(text.rstrip() + f"\n\nThis has been saved-{number}-times.\n".encode())
                saved = time()
                taken.append(_seen_at(page, number) / 1000 - saved)
                server.says("built in")
    finally:
        article.write_bytes(text)
    return taken[1:]


def _seen_at(page: Page, number: int) -> float:
    """When the mark was painted, in milliseconds. The page that waits for it may be the one that goes for it."""
    while True:
        try:
            return float(page.evaluate(SEEN, [number, PATIENCE]))
        except Error as failure:
            if "context was destroyed" not in str(failure):
                raise


def main() -> None:
    site, page_path, file = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        taken = seconds_until_visible(browser, site, page_path, file)
        browser.close()
    sys.stdout.write(f"{1000 * median(taken):.0f} ms ({1000 * min(taken):.0f} to {1000 * max(taken):.0f})\n")


if __name__ == "__main__":
    main()
