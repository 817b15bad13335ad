"""What the law leaves to the province, the office or its council: the register of parameters."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from importlib.resources.abc import Traversable
from typing import Literal

from tdkt_xl.rules.source import Block, open_document
from tdkt_xl.vietnamese.numbers import read_number
from tdkt_xl.vietnamese.text import comparison_key

_ASKS: Mapping[str, Literal["award", "scope"]] = {"award": "award", "scope": "scope"}

NONE_WORDS = frozenset(comparison_key(word) for word in ("Không", "Không có", "Chưa", "Chưa có"))
"""What people write into a cell to say that there is nothing to write."""


class Scope(Enum):
    """For what part of the organisation a line of the office may hold; a line without one holds for all."""

    CLUSTER = "cum"
    UNIT = "don_vi"

    @property
    def label(self) -> str:
        """The Vietnamese words shown to people."""
        return {"cum": "cụm", "don_vi": "đơn vị"}[self.value]


class ParameterType(Enum):
    """How a parameter is written in its cell."""

    PERCENT = "percent"
    INTEGER = "integer"
    MONEY = "money"
    TEXT = "text"
    CHOICE = "choice"

    @property
    def expects(self) -> str:
        """What the cell must hold, for the sentence that refuses it."""
        return {
            "percent": "một số trên 0 và không quá 100",
            "integer": "một số nguyên dương",
            "money": "một số tiền bằng đồng, từ 0",
            "text": "nội dung bằng chữ",
            "choice": "một giá trị trong danh sách",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something only the province, the office or its council can say.

    ``choices`` maps the code used by rules to the words in the cell. ``default`` is what holds while
    nothing is entered, None when nothing may hold. ``question`` says what to look up. ``scopes`` are the
    parts of the organisation a line may be for; ``asks`` what every line must name: "award", "scope";
    ``needed_for`` the awards whose law leaves it to the province, so that nothing may be said without it.
    """

    id: str
    name: str
    type: ParameterType
    question: str
    choices: Mapping[str, str]
    default: str
    scopes: tuple[Scope, ...] = ()
    asks: tuple[Literal["award", "scope"], ...] = ()
    needed_for: tuple[str, ...] = ()

    def parse(self, text: str) -> object | None:
        """Return the typed value of a cell: Decimal, int, text or code of a choice; None if unusable."""
        if self.type is ParameterType.TEXT:
            return None if comparison_key(text) in NONE_WORDS else text.strip()
        if self.type is ParameterType.CHOICE:
            return next((code for code, word in self.choices.items() if _names(text, code, word)), None)
        number = read_number(text).value
        if number is None:
            return None
        if self.type is ParameterType.PERCENT:
            return number if 0 < number <= 100 else None
        if self.type is ParameterType.MONEY:
            return number if number >= 0 else None
        whole = int(number)
        return whole if whole == number and whole > 0 else None

    @property
    def expects(self) -> str:
        """What the cell must hold, for the sentence that refuses it."""
        if self.type is not ParameterType.CHOICE:
            return self.type.expects
        return "một trong: " + "; ".join(self.choices.values())

    def fits(self, wanted: object) -> bool:
        """Tell whether the values have the type a predicate's argument wants."""
        return wanted is {
            ParameterType.PERCENT: Decimal,
            ParameterType.MONEY: Decimal,
            ParameterType.INTEGER: int,
        }.get(self.type, str)


def _names(text: str, code: str, word: str) -> bool:
    return comparison_key(text) in {comparison_key(code), comparison_key(word)}


Parameters = Mapping[str, Parameter]


def load_parameters(file: Traversable, name: str) -> Parameters:
    """Return the registered parameters by id."""
    parameters: dict[str, Parameter] = {}
    names: set[str] = set()
    for block in open_document(file, name).blocks("parameter")["parameter"]:
        block.only(("id", "name", "type", "question"), ("choices", "default", "scopes", "asks", "needed_for"))
        parameter = _build(block)
        if parameter.id in parameters:
            raise block.fail("id", f"mã tham số “{parameter.id}” đã dùng")
        if comparison_key(parameter.name) in names:
            raise block.fail("name", f"tên tham số “{parameter.name}” đã dùng")
        names.add(comparison_key(parameter.name))
        parameters[parameter.id] = parameter
    return parameters


def _build(block: Block) -> Parameter:
    kind, choices = block.choice("type", ParameterType), block.values.get("choices", {})
    if (kind is ParameterType.CHOICE) != bool(choices):
        raise block.fail("choices", "chỉ tham số kiểu “choice” có danh sách, và phải có")
    if not isinstance(choices, dict) or not all(isinstance(word, str) and word for word in choices.values()):
        raise block.fail("choices", '“choices” phải ghi dạng { mã = "chữ" }')
    parameter = Parameter(
        block.text("id"),
        block.text("name"),
        kind,
        block.text("question"),
        choices,
        block.text("default"),
        block.choices_of("scopes", block.texts("scopes"), Scope),
        block.choices_of("asks", block.texts("asks"), _ASKS.__getitem__),
        block.texts("needed_for"),
    )
    if parameter.default and parameter.parse(parameter.default) is None:
        raise block.fail("default", f"giá trị mặc định phải là {parameter.expects}")
    return parameter
