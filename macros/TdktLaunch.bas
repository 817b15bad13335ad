Attribute VB_Name = "TdktLaunch"
Option Explicit
'Start Python for one click and wait: no cmd.exe, no ANSI file functions, no DLL, and no settings from the
'user's workbook (the interpreter comes from this add-in's own sheet). Book.caller() needs only the three options.

Private Const CONF_SHEET As String = "tdkt.conf"
Private Const ENTRY As String = "tdkt_xl.excel.run"

'Exit code of Python, or -1 when it was not started; the clerk has been told when it is not 0.
Public Function TdktLaunchPython(ByVal action As String) As Long
    Dim shell As Object, files As Object, exe As String, book As String, command As String, code As Long
    TdktLaunchPython = -1
    Set shell = CreateObject("WScript.Shell")
    Set files = CreateObject("Scripting.FileSystemObject")
    exe = shell.ExpandEnvironmentStrings(TdktConf("INTERPRETER_WIN"))
    If Not files.FileExists(exe) Then
        TdktSay "no_python", exe
        Exit Function
    End If
    If Not ActiveWorkbook Is Nothing Then book = TdktLiteral(shell, ActiveWorkbook.Name)
    command = """" & exe & """ -I -m " & ENTRY & " " & action & " ""--wb=" & _
        book & """ --from_xl=1 --hwnd=" & Application.Hwnd
    On Error GoTo Refused
    code = shell.Run(command, 0, True)
    On Error GoTo 0
    If code <> 0 Then TdktSay "python_failed", exe & " (" & code & ")"
    TdktLaunchPython = code
    Exit Function
Refused:
    TdktSay "not_started", Err.Number & ": " & Err.Description
End Function

'WScript.Shell.Run expands %NAME% once, also inside quotes, and has no escape: let a variable stand for the sign.
Private Function TdktLiteral(ByVal shell As Object, ByVal text As String) As String
    TdktLiteral = text
    If InStr(text, "%") = 0 Then Exit Function
    shell.Environment("PROCESS").Item("TDKT_PERCENT") = "%"
    TdktLiteral = Replace(text, "%", "%TDKT_PERCENT%")
End Function

Private Function TdktConf(ByVal key As String) As String
    Dim r As Long
    With ThisWorkbook.Worksheets(CONF_SHEET)
        For r = 1 To 100
            If .Cells(r, 1).Value = "" Then Exit For
            If .Cells(r, 1).Value = key Then TdktConf = .Cells(r, 2).Value
        Next r
    End With
End Function
