"""The ribbon: every control has an action, every word of it fits, every callback exists."""

import unicodedata

import pytest

from tdkt_xl.excel.actions import ACTIONS
from tdkt_xl.excel.addin_parts import LISTS, STATE, macros_folder
from tests.excel_addin.ribbon import (
    BUTTONS,
    DROPDOWNS,
    SCHEMA,
    SCHEMA_NOT_READ,
    STATUS,
    Control,
    controls,
    faults,
    schema_is_at_hand,
)

XML = (macros_folder() / "customUI14.xml").read_bytes()
CONTROLS = controls(XML)
LABELLED = [control for control in CONTROLS if "label" in control.attributes]
TOLD = [control for control in CONTROLS if control.id in (*BUTTONS, *DROPDOWNS)]


def of_tag(tag: str) -> list[str]:
    return [control.id for control in CONTROLS if control.tag == tag]


def texts(control: Control) -> list[str]:
    return [
        control.attributes[name]
        for name in ("label", "screentip", "supertip", "description")
        if name in control.attributes
    ]


def test_nothing_is_wrong(sources: dict[str, str]) -> None:
    assert faults(XML, sources) == []


def test_controls_are_the_actions_and_no_other() -> None:
    assert sorted(of_tag("button")) == sorted(BUTTONS)
    assert of_tag("dropDown") == list(DROPDOWNS)
    assert of_tag("labelControl") == [STATUS]


def test_every_button_has_its_action_in_python() -> None:
    assert sorted(ACTIONS) == sorted(BUTTONS)


def test_identifiers_are_unique() -> None:
    ids = [control.id for control in CONTROLS if control.id]
    assert len(ids) == len(set(ids))


def test_labels_are_unique() -> None:
    labels = [control.attributes["label"] for control in LABELLED]
    assert len(labels) == len(set(labels))


def test_no_keytip_is_the_start_of_another() -> None:
    keytips = [control.attributes["keytip"] for control in TOLD]
    assert [
        (one, other) for one in keytips for other in keytips if one is not other and other.startswith(one)
    ] == []
    assert len(keytips) == len(BUTTONS) + len(DROPDOWNS)


def test_icons_tell_buttons_apart() -> None:
    images = [control.attributes["imageMso"] for control in CONTROLS if control.tag == "button"]
    assert len(images) == len(set(images))


@pytest.mark.parametrize("control", TOLD, ids=str)
def test_tips_say_what_happens_and_what_does_not(control: Control) -> None:
    assert 10 <= len(control.attributes["screentip"]) <= 60
    assert 40 <= len(control.attributes["supertip"]) <= 250
    assert control.attributes["supertip"].endswith(".")
    assert "hông" in control.attributes["supertip"]  # Không, không


@pytest.mark.parametrize("control", LABELLED, ids=str)
def test_words_fit(control: Control) -> None:
    assert len(control.attributes["label"]) <= 24
    for text in texts(control):
        assert unicodedata.is_normalized("NFC", text)
        assert text == " ".join(text.split())
        assert "&" not in text  # Office may take it for the mark of an access key


def test_large_buttons_lead_the_work() -> None:
    large = [control.id for control in CONTROLS if control.attributes.get("size") == "large"]
    assert large == [
        "tdktCheckSplit",
        "tdktLettersSplit",
        "tdktConsolidateSplit",
        "tdktNominateSplit",
        "tdktOpenResults",
    ]


def test_lists_and_states_are_those_of_the_ribbon() -> None:
    assert list(LISTS) == list(DROPDOWNS)
    assert set(STATE) == {STATUS, *DROPDOWNS, *(f"{name}.id" for name in DROPDOWNS)}
    assert [STATE[f"{name}.id"] for name in LISTS] == [items[0][0] for items in LISTS.values()]


def replaced(old: str, new: str) -> bytes:
    assert XML.count(old.encode()) > 0
    return XML.replace(old.encode(), new.encode(), 1)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('imageMso="Help"', 'imageMso="HappyFace"', "imageMso HappyFace is not on the list"),
        ('keytip="H"', 'keytip="HỎI"', "keytip HỎI"),
        (
            'label="Trợ giúp"',
            'label="Trợ giúp" getLabel="TdktRibbon.TdktGetLabel"',
            "only one of label, getLabel",
        ),
        ("TdktRibbon.TdktOnAction", "TdktRibbon.TdktRun", "onAction: no TdktRibbon.TdktRun"),
        ("TdktRibbon.TdktOnAction", "TdktRibbon.TdktItemChosen", "Excel calls ('iribboncontrol',)"),
        ("TdktRibbon.TdktOnAction", "TdktRibbon.TdktSetState", "is no Public Sub"),
        ('id="tdktHelp"', 'id="tdktHỏi"', "id is not plain ASCII"),
        ('id="tdktHelp" ', "", "no id"),
    ],
)
def test_faults_are_seen(sources: dict[str, str], old: str, new: str, expected: str) -> None:
    assert [fault for fault in faults(replaced(old, new), sources) if expected in fault]


needs_schema = pytest.mark.skipif(not schema_is_at_hand(), reason=SCHEMA_NOT_READ)


def schema_faults(xml: bytes) -> list[str]:
    import xmlschema

    return [str(error.reason) for error in xmlschema.XMLSchema(str(SCHEMA)).iter_errors(xml.decode("utf-8"))]


@needs_schema
def test_schema_accepts_the_ribbon() -> None:
    assert schema_faults(XML) == []


@needs_schema
def test_schema_sees_a_typing_error() -> None:
    assert schema_faults(replaced("keytip=", "keytipp="))
