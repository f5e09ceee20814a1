"""The benchmark runs, and what it says is what there was to see."""

import re
import sys
from pathlib import Path

import pytest
from bench import BUILDS, KINDS, main
from bench_hugo import hugo_program, hugo_site
from bench_measure import measure
from sample import run
from synthetic import briefing

MEGABYTE = 10**6


def test_the_benchmark_prints_a_row_for_each_build_of_both_generators(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--sizes", "10,20", "--runs", "1", "--no-sample"])
    printed = capsys.readouterr().out
    for articles in (10, 20):
        for kind in KINDS:
            for build in BUILDS:
                figures = re.search(rf"^\| {articles} \| {kind} \| {build} \|(.*)\|$", printed, re.MULTILINE)
                assert figures
                assert all(float(figure) > 0 for figure in figures[1].split("|"))
    for generator in ("Sourcebook", "Hugo"):
        assert re.search(rf"^\| 10 → 20 \| Markdown \| {generator} \|( [\d.]+ × \|){{3}}$", printed, re.MULTILINE)


def test_hugo_is_given_the_same_texts_each_time_and_makes_a_page_of_each(tmp_path: Path) -> None:
    site = hugo_site(10, markdown=True)
    assert site == hugo_site(10, markdown=True)
    for path, body in site.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(body)
    run([hugo_program(), "build"], folder=tmp_path)
    made = {file.relative_to(tmp_path / "public").as_posix() for file in (tmp_path / "public").rglob("*.html")}
    files = briefing(10)
    entities = files["content/entities.yaml"].decode().splitlines()
    assert made >= {path.replace("content/", "").replace(".txt", ".html") for path in files if path.endswith(".txt")}
    assert made >= {f"events/event-of-report-{number:05}.html" for number in range(10)}
    assert made >= {f"entities/{line.partition(':')[0]}.html" for line in entities if "Minister" in line}


def test_a_measure_counts_the_work_and_the_memory_of_what_a_command_starts(tmp_path: Path) -> None:
    hold = """if True:
        import time
        held, begun = bytes(range(256)) * 200_000, time.process_time()
        while time.process_time() < begun + 0.3:
            held[0]
        """
    both = f"""if True:
        import subprocess, sys
        started = [subprocess.Popen([sys.executable, "-c", {hold!r}]) for _ in range(2)]
        [process.wait() for process in started]
        """
    taken = measure([sys.executable, "-c", both], tmp_path)
    assert taken.cpu >= 0.6
    assert 100 * MEGABYTE <= taken.memory <= 200 * MEGABYTE
    assert taken.wall >= 0.3


def test_a_measure_of_a_command_that_fails_says_what_it_printed(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"(?s)exit status 3: .*no room left"):
        measure([sys.executable, "-c", "print('no room left'); raise SystemExit(3)"], tmp_path)
