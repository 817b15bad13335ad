"""What a log may say of a crash: where it happened, never what the data were."""

import traceback


def traceback_without_data(error: BaseException) -> str:
    """Frames and kinds of an exception and its causes; their texts may hold names or scores."""
    told = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        frames = traceback.extract_tb(current.__traceback__)
        lines = [f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}\n' for frame in frames]
        kind = f"{type(current).__module__}.{type(current).__qualname__}{_numbers(current)}\n"
        told.append("".join(["Traceback (most recent call last):\n", *lines, kind]))
        current = current.__cause__ or current.__context__
    return "\n".join(reversed(told))


def _numbers(error: BaseException) -> str:
    """What the system calls the fault by number; its words may quote a cell or a name."""
    known = [(name, getattr(error, name, None)) for name in ("errno", "winerror", "hresult")]
    told = ", ".join(f"{name} {value}" for name, value in known if isinstance(value, int))
    return f" ({told})" if told else ""
