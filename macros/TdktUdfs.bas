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
