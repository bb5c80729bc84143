"""Generated pages say what the code says."""

from __future__ import annotations

import re
from pathlib import Path

import generate
import pytest

DOCS = Path(generate.__file__).parent
ROOT = DOCS.parent


@pytest.mark.parametrize("path", generate.GENERATED, ids=lambda path: path.name)
def test_a_generated_page_is_current(path: Path) -> None:
    """What `make docs` would write is what stands there."""
    assert path.read_text(encoding="utf-8") == generate.GENERATED[path]()


def pages() -> list[Path]:
    return [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]


@pytest.mark.parametrize("page", pages(), ids=lambda path: path.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    """A link from one page to another names a file that is there."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    assert [link for link in links if link and not (page.parent / link).exists()] == []


def test_a_block_is_put_between_its_marks() -> None:
    """Only what stands between the marks of a name is replaced."""
    page = "before\n<!-- figures -->\nold\n<!-- end of figures -->\nafter\n"
    assert generate.with_block(page, "figures", "new") == (
        "before\n<!-- figures -->\n\nnew\n<!-- end of figures -->\nafter\n"
    )
