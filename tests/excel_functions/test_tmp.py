import pytest
from pathlib import Path
from xlsxwriter import Workbook
from tests.excel_functions.host import Excel
from tdkt_xl.excel.functions_addin import build_functions_addin
def test_x(tmp_path, monkeypatch):
    b=tmp_path/"b.xlsx"
    with Workbook(str(b)) as w:
        s=w.add_worksheet("A"); s.write_column("A1",["9,5",8,"x",None,"1.234"])
        s.write_formula("B1","=1/0",value="#DIV/0!")
    e=Excel(Path("macros/tdkt-ham.xlam"),b,monkeypatch)
    for q in ['TDKT_SO(Range("A1:A5"))','TDKT_SO(Range("A1:A5"), 10)','TDKT_SO("8/10", 10)','TDKT_TONGDIEM(Range("A1:A2"), 1, Range("A2"))','TDKT_LYDO("TDKT_SO", Range("A1:A5"))','TDKT_BANGCHU(105)','TDKT_TONGDIEM(Range("A1:A5"))','TDKT_SO(Range("B1"))','TDKT_SO(Range("A1:B1"))']:
        print(q, e.ask(q))
    e.python.broken="Lỗi"
    print(e.ask('TDKT_SO(1)'), e.ask('TDKT_LYDO("TDKT_SO",1)'))
