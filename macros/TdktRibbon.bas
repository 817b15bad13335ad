Attribute VB_Name = "TdktRibbon"
Option Explicit
'Ribbon callbacks, one for each kind of control: control.ID names the action.
'ASCII only: Vietnamese lives in customUI14.xml, on the hidden sheets of this add-in, and in Python.
'Every callback traps its errors: an unhandled one would lose the ribbon for the rest of the session.

Private Const UI_SHEET As String = "tdkt.ui"
Private Const STATE_SHEET As String = "tdkt.state"
Private Const LAST_ROW As Long = 500
Private Const FIRST_LIST As Long = 4
Private Const LAST_COLUMN As Long = 60
Private Const WITHOUT_BOOK As String = " tdktHelp tdktDoctor "

Private mRibbon As IRibbonUI
Private mBusy As Boolean

Public Sub TdktOnLoad(ribbon As IRibbonUI)
    On Error Resume Next
    Set mRibbon = ribbon
End Sub

'---- buttons
Public Sub TdktOnAction(control As IRibbonControl)
    On Error GoTo Failed
    If mBusy Then Exit Sub
    If ActiveWorkbook Is Nothing And InStr(WITHOUT_BOOK, " " & control.ID & " ") = 0 Then
        TdktSay TdktWhyNoBook()
        Exit Sub
    End If
    mBusy = True
    TdktLaunchPython control.ID
    mBusy = False
    TdktRefresh
    Exit Sub
Failed:
    mBusy = False
    TdktSay "unexpected", Err.Number & ": " & Err.Description
End Sub

Private Function TdktWhyNoBook() As String
    Dim guarded As Object
    On Error Resume Next
    TdktWhyNoBook = "no_workbook"
    Set guarded = Application.ActiveProtectedViewWindow
    If Not guarded Is Nothing Then TdktWhyNoBook = "protected_view"
End Function

'---- drop-downs: items from the columns "<control>.id" and "<control>.label", the choice kept in the state
Public Sub TdktItemCount(control As IRibbonControl, ByRef returnedVal)
    On Error Resume Next
    returnedVal = 0
    returnedVal = TdktListLength(control.ID)
End Sub

Public Sub TdktItemId(control As IRibbonControl, index As Integer, ByRef returnedVal)
    On Error Resume Next
    returnedVal = ""
    returnedVal = TdktListItem(control.ID & ".id", index)
End Sub

Public Sub TdktItemLabel(control As IRibbonControl, index As Integer, ByRef returnedVal)
    On Error Resume Next
    returnedVal = ""
    returnedVal = TdktListItem(control.ID & ".label", index)
End Sub

Public Sub TdktItemSelected(control As IRibbonControl, ByRef returnedVal)
    Dim chosen As Long
    On Error Resume Next
    returnedVal = 0
    chosen = CLng(TdktState(control.ID))
    If chosen > 0 And chosen < TdktListLength(control.ID) Then returnedVal = chosen
End Sub

Public Sub TdktItemChosen(control As IRibbonControl, id As String, index As Integer)
    On Error GoTo Failed
    TdktSetState control.ID, index
    TdktSetState control.ID & ".id", "'" & id
    Exit Sub
Failed:
    TdktSay "unexpected", Err.Number & ": " & Err.Description
End Sub

'---- status label
Public Sub TdktGetLabel(control As IRibbonControl, ByRef returnedVal)
    On Error Resume Next
    returnedVal = ""
    returnedVal = CStr(TdktState(control.ID))
End Sub

Public Sub TdktRefresh()
    On Error Resume Next
    If Not mRibbon Is Nothing Then mRibbon.Invalidate
End Sub

'---- texts, lists and state: cells are Unicode, VBA source is not
Public Function TdktText(ByVal key As String) As String
    Dim r As Long
    TdktText = key
    With ThisWorkbook.Worksheets(UI_SHEET)
        For r = 1 To LAST_ROW
            If .Cells(r, 1).Value = "" Then Exit For
            If .Cells(r, 1).Value = key Then TdktText = .Cells(r, 2).Value
        Next r
    End With
End Function

Public Function TdktState(ByVal key As String) As Variant
    TdktState = ThisWorkbook.Worksheets(STATE_SHEET).Cells(TdktStateRow(key), 2).Value
End Function

Private Sub TdktSetState(ByVal key As String, ByVal newValue As Variant)
    ThisWorkbook.Worksheets(STATE_SHEET).Cells(TdktStateRow(key), 2).Value = newValue
    ThisWorkbook.Saved = True
End Sub

Private Function TdktStateRow(ByVal key As String) As Long
    Dim r As Long
    With ThisWorkbook.Worksheets(STATE_SHEET)
        For r = 1 To LAST_ROW
            If .Cells(r, 1).Value = "" Then .Cells(r, 1).Value = key
            If .Cells(r, 1).Value = key Then
                TdktStateRow = r
                Exit Function
            End If
        Next r
    End With
    Err.Raise vbObjectError + 2, "TdktRibbon", "state is full"
End Function

Private Function TdktListColumn(ByVal heading As String) As Long
    Dim c As Long
    With ThisWorkbook.Worksheets(UI_SHEET)
        For c = FIRST_LIST To LAST_COLUMN
            If .Cells(1, c).Value = heading Then
                TdktListColumn = c
                Exit Function
            End If
        Next c
    End With
    Err.Raise vbObjectError + 1, "TdktRibbon", "no list " & heading
End Function

Private Function TdktListLength(ByVal control As String) As Long
    Dim c As Long, r As Long
    c = TdktListColumn(control & ".id")
    r = 2
    Do While CStr(ThisWorkbook.Worksheets(UI_SHEET).Cells(r, c).Value) <> ""
        r = r + 1
    Loop
    TdktListLength = r - 2
End Function

Private Function TdktListItem(ByVal heading As String, ByVal index As Long) As String
    TdktListItem = CStr(ThisWorkbook.Worksheets(UI_SHEET).Cells(index + 2, TdktListColumn(heading)).Value)
End Function

'---- one message: VBA's MsgBox is ANSI, WScript.Shell.Popup takes the Unicode string as it is
Public Sub TdktSay(ByVal key As String, Optional ByVal detail As String = "")
    Dim message As String
    On Error Resume Next
    message = TdktText(key)
    If detail <> "" Then message = message & vbCrLf & vbCrLf & detail
    CreateObject("WScript.Shell").Popup message, 0, TdktText("title"), 48
End Sub
