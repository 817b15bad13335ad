"""tdkt freeze and tdkt unfreeze: fix the result of a cluster, or let it move again."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tdkt_xl.domain.frozen import Frozen
from tdkt_xl.domain.master import Master
from tdkt_xl.findings import TdktError
from tdkt_xl.findings.codes import machine
from tdkt_xl.tasks.consolidate import apply_rulings
from tdkt_xl.tasks.freezing import (
    Opened,
    Word,
    freeze_cluster,
    hold,
    open_cluster,
    read_frozen,
    write_frozen,
)
from tdkt_xl.tasks.kept_files import KeptFiles
from tdkt_xl.tasks.result_files import result_in
from tdkt_xl.tasks.round import Progress, check_round
from tdkt_xl.tasks.rulings import read_rulings
from tdkt_xl.tasks.slim_files import decide_whole, slim_unless
from tdkt_xl.tasks.validate import source_paths


def freeze(
    folder: Path,
    out: Path,
    master: Master,
    clusters: Sequence[str],
    word: Word,
    progress: Progress | None = None,
    *,
    today: date | None = None,
    kept: KeptFiles | None = None,
) -> list[Frozen]:
    """Freeze clusters as they stand today in ``folder``, with the rulings of the result in ``out``.

    All of them or none; the scores of other clusters are not held. Raises TdktError KT-540 (a unit of a
    cluster waits), KT-538, KT-801, KT-803, KT-804, KT-880 (frozen already), KT-881 (no book of it).
    """
    if folder.is_file():
        raise TdktError(machine.NOT_A_FOLDER, path=str(folder))
    frozen = read_frozen(out)
    for record in frozen:
        if record.cluster in clusters:
            raise TdktError(machine.ALREADY_FROZEN, cluster=record.name, day=record.day, who=record.who)
    rulings = read_rulings(result_in(out), must_exist=False, today=today)
    slim = slim_unless(lambda file: file.standings is not None and file.standings.code in clusters)
    received = check_round([folder], master, progress, kept=kept, slim=slim)
    held = hold(received, frozen, out, master, slim)
    checked, standings, _ = apply_rulings(held.round, rulings, master, decide_whole)
    ready = {cluster.code: cluster for cluster in standings}
    for code in clusters:
        if code not in ready:
            raise TdktError(machine.NO_BOOK_TO_FREEZE, cluster=code)
    sources = source_paths([folder])
    records = [
        freeze_cluster(ready[code], checked, rulings, word, sources[ready[code].file]) for code in clusters
    ]
    for record, data in records:
        write_frozen(out, record, data)
    return [record for record, _ in records]


def unfreeze(out: Path, cluster: str, word: Word) -> Opened:
    """Let a cluster move again; its record is kept beside with who opened it, when and why.

    Raises TdktError KT-882 when it is not frozen, KT-896 when it was frozen on a later day.
    """
    return open_cluster(out, cluster, word)
