"""The least any consolidation must do: read every cell of the workbooks given as arguments."""

import sys

from python_calamine import CalamineWorkbook


def main() -> None:
    """Read every sheet of every workbook."""
    for path in sys.argv[1:]:
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python(skip_empty_area=False)


if __name__ == "__main__":
    main()
