"""What Excel demands of a ribbon beyond its schema, checked over customUI14.xml and the VBA behind it."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from tests.tools.vba_lint import parse

NAMESPACE = "{http://schemas.microsoft.com/office/2009/07/customui}"
BUTTONS = (
    "tdktCheckBook",
    "tdktCheckSheet",
    "tdktCheckFolder",
    "tdktRepair",
    "tdktClearMarks",
    "tdktNewForms",
    "tdktConvert",
    "tdktLetters",
    "tdktMissing",
    "tdktCompare",
    "tdktConsolidate",
    "tdktConsolidateCompared",
    "tdktDecisions",
    "tdktTrace",
    "tdktTry",
    "tdktNominate",
    "tdktJudge",
    "tdktEligible",
    "tdktMoney",
    "tdktRules",
    "tdktOpenResults",
    "tdktMaster",
    "tdktDoctor",
    "tdktRestore",
    "tdktHelp",
)
DROPDOWNS = ("tdktPeriod", "tdktCluster")
STATUS = "tdktStatus"
IMAGES = frozenset(  # ids with an icon in Excel 2013, 2016, 2019 and Microsoft 365 alike
    {
        "AccountingFormat",
        "AddInManager",
        "Calculator",
        "ChartInsert",
        "Consolidate",
        "DataValidation",
        "DataValidationCircleInvalid",
        "ErrorChecking",
        "FileOpen",
        "FilePrint",
        "FileSaveAs",
        "FileSendAsAttachment",
        "Filter",
        "FindDialogExcel",
        "FunctionWizard",
        "GetExternalDataFromText",
        "Help",
        "MacroPlay",
        "PivotTableInsert",
        "PropertySheet",
        "RefreshAll",
        "RemoveDuplicates",
        "ReviewNewComment",
        "SheetInsert",
        "SheetProtect",
        "SortDialog",
        "Spelling",
        "Thesaurus",
        "TraceError",
        "Translate",
        "ViewSideBySide",
        "WatchWindow",
        "WhatIfAnalysisMenu",
        "ZoomToSelection",
    }
)
EXCLUSIVE = (
    *(
        (plain, f"get{plain.capitalize()}")
        for plain in ("label", "screentip", "supertip", "enabled", "visible")
    ),
    *((plain, f"get{plain.capitalize()}") for plain in ("keytip", "size", "description")),
    ("image", "imageMso", "getImage"),
    ("id", "idMso", "idQ"),
    ("getSelectedItemID", "getSelectedItemIndex"),
)
CONTROL, RETURNED = "iribboncontrol", "byref variant"
SIGNATURES: Mapping[str, tuple[str, ...]] = {
    "onLoad": ("iribbonui",),
    "button onAction": (CONTROL,),
    "dropDown onAction": (CONTROL, "string", "integer"),
    "getItemCount": (CONTROL, RETURNED),
    "getItemID": (CONTROL, "integer", RETURNED),
    "getItemLabel": (CONTROL, "integer", RETURNED),
    "getSelectedItemIndex": (CONTROL, RETURNED),
    "getLabel": (CONTROL, RETURNED),
}


SCHEMA = Path(
    os.environ.get("TDKT_CUSTOMUI_XSD", Path(__file__).parents[3] / "shared" / "schemas" / "customui14.xsd")
)
SCHEMA_NOT_READ = (
    "Chưa đối chiếu thẻ Thi đua với customui14.xsd: cần tệp này (biến TDKT_CUSTOMUI_XSD) và gói xmlschema."
)


def schema_is_at_hand() -> bool:
    """Tell whether Microsoft's schema, which is not ours to commit, and its reader are there."""
    return SCHEMA.is_file() and find_spec("xmlschema") is not None


@dataclass(frozen=True)
class Control:
    """One element of the ribbon, the attributes as written."""

    tag: str
    attributes: Mapping[str, str]
    parent: str

    @property
    def id(self) -> str:
        return self.attributes.get("id", "")

    def __str__(self) -> str:
        return f"{self.tag} {self.id}".strip()


def controls(xml: bytes) -> list[Control]:
    """Every element of the ribbon in document order; raises ParseError when it is no XML."""
    root = ElementTree.fromstring(xml)

    def walk(element: ElementTree.Element, parent: str) -> Iterator[Control]:
        tag = element.tag.removeprefix(NAMESPACE)
        yield Control(tag, element.attrib, parent)
        for child in element:
            yield from walk(child, tag)

    return list(walk(root, ""))


def faults(xml: bytes, modules: Mapping[str, str]) -> list[str]:
    """Return what Excel would ignore, refuse or answer with an error."""
    procedures = {
        f"{name}.{procedure.name}": procedure
        for name, source in modules.items()
        for procedure in parse(name, source, "win64").procedures
    }
    found = []
    for control in controls(xml):
        found += [f"{control}: {fault}" for fault in _attribute_faults(control)]
        found += [f"{control}: {fault}" for fault in _callback_faults(control, procedures)]
    return found


def _attribute_faults(control: Control) -> Iterator[str]:
    attributes = control.attributes
    for names in EXCLUSIVE:
        both = [name for name in names if name in attributes]
        if len(both) > 1:
            yield f"only one of {', '.join(both)}"
    if not control.id and control.tag not in ("customUI", "ribbon", "tabs"):
        yield "no id"
    if not (control.id.isascii() and control.id.replace("_", "a").isalnum()) and control.id:
        yield "id is not plain ASCII"
    if attributes.get("imageMso", "Help") not in IMAGES:
        yield f"imageMso {attributes['imageMso']} is not on the list"
    keytip = attributes.get("keytip", "A")
    if not (keytip.isascii() and keytip.isalnum() and keytip.isupper() and len(keytip) <= 3):
        yield f"keytip {keytip}"
    if control.tag == "button" and not {"label", "imageMso", "keytip", "onAction"} <= attributes.keys():
        yield "a button needs label, imageMso, keytip and onAction"
    if control.tag == "labelControl" and not {"label", "getLabel"} & attributes.keys():
        yield "no label"
    if control.parent == "menu" and "size" in attributes:
        yield "size inside a menu"


def _callback_faults(control: Control, procedures: Mapping[str, Any]) -> Iterator[str]:
    for name, target in control.attributes.items():
        if not name.startswith(("on", "get")):
            continue
        wanted = SIGNATURES.get(f"{control.tag} {name}", SIGNATURES.get(name))
        procedure = procedures.get(target)
        if wanted is None:
            yield f"{name} is not known to this check"
        elif procedure is None:
            yield f"{name}: no {target}"
        elif procedure.kind != "sub" or procedure.scope != "public":
            yield f"{name}: {target} is no Public Sub"
        elif signature(procedure) != wanted:
            yield f"{name}: {target}{signature(procedure)}, Excel calls {wanted}"


def signature(procedure: Any) -> tuple[str, ...]:
    """Types of the parameters in lower case; a variable of no type handed back is "byref variant"."""
    return tuple(
        RETURNED if not item.by_val and item.declared.lower() == "variant" else item.declared.lower()
        for item in procedure.params
    )
