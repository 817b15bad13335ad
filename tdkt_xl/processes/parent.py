"""End with the process that started this one."""

import os
from threading import Thread


def end_with_parent() -> None:
    """End this process of a pool as soon as the one that gives it work is gone, however that ended.

    A pool whose owner was killed leaves its processes waiting for work for ever, or writing results that
    nobody wants any more over those of the next run.
    """
    from multiprocessing import connection, parent_process

    parent = parent_process()
    if parent is None:
        return

    def wait() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)  # what is half written is a temporary file; the next run sweeps it

    Thread(target=wait, daemon=True).start()
