"""Invented people for the sample district; any likeness is chance, and the workbooks say so.

``python -m tests.tools.sample_people`` writes their history, tables/starter/history/*.csv.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

_FAMILY = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
)
_MIDDLE = ("Văn", "Thị", "Minh", "Ngọc", "Thanh", "Quốc", "Thu", "Hữu", "Kim", "Đức", "Mỹ", "Xuân")
_GIVEN = (
    "An", "Bình", "Châu", "Dũng", "Giang", "Hà", "Hạnh", "Hiếu", "Hòa", "Hùng",
    "Khánh", "Lan", "Liên", "Long", "Mai", "Nam", "Nga", "Oanh", "Phúc", "Quyên",
    "Sơn", "Tâm", "Thảo", "Thủy", "Trang", "Tuấn", "Uyên", "Vinh",
)  # fmt: skip


class People:
    """Names drawn without repetition."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._used: set[str] = set()

    def next_name(self) -> str:
        """A new full name."""
        while True:
            name = " ".join(self._random.choice(part) for part in (_FAMILY, _MIDDLE, _GIVEN))
            if name not in self._used:
                self._used.add(name)
                return name


# ---- the history of the sample district's people

NOTE = "ví dụ, nhân vật hư cấu"
DISTRICT, PROVINCE = "Chủ tịch UBND huyện Vĩnh Cửu", "Chủ tịch UBND tỉnh Đồng Nai"
SHEETS = ("people", "collectives", "ratings", "awards", "initiatives", "penalties", "stretches")
STARTER = Path(__file__).resolve().parents[2] / "tdkt_xl" / "tables" / "starter" / "history"
_DECISIONS = {
    # (year, schools) → number and day of the district's yearly decision on titles
    (2020, False): ("287/QĐ-UBND", "2021-01-29"),
    (2021, False): ("365/QĐ-UBND", "2022-02-16"),
    (2022, False): ("418/QĐ-UBND", "2023-02-10"),
    (2020, True): ("2145/QĐ-UBND", "2020-08-14"),
    (2021, True): ("2307/QĐ-UBND", "2021-08-20"),
    (2022, True): ("2268/QĐ-UBND", "2022-08-12"),
}

Row = dict[str, str]
Tables = dict[str, list[Row]]


@dataclass
class Example:
    """One invented person or collective: what is typed of them in every sheet."""

    code: str
    name: str
    unit: str
    position: str = ""
    birth: str = ""
    sex: str = ""
    ethnicity: str = "Kinh"
    category: str = "Người trực tiếp"
    labour: str = "Khác"
    remote: str = "Không"
    since: int = 2019
    until: int = 2023
    ratings: str = ""
    """Marks of the years 2019 … 2023: X HTXSNV, T HTTNV, H HTNV, K KHTNV, - not recorded."""
    awards: tuple[tuple[str, int, str, str, str], ...] = ()
    """(award, year, decision, day, issuer); "" takes the district's yearly decision."""
    works: tuple[tuple[str, int, str, str], ...] = ()
    """(name, year, reach, used for)."""
    penalties: tuple[tuple[str, str, str], ...] = ()
    served: tuple[tuple[str, str, str], ...] = (("Tuyển dụng", "2012-09-01", ""),)
    collective: bool = False

    @property
    def school(self) -> bool:
        """Schools are rated by school year."""
        return self.unit.startswith(("MN-", "TH-", "THCS-", "THPT-"))


def _year(example: Example, year: int) -> str:
    return f"{year - 1}-{year}" if example.school else str(year)


_MARKS = {"X": "HTXSNV", "T": "HTTNV", "H": "HTNV", "K": "KHTNV"}


def tables_of(examples: Iterable[Example]) -> Tables:
    """The rows of every sheet, as texts."""
    tables: Tables = {sheet: [] for sheet in SHEETS}
    for example in examples:
        _add_subject(tables, example)
        _add_records(tables, example)
    return tables


def _add_subject(tables: Tables, one: Example) -> None:
    shared = {"code": one.code, "name": one.name, "unit": one.unit, "remote": one.remote, "note": NOTE}
    known = {"known_since": str(one.since or ""), "known_until": str(one.until or "")}
    if one.collective:
        more = {"kind": "Tập thể", "category": one.category, "small": one.labour}
        tables["collectives"].append({**shared, **known, **more})
        return
    personal = {
        name: getattr(one, name) for name in ("birth", "sex", "ethnicity", "position", "category", "labour")
    }
    tables["people"].append({**shared, **known, **personal})


def _add_records(tables: Tables, one: Example) -> None:
    who = {"subject": one.code, "name": one.name, "note": NOTE}
    for rated, mark in zip(range(2024 - len(one.ratings), 2024), one.ratings, strict=True):
        if mark != "-":
            tables["ratings"].append({**who, "period": _year(one, rated), "rating": _MARKS[mark]})
    for award, year, decision, day, issuer in one.awards:
        number, on = (decision, day) if decision else _DECISIONS[year, one.school]
        tables["awards"].append(
            {
                **who,
                "award": award,
                "period": _year(one, year),
                "decision": number,
                "day": on,
                "issuer": issuer or DISTRICT,
                "position": one.position,
                "merit": "Thường xuyên",
            }
        )
    for at, (title, year, reach, uses) in enumerate(one.works, start=1):
        tables["initiatives"].append(
            {
                **who,
                "work": f"SK-{one.code[3:]}-{at}",
                "title": title,
                "kind": "Sáng kiến",
                "reach": reach,
                "period": _year(one, year),
                "decision": f"{300 + int(one.code[-2:]) * 7 + year % 100}/QĐ-UBND"
                if "/" not in title
                else title,
                "share": "100",
                "uses": uses,
            }
        )
    for level, start, end in one.penalties:
        tables["penalties"].append(
            {**who, "level": level, "decision": "51/QĐ-UBND", "start": start, "end": end}
        )
    for kind, start, end in () if one.collective else one.served:
        tables["stretches"].append({**who, "kind": kind, "unit": one.unit, "start": start, "end": end})


CURATED = (
    Example(
        "CN-0001", "Trần Minh Đăng", "CQ-08", "Phó Trưởng phòng", "1980-04-12", "Nam",
        category="Lãnh đạo từ phó phòng trở lên", ratings="XXXXX",
        awards=(
            ("CSTĐCS", 2020, "", "", ""), ("CSTĐCS", 2021, "", "", ""), ("CSTĐCS", 2022, "", "", ""),
            ("CSTĐ cấp tỉnh", 2022, "693/QĐ-UBND", "2023-03-23", PROVINCE),
        ),
        works=(
            ("Mẫu dự toán dùng chung", 2020, "Cơ sở", "CSTĐCS 2020"),
            ("Đối chiếu công nợ hằng tháng", 2021, "Cơ sở", "CSTĐCS 2021"),
            ("Theo dõi giải ngân bằng bảng tính", 2022, "Tỉnh", "CSTĐCS 2022; CSTĐ cấp tỉnh 2022"),
            ("Cảnh báo sớm dự án chậm giải ngân", 2023, "Tỉnh", ""),
        ),
    ),
    Example(
        "CN-0002", "Lê Thị Bích Thảo", "CQ-14", "Chuyên viên", "1986-11-02", "Nữ", ratings="TTXXT",
        awards=(
            ("LĐTT", 2020, "", "", ""), ("CSTĐCS", 2021, "", "", ""), ("CSTĐCS", 2022, "", "", ""),
            ("BK tỉnh", 2022, "698/QĐ-UBND", "2023-03-24", PROVINCE),
        ),
        works=(
            ("Lịch tiếp dân trực tuyến", 2021, "Cơ sở", "CSTĐCS 2021"),
            ("Phân loại đơn thư theo mẫu", 2022, "Cơ sở", "CSTĐCS 2022"),
            ("Tra cứu kết quả giải quyết đơn", 2023, "Cơ sở", ""),
        ),
    ),
    Example(
        "CN-0003", "Phạm Quốc Khang", "X-26188", "Công chức", "1984-06-21", "Nam", ratings="TTXXX",
        awards=(
            ("LĐTT", 2020, "36/QĐ-UBND", "2021-01-15", "Chủ tịch UBND xã Thạnh Phú"),
            ("CSTĐCS", 2021, "", "", ""), ("CSTĐCS", 2022, "", "", ""),
        ),
        works=(
            ("Nhắc hạn hồ sơ một cửa bằng tin nhắn", 2021, "Cơ sở", "CSTĐCS 2021"),
            ("Sổ theo dõi hộ chính sách dùng chung", 2022, "Cơ sở", "CSTĐCS 2022"),
        ),
    ),
    Example(
        "CN-0004", "Võ Thị Kim Thoa", "TH-07", "Giáo viên", "1982-01-30", "Nữ", ratings="TXXXX",
        awards=(("CSTĐCS", 2020, "", "", ""), ("CSTĐCS", 2021, "", "", ""), ("CSTĐCS", 2022, "", "", "")),
        works=(
            ("Sổ tay rèn chữ", 2020, "Cơ sở", "CSTĐCS 2020"),
            ("Bài giảng trực tuyến lớp 1", 2021, "Cơ sở", "CSTĐCS 2021"),
            ("Góc đọc sách lưu động", 2022, "Cơ sở", "CSTĐCS 2022"),
            ("Ngân hàng bài đọc theo chủ đề địa phương", 2023, "Tỉnh", ""),
        ),
    ),
    Example(
        "CN-0005", "Nguyễn Hoài Sơn", "X-26197", "Công chức", "1990-03-08", "Nam", ratings="TTTTT",
        awards=(
            ("LĐTT", 2021, "41/QĐ-UBND", "2022-01-14", "Chủ tịch UBND xã Bình Hòa"),
            ("LĐTT", 2022, "28/QĐ-UBND", "2023-01-13", "Chủ tịch UBND xã Bình Hòa"),
            ("GK huyện", 2022, "425/QĐ-UBND", "2023-02-14", DISTRICT),
        ),
        penalties=(("Khiển trách", "2023-06-12", "2023-09-11"),),
    ),
    Example(
        "CN-0006", "Đặng Thị Mỹ Duyên", "MN-10", "Giáo viên", "1992-09-17", "Nữ", ratings="TTTTT",
        awards=(("LĐTT", 2020, "", "", ""), ("LĐTT", 2021, "", "", ""), ("LĐTT", 2022, "", "", "")),
        served=(("Tuyển dụng", "2016-09-01", ""), ("Nghỉ thai sản", "2022-10-03", "2023-04-02")),
    ),
    Example(
        "CN-0007", "Huỳnh Tấn Lộc", "X-26170", "Công chức", "1987-12-25", "Nam", ratings="TTTXX",
        awards=(("CSTĐCS", 2020, "", "", ""), ("CSTĐCS", 2022, "", "", "")),
        works=(
            ("Lịch hẹn trả kết quả", 2020, "Cơ sở", "CSTĐCS 2020"),
            ("Quét mã hồ sơ địa chính", 2022, "Cơ sở", "CSTĐCS 2022"),
            ("Bản đồ số khu phố", 2023, "Tỉnh", ""),
        ),
    ),
    Example(
        "CN-0008", "Lý Thị Thu Cúc", "CQ-09", "Chuyên viên", "1998-05-05", "Nữ", since=2023, ratings="T",
        served=(("Tuyển dụng", "2023-03-01", ""),),
    ),
    Example(
        "CN-0009", "Mai Xuân Phát", "CQ-10", "Chuyên viên", "1997-08-19", "Nam", since=2023, ratings="T",
        served=(("Hợp đồng lao động", "2023-03-02", "2023-05-31"), ("Tuyển dụng", "2023-06-01", "")),
    ),
    Example(
        "CN-0010", "Hồ Thúy Hằng", "DT-04", "Phó Chủ tịch Hội", "1979-07-07", "Nữ",
        category="Lãnh đạo từ phó phòng trở lên", ratings="TXXXX",
        awards=(
            ("BK tỉnh", 2021, "751/QĐ-UBND", "2022-03-25", PROVINCE), ("CSTĐCS", 2022, "", "", ""),
        ),
        works=(
            ("Tổ phụ nữ tiết kiệm xanh", 2022, "Cơ sở", "CSTĐCS 2022"),
            ("Ngày hội sản phẩm phụ nữ khởi nghiệp", 2023, "Cơ sở", ""),
        ),
    ),
    Example(
        "CN-0011", "Đỗ Văn Quý", "THCS-07", "Giáo viên", "1985-02-11", "Nam", until=2022, ratings="TTTT-",
        awards=(("LĐTT", 2021, "", "", ""), ("CSTĐCS", 2022, "", "", "")),
        works=(("Thí nghiệm vật lý từ vật liệu tái chế", 2022, "Cơ sở", "CSTĐCS 2022"),),
    ),
    Example(
        "CN-0012", "Ngô Đình Hòa", "X-26176", "Công chức", "1983-10-28", "Nam", "Chơ Ro", remote="Có",
        ratings="TTTTH",
        awards=(("LĐTT", 2022, "33/QĐ-UBND", "2023-01-16", "Chủ tịch UBND xã Trị An"),),
    ),
    Example(
        "CN-0013", "Nguyễn Thị Lan", "MN-04", "Giáo viên", "1991-04-01", "Nữ", ratings="TTTTT",
        awards=(("LĐTT", 2022, "", "", ""),),
    ),
    Example(
        "CN-0014", "Nguyễn Thị Lan", "X-26173", "Cán bộ không chuyên trách", "1988-12-09", "Nữ", "Chơ Ro",
        labour="Nông dân", remote="Có", ratings="TTTTT",
        awards=(("LĐTT", 2022, "19/QĐ-UBND", "2023-01-12", "Chủ tịch UBND xã Phú Lý"),),
    ),
    Example(
        "CN-0015", "Bùi Thị Ngọc Hà", "DT-02", "Chuyên viên", "1989-06-15", "Nữ", ratings="TTTTT",
        awards=(
            ("GK huyện", 2021, "371/QĐ-UBND", "2022-02-17", DISTRICT), ("LĐTT", 2022, "", "", ""),
        ),
    ),
)  # fmt: skip

COLLECTIVES = (
    Example(
        "TT-0001", "Xã Thạnh Phú", "X-26188", category="Cơ quan hành chính", labour="Không", collective=True,
        ratings="TTXXX",
        awards=(
            ("TTLĐTT", 2020, "", "", ""), ("TTLĐXS", 2021, "742/QĐ-UBND", "2022-03-24", PROVINCE),
            ("TTLĐXS", 2022, "689/QĐ-UBND", "2023-03-22", PROVINCE),
            ("Cờ thi đua tỉnh", 2022, "655/QĐ-UBND", "2023-03-16", PROVINCE),
        ),
    ),
    Example(
        "TT-0002", "Xã Bình Hòa", "X-26197", category="Cơ quan hành chính", labour="Không", collective=True,
        ratings="TTTXT",
        awards=(
            ("TTLĐTT", 2021, "", "", ""), ("TTLĐXS", 2022, "689/QĐ-UBND", "2023-03-22", PROVINCE),
        ),
    ),
    Example(
        "TT-0003", "Trường Tiểu học Thạnh Phú", "TH-07", category="Đơn vị sự nghiệp", labour="Không",
        collective=True, ratings="TTTXX",
        awards=(
            ("TTLĐTT", 2021, "", "", ""), ("TTLĐXS", 2022, "2894/QĐ-UBND", "2022-11-04", PROVINCE),
        ),
    ),
    Example(
        "TT-0004", "Phòng Tài chính - Kế hoạch", "CQ-08", category="Cơ quan hành chính", labour="Có",
        collective=True, ratings="TTTTX", awards=(("TTLĐTT", 2022, "", "", ""),),
    ),
    Example(
        "TT-0005", "Xã Thiện Tân", "X-26191", category="Cơ quan hành chính", labour="Không", remote="Có",
        collective=True, ratings="TTTTT", awards=(("GK huyện", 2022, "425/QĐ-UBND", "2023-02-14", DISTRICT),),
    ),
)  # fmt: skip


def _proposed(row: Mapping[str, object], number: int, unit: str, random: Random) -> Example:
    """The history of somebody the sample district proposes, so that it bears the proposal out."""
    name, position = str(row["subject"]), str(row["position"])
    school = unit.startswith(("MN-", "TH-", "THCS-", "THPT-"))
    months = {
        12: "2015-09-01",
        10: "2022-11-01" if school else "2023-03-01",
        8: "2023-01-01" if school else "2023-05-01",
    }
    titles = row.get("consecutive_cstdcs")
    new = row["months_employed"] != 12 and not titles  # who holds titles was not recruited this year
    start = months[int(str(row["months_employed"]))] if new else months[12]
    mark = {"HTXSNV": "X", "HTTNV": "T", "HTNV": "H"}[str(row["rating"])]
    earlier = "" if new else "".join(random.choice("TTX") for _ in range(4))
    held = range(2023 - titles, 2023) if isinstance(titles, int) else ()
    leader = position == "Phó Trưởng phòng"
    decision = row["initiative"]
    works = tuple((f"Cải tiến công việc năm {year}", year, "Cơ sở", f"CSTĐCS {year}") for year in held)
    if decision != "Không":
        works += ((str(decision), 2023, str(row["initiative_reach"]), ""),)
    penalties = (("Khiển trách", "2023-05-15", "2023-08-14"),) if row["discipline"] != "Không" else ()
    return Example(
        f"CN-{number:04d}", name, unit, position,
        f"{random.randint(1972, 1996)}-{random.randint(1, 12):02d}-{random.randint(1, 28):02d}",
        "Nữ" if name.split()[1] in {"Thị", "Thu", "Mỹ", "Ngọc"} else "Nam",
        "Kinh" if random.random() < 0.93 else "Chơ Ro",
        "Lãnh đạo từ phó phòng trở lên" if leader else "Người trực tiếp",
        random.choice(("Khác", "Khác", "Lao động trực tiếp khác", "Công nhân")) if not leader else "Khác",
        "Có" if unit in {"X-26173", "X-26200", "X-26203"} else "Không",
        2023 if new else 2019, 2023, earlier + mark,
        tuple(("CSTĐCS", year, "", "", "") for year in held),
        works, penalties, (("Tuyển dụng", start, ""),),
    )  # fmt: skip


def make_history(individuals: Iterable[tuple[Mapping[str, object], str]]) -> Tables:
    """The example history: curated people, the district's units, and everybody the samples propose.

    ``individuals`` are the proposals of the sample district with the code of their unit.
    """
    random = Random(1948)
    numbered = enumerate(individuals, start=len(CURATED) + 1)
    proposed = [_proposed(row, number, unit, random) for number, (row, unit) in numbered]
    return tables_of([*CURATED, *proposed, *COLLECTIVES])


def sample_history() -> Tables:
    """The example history as it must be committed."""
    from tdkt_xl.tasks.master import load_master
    from tests.tools.sample_district import ROOT, make_district

    master = load_master(ROOT / "workbooks" / "danh-muc.xlsx")
    books, _ = make_district(master)
    rows = [(row, master.register.find(str(row["unit"]))) for book in books for row in book.individuals]
    return make_history((row, found.unit.code) for row, found in rows if found)


def main() -> None:
    """Write the example history the standard workbook starts with."""
    import csv

    from tdkt_xl.tables.layout import load_layout

    tables = sample_history()
    STARTER.mkdir(exist_ok=True)
    for sheet in load_layout("ho-so-khen-thuong").sheets:
        fields = [column.field for column in sheet.columns]
        with (STARTER / f"{sheet.id}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fields, lineterminator="\n")
            writer.writeheader()
            writer.writerows(tables[sheet.id])


if __name__ == "__main__":
    main()
