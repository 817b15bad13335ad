"""How often Python looks for garbage: in a click, in a command, and in the processes they start."""

import atexit
import gc

_OBJECTS_BETWEEN_COLLECTIONS = 400_000


def collect_rarely() -> None:
    """Let Python look for garbage only in long runs, and not once more at the end.

    What a click or a command makes, much of it by loading packages, lives to its end: searching that as often
    as Python does by default costs a tenth of a click and a fifth of a consolidation; searching it when the
    process ends costs a twentieth.
    """
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS, 20, 20)
    atexit.register(gc.freeze)
