"""Write the corpus: ``python -m tests.tools.corpus`` makes tests/workbooks anew."""

import shutil

from tests.tools.corpus.shelves import FAIL, PASS, ROOT, all_cases, paths_of


def main() -> None:
    """Write every file and its .findings."""
    made = all_cases()
    for folder in (FAIL, PASS):
        shutil.rmtree(ROOT / folder, ignore_errors=True)
    for folder, cases in made.items():
        for case in cases:
            for path, data in paths_of(folder, case).items():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)


if __name__ == "__main__":
    main()
