"""Examine the machine and the installation; every finding names its repair. Nothing is changed."""

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tdkt_xl import __version__
from tdkt_xl.excel.addin_parts import ADDIN, INTERPRETER, shipped_addin
from tdkt_xl.excel.functions_addin import FUNCTIONS_ADDIN, SETTINGS, XLWINGS, shipped_functions_addin
from tdkt_xl.excel.install import (
    EXCEL_KEYS,
    installed_settings,
    old_copies,
    path_findings,
    startup_path,
    with_settings,
)
from tdkt_xl.excel.machine import COMPUTER, USER, Machine, ThisMachine
from tdkt_xl.excel.packages import missing_packages
from tdkt_xl.findings import Finding, has_errors
from tdkt_xl.findings.codes import machine as codes
from tdkt_xl.findings.render import sentence

_POLICIES = r"Software\Policies\Microsoft\Office\{version}"
_VERSIONS = ("16.0", "15.0")
_ASR_KEYS = tuple(
    rf"SOFTWARE\{branch}Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
    for branch in ("Policies\\", "")
)
_ASR_CHILD_PROCESSES = "d4f940ab-401b-4efc-aadc-ad5f3c50688a"
_ASR_BLOCKS = ("1", "6")  # block; warn, which a click without a window cannot answer
_APP_PATH = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
_OUTLOOK = r"SOFTWARE\Microsoft\Office\{version}\Outlook"
_CLICK_TO_RUN = r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration"


@dataclass(frozen=True, slots=True)
class Report:
    """Facts to read out to a helper, and what stands in the way of the buttons."""

    facts: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]

    @property
    def lines(self) -> list[str]:
        """The report as people read it."""
        shown = [f"{name}: {value}" for name, value in self.facts]
        shown += [sentence(finding) for finding in self.findings]
        if not self.findings:
            shown.append("Không thấy vấn đề nào: thẻ Thi đua sẵn sàng.")
        elif not has_errors(self.findings):
            shown.append("Thẻ Thi đua dùng được; nên xem các cảnh báo trên.")
        return shown


def examine(machine: Machine, addin: bytes | None = None) -> Report:
    """Look at the installation and at what the organisation forbids.

    May report KT-821 … KT-833 and KT-885; off Windows only KT-827 and KT-885.
    """
    facts = [("Phiên bản tdkt", __version__), ("Hệ điều hành", machine.system)]
    facts += [("Python", f"{machine.python_version}, {machine.python}")]
    if machine.system != "Windows":
        return Report(tuple(facts), (codes.NOT_WINDOWS.at(name=machine.system), *missing_packages()))
    facts += [("Excel", _excel(machine)), ("Thẻ Thi đua", str(startup_path(machine)))]
    functions = startup_path(machine, FUNCTIONS_ADDIN)
    facts += [("Hàm trang tính TDKT", str(functions) if functions.exists() else "chưa cài (không bắt buộc)")]
    facts += [("Excel đang mở", "có" if machine.excel_is_running() else "không")]
    findings = [
        *missing_packages(),
        *_installation_findings(machine, shipped_addin() if addin is None else addin),
        *path_findings(machine),
        *_policy_findings(machine),
    ]
    return Report(tuple(facts), tuple(findings))


def doctor_report() -> str:
    """Return the report on this machine as one text."""
    return "\n".join(examine(ThisMachine()).lines)


def _excel(machine: Machine) -> str:
    path = machine.values(COMPUTER, _APP_PATH).get("")
    office = machine.values(COMPUTER, _CLICK_TO_RUN)
    bits = excel_bits(machine)
    width = f", {bits} bit" if bits else ""
    version = office.get("VersionToReport")
    return f"{path}{f', {version}' if version else ''}{width}" if path else "không thấy Excel trên máy này"


def excel_bits(machine: Machine) -> int:
    """Return the width of Excel, which need not be Python's; 0 when Windows does not say."""
    platform = machine.values(COMPUTER, _CLICK_TO_RUN).get("Platform")
    for version in _VERSIONS:  # Office installed otherwise says it beside Outlook, even without Outlook
        platform = platform or machine.values(COMPUTER, _OUTLOOK.format(version=version)).get("Bitness")
    return {"x86": 32, "x64": 64}.get(str(platform), 0)


def _installation_findings(machine: Machine, addin: bytes) -> Iterator[Finding]:
    target, functions = startup_path(machine), startup_path(machine, FUNCTIONS_ADDIN)
    for reason in _faults_of(target, addin, {}):
        yield codes.ADDIN_OUT_OF_DATE.at(reason=reason)
    if functions.exists():  # they are optional
        yield from _functions_findings(machine, functions)
    if machine.package.is_relative_to(machine.user_packages):
        yield codes.USER_ONLY_PACKAGE.at(path=str(machine.package))
    for path in (target, functions):
        if path.is_file() and machine.has_mark_of_the_web(path):
            yield codes.MARK_OF_THE_WEB.at(path=str(path))
    for old in old_copies(machine):
        yield codes.OLD_ADDIN_KEY.at(path=old.strip('"'))
    for key in EXCEL_KEYS:
        for number, value in machine.values(USER, rf"{key}\Resiliency\DisabledItems").items():
            for name in (ADDIN, FUNCTIONS_ADDIN):
                if isinstance(value, bytes) and name.encode("utf-16-le") in value.lower():
                    yield codes.ADDIN_DISABLED.at(name=name, value=number)


def _faults_of(target: Path, addin: bytes, settings: Mapping[str, str]) -> Iterator[str]:
    """Say what is wrong with the installed file, the first fault only; its Python is read from it."""
    try:
        found = target.read_bytes()
        python = installed_settings(found).get(INTERPRETER, "")
        current = with_settings(addin, {**settings, INTERPRETER: python})
    except FileNotFoundError:
        yield "chưa cài"
    except (OSError, KeyError, ValueError, zipfile.BadZipFile):
        yield f"tệp {target.name} trong XLSTART bị hỏng hoặc không đọc được"
    else:
        if found != current:
            yield f"bản đã cài khác bản {__version__} của phần mềm"
        elif not python or not Path(python).is_file():
            yield f"Python ghi trong tệp {target.name} ({python or 'chưa ghi'}) không còn"


def _functions_findings(machine: Machine, target: Path) -> Iterator[Finding]:
    """Examine the worksheet functions; their DLL is looked for where the runtime of xlwings looks."""
    faults = list(_faults_of(target, shipped_functions_addin(), SETTINGS))
    for reason in faults:
        yield codes.FUNCTIONS_OUT_OF_DATE.at(reason=reason)
    if faults:
        return
    folder = Path(installed_settings(target.read_bytes())[INTERPRETER]).parent
    bits = excel_bits(machine)
    for width in (bits,) if bits else (32, 64):  # not knowing which, both must be there
        name = f"xlwings{width}-{XLWINGS}.dll"
        if not any((place / name).is_file() for place in (folder, folder.parent)):
            yield codes.FUNCTIONS_DLL_MISSING.at(file=name, folder=str(folder.parent))


def _policy_findings(machine: Machine) -> Iterator[Finding]:
    if any(_blocks_children(machine, key) for key in _ASR_KEYS):
        yield codes.CHILD_PROCESS_BLOCKED.at()
    for reason in sorted(set(_macro_policies(machine))):
        yield codes.MACRO_POLICY.at(reason=reason)
    for reason in sorted(set(_signature_policies(machine))):
        yield codes.SIGNATURE_REQUIRED.at(reason=reason)


def _blocks_children(machine: Machine, key: str) -> bool:
    rules = {name.lower(): str(value) for name, value in machine.values(COMPUTER, key).items()}
    return rules.get(_ASR_CHILD_PROCESSES) in _ASR_BLOCKS


def _security_keys() -> Iterator[str]:
    for version, own in zip(_VERSIONS, EXCEL_KEYS, strict=True):
        yield rf"{_POLICIES.format(version=version)}\Excel\Security"
        yield rf"{own}\Security"


def _macro_policies(machine: Machine) -> Iterator[str]:
    for version in _VERSIONS:
        for hive in (USER, COMPUTER):
            if machine.values(hive, rf"{_POLICIES.format(version=version)}\Common").get("VBAOff") == 1:
                yield "VBAOff = 1 (tắt hẳn VBA)"
    for key in _security_keys():
        warnings = machine.values(USER, key).get("VBAWarnings")
        if warnings == 4:
            yield "VBAWarnings = 4 (tắt mọi macro)"
        if warnings == 3:
            yield "VBAWarnings = 3 (chỉ cho macro có chữ ký số)"
        if machine.values(USER, rf"{key}\Trusted Locations").get("AllLocationsDisabled") == 1:
            yield "AllLocationsDisabled = 1 (không tin cậy thư mục nào, kể cả XLSTART)"


def _signature_policies(machine: Machine) -> Iterator[str]:
    for key in _security_keys():
        values = machine.values(USER, key)
        if values.get("RequireAddinSig") == 1:
            yield "RequireAddinSig = 1"
        if values.get("DisableAllAddins") == 1:
            yield "DisableAllAddins = 1 (tắt mọi add-in)"
