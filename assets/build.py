"""Builds what the site serves and what its maps are drawn from: ``python assets/build.py`` (or ``make assets``).

The results are committed, so that running harmledger needs neither npm nor tippecanoe; this is run again when a library's version
(`libraries.toml`), a dispute (`disputed.csv`), the gazetteer or the styles change. It needs npm with a registry and the group `assets`.
"""

from __future__ import annotations

import gzip
import json
import shutil
import tempfile
from pathlib import Path

from atlas import ANY_NEIGHBOUR, Atlas, read_disputes
from libraries import Library, fetch, keep, read_libraries, read_member
from outlines import build_outlines
from places import read_places
from styles import DARK, LIGHT, render_style
from tiles import build_tiles

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "harmledger"
STATIC = PACKAGE / "web" / "static"
OUTLINE = PACKAGE / "resources" / "outline" / "outline.json.gz"
ATLAS = "world-atlas"


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        libraries = {library.name: library for library in read_libraries()}
        archives = {name: fetch(library, folder) for name, library in libraries.items()}
        build_vendor(libraries, archives)
        build_maps(archives[ATLAS], folder)
    build_styles()
    report()


def build_vendor(libraries: dict[str, Library], archives: dict[str, Path]) -> None:
    """The libraries' files, with a list of what they are."""
    vendor = STATIC / "vendor"
    for name, library in libraries.items():
        keep(library, archives[name], vendor)
    listed = [
        f"{library.name} {library.version}: {library.licence}\n" for library in libraries.values() if library.files
    ]
    (vendor / "VERSIONS.txt").write_text("".join(listed), encoding="utf-8")


def build_maps(atlas: Path, folder: Path) -> None:
    """The tiles, and the outlines that the server draws with."""
    coarse, middle, fine = (
        Atlas(json.loads(read_member(atlas, f"countries-{detail}.json"))) for detail in ("110m", "50m", "10m")
    )
    disputes, places = read_disputes(), tuple(read_places())
    if unknown := frozenset(name for dispute in disputes for name in dispute.between) - fine.names() - {ANY_NEIGHBOUR}:
        raise SystemExit(f"disputed.csv names features that {ATLAS} doesn't have: {', '.join(sorted(unknown))}")
    shutil.copy(build_tiles(fine, disputes, places, folder), STATIC)
    OUTLINE.write_bytes(build_outlines(coarse, middle, disputes, places))


def build_styles() -> None:
    """Both themes."""
    for name, colours in (("light", LIGHT), ("dark", DARK)):
        text = json.dumps(render_style(colours, name), ensure_ascii=False, indent=1)
        (STATIC / f"style-{name}.json").write_text(f"{text}\n", encoding="utf-8")


def report() -> None:
    """A line a file: its bytes, and what is left of them compressed."""
    for path in sorted(path for path in (*STATIC.rglob("*"), OUTLINE) if path.is_file()):
        content = path.read_bytes()
        print(f"{len(content):>9,} B {len(gzip.compress(content, 9)):>9,} B gzipped  {path.relative_to(PACKAGE)}")


if __name__ == "__main__":
    main()
