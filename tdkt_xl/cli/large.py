"""The large form of ``tdkt consolidate``: many files, several processes or a cluster."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tdkt_xl.cli.inputs import own_folder
from tdkt_xl.cli.printing import (
    exit_code,
    print_findings,
    print_json,
    print_outputs,
    print_waiting,
    progress,
)
from tdkt_xl.cli.reading_options import said_of
from tdkt_xl.excel.recording import today

if TYPE_CHECKING:
    from tdkt_xl.excel.recording import Recorder
    from tdkt_xl.readers.protocol import Reading

WORKERS = click.option(
    "--workers",
    metavar="SỐ",
    type=click.IntRange(min=1),
    help="Số tiến trình khi tổng hợp quy mô lớn (trên 400 tệp); mặc định nửa số nhân của máy, thêm một.",
)
SCHEDULER = click.option(
    "--scheduler",
    metavar="ĐỊA_CHỈ",
    help="Bộ điều phối Dask, ví dụ tcp://may-chu:8786; các máy phải thấy cùng tệp ở cùng đường dẫn.",
)


def is_large(folder: Path, workers: int | None, scheduler: str | None) -> bool:
    """Tell whether a folder goes the large way: asked for, or too many files for one workbook."""
    if workers is not None or scheduler is not None or not folder.is_dir():
        return not folder.is_file() and (workers is not None or scheduler is not None)
    from tdkt_xl.readers.folder import find_workbooks
    from tdkt_xl.tasks.executors import ONE_WORKBOOK

    received, _ = find_workbooks([folder])
    return len(received) > ONE_WORKBOOK


def consolidate_large(
    folder: Path,
    master_path: Path,
    out: Path,
    record: "Recorder",
    *,
    workers: int | None,
    scheduler: str | None,
    as_json: bool,
    last_round: Path | None,
    decisions: Path | None,
    reading: "Reading | None",
) -> int:
    """Run the large consolidation, record it and print what it came to."""
    from tdkt_xl.findings import TdktError
    from tdkt_xl.findings.codes import machine
    from tdkt_xl.tasks.executors import executor_for, require, run_apart
    from tdkt_xl.tasks.kept_master import find_kept, load_master
    from tdkt_xl.tasks.large_round import consolidate_large as run

    if scheduler and reading and reading.passwords:
        reason = "mật khẩu sẽ đi qua mạng đến bộ điều phối"
        raise TdktError(machine.NOT_IN_LARGE_ROUND, text="--password", reason=reason)
    require("polars")
    with executor_for(workers, scheduler) as (executor, ahead):
        bar, kept = progress("Tổng hợp"), own_folder()
        # what reading a workbook leaves in memory would stay to the end of a long run
        master = find_kept(master_path, kept) or run_apart(partial(load_master, folder=kept), master_path)
        result = run(
            folder,
            master_path,
            master,
            out,
            executor,
            ahead=ahead,
            progress=bar,
            last_round=last_round,
            decisions=decisions,
            reading=reading,
            kept=kept,
            today=today(),
        )
    notes = record(result.written(out), result.findings, arguments=said_of(reading))
    result = replace(result, findings=(*result.findings, *notes))
    if as_json:
        print_json(result.as_document())
    else:
        ranked = sum(len(cluster.ranked) for cluster in result.clusters)
        click.echo(f"{len(result.clusters)} cụm, {ranked} đơn vị đã xếp hạng.")
        print_waiting(result.decisions, result.findings, "tong-hop-lon.xlsx")
        print_findings(result.findings)
        if result.parts:
            click.echo(f"Số liệu từng điểm: {len(result.parts)} tệp parquet trong {out}")
        print_outputs(result.outputs)
    return exit_code(result.findings)
