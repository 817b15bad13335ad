"""The manual as one page of HTML, readable without a network, with a table of contents beside it."""

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from markdown_it.token import Token

MANUAL = Path(__file__).resolve().parent.parent / "manual"
FIRST = ("excel", "cham-diem", "tra-lai", "chuyen-ma-chu", "ho-so", "quy-tac", "quy-dinh-tinh", "ma-loi")
"""The pages read most, in this order; every other page for clerks follows."""
NOT_FOR_CLERKS = frozenset({"cam-ket", "hieu-nang", "thu-tren-windows"})
_DEEPEST_IN_CONTENTS = 2
_REMARK = re.compile(r"\A<!--.*?-->\s*", re.DOTALL)
"""What a generated page says to the next engineer."""
_STYLE = (Path(__file__).parent / "help_page.css").read_text("utf-8")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading for the table of contents."""

    level: int
    anchor: str
    text: str


def pages_for_clerks(manual: Path = MANUAL) -> list[str]:
    """Names of the pages that are shown, in their order."""
    shown = {path.stem for path in manual.glob("*.md")} - NOT_FOR_CLERKS
    return [*(page for page in FIRST if page in shown), *sorted(shown - set(FIRST))]


def build_help(manual: Path = MANUAL) -> str:
    """The page: every manual page as a section, links between them made links inside the page."""
    from markdown_it import MarkdownIt

    pages = pages_for_clerks(manual)

    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    sections: list[str] = []
    contents: list[Heading] = []
    for page in pages:
        text = _REMARK.sub("", (manual / f"{page}.md").read_text("utf-8"))
        tokens = reader.parse(text)
        contents += _anchor_headings(tokens, page)
        for token in _inline(tokens):
            _point_inside(token, page, pages, manual)
        body = reader.renderer.render(tokens, reader.options, {})
        sections.append(f"<section>\n{body}</section>")
    return (
        '<!doctype html>\n<html lang="vi"><head><meta charset="utf-8"><title>Thi đua: trợ giúp</title>'
        f"<style>{_STYLE}</style></head>\n<body><nav><p>Trợ giúp</p>{_contents(contents)}"
        "<p>Tìm: Ctrl + F</p></nav>\n"
        f"<main>\n{''.join(sections)}</main></body></html>\n"
    )


def anchor_of(page: str, heading: str = "") -> str:
    """The anchor of a page or of one of its headings, as GitHub makes it, with the page before it."""
    words = re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
    return f"{page}--{words}" if words else page


def _anchor_headings(tokens: "Sequence[Token]", page: str) -> Iterator[Heading]:
    seen: Counter[str] = Counter()
    for opening, content in pairwise(tokens):
        if opening.type != "heading_open":
            continue
        level = int(opening.tag.removeprefix("h"))
        text = "".join(part.content for part in content.children or () if part.content)
        anchor = anchor_of(page, "" if level == 1 else text)
        seen[anchor] += 1
        anchor += f"-{seen[anchor] - 1}" if seen[anchor] > 1 else ""
        opening.attrSet("id", anchor)
        if level <= _DEEPEST_IN_CONTENTS:
            yield Heading(level, anchor, text)


def _inline(tokens: "Sequence[Token]") -> "Iterator[Token]":
    for token in tokens:
        yield from token.children or ()


def _point_inside(token: "Token", page: str, pages: Sequence[str], manual: Path) -> None:
    """Turn the target of a link or picture into one that works from this page."""
    source = token.attrGet("src")
    if source:
        token.attrSet("src", (manual / str(source)).as_uri())
    target = str(token.attrGet("href") or "")
    if not target or "://" in target:
        return
    name, _, heading = unquote(target).partition("#")
    name = name.removesuffix(".md") or page
    if name in pages:
        token.attrSet("href", f"#{anchor_of(name, heading)}")
    else:  # a page that is not here: read it where it lies
        token.attrSet("href", (manual / f"{name}.md").as_uri())


def _contents(headings: Sequence[Heading]) -> str:
    """The table of contents: a page's sections fold out below it."""
    parts: list[str] = []
    for heading in headings:
        link = f'<a href="#{heading.anchor}">{html.escape(heading.text)}</a>'
        if heading.level > 1:
            parts.append(f"<li>{link}</li>")
        else:
            parts.append(f"{'</ul>' if parts else ''}<p>{link}</p><ul>")
    return "".join([*parts, "</ul>" if parts else ""])
