"""Draw the pictures of the manual: ``python -m tests.tools.draw_ribbon``.

``ribbon.png`` is drawn from customUI14.xml; ``danh-dau.png`` is a workbook marked by a click in the in-memory
Excel and printed by LibreOffice. Neither is a photograph of Excel. Needs soffice, pdftoppm and ImageMagick.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
from openpyxl.worksheet.properties import PageSetupProperties

import tdkt_xl
from tdkt_xl.excel.addin_parts import LISTS, STATE, macros_folder
from tdkt_xl.excel.marks import RESULT_SHEET
from tests.excel.desk import PageSetup

IMAGES = Path(tdkt_xl.__file__).parent / "manual" / "images"
SAMPLE = Path(__file__).parents[2] / "workbooks" / "samples" / "cum-05 ban chinh thuc.xlsx"
NAMESPACE = "{http://schemas.microsoft.com/office/2009/07/customui}"
OTHER_TABS = ("Tệp", "Trang chủ", "Chèn", "Bố trí trang", "Công thức", "Dữ liệu")
SIGNS = {
    "tdktCheckBook": ("✓", "#217346"),
    "tdktCheckSheet": ("✓", "#2f75b5"),
    "tdktCheckFolder": ("✓", "#7a5c00"),
    "tdktRepair": ("✎", "#b8860b"),
    "tdktClearMarks": ("✕", "#a4262c"),
    "tdktNewForms": ("+", "#217346"),
    "tdktConvert": ("ă", "#7a5c00"),
    "tdktLetters": ("✉", "#2f75b5"),
    "tdktMissing": ("…", "#a4262c"),
    "tdktCompare": ("≠", "#2f75b5"),
    "tdktConsolidate": ("Σ", "#2f75b5"),
    "tdktConsolidateCompared": ("↕", "#217346"),
    "tdktDecisions": ("?", "#b8860b"),
    "tdktTrace": ("→", "#2f75b5"),
    "tdktTry": ("Δ", "#7a5c00"),
    "tdktNominate": ("★", "#b8860b"),
    "tdktJudge": ("✓", "#217346"),
    "tdktEligible": ("≡", "#2f75b5"),
    "tdktMoney": ("đ", "#7a5c00"),
    "tdktRules": ("§", "#5b5b5b"),
    "tdktOpenResults": ("▤", "#b8860b"),
    "tdktMaster": ("≡", "#5b5b5b"),
    "tdktDoctor": ("!", "#a4262c"),
    "tdktRestore": ("↻", "#217346"),
    "tdktHelp": ("?", "#2f75b5"),
}
TOP, ROW, BAND = 36, 24, 118
SMALL, LARGE = 13, 13
FIELD, ENLARGED = 150, 1.25
PLAIN, BOLD, SIGN = "DejaVu-Sans-Condensed", "DejaVu-Sans-Condensed-Bold", "DejaVu-Sans-Bold"
SMALL_FILE = ("-strip", "+dither", "-colors", "128", "-depth", "8", "-define", "png:exclude-chunks=date,time")


def width_of(text: str, size: float = SMALL) -> float:
    """Roughly how wide a text is drawn."""
    return sum(0.30 if letter in " iIlj.,:'" else 0.55 for letter in text) * size


def drawn_text(
    x: float,
    y: float,
    text: str,
    *,
    size: int = SMALL,
    fill: str = "#222",
    font: str = PLAIN,
    align: str = "left",
) -> str:
    """A text of the ribbon."""
    shown = text.replace("\\", "\\\\").replace("'", "\\'")
    style = f"font {font} font-size {size} stroke none fill '{fill}' text-align {align}"
    return f"{style} text {x:.0f},{y:.0f} '{shown}'"


def box(x: float, y: float, width: float, height: float, fill: str, line: str = "none", r: int = 3) -> str:
    """A rectangle with round corners."""
    corners = f"{x:.0f},{y:.0f} {x + width:.0f},{y + height:.0f}"
    shape = f"roundrectangle {corners} {r},{r}" if r else f"rectangle {corners}"
    return f"fill '{fill}' stroke '{line}' stroke-width 1 {shape}"


def sign(x: float, y: float, size: int, control: str) -> str:
    """A plain sign in place of Office's own icon."""
    text, colour = SIGNS[control]
    middle = drawn_text(
        x + size / 2, y + size * 0.75, text, size=round(size * 0.68), fill="#fff", font=SIGN, align="center"
    )
    return box(x, y, size, size, colour, r=size // 6) + " " + middle


def two_lines(label: str) -> tuple[str, str]:
    """Break the label of a large button where its halves are most alike."""
    words = label.split()
    cuts = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    return min(cuts, key=lambda cut: abs(len(cut[0]) - len(cut[1])), default=(label, ""))


class Drawing:
    """The ribbon from left to right."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.x = 12.0
        self.menu: list[str] = []
        self.longest_menu = 0
        self.menus_end = 0.0

    def group(self, group: ElementTree.Element) -> None:
        """One group: its large buttons, its small ones in columns of three, its name below."""
        begin = self.x
        small: list[ElementTree.Element] = []
        for item in group:
            tag = item.tag.removeprefix(NAMESPACE)
            if item.get("size") != "large" and tag not in ("box", "separator"):
                small.append(item)
                continue
            self._columns(small)
            if tag == "separator":
                self._line()
            elif tag == "box":
                self._choices(item)
            else:
                self._large(item)
        self._columns(small)
        label = group.get("label", "")
        self.x = max(self.x, begin + width_of(label) + 16)
        middle = (begin + self.x) / 2 - 4
        self.parts.append(drawn_text(middle, TOP + BAND - 8, label, fill="#666", size=12, align="center"))
        self._line(height=BAND - 12)

    def _line(self, height: float = 3 * ROW) -> None:
        self.parts.append(f"stroke '#c8c6c4' line {self.x:.0f},{TOP + 8} {self.x:.0f},{TOP + 8 + height:.0f}")
        self.x += 10

    def _large(self, item: ElementTree.Element) -> None:
        split = item.tag == f"{NAMESPACE}splitButton"
        button = item[0] if split else item
        label = button.get("label", "")
        lines = two_lines(label)
        width = max(width_of(line, LARGE) for line in lines) + (24 if split else 16)
        middle = self.x + width / 2
        self.parts.append(sign(middle - 18, TOP + 8, 36, button.get("id", "")))
        for number, line in enumerate(lines):
            shown = f"{line} ▾" if split and number == 1 else line
            self.parts.append(drawn_text(middle, TOP + 62 + 16 * number, shown, align="center"))
        if split:
            self._menu(self.x, item[1])
        self.x += width + 6

    def _menu(self, x: float, menu: ElementTree.Element) -> None:
        top, high = TOP + BAND + 4, 46
        self.longest_menu = max(self.longest_menu, len(menu))
        wide = max(width_of(item.get("description", "")) for item in menu) + 66
        x = max(x, self.menus_end)
        self.menus_end = x + wide + 8
        self.menu.append(box(x, top, wide, high * len(menu) + 8, "#fff", "#a6a6a6"))
        for number, item in enumerate(menu):
            y = top + 6 + high * number
            self.menu += [
                sign(x + 10, y + 5, 30, item.get("id", "")),
                drawn_text(x + 50, y + 18, item.get("label", ""), font=BOLD),
                drawn_text(x + 50, y + 35, item.get("description", ""), fill="#555", size=12),
            ]

    def _columns(self, small: list[ElementTree.Element]) -> None:
        """Draw the small buttons gathered so far and forget them."""
        for first in range(0, len(small), 3):
            self._column(small[first : first + 3])
        small.clear()

    def _column(self, items: Sequence[ElementTree.Element]) -> None:
        for number, item in enumerate(items):
            y = TOP + 8 + ROW * number
            self.parts.append(sign(self.x + 2, y + 2, 18, item.get("id", "")))
            self.parts.append(drawn_text(self.x + 26, y + 16, item.get("label", "")))
        self.x += max(width_of(item.get("label", "")) for item in items) + 36

    def _choices(self, choices: ElementTree.Element) -> None:
        lists = [item for item in choices if item.tag == f"{NAMESPACE}dropDown"]
        indent = max(width_of(item.get("label", "")) for item in lists) + 8
        for number, item in enumerate(choices):
            y = TOP + 8 + ROW * number
            if item not in lists:
                self.parts.append(drawn_text(self.x, y + 16, str(STATE[item.get("id", "")]), fill="#444"))
                continue
            self.parts += [
                drawn_text(self.x, y + 16, item.get("label", "")),
                box(self.x + indent, y + 1, FIELD, 20, "#fff", "#a6a6a6", 1),
                drawn_text(self.x + indent + 6, y + 16, LISTS[item.get("id", "")][0][1]),
                drawn_text(self.x + indent + FIELD - 16, y + 15, "▾", size=12),
            ]
        self.x += indent + FIELD + 12


def tabs(selected: str) -> Iterator[str]:
    """The names of Excel's tabs, ours in front of a light ground."""
    x = 16.0
    for name in (*OTHER_TABS, selected):
        wide = width_of(name, 14)
        if name == selected:
            yield box(x - 10, 4, wide + 20, TOP, "#f5f4f2")
        ours = name == selected
        yield drawn_text(
            x, 25, name, size=14, fill="#217346" if ours else "#fff", font=BOLD if ours else PLAIN
        )
        x += wide + 28


def draw_ribbon(xml: bytes, target: Path) -> None:
    """Draw the ribbon with its menus open."""
    tree = ElementTree.fromstring(xml)
    tab = next(tree.iter(f"{NAMESPACE}tab"))
    drawing = Drawing()
    for group in tab:
        drawing.group(group)
    wide, high = drawing.x + 6, TOP + BAND + 46 * drawing.longest_menu + 20
    ground = [
        f"scale {ENLARGED},{ENLARGED}",
        box(0, 0, wide, TOP, "#217346", r=0),
        *tabs(tab.get("label", "")),
        box(0, TOP, wide, BAND, "#f5f4f2", "#d2d0ce", 0),
    ]
    canvas = ["-size", f"{wide * ENLARGED:.0f}x{high * ENLARGED:.0f}", "xc:white"]
    parts = "\n".join([*ground, *drawing.parts, *drawing.menu])
    subprocess.run(["convert", *canvas, "-draw", parts, *SMALL_FILE, str(target)], check=True)


# ---- the marked workbook


def marked_copy(folder: Path) -> Path:
    """Click “Kiểm tra tệp này” on a sample book with planted faults; returns the marked copy."""
    import xlwings as xw

    from tdkt_xl.excel.run import main
    from tests.excel.engine import register

    os.environ.update(LOCALAPPDATA=str(folder / "state"), HOME=str(folder))
    register()
    app = xw.App(add_book=False)
    app.books.open(str(shutil.copy(SAMPLE, folder)))
    app.impl.desk.answers.append("yes")
    main(["tdktCheckBook"])
    copy = app.books.active
    path = Path(copy.fullname)
    assert "đã đánh dấu" in path.name
    return with_page_setup(path, RESULT_SHEET, copy.sheets[RESULT_SHEET].api.PageSetup)


def with_page_setup(path: Path, sheet: str, setup: PageSetup) -> Path:
    """Write into a saved workbook how the click set up the page of a sheet: pyOpenVBA does not save it."""
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=setup.Zoom is False)
    page.page_setup.paperSize = setup.PaperSize
    page.page_setup.orientation = {1: "portrait", 2: "landscape"}[setup.Orientation]
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = setup.FitToPagesWide, int(setup.FitToPagesTall)
    for name in ("top", "bottom", "left", "right", "header"):
        setattr(page.page_margins, name, getattr(setup, f"{name.capitalize()}Margin") / 72)
    page.print_options.horizontalCentered = setup.CenterHorizontally
    page.print_title_rows = setup.PrintTitleRows.replace("$", "")
    page.HeaderFooter.differentFirst = setup.DifferentFirstPageHeaderFooter
    ((font, size, text),) = re.findall(r'^&"(.+)"&(\d+)(.+)$', setup.CenterHeader)
    header = page.oddHeader.center
    header.font, header.size, header.text = font, int(size), text
    book.save(path)
    return path


def printed(path: Path, folder: Path) -> Path:
    """Print a workbook with LibreOffice."""
    office = shutil.which("soffice")
    assert office, "LibreOffice is missing"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / f"{path.stem}.pdf"


def pages(pdf: Path, numbers: Sequence[int], folder: Path) -> list[Path]:
    """Pictures of some pages; -1 is the last."""
    subprocess.run(["pdftoppm", "-r", "110", "-png", str(pdf), str(folder / "trang")], check=True)
    found = sorted(folder.glob("trang*.png"))
    return [found[number] for number in numbers]


def main() -> None:
    """Draw both pictures into the manual."""
    IMAGES.mkdir(exist_ok=True)
    draw_ribbon((macros_folder() / "customUI14.xml").read_bytes(), IMAGES / "ribbon.png")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shown = pages(printed(marked_copy(folder), folder), (0, -1), folder)
        trim = ["-trim", "-bordercolor", "white", "-border", "16", "-bordercolor", "#999", "-border", "1"]
        command = ["convert", *map(str, shown), *trim, "-append", *SMALL_FILE, str(IMAGES / "danh-dau.png")]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
