import pytest

from tdkt_xl.domain.awards import Discipline, Rating, SubjectKind
from tdkt_xl.domain.candidates import FACT_LABELS, FACTS, Candidate, Fact
from tdkt_xl.findings import Place


def test_kinds_have_vietnamese_labels() -> None:
    assert [kind.label for kind in SubjectKind] == ["cá nhân", "tập thể", "hộ gia đình"]


def test_ratings_are_ordered_worst_first() -> None:
    assert Rating.KHTNV < Rating.HTNV < Rating.HTTNV < Rating.HTXSNV
    assert Rating.HTTNV >= Rating.HTTNV
    assert max(Rating) is Rating.HTXSNV
    assert (Rating.HTTNV.code, Rating.HTTNV.label) == ("HTTNV", "Hoàn thành tốt nhiệm vụ")


def test_disciplines_are_ordered_lightest_first() -> None:
    assert Discipline.NONE < Discipline.KHIEN_TRACH < Discipline.CANH_CAO < Discipline.NANG_HON
    assert [item.label for item in Discipline] == ["Không", "Khiển trách", "Cảnh cáo", "Nặng hơn cảnh cáo"]


def test_facts_have_distinct_labels_and_a_subject() -> None:
    assert len(set(FACT_LABELS.values())) == len(FACTS)
    assert all(info.kinds for info in FACTS.values())


def proposal(facts: dict[str, Fact[object]]) -> Candidate:
    return Candidate("A", SubjectKind.INDIVIDUAL, "XA01", "Xã A", "C1", "LDTT", "", Place(), facts)


def test_candidate_refuses_facts_nobody_knows() -> None:
    with pytest.raises(ValueError, match="unknown facts"):
        proposal({"age": Fact(40)})


@pytest.mark.parametrize(
    ("name", "value"), [("months_employed", "9"), ("months_employed", True), ("united", 1)]
)
def test_candidate_refuses_values_of_another_type(name: str, value: object) -> None:
    with pytest.raises(TypeError, match="fact"):
        proposal({name: Fact(value)})


def test_candidate_accepts_unknown_values() -> None:
    assert proposal({"months_employed": Fact(None)}).facts["months_employed"].value is None
