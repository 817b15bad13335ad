"""Invented people for the sample district; any likeness is chance, and the workbooks say so."""

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
