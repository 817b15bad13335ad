"""Commands that must refuse politely, and what they leave on disk."""

from pathlib import Path

from tests.tools.runs import Run, is_result, tdkt

OUTPUTS = ("ket-qua-kiem-tra.xlsx", "tong-hop-huyen.xlsx")


def consolidate(inbox: Path, out: Path, master_file: Path, *options: str) -> Run:
    return tdkt("consolidate", inbox, "--out", out, "--master", master_file, *options)


def assert_polite(run: Run) -> None:
    assert "Traceback" not in run.stdout + run.stderr


def refused(run: Run, code: str) -> str:
    """The one sentence of a command that could not run."""
    assert_polite(run)
    assert run.code == 2
    assert run.stdout == ""
    assert run.stderr.startswith(f"Lỗi {code} · ")
    assert run.stderr.count("\n") == 1
    assert "Cách sửa: " in run.stderr
    return run.stderr


def content_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but the record of its runs."""
    files = [path for path in folder.rglob("*.*") if path.is_file() and is_result(path)]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
