"""Options of how received files are read: a password typed for the run, wider safety limits."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from tdkt_xl.readers.protocol import Reading

_LARGEST = 10
"""As limits.LARGEST_FACTOR, which is not loaded to show the help; a test compares."""

PASSWORD = click.option(
    "--password", is_flag=True, help="Hỏi một mật khẩu để mở tệp có mật khẩu; không hiện, không lưu."
)
WIDER_LIMITS = click.option(
    "--wider-limits",
    metavar="LẦN",
    type=click.IntRange(1, _LARGEST),
    default=1,
    help=f"Nới giới hạn an toàn khi đọc tệp lớn, tối đa {_LARGEST} lần; được ghi vào hồ sơ chạy.",
)


def reading_of(password: bool, wider: int) -> "Reading | None":
    """How the run reads; asks for the password when one is wanted, None for the usual way."""
    if not password and wider == 1:
        return None
    from tdkt_xl.readers.protocol import Reading

    typed = click.prompt("Mật khẩu", hide_input=True, err=True) if password else ""
    return Reading((typed,) if typed else (), wider)


def said_of(reading: "Reading | None") -> dict[str, str]:
    """What the record of the run says of it: never a password."""
    return {"wider_limits": str(reading.wider)} if reading and reading.wider > 1 else {}
