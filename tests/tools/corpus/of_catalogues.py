"""How criteria are scored and what the office has entered, in the master data; caps and lowest scores."""

from collections.abc import Mapping

from tdkt_xl.writers.master_book import build_master_book
from tests.tools.corpus.case import Shelf, bytes_of, masters
from tests.tools.forms import OFFICE, Typed, cluster_book, master_from, master_tables, rows

_TERMS = "Tiêu chí"
_RULES = "Quy định của tỉnh"
_FORMS = "tdkt forms {} --out ra --master danh-muc.xlsx"
_LINE = {
    "key": "cstdcs_percent",
    "name": "Tỷ lệ CSTĐCS (%)",
    "value": "12,5",
    "instrument": "QĐ 08/2021/QĐ-UBND",
    "article": "Điều 12",
    "since": "2021-03-01",
}


def add_terms(shelf: Shelf) -> None:
    """A rule of scoring without its terms, with others, on the wrong row."""

    def one(name: str, path: str, terms: Mapping[str, str], *findings: str) -> None:
        tables = master_tables()
        (row,) = (row for row in tables["criteria"] if row["path"] == path)
        row |= terms
        shelf.add(name, build_master_book(tables, OFFICE), *findings)

    one("tru-dan-thieu-muc-tru", "IV.1", {"per_minus": ""}, f"{_TERMS}!S16 KT-620")
    one("cham-thang-co-muc-tru", "I.1", {"per_minus": "0.5"}, f"{_TERMS}!S8 KT-621")
    one("muc-tru-am", "IV.1", {"per_minus": "-0.5"}, f"{_TERMS}!S16 KT-622")
    one("bac-diem-nguoc", "I.1", {"rule": "Theo bậc", "steps": "95: 3; 85: 5"}, f"{_TERMS}!Q8 KT-622")
    one("diem-tru-cham-dinh-luong", "IV.1", {"rule": "Định lượng", "per_minus": ""}, f"{_TERMS}!F16 KT-623")
    one("diem-tru-ghi-so-duong", "IV.1", {"maximum": "3"}, f"{_TERMS}!G16 KT-624")
    proportional = {"rule": "Theo tỷ lệ", "target": "95%"}
    one("cach-cham-chua-co-nguon", "I.1", proportional, "Danh mục!D7 KT-613", "Danh mục!D7 KT-625")


def add_office_rules(shelf: Shelf) -> None:
    """Lines of the province's rules that cannot be used."""

    def lines(name: str, finding: str, *changes: Mapping[str, str]) -> None:
        tables = master_tables()
        tables["office_rules"] = [{**_LINE, **change} for change in changes]
        shelf.add(name, build_master_book(tables, OFFICE), finding, "Danh mục!D7 KT-613")

    lines("ma-quy-dinh-la", f"{_RULES}!A8 KT-641", {"key": "ty_le_cstdcs"})
    lines("ty-le-bang-chu", f"{_RULES}!C8 KT-642", {"value": "mười lăm phần trăm"})
    lines("ty-le-cao-hon-trung-uong", f"{_RULES}!C8 KT-643", {"value": "18"})
    lines("quy-dinh-thieu-van-ban", f"{_RULES}!D8 KT-644", {"instrument": ""})
    lines("quy-dinh-ghi-hai-lan", f"{_RULES}!C9 KT-645", {}, {"value": "10"})
    lines("doi-quy-tac-co-nguon", f"{_RULES}!C8 KT-646", {"key": "QT-102", "value": "Không áp dụng"})
    tables = master_tables()
    tables["parameters"] += rows("key name value", "quota_rounding | Làm tròn tỷ lệ | xuong")
    shelf.add(
        "tham-so-da-chuyen-trang",
        build_master_book(tables, OFFICE),
        "Tham số!C9 KT-647",
        "Danh mục!D7 KT-613",
    )


def add_forms(shelf: Shelf) -> None:
    """Empty books that cannot be made: no such cluster, no members, a book of that name received before."""
    shelf.typed("lap-so-cum-khong-co", {}, _FORMS.format("C77"), "KT-892")
    tables = master_tables()
    tables["clusters"] += rows("period code name catalogue", "2023 | C03 | Cụm thi đua số 3 | TD-2023")
    own = {"rieng.xlsx": build_master_book(tables, OFFICE)}
    shelf.typed(
        "lap-so-cum-khong-co-don-vi", own, _FORMS.format("C03").replace("danh-muc", "rieng"), "KT-893"
    )
    received = {"ra/so-cum-C01-2023.xlsx": bytes_of(cluster_book())}
    shelf.typed("lap-so-de-len-so-da-nhan", received, _FORMS.format("C01"), "KT-894")


def add_limits(shelf: Shelf) -> None:
    """Scores beyond what the catalogue lets count."""

    def scored(name: str, master: str, typed: Typed, *findings: str) -> None:
        book = cluster_book(typed=typed, master=master_from(masters()[master]))
        shelf.book(name, book, *findings, master=master)

    free: Typed = {("DV-03", "I.2", "target"): "Không áp dụng", ("DV-03", "I.2", "cluster_score"): 4}
    scored("khong-ap-dung-ma-co-diem", "cach-cham", free, "Cẩm Sơn!H14 KT-256")
    scored("duoi-muc-thap-nhat", "cach-cham", {("DV-01", "I.1", "cluster_score"): -6}, "An Bình!H13 KT-259")
    bonus: Typed = {
        ("DV-01", "III.2", "self_score"): 1.5,
        ("DV-01", "III.2", "cluster_score"): 1.5,
        ("DV-02", "III.2", "cluster_score"): 0,
        ("DV-02", "IV.1", "cluster_score"): -0.5,
    }
    scored("diem-thuong-vuot-tran", "hai-diem-thuong", bonus, "An Bình!H18 KT-430")
