"""Write the generated pages of the docs: the data dictionary, the commands, the figures, the misses, and what console blocks print.

    python docs/generate.py [--check]

`--check` writes nothing and fails where a page (console blocks aside: the tests run those) is not current.
"""

from __future__ import annotations

import ast
import json
import re
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from console import PROMPT, Console, matches, parse_steps

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
DOMAIN = ROOT / "src" / "harmledger" / "domain"
RESOURCES = ROOT / "src" / "harmledger" / "resources"
STAGES = (
    "words",
    "watch",
    "fetch",
    "collect",
    "read",
    "extract",
    "resolve",
    "copies",
    "check",
    "link",
    "review",
    "reconcile",
    "version",
    "account",
    "recapture",
    "release",
    "map",
    "shown",
    "plot",
    "spam",
    "reply",
    "sign_in",
    "letter",
    "stamp",
    "prove",
    "backup",
)
"""The domain's modules, in the order of the data."""
PAGES_WITH_CONSOLE = (
    ROOT / "README.md",
    DOCS / "tutorial.md",
    DOCS / "incidents.md",
    DOCS / "check.md",
    DOCS / "review.md",
    DOCS / "replies.md",
    DOCS / "recapture.md",
    DOCS / "reconcile.md",
    DOCS / "exports.md",
    DOCS / "site.md",
)


# --- the data dictionary, from the domain ----------------------------------------------------------------------------


def render_dictionary() -> str:
    """Every noun of the domain with its fields, in the order of the data."""
    missing = {path.stem for path in DOMAIN.glob("*.py")} - {*STAGES, "__init__"}
    assert not missing, f"{missing}: name the stage in STAGES, where its data comes"
    lines = ["# Data dictionary", "", "<!-- written by docs/generate.py from src/harmledger/domain -->", ""]
    lines += [ast.get_docstring(_parse("__init__")) or "", ""]
    for stage in STAGES:
        tree = _parse(stage)
        lines += [f"## {stage.capitalize()}", "", ast.get_docstring(tree) or "", ""]
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                lines += [*_noun(node), ""]
    return "\n".join(lines).rstrip() + "\n"


def _parse(stage: str) -> ast.Module:
    return ast.parse((DOMAIN / f"{stage}.py").read_text(encoding="utf-8"))


def _noun(node: ast.ClassDef) -> Iterator[str]:
    yield f"### {node.name}"
    yield ""
    if docstring := ast.get_docstring(node):
        yield docstring
        yield ""
    closed = any(isinstance(base, ast.Name) and base.id == "StrEnum" for base in node.bases)
    yield "| value | meaning |" if closed else "| field | type | meaning |"
    yield "|---|---|" if closed else "|---|---|---|"
    for member, about in _with_docstrings(node):
        if isinstance(member, ast.Assign) and closed:
            yield f"| `{ast.literal_eval(member.value)}` | {about} |"
        elif isinstance(member, ast.AnnAssign):
            yield f"| `{ast.unparse(member.target)}` | `{_cell(ast.unparse(member.annotation))}` | {about} |"


def _with_docstrings(node: ast.ClassDef) -> Iterator[tuple[ast.stmt, str]]:
    """Each statement of a class with the string below it."""
    for member, after in zip(node.body, [*node.body[1:], None], strict=True):
        about = after.value.value if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) else ""
        yield member, _cell(" ".join(str(about).split()))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


# --- the commands, from their own help -------------------------------------------------------------------------------


def render_commands() -> str:
    """`--help` of the program and of each of its verbs."""
    import click
    from click.testing import CliRunner

    from harmledger.cli import main

    lines = ["# Commands", "", "<!-- written by docs/generate.py from --help -->", ""]
    names = main.list_commands(click.Context(main)) if isinstance(main, click.Group) else []
    for words in [[], *([name] for name in names)]:
        result = CliRunner().invoke(main, [*words, "--help"], prog_name="harmledger", terminal_width=100)
        title = " ".join(["harmledger", *words])
        lines += [f"## {title}", "", "```text", result.output.strip(), "```", ""]
    return "\n".join(lines).rstrip() + "\n"


# --- the figures, from evals/ ----------------------------------------------------------------------------------------


REGEX = {
    "claims_open": {"mention F1": 0.56, "whole claim F1": 0.03},
    "fakes_spans": {"civilians found": 0.80, "noncivilians found": 0.0},
    "airwars_syria_reports_en": {"killed within the coder's range": 0.78, "injured within the coder's range": 0.55},
    "airwars_gaza_narratives": {"killed: both ends of the range": 0.20, "injured: both ends of the range": 0.11},
}
"""What one regular expression reaches, by the corpora's own notes."""
ANNOTATORS = {"claims_open": {"mention F1": 0.95, "whole claim F1": 0.89}}
"""How far two annotators agree who mark the same reports independently."""


def render_figures() -> str:
    """The measured figures with their intervals and floors, as a table, beside what else is known of the same measure."""
    figures = json.loads((ROOT / "evals" / "figures.json").read_text(encoding="utf-8"))
    floors = tomllib.loads((ROOT / "evals" / "floors.toml").read_text(encoding="utf-8"))
    lines = [
        "| set | measure | figure | 95 % over documents | floor | of | one regular expression | two annotators |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for corpus, measures in figures.items():
        for name, f in measures.items():
            limit = floors.get(corpus, {}).get(name)
            ends = f"{f['low']:.3f} to {f['high']:.3f}"
            beside = (_known(value, corpus, name) for value in (REGEX, ANNOTATORS))
            cells = (f"`{corpus}`", name, f"{f['value']:.3f}", ends, _shown(limit), str(f["of"] or ""), *beside)
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _known(values: Mapping[str, Mapping[str, float]], corpus: str, name: str) -> str:
    return _shown(values.get(corpus, {}).get(name))


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


# --- where it goes wrong, from evals/ --------------------------------------------------------------------------------


def render_misses() -> str:
    """Counts of misses by type and set, each type with what it is and an invented example."""
    counts = json.loads((ROOT / "evals" / "misses.json").read_text(encoding="utf-8"))
    types = tomllib.loads((ROOT / "evals" / "miss_types.toml").read_text(encoding="utf-8"))
    lines = [
        "# Where it goes wrong",
        "",
        "<!-- written by docs/generate.py from evals/misses.json and evals/miss_types.toml -->",
        "",
    ]
    lines += [
        "Misses by type, counted by `evals/errors.py` on the half of each marked set that may be looked at. Examples are invented.",
        "",
    ]
    for corpus, of in counts.items():
        lines += [f"- `{corpus}`: {of['reports']} reports, {of['marked']} marked claims, {of['matched']} matched"]
    lines += ["", f"| type | {' | '.join(f'`{c}`' for c in counts)} |", f"|---|{'---|' * len(counts)}"]
    every = sorted({t for of in counts.values() for t in of["misses"]}, key=lambda t: (_rank(t, list(types)), t))
    lines += [f"| {t} | {' | '.join(str(of['misses'].get(t, 0)) for of in counts.values())} |" for t in every]
    lines += ["", "## What the types mean", ""]
    lines += [f"- **{name}**: {about['what']}. {about['example']}" for name, about in types.items()]
    return "\n".join(lines) + "\n"


def _rank(miss: str, types: list[str]) -> int:
    return next((n for n, name in enumerate(types) if miss.startswith(name)), len(types))


# --- the exports, from their columns ---------------------------------------------------------------------------------


def render_formats() -> str:
    """Each format with its rule and what it keeps and loses."""
    from harmledger.publish.exports.formats import FORMATS

    lines = ["| format | rule unless named | what it is |", "|---|---|---|"]
    return (
        "\n".join([*lines, *(f"| `{f.name}` | `{f.rule.value}` | {_cell(f.about)} |" for f in FORMATS.values())]) + "\n"
    )


def render_exports() -> str:
    """The page on exports with its table of formats."""
    return with_block((DOCS / "exports.md").read_text(encoding="utf-8"), "formats", render_formats())


def render_export_columns() -> str:
    """Every column of every table that goes out."""
    from harmledger.publish.exports.formats import FORMATS

    lines = [
        "# Columns of the exports",
        "",
        "<!-- written by docs/generate.py from src/harmledger/publish/exports -->",
        "",
    ]
    for form in ("ucdp", "acled", "airwars", "csv"):
        for table in FORMATS[form].tables:
            lines += [f"## {table.name}", "", table.about, "", "| column | type | HXL | meaning |", "|---|---|---|---|"]
            for column in table.columns:
                choices = f" ({', '.join(column.choices)})" if column.choices else ""
                about = _cell(" ".join(f"{column.about}{choices}".split()))
                lines.append(f"| `{column.name}` | {column.type.value} | {column.hxl} | {about} |")
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def render_bulk_columns() -> str:
    """Every column of every table that bulk reading and linking write."""
    from harmledger.bulk.tables import FORM, LINKED, TABLES

    lines = [
        "# Columns of bulk reading",
        "",
        "<!-- written by docs/generate.py from src/harmledger/bulk/tables.py -->",
        "",
        f"Form {FORM}. A column is never renamed, retyped or taken away within a form; new ones come last. [How they are written](bulk.md).",
        "",
    ]
    for table in (*TABLES, *LINKED):
        lines += [f"## {table.name}", "", table.about, "", "| column | type | meaning |", "|---|---|---|"]
        lines += [f"| `{c.name}` | {c.type.value} | {_cell(c.about)} |" for c in table.columns]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


# --- pages with generated blocks -------------------------------------------------------------------------------------


def with_block(page: str, name: str, content: str) -> str:
    """A page with what stands between the two marks of a name replaced."""
    begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
    before, _, rest = page.partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise SystemExit(f"the page has no place for {name}")
    return f"{before}{begin}\n{content}\n{end}{after}"


def render_method() -> str:
    """The method page with its table of figures."""
    return with_block((DOCS / "method.md").read_text(encoding="utf-8"), "figures", render_figures())


# --- what console blocks print ---------------------------------------------------------------------------------------


def render_console_page(path: Path) -> str:
    """A page whose console blocks show what their commands print now; a block that still matches stays as it is."""
    console = Console()

    def replace(block: re.Match[str]) -> str:
        steps = [(step, console.run(step.command)) for step in parse_steps(block[2])]
        if all(matches(step.expected, printed) for step, printed in steps):
            return block[0]
        return (
            block[1] + "\n".join(f"{PROMPT}{s.command}\n{printed}".rstrip() for s, printed in steps) + "\n" + block[3]
        )

    try:
        return re.sub(
            r"(^```console\n)(.*?)(^```$)", replace, path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL
        )
    finally:
        console.close()


GENERATED: dict[Path, Callable[[], str]] = {
    DOCS / "data-dictionary.md": render_dictionary,
    DOCS / "commands.md": render_commands,
    DOCS / "method.md": render_method,
    DOCS / "misses.md": render_misses,
    DOCS / "exports.md": render_exports,
    DOCS / "export-columns.md": render_export_columns,
    DOCS / "bulk-columns.md": render_bulk_columns,
    RESOURCES / "figures.json": lambda: (ROOT / "evals" / "figures.json").read_text(encoding="utf-8"),
}


def stale() -> list[Path]:
    """The generated pages that are not what would be written now."""
    return [p for p, render in GENERATED.items() if not p.exists() or p.read_text(encoding="utf-8") != render()]


def main(arguments: list[str]) -> int:
    """Write the pages, or check them."""
    if "--check" in arguments:
        print(*[f"{path} is not current: make docs" for path in stale()], sep="\n")
        return 1 if stale() else 0
    for path, render in GENERATED.items():
        path.write_text(render(), encoding="utf-8")
    for path in PAGES_WITH_CONSOLE:
        path.write_text(render_console_page(path), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
