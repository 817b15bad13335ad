"""Names typed without their marks."""

import pytest

from tdkt_xl.vietnamese.names import is_name_without_marks


@pytest.mark.parametrize("name", ["Vo Xuan Mai", "NGUYEN VAN AN", " tran  thi hoa "])
def test_typed_without_marks(name: str) -> None:
    assert is_name_without_marks(name)


@pytest.mark.parametrize("name", ["Võ Xuân Mai", "Võ Xuan Mai", "Mai Thanh Lan", "K' Lan", "Vo", ""])
def test_names_as_they_may_be(name: str) -> None:
    assert not is_name_without_marks(name)
