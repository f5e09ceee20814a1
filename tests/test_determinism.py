"""Same inputs, same bytes: in any folder, time zone, locale, hash seed and file order."""

from pathlib import Path

from sample import build, copy_sample, sources


def test_the_sample_has_the_same_bytes_in_any_folder_zone_locale_hash_seed_and_file_order(tmp_path: Path) -> None:
    here = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"}
    there = {"TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4242"}
    plain, strange = tmp_path / "plain", tmp_path / "Ünsere Seite — 我的"
    build(copy_sample(plain, sources()), plain / "output", here)
    build(copy_sample(strange, reversed(sources())), strange / "my output", there)

    first, second = _bytes_of(plain / "output"), _bytes_of(strange / "my output")
    assert sorted(first) == sorted(second)
    assert [name for name in sorted(first) if first[name] != second[name]] == []
    assert "index.html" in first


def _bytes_of(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
