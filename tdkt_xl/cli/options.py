"""Options that several commands have."""

from pathlib import Path

import click

OUT = click.option("--out", metavar="THƯ_MỤC", type=click.Path(path_type=Path), help="Thư mục ghi kết quả.")
MASTER = click.option(
    "--master",
    metavar="TỆP",
    type=click.Path(path_type=Path),
    help="Danh mục dùng chung; mặc định danh-muc.xlsx đi kèm.",
)
FRESH = click.option(
    "--fresh", is_flag=True, help="Đọc và kiểm tra lại mọi tệp, kể cả tệp không đổi từ lần trước."
)
PEOPLE = click.option(
    "--people",
    metavar="SỔ_HỒ_SƠ",
    type=click.Path(path_type=Path),
    help="Sổ hồ sơ cá nhân, tập thể (ho-so-khen-thuong.xlsx) để đối chiếu.",
)
JSON = click.option(
    "--json", "as_json", is_flag=True, help="In một tài liệu JSON ra màn hình, không in gì khác."
)
