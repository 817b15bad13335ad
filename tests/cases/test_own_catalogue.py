"""An office's own catalogue for schools with every way of scoring: forms, filled in, consolidated, by hand.

By hand, unit by unit (M the maximum; scores rounded to 0,01 as the master data say):

======  ==============  ==============  ==============  ==============
path    TR-01           TR-02           TR-03           TR-04
======  ==============  ==============  ==============  ==============
I.1     9,25            8               7,5             6
I.2     5               0               5               5
I.3     15 of 10, best  12 of 10        6 of 8          10 of 10
        15              7,5+0,2/0,5·7,5 7,5·6/8 = 5,625 7,5
                        = 10,5          → 5,63
I.4     97% of 95%:     16·90/95        not applicable  60/95 < 70%: 0
        16 + 2·1 = 18   → 15,16
II.1    10−2·(1+1) = 6  10              10              10−2·2 = 6
II.2    92%: 10         85%: 8          65%: 0          70%: 6
II.3    1; 2 → first    2; 1 → first    3; 4 → third    4; 3 → third
        10              10              6               6
III.1   3·2−3 = 3       −9 → −6         2               4−6 = −2
III.2   5·1,5 = 7,5     13,5 → 12       6               0
IV      3+2,5 → 5, +10  0               5 → 4           0
V       −1              −4 → −3, −2     0               −2, −6 → −4
                        = −5                            −6 → −5
total   97,75           62,66           46,13 of 80     29,5
======  ==============  ==============  ==============  ==============
"""

from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from tests.tools.forms import Row, Tables, criteria, master_tables, rows, write_master
from tests.tools.runs import Run, tdkt

_CRITERIA = (
    "I     | Dạy và học                 | group         |              | 50 |      | ",
    "I.1   | Chất lượng giờ dạy         | criterion     | direct       | 10 | 0.25 | ",
    "I.2   | Kế hoạch nộp đúng hạn      | criterion     | pass_fail    | 5  | 5    | ",
    "I.3   | Số học sinh giỏi           | criterion     | quantity     | 15 | 0.01 | ",
    "I.4   | Tỷ lệ học sinh lên lớp     | criterion     | proportional | 20 | 0.01 | ",
    "II    | Nền nếp                    | group         |              | 30 |      | ",
    "II.1  | Kỷ luật lao động           | criterion     | deduction    | 10 | 0.5  | ",
    "II.2  | Chỉ số cải cách hành chính | criterion     | tiers        | 10 | 1    | ",
    "II.3  | Hội thi do nơi khác xếp    | criterion     | rank         | 10 | 1    | ",
    "III   | Phong trào                 | group         |              | 20 |      | ",
    "III.1 | Biểu dương, nhắc nhở       | criterion     | balance      | 8  | 1    | ",
    "III.2 | Hoạt động ngoại khóa       | criterion     | addition     | 12 | 0.5  | ",
    "IV    | Điểm thưởng                | bonus_group   |              | 5  |      | ",
    "IV.1  | Sáng kiến được công nhận   | bonus         | addition     | 4  | 0.5  | ",
    "IV.2  | Mô hình mới                | bonus         | direct       | 3  | 0.25 | ",
    "IV.3  | Cờ thi đua trong năm       | bonus         | award        | 15 | 1    | ",
    "V     | Điểm trừ                   | penalty_group |              | -5 |      | ",
    "V.1   | Gửi báo cáo trễ            | penalty       | deduction    | -3 | 0.5  | ",
    "V.2   | Vi phạm đạo đức nhà giáo   | penalty       | deduction    | -4 | 1    | ",
)
_TERMS: Mapping[str, Row] = {
    "I.4": {
        "target": "95%", "at_target": "16", "over_percent": "1", "floor_percent": "70", "may_not_apply": "x",
    },
    "II.1": {"per_minus": "2", "conversion": "nghỉ không phép: 1; đi muộn: 3"},
    "II.2": {"steps": "90%: 10; 80%: 8; 70%: 6; 0: 0"},
    "II.3": {"steps": "1: 10; 2: 8; 3: 6; 4: 4"},
    "III.1": {"per_plus": "2", "per_minus": "3", "lowest": "-6"},
    "III.2": {"per_plus": "1.5"},
    "IV.1": {"per_plus": "1"},
    "IV.3": {"steps": "Cờ thi đua của tỉnh: 10; Cờ thi đua của Chính phủ: 15", "outside_cap": "x"},
    "V.1": {"per_minus": "0.5"},
    "V.2": {"per_minus": "2"},
}  # fmt: skip
_SCHOOLS = ("THCS Lê Quý Đôn", "THCS Nguyễn Du", "THPT Số 3", "THPT Số 4")
# Scores of I.1, I.2, IV.2; target and result of I.3; results of the others, in the order of the catalogue.
_SCORED: Mapping[str, tuple[float, float, float]] = {
    "THCS Lê Quý Đôn": (9.25, 5, 2.5),
    "THCS Nguyễn Du": (8, 0, 0),
    "THPT Số 3": (7.5, 5, 0),
    "THPT Số 4": (6, 5, 0),
}
_TARGET_AND_RESULT = {
    "THCS Lê Quý Đôn": (10, 15),
    "THCS Nguyễn Du": (10, 12),
    "THPT Số 3": (8, 6),
    "THPT Số 4": (10, 10),
}
_RESULTS: Mapping[str, tuple[object, ...]] = {
    "I.4": ("97%", "90%", None, "60%"),
    "II.1": ("1; 4", "0; 2", "0; 0", "2; 0"),
    "II.2": ("92%", "85%", "65%", "70%"),
    "II.3": ("1; 2", "2; 1", "3; 4", "4; 3"),
    "III.1": ("3; 1", "0; 3", "1; 0", "2; 2"),
    "III.2": (5, 9, 4, 0),
    "IV.1": (3, 0, 5, 0),
    "IV.3": ("Cờ thi đua của tỉnh", None, None, None),
    "V.1": (2, 8, 0, 4),
    "V.2": (0, 1, 0, 3),
}
BY_HAND = {
    "TR-01": ("97.75", "100.00", 1),
    "TR-02": ("62.66", "100.00", 2),
    "TR-03": ("46.13", "80.00", 3),
    "TR-04": ("29.50", "100.00", 4),
}
BY_RULE = {
    "TR-01": "I.3 15; I.4 18; II.1 6; II.2 10; II.3 10; III.1 3; III.2 7,5; IV.1 3; IV.3 10; V.1 -1; V.2 0",
    "TR-02": "I.3 10,5; I.4 15,16; II.1 10; II.2 8; II.3 10; III.1 -6; III.2 12; IV.1 0; V.1 -3; V.2 -2",
    "TR-03": "I.3 5,63; II.1 10; II.2 0; II.3 6; III.1 2; III.2 6; IV.1 4; V.1 0; V.2 0",
    "TR-04": "I.3 7,5; I.4 0; II.1 6; II.2 6; II.3 6; III.1 -2; III.2 0; IV.1 0; V.1 -2; V.2 -4",
}


def own_master() -> Tables:
    """The tiny master data with a cluster of four schools and a catalogue of their own."""
    tables = master_tables()
    tables["parameters"] += rows(
        "key name value",
        "score_rounding_unit | Đơn vị làm tròn điểm tính | 0,01",
        "score_rounding_way | Cách làm tròn điểm tính | gan_nhat",
    )
    codes = [f"TR-0{number}" for number in range(1, 5)]
    tables["units"] += [
        {"code": code, "name": f"Trường {name}", "short_name": name, "kind": "THCS và THPT"}
        for code, name in zip(codes, _SCHOOLS, strict=True)
    ]
    tables["clusters"] += rows("period code name catalogue", "2023 | C03 | Cụm thi đua số 3 | TRUONG")
    tables["members"] += rows("period cluster unit", *(f"2023 | C03 | {code}" for code in codes))
    tables["catalogues"] += rows("code name period total", "TRUONG | Bảng tiêu chí các trường | 2023 | 100")
    own = criteria("TRUONG", *_CRITERIA)
    tables["criteria"] += [{**row, "per_minus": "", **_TERMS.get(row["path"], {})} for row in own]
    tables["bands"] += rows(
        "catalogue band lower_bound", "TRUONG | Tốt | 75", "TRUONG | Khá | 60", "TRUONG | Yếu | 0"
    )
    return tables


def fill(book: Path, target: Path) -> None:
    """Type what the schools report into the empty book, as a clerk would."""
    opened = openpyxl.load_workbook(book)
    paths = [line.partition("|")[0].strip() for line in _CRITERIA]
    for at, name in enumerate(_SCHOOLS):
        sheet = opened[name]
        assert sheet["B12"].value == "Nội dung tiêu chí"
        row_of = {path: 13 + number for number, path in enumerate(paths)}
        for path, score in zip(("I.1", "I.2", "IV.2"), _SCORED[name], strict=True):
            sheet[f"F{row_of[path]}"] = sheet[f"H{row_of[path]}"] = score
        sheet[f"D{row_of['I.3']}"], sheet[f"E{row_of['I.3']}"] = _TARGET_AND_RESULT[name]
        for path, results in _RESULTS.items():
            sheet[f"E{row_of[path]}"] = results[at]
        if _RESULTS["IV.3"][at] is None:
            sheet[f"H{row_of['IV.3']}"] = 0
    opened["THPT Số 3"][f"D{13 + paths.index('I.4')}"] = "Không áp dụng"
    opened.save(target)


@pytest.fixture(scope="module")
def consolidated(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The round of the four schools."""
    root = tmp_path_factory.mktemp("trường học")
    master = write_master(root, own_master())
    assert tdkt("forms", "C03", "--out", root / "so", "--master", master).code == 0
    (root / "nhan").mkdir()
    fill(root / "so" / "so-cum-C03-2023.xlsx", root / "nhan" / "c03.xlsx")
    return tdkt("consolidate", root / "nhan", "--out", root / "ra", "--master", master, "--json")


def test_own_catalogue_has_no_fault(tmp_path: Path) -> None:
    run = tdkt("validate", write_master(tmp_path, own_master()), "--json")
    assert set(run.codes) == {"KT-613", "KT-625"}


def test_totals_and_ranks_are_those_worked_out_by_hand(consolidated: Run) -> None:
    (cluster,) = (item for item in consolidated.document["clusters"] if item["code"] == "C03")
    ranked = {item["unit"]: (item["total"], item["base"], item["rank"]) for item in cluster["ranking"]}
    assert ranked == BY_HAND


@pytest.mark.parametrize("at", range(4))
def test_each_score_is_the_one_worked_out_by_hand(consolidated: Run, at: int) -> None:
    (taken,) = (
        item
        for item in consolidated.document["findings"]
        if (item["code"], item["sheet"]) == ("KT-238", _SCHOOLS[at])
    )
    assert taken["message"].endswith(f": {BY_RULE[f'TR-0{at + 1}']}.")
