"""The tables of results too many for one workbook: their columns, and their rows."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from tdkt_xl.domain.scores import Origin, ScoreLine
from tdkt_xl.domain.standings import ClusterStandings, Standing
from tdkt_xl.findings import Finding, Place
from tdkt_xl.findings.render import fix, message, say

if TYPE_CHECKING:  # a process that only checks files writes no workbook
    from tdkt_xl.writers.consolidated_book import SourceFile
    from tdkt_xl.writers.decisions_sheet import DecisionRow

SCORES, RANKING, FINDINGS = "diem-chi-tiet", "xep-hang", "ket-qua-kiem-tra"
DECISIONS, SOURCES, CHANGES = "quyet-dinh", "nguon-so-lieu", "so-voi-ky-truoc"
PROPOSALS, SELF_SCORES = "de-nghi", "tu-cham"
KINDS = {"collectives": "Tập thể", "individuals": "Cá nhân"}
"""List of a cluster book → what the table of proposals calls its rows."""
PLACES = 15
POINTS = f"decimal({PLACES})"
TEXT, WHOLE = "text", "whole"
_SOURCE = {"file": TEXT, "sheet": TEXT, "cell": TEXT}
COLUMNS: Mapping[str, Mapping[str, str]] = {
    SCORES: {
        "cluster": TEXT,
        "unit_code": TEXT,
        "unit": TEXT,
        "path": TEXT,
        "text": TEXT,
        "maximum": POINTS,
        "self_score": POINTS,
        "cluster_score": POINTS,
        "appraised_score": POINTS,
        "final": POINTS,
        "origin": TEXT,
        "reason": TEXT,
        "rule": TEXT,
        "target": TEXT,
        "result": TEXT,
        "computed": POINTS,
        "words": TEXT,
        "decision": TEXT,
        "typed": TEXT,
        **_SOURCE,
    },
    RANKING: {
        "cluster": TEXT,
        "cluster_name": TEXT,
        "period": TEXT,
        "unit_code": TEXT,
        "unit": TEXT,
        "rank": WHOLE,
        "tied": WHOLE,
        "decided": WHOLE,
        "total": POINTS,
        "base": POINTS,
        "percent": POINTS,
        "self_total": POINTS,
        "band": TEXT,
        "state": TEXT,
        **_SOURCE,
    },
    FINDINGS: {
        "severity": TEXT,
        "code": TEXT,
        **_SOURCE,
        "message": TEXT,
        "fix": TEXT,
    },
    DECISIONS: {
        "kind": TEXT,
        "cluster": TEXT,
        "unit_code": TEXT,
        "unit": TEXT,
        "path": TEXT,
        "question": TEXT,
        "choices": TEXT,
        "answer": TEXT,
        "who": TEXT,
        "day": TEXT,
        "why": TEXT,
        "state": TEXT,
        **_SOURCE,
        "code": TEXT,
    },
    PROPOSALS: {
        "kind": TEXT,
        "number": WHOLE,
        "cluster": TEXT,
        "period": TEXT,
        "subject": TEXT,
        "position": TEXT,
        "unit_code": TEXT,
        "unit": TEXT,
        "unit_typed": TEXT,
        "award": TEXT,
        "rating": TEXT,
        "members": WHOLE,
        "members_htnv": WHOLE,
        "members_ldtt": WHOLE,
        "members_cstdcs": WHOLE,
        "members_disciplined": WHOLE,
        "united": TEXT,
        "months_employed": WHOLE,
        "discipline": TEXT,
        "under_verification": TEXT,
        "initiative": TEXT,
        "initiative_reach": TEXT,
        "consecutive_cstdcs": WHOLE,
        "minutes": TEXT,
        **_SOURCE,
        "source_columns": TEXT,
        "key": WHOLE,
    },
    SELF_SCORES: {
        "path": TEXT,
        "self_score": POINTS,
        "lower": POINTS,
        "upper": POINTS,
        "file": TEXT,
        "sheet": TEXT,
        "begins": WHOLE,
        "row": WHOLE,
        "column": WHOLE,
    },
    CHANGES: {
        "cluster": TEXT,
        "unit_code": TEXT,
        "unit": TEXT,
        "last_period": TEXT,
        "last_total": POINTS,
        "total": POINTS,
        "change": POINTS,
        "last_rank": WHOLE,
        "rank": WHOLE,
        "note": TEXT,
    },
    SOURCES: {"path": TEXT, "status": TEXT, "cluster": TEXT, "period": TEXT, "sha256": TEXT},
}
"""Tables of a large round and the types of their columns; points are exact decimals of 15 places.

``key`` of a proposal is the same for the same proposal of another book. SELF_SCORES is only kept while
files are compared; ``begins`` tells apart the tables of one sheet.
"""

Row = Mapping[str, object]


def score_rows(clusters: Iterable[ClusterStandings]) -> list[Row]:
    """Every score with its cell, as the detail sheet of a workbook would list it."""
    rows: list[Row] = []
    for cluster in clusters:
        for item in cluster.standings:
            rows += [_line_row(cluster.code, item, line) for line in item.sheet.lines] if item.sheet else []
            words = dict(item.wide.settled) if item.wide else {}
            for path, cell in item.wide.cells if item.wide else ():
                rows.append(
                    {
                        **_unit(cluster.code, item),
                        "path": path,
                        "cluster_score": None if path in words else cell.value,
                        "final": cell.value,
                        "origin": (Origin.DECIDED if path in words else Origin.CLUSTER).value,
                        "decision": words[path].words if path in words else "",
                        "typed": cell.text,
                        **_source(cell.place),
                    }
                )
    return rows


def _unit(cluster: str, item: Standing) -> dict[str, object]:
    return {"cluster": cluster, "unit_code": item.unit_code, "unit": item.unit_name}


def _source(place: Place) -> dict[str, object]:
    return {"file": place.file, "sheet": place.sheet, "cell": place.cell}


def _line_row(cluster: str, item: Standing, line: ScoreLine) -> Row:
    return {
        **_unit(cluster, item),
        "path": line.criterion.path,
        "text": line.criterion.text,
        "maximum": line.criterion.maximum,
        "self_score": line.self_score.value,
        "cluster_score": line.cluster_score.value,
        "appraised_score": line.appraised_score.value,
        "final": line.final.value,
        "origin": line.origin.value,
        "reason": line.reason.text,
        "rule": line.criterion.rule.label if line.criterion.rule else "",
        "target": line.target.text,
        "result": line.result.text,
        "computed": line.computed.points if line.computed else None,
        "words": line.computed.words if line.computed else "",
        "decision": line.settled.words if line.settled else "",
        "typed": line.final.text,
        **_source(line.final.place),
    }


def ranking_rows(clusters: Iterable[ClusterStandings]) -> Iterator[Row]:
    """Every unit with its total and rank."""
    for cluster in clusters:
        for item in cluster.standings:
            yield {
                **_unit(cluster.code, item),
                "cluster_name": cluster.name,
                "period": cluster.period.key if cluster.period else "",
                "rank": item.rank,
                "tied": int(item.tied),
                "decided": int(item.decided),
                "total": item.total,
                "base": item.base,
                "percent": item.percent,
                "self_total": item.self_total,
                "band": item.band,
                "state": item.state.value,
                **_source(item.place),
            }


def finding_rows(findings: Iterable[Finding]) -> Iterator[Row]:
    """Every finding in words."""
    for finding in findings:
        yield {
            "severity": finding.severity.label,
            "code": finding.code.id,
            **_source(finding.place),
            "message": message(finding),
            "fix": fix(finding),
        }


def decision_rows(decisions: "Iterable[DecisionRow]") -> Iterator[Row]:
    """Every question with what was answered, and every answer whose question is gone."""
    for row in decisions:
        question, ruling = row.question, row.ruling
        shown: Row = ruling.shown if ruling else {}
        if question is not None:
            shown = {**question.shown, **_source(question.place)}
        typed: dict[str, object] = {}
        if ruling is not None and not ruling.is_blank:
            day = say(ruling.day) if ruling.day else ruling.typed_day
            typed = {"answer": ruling.answer, "who": ruling.who, "day": day, "why": ruling.why}
        code = question.id if question else ruling.id if ruling else ""
        yield {**shown, **typed, "state": row.state, "code": code}


def source_rows(files: "Iterable[SourceFile]") -> Iterator[Row]:
    """Every received file with what became of it and its digest."""
    for file in files:
        yield {
            "path": file.name,
            "status": file.status,
            "cluster": file.cluster,
            "period": file.period,
            "sha256": file.sha256,
        }
