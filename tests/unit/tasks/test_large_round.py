"""A large round: the same result however its parts are shared out, and whatever dies on the way."""

import os
import shutil
import signal
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any

import openpyxl
import polars
import pytest

from tdkt_xl.domain.master import Master
from tdkt_xl.findings import TdktError
from tdkt_xl.findings.codes import machine
from tdkt_xl.findings.render import as_records
from tdkt_xl.tasks import executors, shared_work
from tdkt_xl.tasks.consolidate import clusters_document, consolidate
from tdkt_xl.tasks.executors import Here, executor_for, require, run_apart
from tdkt_xl.tasks.large_round import LargeConsolidation, consolidate_large
from tdkt_xl.tasks.master import load_master
from tdkt_xl.tasks.resources import default_master
from tdkt_xl.tasks.shared_work import parts_of
from tdkt_xl.writers.part_files import write_part
from tests.tools.runs import SAMPLES, tdkt

Contents = dict[str, bytes]


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four parts of the ten samples, also where a process begins anew."""
    monkeypatch.setattr(shared_work, "FILES_A_PART", 3)


def run(out: Path, master: Master, executor: Executor, ahead: int = 4) -> LargeConsolidation:
    return consolidate_large(SAMPLES, default_master(), master, out, executor, ahead=ahead)


def contents(out: Path) -> Contents:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def here(master: Master, tmp_path_factory: pytest.TempPathFactory) -> tuple[LargeConsolidation, Contents]:
    """The samples consolidated in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shared_work, "FILES_A_PART", 3)
        out = tmp_path_factory.mktemp("lon")
        return run(out, master, Here(), 1), contents(out)


def test_result_is_that_of_one_workbook(
    here: tuple[LargeConsolidation, Contents], master: Master, tmp_path: Path
) -> None:
    whole = consolidate(SAMPLES, master, tmp_path)
    large, _ = here
    assert clusters_document(large.clusters) == clusters_document(whole.consolidated.clusters)
    assert [row.question for row in large.decisions] == [row.question for row in whole.consolidated.decisions]
    assert as_records(large.findings) == as_records(whole.findings)


def test_tables_hold_every_score_exactly_with_its_cell(
    here: tuple[LargeConsolidation, Contents], master: Master, tmp_path: Path
) -> None:
    whole = consolidate(SAMPLES, master, tmp_path)
    expected = [
        (item.unit_code, line.criterion.path, line.final.value, line.final.place.cell)
        for cluster in whole.consolidated.clusters
        for item in cluster.standings
        for line in (item.sheet.lines if item.sheet else ())
    ]
    _, files = here
    frames = [polars.read_parquet(data) for name, data in files.items() if name.startswith("diem-chi-tiet")]
    assert len(frames) == 4
    found = [
        (row["unit_code"], row["path"], row["final"], row["cell"])
        for frame in frames
        for row in frame.iter_rows(named=True)
    ]
    assert sorted(found, key=str) == sorted(expected, key=str)
    assert {type(value) for *_, value, _ in found} == {Decimal, type(None)}


def test_workbook_lists_clusters_codes_files_and_tables(
    here: tuple[LargeConsolidation, Contents], tmp_path: Path
) -> None:
    large, files = here
    path = tmp_path / "tong-hop-lon.xlsx"
    path.write_bytes(files[path.name])
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Các cụm", "Chờ quyết định", "Theo mã", "Tệp cần xem", "Tệp dữ liệu"]
    listed = [
        row[0] for row in book["Tệp dữ liệu"].iter_rows(values_only=True) if str(row[0]).endswith("parquet")
    ]
    assert listed == [part.path for part in large.parts]
    assert set(listed) == set(files) - {path.name}
    counts = {row[1]: row[3] for row in book["Theo mã"].iter_rows(values_only=True)}
    assert counts["KT-404"] == sum(finding.code.id == "KT-404" for finding in large.findings)


def test_processes_give_the_same_bytes(
    here: tuple[LargeConsolidation, Contents], master: Master, tmp_path: Path
) -> None:
    with executor_for(2, None) as (pool, ahead):
        large = run(tmp_path, master, pool, ahead)
    assert contents(tmp_path) == here[1]
    assert all(one.code is two.code for one, two in zip(large.findings, here[0].findings, strict=True))


class Killing(Executor):
    """A pool one of whose processes is killed while it works on the second part."""

    def __init__(self, pool: Any) -> None:
        self._pool = pool
        self._count = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        self._count += 1
        future: Future[Any] = self._pool.submit(fn, *args, **kwargs)
        if self._count == 2:
            for process in list(self._pool.pool._processes.values()):
                os.kill(process.pid, signal.SIGKILL)
        return future


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX")
def test_killed_process_costs_no_file(
    here: tuple[LargeConsolidation, Contents], master: Master, tmp_path: Path
) -> None:
    with executor_for(2, None) as (pool, _):
        large = run(tmp_path, master, Killing(pool), 4)
    again = [finding for finding in large.findings if finding.code.id == "KT-860"]
    assert again
    assert {finding.params["count"] for finding in again} <= {3, 1}
    others = [finding for finding in large.findings if finding not in again]
    assert as_records(others) == as_records(here[0].findings)
    scores = {name: data for name, data in contents(tmp_path).items() if name.startswith(("diem", "xep"))}
    assert scores == {name: data for name, data in here[1].items() if name in scores}


class Broken(Executor):
    """A pool that takes no work."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        raise BrokenExecutor


def test_pool_that_takes_no_work_costs_no_file(
    here: tuple[LargeConsolidation, Contents], master: Master, tmp_path: Path
) -> None:
    large = run(tmp_path, master, Broken())
    assert [finding.code.id for finding in large.findings].count("KT-860") == 4
    assert clusters_document(large.clusters) == clusters_document(here[0].clusters)


def test_processes_are_replaced_and_no_work_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executors, "_PARTS_A_PROCESS", 2)
    with executor_for(2, None) as (pool, _):
        first, second, third = ([pool.submit(os.getpid) for _ in range(4)] for _ in range(3))
        groups = [{future.result() for future in given} for given in (first, second, third)]
    assert all(one.isdisjoint(other) for one, other in combinations(groups, 2))


def test_run_that_is_stopped_begins_no_more_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executors, "_PARTS_A_PROCESS", 1000)
    given: list[Future[Any]] = []

    def stopped() -> None:
        with executor_for(2, None) as (pool, _):
            given.extend(pool.submit(signal.getsignal, signal.SIGINT) for _ in range(2000))
            assert given[0].result() is signal.SIG_IGN  # Ctrl-C at the program reaches its processes too
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert given[-1].cancelled()


def test_master_data_saved_since_they_were_loaded(tmp_path: Path) -> None:
    path = tmp_path / "danh-muc.xlsx"
    shutil.copyfile(default_master(), path)
    loaded = load_master(path)
    with zipfile.ZipFile(path, "a") as package:
        package.comment = b"saved again"
    with pytest.raises(TdktError) as caught:
        consolidate_large(SAMPLES, path, loaded, tmp_path / "ra", Here(), ahead=1)
    assert caught.value.finding.code is machine.MASTER_CHANGED


@pytest.mark.parametrize(("processors", "count"), [(None, 1), (1, 1), (2, 2), (4, 3), (8, 5), (16, 9)])
def test_each_worker_leaves_room_for_what_reads_beside_it(
    processors: int | None, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: processors)
    with executor_for(None, None) as (_, ahead):
        assert ahead == (1 if count == 1 else 2 * count)


def test_more_processes_than_the_system_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executors, "_MOST_PROCESSES", 2)
    with executor_for(100, None) as (_, ahead):
        assert ahead == 4


@pytest.fixture(scope="module")
def scheduler() -> Iterator[Any]:
    """A Dask cluster of two processes on this machine."""
    from distributed import LocalCluster

    cluster: Any = LocalCluster(  # type: ignore[no-untyped-call]  # ships no types for its calls
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", host="127.0.0.1"
    )
    with cluster:
        yield cluster


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
def test_cluster_of_two_workers_gives_the_same_bytes(
    here: tuple[LargeConsolidation, Contents], master: Master, tmp_path: Path, scheduler: Any
) -> None:
    with executor_for(None, scheduler.scheduler_address) as (executor, ahead):
        assert ahead == 4
        run(tmp_path, master, executor, ahead)
    scores = {name: data for name, data in contents(tmp_path).items() if name.startswith("xep")}
    assert scores == {name: data for name, data in here[1].items() if name in scores}


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
def test_worker_of_the_cluster_killed_in_mid_run(
    here: tuple[LargeConsolidation, Contents], master: Master, tmp_path: Path, scheduler: Any
) -> None:
    victim = next(iter(scheduler.workers.values())).process.process.pid
    killed: list[int] = []

    def kill(done: int, total: int, name: str) -> None:
        if not killed:
            killed.append(victim)
            os.kill(victim, signal.SIGKILL)

    with executor_for(None, scheduler.scheduler_address) as (executor, ahead):
        large = consolidate_large(
            SAMPLES, default_master(), master, tmp_path, executor, ahead=ahead, progress=kill
        )
    assert killed
    assert clusters_document(large.clusters) == clusters_document(here[0].clusters)


def test_scheduler_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tdkt_xl.tasks.executors._CONNECT_SECONDS", 0.2)
    with pytest.raises(TdktError) as caught, executor_for(None, "tcp://127.0.0.1:9"):
        pass
    assert caught.value.finding.code.id == "KT-863"


def test_missing_package_is_named() -> None:
    with pytest.raises(TdktError) as caught:
        require("khong-co-goi-nay")
    finding = caught.value.finding
    assert (finding.code.id, finding.params["package"]) == ("KT-862", "khong-co-goi-nay")


def test_other_master_data_in_a_worker_are_refused(tmp_path: Path) -> None:
    job = shared_work.Job(default_master(), "0" * 64, tmp_path)
    with pytest.raises(TdktError) as caught:
        shared_work.check_part(job, shared_work.Task(1, ()))
    assert caught.value.finding.code.id == "KT-861"


def test_parts_of_a_longer_result_are_removed(master: Master, tmp_path: Path) -> None:
    old = tmp_path / "diem-chi-tiet" / "phan-00099.parquet"
    old.parent.mkdir()
    old.write_bytes(b"PAR1")
    run(tmp_path, master, Here(), 1)
    assert not old.exists()


def test_what_a_killed_run_left_half_written_is_removed(master: Master, tmp_path: Path) -> None:
    left = [".phan-00001.0a1b2c3d.tmp", "phan-00001.4711.tmp"]  # of this version, of an earlier one
    own = {"phan-tich.xlsx", "của tôi.tmp"}
    for name in left:
        path = tmp_path / "diem-chi-tiet" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"PAR1")
    for name in own:
        (tmp_path / "diem-chi-tiet" / name).write_bytes(b"PK")
    run(tmp_path, master, Here(), 1)
    kept = {path.name for path in (tmp_path / "diem-chi-tiet").iterdir()}
    assert kept == {f"phan-{number:05}.parquet" for number in range(1, 5)} | own


class HeldError(PermissionError):
    """What Windows raises while another program reads a file."""

    winerror = 32


@pytest.mark.parametrize(("times", "code"), [(3, ""), (99, "KT-803")])
def test_part_that_another_program_holds(
    times: int, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_part(tmp_path, "xep-hang", 1, [{"total": Decimal(1)}])
    replace, refused = Path.replace, iter(range(times))
    pauses: list[float] = []

    def held(self: Path, target: Path) -> Path:
        if next(refused, None) is not None:
            raise HeldError
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr("time.sleep", pauses.append)
    if code:
        with pytest.raises(TdktError) as caught:
            write_part(tmp_path, "xep-hang", 1, [{"total": Decimal(2)}])
        assert caught.value.finding.code.id == code
        assert caught.value.finding.params["reason"] == "tệp đang mở trong chương trình khác"
    else:
        write_part(tmp_path, "xep-hang", 1, [{"total": Decimal(2)}])
    (path,) = (tmp_path / "xep-hang").iterdir()
    assert polars.read_parquet(path)["total"].to_list() == [Decimal(1 if code else 2)]
    assert len(pauses) == min(times, 5)


def test_refusal_in_a_process_comes_back_as_it_was_raised(tmp_path: Path) -> None:
    with pytest.raises(TdktError) as caught:
        run_apart(load_master, tmp_path / "khong-co.xlsx")
    finding = caught.value.finding
    assert (finding.code, finding.params) == (machine.PATH_MISSING, {"path": str(tmp_path / "khong-co.xlsx")})


def test_work_no_process_takes_is_done_here(master: Master, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def broken(*_: object, **__: object) -> Iterator[Broken]:
        yield Broken()

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", broken)
    assert run_apart(load_master, default_master()) == master


@pytest.mark.parametrize(("count", "sizes"), [(0, []), (3, [3]), (7, [3, 3, 1])])
def test_files_are_cut_into_parts(count: int, sizes: list[int]) -> None:
    parts = parts_of([str(number) for number in range(count)])  # type: ignore[misc]  # any items will do
    assert [len(part.files) for part in parts] == sizes
    assert [part.number for part in parts] == list(range(1, len(sizes) + 1))


def test_points_that_do_not_fit_are_never_rounded(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="does not fit 15 decimal places"):
        write_part(tmp_path, "xep-hang", 1, [{"total": Decimal(1) / Decimal(3)}])
    assert not (tmp_path / "xep-hang").exists()


def test_full_disk_leaves_the_part_of_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = write_part(tmp_path, "xep-hang", 1, [{"total": Decimal(1)}])

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(TdktError) as caught:
        write_part(tmp_path, "xep-hang", 1, [{"total": Decimal(2)}])
    assert (caught.value.finding.code.id, caught.value.finding.params["reason"]) == ("KT-803", "ổ đĩa đầy")
    (path,) = (tmp_path / "xep-hang").iterdir()
    assert polars.read_parquet(path)["total"].to_list() == [Decimal(1)]
    assert before.rows == 1


def test_command_with_workers(tmp_path: Path) -> None:
    done = tdkt("consolidate", SAMPLES, "--out", tmp_path, "--workers", 1, "--json")
    assert done.code == 1
    assert len(done.document["clusters"]) == 10
    assert done.document["outputs"] == [str(tmp_path / "tong-hop-lon.xlsx")]
    assert (tmp_path / done.document["parts"][0]).is_file()


def test_password_does_not_travel_to_a_scheduler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.prompt", lambda *given, **more: "mat-khau")
    options = ("--scheduler", "tcp://127.0.0.1:9", "--password", "--json")
    done = tdkt("consolidate", SAMPLES, "--out", tmp_path / "ra", *options)
    assert (done.code, done.codes) == (2, ["KT-869"])
    assert not (tmp_path / "ra" / "tong-hop-lon.xlsx").exists()


def test_folder_with_more_files_than_a_workbook_holds_goes_the_large_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tdkt_xl.tasks.executors.ONE_WORKBOOK", 5)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    done = tdkt("consolidate", SAMPLES, "--out", tmp_path)
    assert "10 cụm, " in done.stdout
    assert "tệp parquet trong" in done.stdout


def test_folder_without_workbooks_writes_nothing(master: Master, tmp_path: Path) -> None:
    (tmp_path / "nhan").mkdir()
    out = tmp_path / "ra"
    made = consolidate_large(tmp_path / "nhan", default_master(), master, out, Here(), ahead=1)
    assert [finding.code.id for finding in made.findings] == ["KT-508"]
    assert (made.outputs, out.exists()) == ((), False)
