Attribute VB_Name = "TdktHam"
Option Explicit
'Around the generated worksheet functions: errors as Excel errors, and their help in the function wizard.
'ASCII only: the Vietnamese help lies on a hidden sheet of this add-in.

Private Const HELP_SHEET As String = "tdkt.ham"
Private Const LAST_ROW As Long = 100
Private Const FIRST_ARGUMENT As Long = 4
Private Const LAST_COLUMN As Long = 30

'What Python answered, with its marked texts (Chr 1 and the number of an Excel error) as error values.
Public Function TdktAnswer(ByVal answer As Variant) As Variant
    Dim r As Long, c As Long
    If IsArray(answer) Then
        If TdktHasColumns(answer) Then
            For r = LBound(answer, 1) To UBound(answer, 1)
                For c = LBound(answer, 2) To UBound(answer, 2)
                    answer(r, c) = TdktCell(answer(r, c))
                Next c
            Next r
        Else
            For r = LBound(answer) To UBound(answer)
                answer(r) = TdktCell(answer(r))
            Next r
        End If
        TdktAnswer = answer
    Else
        TdktAnswer = TdktCell(answer)
    End If
End Function

Private Function TdktCell(ByVal cell As Variant) As Variant
    TdktCell = cell
    If VarType(cell) <> vbString Then Exit Function
    If Left$(cell, 1) = Chr$(1) Then TdktCell = CVErr(CLng(Mid$(cell, 2)))
End Function

Private Function TdktHasColumns(ByVal table As Variant) As Boolean
    Dim last As Long
    On Error Resume Next
    last = UBound(table, 2)
    TdktHasColumns = (Err.Number = 0)
End Function

'Excel runs this when it loads the add-in, too early for MacroOptions: wait until it is ready.
Public Sub Auto_Open()
    On Error Resume Next
    Application.OnTime Now, "'" & ThisWorkbook.Name & "'!TdktDescribe"
End Sub

'Descriptions for the wizard. The functions work without them, so nothing that fails here may be seen.
Public Sub TdktDescribe()
    Dim r As Long
    On Error Resume Next
    For r = 2 To LAST_ROW
        If CStr(ThisWorkbook.Worksheets(HELP_SHEET).Cells(r, 1).Value) = "" Then Exit For
        TdktDescribeRow r
    Next r
End Sub

Private Sub TdktDescribeRow(ByVal r As Long)
    Dim c As Long, help() As Variant
    On Error Resume Next
    With ThisWorkbook.Worksheets(HELP_SHEET)
        For c = FIRST_ARGUMENT To LAST_COLUMN
            If CStr(.Cells(r, c).Value) = "" Then Exit For
            ReDim Preserve help(0 To c - FIRST_ARGUMENT)
            help(c - FIRST_ARGUMENT) = CStr(.Cells(r, c).Value)
        Next c
        Application.MacroOptions Macro:="'" & ThisWorkbook.Name & "'!" & CStr(.Cells(r, 1).Value), _
            Description:=CStr(.Cells(r, 2).Value), Category:=CStr(.Cells(r, 3).Value), _
            ArgumentDescriptions:=help
    End With
End Sub
