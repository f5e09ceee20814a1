"""What `make bench` runs: Sourcebook and Hugo on equal sites, in turn, as whole processes.

    make bench ARGS='--sizes 10,100 --runs 3'

It makes briefings of several sizes, once in plain text and once in Markdown, and measures three builds of each: from
nothing, after one article has changed, and after none has. The tables it prints are Markdown. Nothing else should be
running: the two are measured a few seconds apart, and a machine that is busy with something else is not the same one.
"""

import argparse
import platform
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from os import cpu_count, sysconf
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench_hugo import article_path, hugo_program, hugo_site
from bench_measure import Measured, measure, middle
from pagefind_bin import get_executable
from playwright.sync_api import sync_playwright
from sample import copy_sample
from saving import seconds_until_visible
from synthetic import briefing

from builder.outlets.search import what_pagefind_reads

SIZES, RUNS, FEWER_RUNS, MANY = (10, 100, 1_000, 10_000), 5, 3, 10_000
QUOTATIONS = 1
"""How many each article has in its summary: the account of its event in the timeline."""
KINDS = ("plain text", "Markdown")
BUILDS = ("from nothing", "one article changed", "nothing changed")
CHANGED = "report-00001"
ADDED = "\n\nSo somebody said afterwards, and nobody has said anything since.\n"
MEGABYTE = 10**6
FIGURES: tuple[tuple[Callable[[Measured], float], str], ...] = (
    (lambda taken: taken.wall, "{:.2f}"),
    (lambda taken: taken.cpu, "{:.2f}"),
    (lambda taken: taken.memory / MEGABYTE, "{:,.0f}"),
)
"""What the tables show of a run, and how it is written: seconds by the clock, of all processors, and megabytes."""


@dataclass(frozen=True, slots=True)
class Generator:
    """A program that builds sites, and what it needs to be measured.

    `files` makes a site: number of articles, Markdown or not. `command` builds it where it stands; `made` is what a
    build leaves behind, and `changed` the article that an author edits.
    """

    name: str
    files: Callable[[int, bool], Mapping[str, bytes]]
    command: tuple[str, ...]
    made: tuple[str, ...]
    changed: Callable[[bool], str]


def sourcebook(*options: str) -> Generator:
    return Generator(
        "Sourcebook",
        lambda articles, markdown: briefing(articles, quotations=QUOTATIONS, markdown=markdown),
        (str(Path(sys.executable).with_name("sourcebook")), "build", "--site", ".", *options),
        ("output", ".sourcebook"),
        lambda markdown: f"content/articles/{CHANGED}.{'md' if markdown else 'txt'}",
    )


def hugo() -> Generator:
    return Generator(
        "Hugo",
        lambda articles, markdown: hugo_site(articles, markdown=markdown),
        (hugo_program(), "build"),
        ("public", "resources", ".hugo_build.lock"),
        lambda _: article_path(CHANGED),
    )


Results = dict[tuple[str, int, str, str], Measured]
"""The median run by generator, number of articles, kind of text and kind of build."""


def main(arguments: Sequence[str] | None = None) -> None:
    asked = options().parse_args(arguments)
    generators = [sourcebook("--no-search")] if asked.no_hugo else [sourcebook("--no-search"), hugo()]
    results: Results = {}
    with TemporaryDirectory(prefix="sourcebook-bench-") as temporary:
        for articles in asked.sizes:
            for kind in asked.texts:
                results |= measured(generators, articles, kind, runs_for(articles, asked), Path(temporary))
                say(f"{articles:,} articles, {kind}: done")
        own = small_figures(asked.runs, Path(temporary)) if asked.sample else []
        own += search_figures(asked.search, asked.runs, Path(temporary)) if asked.search else []
        saves = visible(asked.saves, Path(temporary)) if asked.saves else ""
    print("\n\n".join(filter(None, [heading(asked), table(results), growth(results), listed(own), saves])))


def options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description="Measures builds beside Hugo's.")
    parser.add_argument("--sizes", type=numbers, default=SIZES, help="how many articles, as in 10,100")
    parser.add_argument("--runs", type=int, default=RUNS, help="how often each build is measured; medians are printed")
    parser.add_argument(
        "--many-runs", type=int, default=FEWER_RUNS, help=f"the same for {MANY:,} articles and more; the table says so"
    )
    parser.add_argument("--texts", type=lambda text: text.split(","), default=KINDS, help="plain text,Markdown")
    parser.add_argument("--no-hugo", action="store_true", help="measures Sourcebook alone")
    parser.add_argument("--no-sample", dest="sample", action="store_false", help="leaves the sample and --help out")
    parser.add_argument("--search", type=int, default=0, help="how many articles to measure the search on, too")
    parser.add_argument(
        "--saves", type=numbers, default=(), help="how many articles to serve and save one of, as in 10,100"
    )
    return parser


def numbers(text: str) -> tuple[int, ...]:
    """At least two articles each: the one that is changed is not the first. Raises ValueError."""
    found = tuple(int(number) for number in text.split(","))
    if min(found) < 2:
        raise ValueError(text)
    return found


def runs_for(articles: int, asked: argparse.Namespace) -> int:
    return int(asked.runs if articles < MANY else min(asked.runs, asked.many_runs))


# --- measuring -----------------------------------------------------------------------------------------------------


def measured(generators: Iterable[Generator], articles: int, kind: str, runs: int, temporary: Path) -> Results:
    """All builds of one site by each generator: in turn, so that what disturbs one disturbs the other."""
    sites = {}
    for generator in generators:
        site = temporary / f"{generator.name}-{articles}"
        write(generator.files(articles, kind == "Markdown"), site)
        sites[generator] = site
    found: dict[tuple[str, int, str, str], list[Measured]] = {}
    for _ in range(runs):
        for generator, site in sites.items():
            for build, taken in three_builds(generator, site, generator.changed(kind == "Markdown")):
                found.setdefault((generator.name, articles, kind, build), []).append(taken)
    for site in sites.values():
        shutil.rmtree(site)
    return {key: middle(taken) for key, taken in found.items()}


def three_builds(generator: Generator, site: Path, changed: str) -> list[tuple[str, Measured]]:
    """From nothing, then with a paragraph more in one article, then as it is; the article is put back afterwards."""
    article = site / changed
    before = article.read_bytes()
    taken = [cold(generator, site)]
    article.write_bytes(before.rstrip(b"\n") + ADDED.encode())
    taken += [measure(generator.command, site), measure(generator.command, site)]
    article.write_bytes(before)
    return list(zip(BUILDS, taken, strict=True))


def cold(generator: Generator, site: Path) -> Measured:
    """A build from nothing."""
    for made in generator.made:
        shutil.rmtree(site / made, ignore_errors=True)
        (site / made).unlink(missing_ok=True)
    return measure(generator.command, site)


def write(files: Mapping[str, bytes], folder: Path) -> None:
    for path, body in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(body)


def small_figures(runs: int, temporary: Path) -> list[tuple[str, Measured]]:
    """The sample from nothing, with and without its search, and what only starts the command."""
    with_search, without = sourcebook(), sourcebook("--no-search")
    site = copy_sample(temporary / "sample")
    figures = [
        ("sample, from nothing, search included", middle([cold(with_search, site) for _ in range(runs)])),
        ("sample, from nothing, --no-search", middle([cold(without, site) for _ in range(runs)])),
    ]
    helped = replace(without, command=(*without.command[:1], "--help"))
    figures.append(("--help", middle([measure(helped.command, site) for _ in range(runs)])))
    return figures


def search_figures(articles: int, runs: int, temporary: Path) -> list[tuple[str, Measured]]:
    """A build with its search, one without, and Pagefind alone over the pages that it is given in the first."""
    site, pages = temporary / "searched", temporary / "pages"
    with_search, without = sourcebook(), sourcebook("--no-search")
    write(with_search.files(articles, True), site)  # in Markdown
    taken = {generator: middle([cold(generator, site) for _ in range(runs)]) for generator in (without, with_search)}
    built = {path.relative_to(site / "output/site").as_posix(): path for path in site.rglob("output/site/**/*.html")}
    read = {path: what_pagefind_reads(file.read_bytes()) for path, file in built.items()}
    write({path: body for path, body in read.items() if body}, pages)
    pagefind = [str(get_executable()), "--site", str(pages), "--output-path", str(temporary / "index")]
    alone = middle([measure(pagefind, temporary) for _ in range(runs)])
    named = {"without search": taken[without], "with search": taken[with_search], "Pagefind alone": alone}
    return [(f"{articles:,} articles in Markdown, {name}", figure) for name, figure in named.items()]


def visible(sizes: Sequence[int], temporary: Path) -> str:
    """From the save of an article to the change on the page that shows it, in a real browser; a table."""
    rows = ["| articles | save → visible |", "|---:|---:|"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for articles in sizes:
            site = temporary / f"saved-{articles}"
            write(sourcebook().files(articles, False), site)
            page, text = f"articles/{CHANGED}.html", f"content/articles/{CHANGED}.txt"
            taken = [1000 * seconds for seconds in seconds_until_visible(browser, site, page, text)]
            rows.append(f"| {articles:,} | {median(taken):.0f} ms ({min(taken):.0f} to {max(taken):.0f}) |")
        browser.close()
    return "\n".join(rows)


# --- tables --------------------------------------------------------------------------------------------------------


def heading(asked: argparse.Namespace) -> str:
    runs = f"medians of {asked.runs} runs"
    if any(articles >= MANY for articles in asked.sizes) and asked.many_runs < asked.runs:
        runs += f", of {asked.many_runs} where there are {MANY:,} articles"
    memory = sysconf("SC_PAGE_SIZE") * sysconf("SC_PHYS_PAGES") / 2**30
    python = f"Python {platform.python_version()}"
    return f"{date.today()}, {cpu_count()} cores, {memory:.0f} GB, {python}; {runs}."  # noqa: DTZ011  # the reader's day


def table(results: Results) -> str:
    """A row for each build; the ratio is Sourcebook's figure over Hugo's. Wall and CPU in seconds, memory in MB."""
    rows = ["| articles | text | build | wall | Hugo | × | CPU | Hugo | × | memory | Hugo | × |"]
    rows.append("|---:|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    for (name, articles, kind, build), own in results.items():
        if name == "Sourcebook":
            other = results.get(("Hugo", articles, kind, build))
            rows.append(f"| {articles:,} | {kind} | {build} | {' | '.join(beside(own, other))} |")
    return "\n".join(rows)


def beside(own: Measured, other: Measured | None) -> Iterator[str]:
    for figure, form in FIGURES:
        yield form.format(figure(own))
        yield form.format(figure(other)) if other else "–"
        yield f"{figure(own) / figure(other):.2f}" if other else "–"


def growth(results: Results) -> str:
    """How many times a build from nothing takes when there are ten times the articles."""
    rows = []
    for name, kind in dict.fromkeys((name, kind) for name, _, kind, _ in results):
        by_size = {
            articles: taken
            for (whose, articles, text, build), taken in results.items()
            if (whose, text, build) == (name, kind, BUILDS[0])
        }
        for fewer, more in pairwise(sorted(by_size)):
            few, many = by_size[fewer], by_size[more]
            ratios = (many.wall / few.wall, many.cpu / few.cpu, many.memory / few.memory)
            rows.append(
                f"| {fewer:,} → {more:,} | {kind} | {name} | " + " | ".join(f"{r:.1f} ×" for r in ratios) + " |"
            )
    if not rows:
        return ""
    return "\n".join(
        ["| articles | text | from nothing | wall | CPU | memory |", "|---|---|---|---:|---:|---:|", *rows]
    )


def listed(figures: Sequence[tuple[str, Measured]]) -> str:
    if not figures:
        return ""
    rows = [
        f"| {name} | {' | '.join(form.format(figure(taken)) for figure, form in FIGURES)} |" for name, taken in figures
    ]
    return "\n".join(["| Sourcebook | wall | CPU | memory |", "|---|---:|---:|---:|", *rows])


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
