from decimal import Decimal
from pathlib import Path

import pytest

from tdkt_xl.domain.master import Master
from tdkt_xl.domain.standings import ClusterStandings, Standing, State
from tdkt_xl.findings import Place, TdktError
from tdkt_xl.tasks.consolidate import Consolidation, clusters_document, consolidate, decimal_string
from tests.tools.forms import BookDraft, cluster_book, filed, read_book, tiny_master, unit_sheet
from tests.tools.grids import spots


def consolidated(folder: Path, *books: BookDraft, master: Master | None = None) -> Consolidation:
    """Consolidate the books from one folder into another."""
    inbox = folder / "nhan"
    inbox.mkdir()
    for book in books:
        book.save(inbox)
    return consolidate(inbox, master or tiny_master(), folder / "ra")


def test_clean_round_gives_rankings_and_both_results(tmp_path: Path) -> None:
    made = consolidated(tmp_path, cluster_book("C02"), cluster_book())
    document = made.as_document()
    assert document["findings"] == []
    assert document["clusters"] == [
        {
            "code": "C01",
            "name": "Cụm thi đua số 1",
            "ranking": [
                {
                    "unit": "DV-01",
                    "name": "Xã An Bình",
                    "total": "19.00",
                    "base": "20.00",
                    "percent": "95.00",
                    "rank": 1,
                    "tied": False,
                },
                {
                    "unit": "DV-02",
                    "name": "Xã Bình Hòa",
                    "total": "16.00",
                    "base": "20.00",
                    "percent": "80.00",
                    "rank": 2,
                    "tied": False,
                },
                {
                    "unit": "DV-03",
                    "name": "Thị trấn Cẩm Sơn",
                    "total": "11.25",
                    "base": "20.00",
                    "percent": "56.25",
                    "rank": 3,
                    "tied": False,
                },
            ],
        },
        {
            "code": "C02",
            "name": "Cụm thi đua số 2",
            "ranking": [
                {
                    "unit": "DV-04",
                    "name": "Trường Tiểu học Đông Hà",
                    "total": "19.00",
                    "base": "20.00",
                    "percent": "95.00",
                    "rank": 1,
                    "tied": False,
                },
                {
                    "unit": "DV-05",
                    "name": "Trường Tiểu học Gia Lộc",
                    "total": "16.50",
                    "base": "20.00",
                    "percent": "82.50",
                    "rank": 2,
                    "tied": False,
                },
            ],
        },
    ]
    assert [path.name for path in made.outputs] == ["tong-hop-huyen.xlsx", "ket-qua-kiem-tra.xlsx"]
    assert all(read_book(path).grids for path in made.outputs)


def test_cluster_nobody_sent_is_listed_with_its_leader(tmp_path: Path) -> None:
    made = consolidated(tmp_path, cluster_book())
    assert filed(made.findings) == [("", "", "", "KT-503")]
    assert made.findings[0].params == {
        "cluster": "Cụm thi đua số 2",
        "period": "2023",
        "count": 2,
        "leader": "Trường Tiểu học Đông Hà",
    }
    assert [cluster.code for cluster in made.consolidated.missing] == ["C02"]


def test_unit_without_a_sheet_is_listed_never_dropped(tmp_path: Path) -> None:
    book = cluster_book().drop("Cẩm Sơn")
    made = consolidated(tmp_path, book, cluster_book("C02"))
    assert spots(made.findings) == [("Tổng hợp", "C11", "KT-409")]
    (missing,) = [item for item in made.consolidated.clusters[0].standings if item.state is State.MISSING]
    assert missing.unit_name == "Thị trấn Cẩm Sơn"


def test_sheet_of_one_unit_is_noted_and_left_out(tmp_path: Path) -> None:
    made = consolidated(tmp_path, cluster_book(), cluster_book("C02"), unit_sheet())
    assert filed(made.findings) == [("an-binh.xlsx", "", "", "KT-507")]
    assert [len(cluster.standings) for cluster in made.consolidated.clusters] == [3, 2]


def test_book_of_another_period_is_left_out(tmp_path: Path) -> None:
    book = cluster_book()
    for name in ("Tổng hợp", "Đề nghị tập thể", "Đề nghị cá nhân"):
        book[name].put("C5", "2022")
    for name in ("An Bình", "Bình Hòa"):
        book[name].put("C6", "2022")
    book.drop("Cẩm Sơn")
    for column in "ABCDEFG":
        book["Tổng hợp"].put(f"{column}11", None)
    made = consolidated(tmp_path, book, cluster_book("C02"))
    assert filed(made.findings) == [("", "", "", "KT-503"), ("c01.xlsx", "Tổng hợp", "C5", "KT-506")]
    assert [cluster.code for cluster in made.consolidated.clusters] == ["C02"]


def test_own_results_in_the_same_folder_are_passed_over(tmp_path: Path) -> None:
    inbox = tmp_path / "nhan"
    inbox.mkdir()
    for book in (cluster_book(), cluster_book("C02")):
        book.save(inbox)
    first = consolidate(inbox, tiny_master(), inbox)
    again = consolidate(inbox, tiny_master(), inbox)
    assert [item.code.id for item in first.findings] == ["KT-810"]
    assert again.consolidated.clusters == first.consolidated.clusters
    passed = [item for item in again.findings if item.code.id == "KT-510"]
    assert filed(passed) == [
        ("ket-qua-kiem-tra.xlsx", "", "", "KT-510"),
        ("tong-hop-huyen.xlsx", "", "", "KT-510"),
    ]


def test_received_files_are_left_as_they_were(tmp_path: Path) -> None:
    inbox = tmp_path / "nhan"
    inbox.mkdir()
    path = cluster_book().save(inbox)
    before = path.read_bytes(), path.stat().st_mtime_ns
    consolidate(inbox, tiny_master(), tmp_path / "ra")
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert [item.name for item in inbox.iterdir()] == ["c01.xlsx"]


def test_same_round_gives_the_same_bytes(tmp_path: Path) -> None:
    inbox = tmp_path / "nhan"
    inbox.mkdir()
    cluster_book().save(inbox)
    out = tmp_path / "ra"
    made = [consolidate(inbox, tiny_master(), out) for _ in range(2)]
    first, second = ([path.read_bytes() for path in item.outputs] for item in made)
    assert first == second


def test_folder_without_workbooks_writes_nothing(tmp_path: Path) -> None:
    made = consolidated(tmp_path)
    assert [item.code.id for item in made.findings] == ["KT-508"]
    assert made.outputs == ()
    assert not (tmp_path / "ra").exists()


def test_file_instead_of_a_folder_is_refused(tmp_path: Path) -> None:
    path = cluster_book().save(tmp_path)
    with pytest.raises(TdktError) as caught:
        consolidate(path, tiny_master(), tmp_path / "ra")
    assert caught.value.finding.code.id == "KT-804"


@pytest.mark.parametrize(
    ("points", "text"),
    [("95", "95.00"), ("94.5", "94.50"), ("94.125", "94.125"), ("0", "0.00"), ("-2", "-2.00")],
)
def test_points_are_written_with_two_places_or_more(points: str, text: str) -> None:
    assert decimal_string(Decimal(points)) == text


def test_percentage_in_the_document_is_rounded_as_the_workbook_shows_it() -> None:
    # 2.005% of the double is a little less, 2.0049999…, and would become 2.00
    for total, shown in (("0.401", "2.01"), ("14.393", "71.97"), ("14.395", "71.98")):
        unit = Standing("DV-01", "Xã An Bình", State.RANKED, Place(), Decimal(total), base=Decimal(20))
        cluster = ClusterStandings("C01", "Cụm 1", None, None, None, "c01.xlsx", (unit,))
        (document,) = clusters_document([cluster])
        assert document["ranking"][0]["percent"] == shown  # type: ignore[index]
