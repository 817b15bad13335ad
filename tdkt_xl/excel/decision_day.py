"""A day as a clerk types it: of the decision, or until when to answer."""

import re
from contextlib import suppress
from datetime import date

from tdkt_xl.excel.session import ExplainedError

_DAY = re.compile(r"\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})\s*")


def read_day(text: str, what: str = "ngày quyết định") -> date:
    """Read 15/12/2023; explains what is expected otherwise, calling the day by ``what``."""
    found = _DAY.fullmatch(text)
    if found:
        with suppress(ValueError):  # 31/02/2023
            return date(int(found[3]), int(found[2]), int(found[1]))
    shown = f"“{text}” không phải" if text else "Chưa ghi"
    words = f"{shown} ngày dạng ngày/tháng/năm, ví dụ 15/12/2023. Chưa làm gì và chưa ghi gì."
    raise ExplainedError(f"{words}\n\nXin bấm lại nút và ghi {what}.")  # noqa: EM102 - no other way out
