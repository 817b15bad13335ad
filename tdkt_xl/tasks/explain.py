"""tdkt explain: what a code means, with a good and a bad example, offline."""

import re

from tdkt_xl.findings import Code, TdktError
from tdkt_xl.findings.codes import CATALOGUE, machine
from tdkt_xl.tasks.parameter_words import with_words


def find_code(text: str) -> Code:
    """Return the code a clerk means: KT-201, kt201 or 201; raises TdktError KT-807."""
    digits = re.sub(r"\D", "", text)
    code = CATALOGUE.get(f"KT-{digits}")
    if code is None or not re.fullmatch(r"\s*(kt)?[\s-]*\d+\s*", text, re.IGNORECASE):
        from difflib import get_close_matches  # only for a code that is none

        near = get_close_matches(f"KT-{digits}", CATALOGUE, n=1, cutoff=0.6) if digits else []
        suggestion = f" Có phải ý ông/bà là {near[0]}?" if near else ""
        raise TdktError(machine.UNKNOWN_CODE, text=text, suggestion=suggestion)
    return code


def explain(text: str) -> str:
    """Explain a code in a few lines."""
    code = find_code(text)
    return "\n".join(
        (
            f"{code.id} · {code.severity.label} · {code.title}",
            f"  Câu báo:  {with_words(code.message)}",
            f"  Cách sửa: {with_words(code.fix)}",
            f"  Chưa đúng: {code.bad}",
            f"  Đúng:      {code.good}",
        )
    )
