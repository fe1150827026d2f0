"""The import floors: a module imports only from floors below its own, and heavy libraries not at the top."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "briefing"
FLOORS = (
    ("errors", "spans"),
    ("model", "config", "lexicon", "script"),
    ("numerals", "normalise"),
    ("ingest", "segment", "extract"),
    ("summarise", "translate", "check"),
    ("render", "store", "ledger"),
    ("masking", "recheck", "pipeline", "lines", "batch", "deliver"),
    ("commands",),
    ("cli", "__main__"),
)
FLOOR = {name: height for height, names in enumerate(FLOORS) for name in names}
# One pipeline module may stand on another in this order; elsewhere peers do not import each other.
PEERS = {("pipeline", "masking"), ("pipeline", "recheck"), ("lines", "masking"), ("lines", "pipeline"), ("__main__", "cli"), ("spans", "errors"), ("batch", "pipeline"), ("deliver", "recheck"), ("config", "model"), ("render", "store")}
HEAVY = {"torch", "transformers", "ctranslate2", "sentencepiece", "ray", "playwright", "numpy", "rich", "markdown", "jinja2", "css_inline", "dkim", "pdfplumber", "pdfminer", "pypdfium2"}


def modules() -> list[Path]:
    return sorted(p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "__init__.py")


def house(path: Path) -> str:
    """The floor unit that a module belongs to: its folder, or itself at the top level."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imported(tree: ast.AST) -> list[str]:
    out: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            out += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide the floor"
            out += [node.module or ""] if node.module != "briefing" else [f"briefing.{a.name}" for a in node.names]
    return out


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_down(path: Path) -> None:
    own = house(path)
    assert own in FLOOR, f"{own} has no floor: give it one in this test and in docs/architecture.md"
    for name in imported(ast.parse(path.read_text(encoding="utf8"))):
        parts = name.split(".")
        if parts[0] != "briefing" or len(parts) == 1 or parts[1] == own or parts[1] == "__version__":
            continue
        assert FLOOR[parts[1]] < FLOOR[own] or (own, parts[1]) in PEERS, f"{own} imports {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_heavy_libraries_are_imported_where_they_are_used(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf8"))
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            assert not HEAVY & {n.split(".")[0] for n in names}, f"{path.name} imports {names} at the top"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_modules_stay_small(path: Path) -> None:
    lines = len(path.read_text(encoding="utf8").splitlines())
    assert lines <= 400, f"{path.name} has {lines} lines: split it"


def test_help_loads_no_model_library() -> None:
    code = (
        "import sys; from briefing.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        f"sys.exit(','.join(sorted({HEAVY!r} & set(sys.modules))) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
