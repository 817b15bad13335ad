import re
import unicodedata
from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from string import Formatter
from types import ModuleType

import pytest

from tdkt_xl.findings import NOWHERE, Code, Place, Severity, column_letters
from tdkt_xl.findings.code import ERROR, placeholders
from tdkt_xl.findings.codes import (
    CATALOGUE,
    FAMILIES,
    between_files,
    between_sheets,
    catalogues,
    cells,
    copies,
    files,
    intake,
    machine,
    master,
    nominations,
    ours,
    outputs,
    quotas,
    rows,
)
from tdkt_xl.findings.codes import (
    texts as text_codes,
)
from tdkt_xl.findings.render import as_record, as_records, fix, message, repair, say, sentence

HUNDREDS: dict[ModuleType, int] = {
    files: 1,
    intake: 1,
    copies: 1,
    rows: 1,
    cells: 2,
    text_codes: 2,
    master: 3,
    between_sheets: 4,
    between_files: 5,
    catalogues: 6,
    nominations: 7,
    quotas: 7,
    machine: 8,
    outputs: 8,
    ours: 9,
}
CODES = list(CATALOGUE.values())
MEMBERS = [
    (family, value) for family in FAMILIES for value in vars(family).values() if isinstance(value, Code)
]
SENTENCES = {"suggestion": "", "first": "Câu.", "cause": ""}
"""Parameters that are themselves whole sentences at the end of a message."""
SAMPLE = Code("KT-299", ERROR, "Mẫu", "Cột “{column}”: ô ghi {value}.", "nhập lại {value}.", "10,5", "10")


def texts(code: Code) -> tuple[str, ...]:
    return code.title, code.message, code.fix, code.bad, code.good


def test_no_identifier_is_used_twice() -> None:
    used = Counter(code.id for _, code in MEMBERS)
    assert [identifier for identifier, times in used.items() if times > 1] == []


def test_catalogue_holds_every_code_in_order() -> None:
    assert list(CATALOGUE) == sorted(code.id for _, code in MEMBERS)


def test_every_family_has_its_hundred() -> None:
    assert set(FAMILIES) == set(HUNDREDS)


def test_identifiers_are_in_the_range_of_their_family() -> None:
    assert [code.id for family, code in MEMBERS if int(code.id[3:]) // 100 != HUNDREDS[family]] == []


def test_titles_tell_codes_apart() -> None:
    titles = Counter(code.title for code in CODES)
    assert [title for title, times in titles.items() if times > 1] == []


def test_placeholders_are_plain_names() -> None:
    fields = [
        field for code in CODES for text in (code.message, code.fix) for field in Formatter().parse(text)
    ]
    named = [(name, spec, conversion) for _, name, spec, conversion in fields if name is not None]
    assert [item for item in named if not item[0].isidentifier() or item[1] or item[2]] == []


def test_titles_and_examples_are_not_templates() -> None:
    assert [code.id for code in CODES if placeholders(code.title + code.bad + code.good)] == []


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.id)
def test_rendered_text_shows_every_parameter_and_no_brace(code: Code) -> None:
    finding = code.at(**{name: f"‹{name}›" for name in code.params})
    rendered = message(finding) + fix(finding)
    assert frozenset(re.findall(r"‹(\w+)›", rendered)) == code.params
    assert not set("{}") & set(rendered)


def test_texts_are_nfc() -> None:
    assert [
        code.id for code in CODES if not all(unicodedata.is_normalized("NFC", t) for t in texts(code))
    ] == []


def test_texts_have_no_stray_spaces() -> None:
    assert [code.id for code in CODES if any(text != " ".join(text.split()) for text in texts(code))] == []


def test_messages_end_with_a_full_stop() -> None:
    shown = {
        code.id: message(code.at(**{name: SENTENCES.get(name, "x") for name in code.params}))
        for code in CODES
    }
    assert [identifier for identifier, text in shown.items() if not text.endswith(".")] == []


def test_fixes_end_with_a_full_stop() -> None:
    assert [code.id for code in CODES if not code.fix.endswith(".")] == []


def test_fixes_go_on_after_the_words_cach_sua() -> None:
    assert [code.id for code in CODES if not code.fix[0].islower()] == []


def test_every_code_has_a_bad_and_a_good_example() -> None:
    assert [code.id for code in CODES if not code.bad or not code.good] == []


@pytest.mark.parametrize("identifier", ["KT-12", "KT-1234", "KT-012", "kt-201", "201"])
def test_badly_formed_identifier_is_refused(identifier: str) -> None:
    with pytest.raises(ValueError, match="bad code identifier"):
        Code(identifier, ERROR, "Mẫu", "Câu.", "sửa.")


def test_missing_parameter_is_refused_at_once() -> None:
    with pytest.raises(TypeError, match=r"KT-299: .*\['value'\]"):
        SAMPLE.at(column="Điểm")


def test_unknown_parameter_is_refused_at_once() -> None:
    with pytest.raises(TypeError, match=r"KT-299: .*\['row'\]"):
        SAMPLE.at(column="Điểm", value=1, row=8)


def test_parameter_used_only_in_the_fix_is_declared() -> None:
    assert Code("KT-299", ERROR, "Mẫu", "Câu.", "gửi {log}.").params == {"log"}


def test_finding_has_the_severity_of_its_code() -> None:
    assert SAMPLE.at(column="Điểm", value=1).severity is Severity.ERROR


def test_finding_without_place_is_nowhere() -> None:
    assert SAMPLE.at(column="Điểm", value=1).place == NOWHERE


@pytest.mark.parametrize(
    ("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (702, "ZZ"), (703, "AAA"), (0, "")]
)
def test_column_letters(column: int, letters: str) -> None:
    assert column_letters(column) == letters


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        (Place("cum-03.xlsx", "Chấm điểm", 8, 5), "[cum-03.xlsx]Chấm điểm!E8"),
        (Place("cum-03.xlsx", "Chấm điểm", 8), "[cum-03.xlsx]Chấm điểm!dòng 8"),
        (Place("cum-03.xlsx", "Chấm điểm"), "[cum-03.xlsx]Chấm điểm"),
        (Place("cum-03.xlsx"), "[cum-03.xlsx]"),
        (NOWHERE, ""),
    ],
)
def test_place_is_shown_as_precisely_as_it_is_known(place: Place, shown: str) -> None:
    assert str(place) == shown


def test_place_of_a_row_is_no_cell() -> None:
    assert Place("a.xlsx", "S", 8).cell is None


def test_place_at_stays_in_its_sheet() -> None:
    assert Place("a.xlsx", "S", 1, 1).at(8, 28) == Place("a.xlsx", "S", 8, 28)


def test_places_sort_as_a_reader_meets_them() -> None:
    spots = [Place("b"), Place("a", "S", 10), Place("a", "S", 9, 30), Place("a", "S", 9, 2), Place("a")]
    assert sorted(spots) == [Place("a"), spots[3], spots[2], spots[1], Place("b")]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Decimal("9.50"), "9,5"),
        (Decimal("10.00"), "10"),
        (Decimal(100), "100"),
        (Decimal("1E+2"), "100"),
        (Decimal("-0.00"), "0"),
        (Decimal("-2.25"), "-2,25"),
        (Decimal("1234.5"), "1234,5"),
        (date(2023, 12, 31), "31/12/2023"),
        (datetime(2023, 12, 31, 7, 5), "31/12/2023 07:05"),  # noqa: DTZ001  # Excel knows no time zone
        (["E8", Decimal("1.50")], "E8, 1,5"),
        (("E8", "E9"), "E8, E9"),
        ([], ""),
        (12, "12"),
        ("mười", "mười"),
    ],
)
def test_say_writes_for_vietnamese_readers(value: object, words: str) -> None:
    assert say(value) == words


def test_sentence_names_level_code_place_and_repair() -> None:
    finding = SAMPLE.at(Place("cum-03.xlsx", "Chấm điểm", 8, 5), column="Điểm", value=Decimal("10.50"))
    assert sentence(finding) == (
        "Lỗi KT-299 · [cum-03.xlsx]Chấm điểm!E8: Cột “Điểm”: ô ghi 10,5. Cách sửa: nhập lại 10,5."
    )


def test_repair_alone_begins_with_a_capital_letter() -> None:
    assert repair(SAMPLE.at(column="Điểm", value=1)) == "Nhập lại 1."


def test_sentence_without_place_has_no_empty_head() -> None:
    finding = SAMPLE.at(column="Điểm", value=1)
    assert sentence(finding) == "Lỗi KT-299 · Cột “Điểm”: ô ghi 1. Cách sửa: nhập lại 1."


def test_braces_in_received_data_are_shown_as_they_are() -> None:
    assert message(SAMPLE.at(column="Điểm", value="{value}")) == "Cột “Điểm”: ô ghi {value}."


def test_record_has_the_promised_keys() -> None:
    place = Place("cum-03.xlsx", "Chấm điểm", 8, 5)
    assert as_record(SAMPLE.at(place, column="Điểm", value=1)) == {
        "code": "KT-299",
        "severity": "error",
        "path": "cum-03.xlsx",
        "sheet": "Chấm điểm",
        "cell": "E8",
        "message": "Cột “Điểm”: ô ghi 1.",
        "fix": "nhập lại 1.",
    }


def test_record_says_null_for_what_is_not_known() -> None:
    record = as_record(SAMPLE.at(column="Điểm", value=1))
    assert (record["path"], record["sheet"], record["cell"]) == (None, None, None)


def test_records_keep_their_order() -> None:
    findings = [SAMPLE.at(column=name, value=1) for name in ("B", "A")]
    assert [record["message"] for record in as_records(findings)] == [
        "Cột “B”: ô ghi 1.",
        "Cột “A”: ô ghi 1.",
    ]
