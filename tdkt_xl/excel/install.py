"""Put the add-in where Excel starts it, for one user, without administrator rights; take it away again."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path

from tdkt_xl.excel.addin_parts import ADDIN, CONF_SHEET, INTERPRETER, shipped_addin
from tdkt_xl.excel.functions_addin import FUNCTIONS_ADDIN, SETTINGS, shipped_functions_addin
from tdkt_xl.excel.machine import USER, Machine
from tdkt_xl.findings import Finding, TdktError
from tdkt_xl.findings.codes import machine as codes
from tdkt_xl.writers.publish import reason_of

EXCEL_KEYS = tuple(rf"Software\Microsoft\Office\{version}\Excel" for version in ("16.0", "15.0"))
_SHEET = re.compile(rf'<sheet name="{re.escape(CONF_SHEET)}"[^>]* r:id="([^"]+)"')
_CELLS = re.compile(r"<sheetData\s*/>|<sheetData>.*</sheetData>", re.DOTALL)
_SIZE = re.compile(r'<dimension ref="[^"]*"/>')
_SETTING = re.compile(
    r'<row[^>]*><c r="A\d+" t="inlineStr"><is><t>([^<]*)</t></is></c>'
    r'<c r="B\d+" t="inlineStr"><is><t[^>]*>([^<]*)</t></is></c></row>'
)


@dataclass(frozen=True, slots=True)
class Installed:
    """What an installation left behind; ``changed`` is False when everything was in place already."""

    path: Path
    changed: bool
    findings: tuple[Finding, ...] = ()


def startup_path(machine: Machine, name: str = ADDIN) -> Path:
    """Return where Excel starts the add-in from (XLSTART of the user, a trusted location)."""
    roaming = machine.variable("APPDATA")
    if not roaming:
        raise TdktError(codes.PATH_MISSING, path="%APPDATA%")
    return Path(roaming) / "Microsoft" / "Excel" / "XLSTART" / name


def install(machine: Machine, addin: bytes | None = None, *, functions: bool = False) -> Installed:
    """Install the add-in that travels with the package, and clear what earlier copies left.

    ``functions`` adds the worksheet functions; where they are installed already they are renewed anyway,
    because they work with the installed version of xlwings only.
    May report KT-823. Raises TdktError: KT-827 off Windows, KT-820 while Excel runs, KT-830 when the
    buttons would not see the package, KT-803 when the file cannot be written.
    """
    _check_machine(machine)
    if machine.package.is_relative_to(machine.user_packages):
        raise TdktError(codes.USER_ONLY_PACKAGE, path=str(machine.package))
    target = startup_path(machine)
    settings = settings_of(machine)
    changed = _place(machine, target, with_settings(shipped_addin() if addin is None else addin, settings))
    second = startup_path(machine, FUNCTIONS_ADDIN)
    if functions or second.exists():
        content = with_settings(shipped_functions_addin(), {**SETTINGS, **settings})
        changed |= _place(machine, second, content)
    changed |= _forget_old_copies(machine)
    return Installed(target, changed, tuple(path_findings(machine)))


def uninstall(machine: Machine) -> Installed:
    """Take the add-ins and their registry values away; logs and backups stay.

    Raises TdktError: KT-827 off Windows, KT-820 while Excel runs, KT-803 when the file is held.
    """
    _check_machine(machine)
    target = startup_path(machine)
    changed = False
    for path in (startup_path(machine, FUNCTIONS_ADDIN), target):
        changed |= path.exists()
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise TdktError(codes.CANNOT_WRITE, path=str(path), reason=reason_of(error)) from error
    changed |= _forget_old_copies(machine)
    return Installed(target, changed)


def settings_of(machine: Machine) -> dict[str, str]:
    """Return the rows of the add-in's settings sheet; the path is ASCII where the disk allows it."""
    python = machine.python
    return {INTERPRETER: python if python.isascii() else machine.short_path(python)}


def path_findings(machine: Machine) -> Iterator[Finding]:
    """Report KT-823 when even the short path of the interpreter is not ASCII."""
    python = settings_of(machine)[INTERPRETER]
    if not python.isascii():
        yield codes.PYTHON_PATH_NOT_ASCII.at(path=python)


def old_copies(machine: Machine) -> list[str]:
    """Return the copies Excel was told to load or to offer in its Add-ins dialog."""
    found = []
    for key in EXCEL_KEYS:
        found += [value for value in _opened(machine, key).values() if _names_addin(value)]
        found += [name for name in machine.values(USER, rf"{key}\Add-in Manager") if _names_addin(name)]
    return found


def _opened(machine: Machine, key: str) -> dict[str, str]:
    """Return the values OPEN, OPEN1, OPEN2 … of Excel in their order."""
    values = {
        name: str(value)
        for name, value in machine.values(USER, rf"{key}\Options").items()
        if re.fullmatch(r"OPEN\d*", name, re.IGNORECASE)
    }
    return dict(sorted(values.items(), key=lambda item: int(item[0][4:] or 0)))


def _forget_old_copies(machine: Machine) -> bool:
    """Drop the values that load a copy of ours; those of other add-ins close the gap Excel would stop at."""
    forgotten = False
    for key in EXCEL_KEYS:
        opened = _opened(machine, key)
        kept = [value for value in opened.values() if not _names_addin(value)]
        if len(kept) < len(opened):
            forgotten = True
            for name in opened:
                machine.delete_value(USER, rf"{key}\Options", name)
            for index, value in enumerate(kept):
                machine.set_value(USER, rf"{key}\Options", f"OPEN{index or ''}", value)
        for name in machine.values(USER, rf"{key}\Add-in Manager"):
            if _names_addin(name):
                forgotten = True
                machine.delete_value(USER, rf"{key}\Add-in Manager", name)
    return forgotten


def _names_addin(value: object) -> bool:
    names = "|".join(re.escape(name) for name in (ADDIN, FUNCTIONS_ADDIN))
    return bool(re.search(rf'(?:^|[\\/"\s])(?:{names})(?:"|$)', str(value), re.IGNORECASE))


def with_settings(addin: bytes, settings: Mapping[str, str]) -> bytes:
    """Return the add-in with these rows in its settings sheet; every other part keeps its bytes."""
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>{escape(name)}</t></is></c>'
        f'<c r="B{row}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c></row>'
        for row, (name, value) in enumerate(settings.items(), start=1)
    )
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(addin)) as old, zipfile.ZipFile(written, "w") as new:
        part = _settings_part(old)
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == part:
                sheet = _CELLS.sub(lambda _: f"<sheetData>{rows}</sheetData>", content.decode())
                content = _SIZE.sub(f'<dimension ref="A1:B{len(settings)}"/>', sheet).encode()
            new.writestr(entry, content)
    return written.getvalue()


def installed_settings(addin: bytes) -> dict[str, str]:
    """Return the rows that an installer wrote; none in an add-in fresh from the build."""
    with zipfile.ZipFile(io.BytesIO(addin)) as package:
        sheet = package.read(_settings_part(package)).decode()
    return {unescape(name): unescape(value) for name, value in _SETTING.findall(sheet)}


def _settings_part(package: zipfile.ZipFile) -> str:
    sheet = _SHEET.search(package.read("xl/workbook.xml").decode())
    relations = package.read("xl/_rels/workbook.xml.rels").decode()
    for relation in re.findall(r"<Relationship [^>]*>", relations):
        target = re.search(r'Target="/?(?:xl/)?([^"]+)"', relation)
        if sheet and target and f'Id="{sheet[1]}"' in relation:
            return f"xl/{target[1]}"
    msg = f"no sheet {CONF_SHEET}"
    raise ValueError(msg)


def _check_machine(machine: Machine) -> None:
    if machine.system != "Windows":
        raise TdktError(codes.NOT_WINDOWS, name=machine.system)
    if machine.excel_is_running():
        raise TdktError(codes.EXCEL_RUNNING)


def _place(machine: Machine, target: Path, content: bytes) -> bool:
    """Write the file; written, not copied, it brings no mark of the web, and an old mark goes."""
    changed = _write(target, content)
    changed |= machine.has_mark_of_the_web(target)
    machine.remove_mark_of_the_web(target)
    return changed


def _write(target: Path, content: bytes) -> bool:
    """Replace the file as a whole; False when it holds these bytes already."""
    partial = target.parent.parent / f"{target.name}.new"  # Excel opens whatever lies in XLSTART
    try:
        if target.is_file() and target.read_bytes() == content:
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(content)
        partial.replace(target)
    except OSError as error:
        raise TdktError(codes.CANNOT_WRITE, path=str(target), reason=reason_of(error)) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    return True
