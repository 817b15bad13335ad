Attribute VB_Name = "TdktUdfs"
Option Explicit
'Written by the generator of xlwings from tdkt_xl.excel.functions: build again instead of editing.
#Const App = "Microsoft Excel"

Function TDKT_BANGCHU(so_tien, Optional don_vi, Optional hang_chuc)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        TDKT_BANGCHU = TdktAnswer(XLPy.CallUDF("tdkt_xl.excel.functions", "TDKT_BANGCHU", Array(so_tien, don_vi, hang_chuc), Nothing, Application.Caller))
        Exit Function
    #Else
        TDKT_BANGCHU = TdktAnswer(XLPy.CallUDF("tdkt_xl.excel.functions", "TDKT_BANGCHU", Array(so_tien, don_vi, hang_chuc)))
        Exit Function
    #End If
failed:
    TDKT_BANGCHU = CVErr(xlErrNA)
End Function

Function TDKT_CHUANHOA(van_ban)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        TDKT_CHUANHOA = TdktAnswer(XLPy.CallUDF("tdkt_xl.excel.functions", "TDKT_CHUANHOA", Array(van_ban), Nothing, Application.Caller))
        Exit Function
    #Else
        TDKT_CHUANHOA = TdktAnswer(XLPy.CallUDF("tdkt_xl.excel.functions", "TDKT_CHUANHOA", Array(van_ban)))
        Exit Function
    #End If
failed:
    TDKT_CHUANHOA = CVErr(xlErrNA)
End Function

Function TDKT_DIEMTYLE(diem_toi_da, chi_tieu, ket_qua, Optional diem_khi_dat, Optional cong_moi_phan_tram, Optional san_phan_tram)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        TDKT_DIEMTYLE = TdktAnswer(XLPy.CallUDF("tdkt_xl.excel.functions", "TDKT_DIEMTYLE", Array(diem_toi_da, chi_tieu, ket_qua, diem_khi_dat, cong_moi_phan_tram, san_phan_tram), Nothing, Application.Caller))
        Exit Function
    #Else
        TDKT_DIEMTYLE = TdktAnswer(XLPy.CallUDF("tdkt_xl.excel.functions", "TDKT_DIEMTYLE", Array(diem_toi_da, chi_tieu, ket_qua, diem_khi_dat, cong_moi_phan_tram, san_phan_tram)))
        Exit Function
    #End If
failed:
    TDKT_DIEMTYLE = CVErr(xlErrNA)
End Function

Function TDKT_LYDO(ham, ParamArray doi_so())
    Dim argsArray() As Variant, k As Long
    argsArray = Array(ham)
    ReDim Preserve argsArray(0 to UBound(doi_so) - LBound(doi_so) + 1)
    For k = LBound(doi_so) To UBound(doi_so)
    argsArray(1 + k - LBound(doi_so)) = doi_so(k)
    Next k
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        TDKT_LYDO = TdktAnswer(XLPy.CallUDF("tdkt_xl.excel.functions", "TDKT_LYDO", argsArray, Nothing, Application.Caller))
        Exit Function
    #Else
        TDKT_LYDO = TdktAnswer(XLPy.CallUDF("tdkt_xl.excel.functions", "TDKT_LYDO", argsArray))
        Exit Function
    #End If
failed:
    TDKT_LYDO = Err.Description
End Function

Function TDKT_SO(van_ban, Optional diem_toi_da)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        TDKT_SO = TdktAnswer(XLPy.CallUDF("tdkt_xl.excel.functions", "TDKT_SO", Array(van_ban, diem_toi_da), Nothing, Application.Caller))
        Exit Function
    #Else
        TDKT_SO = TdktAnswer(XLPy.CallUDF("tdkt_xl.excel.functions", "TDKT_SO", Array(van_ban, diem_toi_da)))
        Exit Function
    #End If
failed:
    TDKT_SO = CVErr(xlErrNA)
End Function

Function TDKT_TCVN3(van_ban, Optional bang_ma)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        TDKT_TCVN3 = TdktAnswer(XLPy.CallUDF("tdkt_xl.excel.functions", "TDKT_TCVN3", Array(van_ban, bang_ma), Nothing, Application.Caller))
        Exit Function
    #Else
        TDKT_TCVN3 = TdktAnswer(XLPy.CallUDF("tdkt_xl.excel.functions", "TDKT_TCVN3", Array(van_ban, bang_ma)))
        Exit Function
    #End If
failed:
    TDKT_TCVN3 = CVErr(xlErrNA)
End Function

Function TDKT_TIENTHUONG(danh_hieu, ngay_quyet_dinh, Optional doi_tuong)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        TDKT_TIENTHUONG = TdktAnswer(XLPy.CallUDF("tdkt_xl.excel.functions", "TDKT_TIENTHUONG", Array(danh_hieu, ngay_quyet_dinh, doi_tuong), Nothing, Application.Caller))
        Exit Function
    #Else
        TDKT_TIENTHUONG = TdktAnswer(XLPy.CallUDF("tdkt_xl.excel.functions", "TDKT_TIENTHUONG", Array(danh_hieu, ngay_quyet_dinh, doi_tuong)))
        Exit Function
    #End If
failed:
    TDKT_TIENTHUONG = CVErr(xlErrNA)
End Function

Function TDKT_TONGDIEM(diem, ParamArray them())
    Dim argsArray() As Variant, k As Long
    argsArray = Array(diem)
    ReDim Preserve argsArray(0 to UBound(them) - LBound(them) + 1)
    For k = LBound(them) To UBound(them)
    argsArray(1 + k - LBound(them)) = them(k)
    Next k
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        TDKT_TONGDIEM = TdktAnswer(XLPy.CallUDF("tdkt_xl.excel.functions", "TDKT_TONGDIEM", argsArray, Nothing, Application.Caller))
        Exit Function
    #Else
        TDKT_TONGDIEM = TdktAnswer(XLPy.CallUDF("tdkt_xl.excel.functions", "TDKT_TONGDIEM", argsArray))
        Exit Function
    #End If
failed:
    TDKT_TONGDIEM = CVErr(xlErrNA)
End Function

Function TDKT_XEPHANG(tong_diem)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        TDKT_XEPHANG = TdktAnswer(XLPy.CallUDF("tdkt_xl.excel.functions", "TDKT_XEPHANG", Array(tong_diem), Nothing, Application.Caller))
        Exit Function
    #Else
        TDKT_XEPHANG = TdktAnswer(XLPy.CallUDF("tdkt_xl.excel.functions", "TDKT_XEPHANG", Array(tong_diem)))
        Exit Function
    #End If
failed:
    TDKT_XEPHANG = CVErr(xlErrNA)
End Function

Function TDKT_XEPLOAI(tong_diem, bang_muc)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        TDKT_XEPLOAI = TdktAnswer(XLPy.CallUDF("tdkt_xl.excel.functions", "TDKT_XEPLOAI", Array(tong_diem, bang_muc), Nothing, Application.Caller))
        Exit Function
    #Else
        TDKT_XEPLOAI = TdktAnswer(XLPy.CallUDF("tdkt_xl.excel.functions", "TDKT_XEPLOAI", Array(tong_diem, bang_muc)))
        Exit Function
    #End If
failed:
    TDKT_XEPLOAI = CVErr(xlErrNA)
End Function
