; The installer of ajar for one user of Windows: no administrator, nothing outside the user's own folders.
; Made by src/packaging/assemble --as installer, which writes files.nsh and removal.nsh and sets VERSION, STAGE, OUT, SIZE,
; STUB64 and FAST.
;
;   setup.exe /S                    asks nothing
;   setup.exe /S /D=C:\Games\ajar   another folder; the last word, without quotes
;
; Exit codes: 0 done, 1 cancelled, 2 not done (a file is in use, or the folder cannot be written).
!ifdef STUB64
  Target amd64-unicode
!endif
Unicode true
!ifdef FAST
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
!endif
!include FileFunc.nsh
!include LogicLib.nsh

Name "ajar ${VERSION}"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\ajar"
InstallDirRegKey HKCU "Software\ajar" "folder"
ShowInstDetails nevershow
ShowUninstDetails nevershow
BrandingText "ajar ${VERSION}"

!define ENTRY "Software\Microsoft\Windows\CurrentVersion\Uninstall\ajar"
; On every user's search path since Windows 10. Editing the path itself could cut it: NSIS reads 8,192 characters of it at most.
!define SHORTCUT "$LOCALAPPDATA\Microsoft\WindowsApps\ajar.cmd"

Page directory
Page instfiles
UninstPage uninstConfirm
UninstPage instfiles

; A program that runs has its files open: Windows lets no other write to them.
!macro REFUSE_IN_USE FOLDER
  ${If} ${FileExists} "${FOLDER}\runtime\bin\java.exe"
    ClearErrors
    FileOpen $0 "${FOLDER}\runtime\bin\java.exe" a
    ${If} ${Errors}
      MessageBox MB_OK|MB_ICONEXCLAMATION "ajar is running. End its windows, and its background task with: ajar service remove. \
        Then start this again." /SD IDOK
      SetErrorLevel 2
      Quit
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

; Sets $1 to what the search path's file says. The command interpreter reads the file in the code page of its window, which
; has other letters than that of Windows: below the user's folder the path is given without the user's name, and elsewhere
; its letters are converted.
!macro SHORTCUT_LINE FOLDER
  StrLen $2 "$LOCALAPPDATA\"
  StrCpy $3 "${FOLDER}" $2
  ${If} $3 == "$LOCALAPPDATA\"
    StrCpy $3 "${FOLDER}" "" $2
    StrCpy $1 '@"%LOCALAPPDATA%\$3\bin\ajar.cmd" %*$\r$\n'
  ${Else}
    StrCpy $1 '@"${FOLDER}\bin\ajar.cmd" %*$\r$\n'
    System::Call 'user32::CharToOemW(w r1, m .r1)'
  ${EndIf}
!macroend

; The search path's file, if it is that installation's: it calls the ajar.cmd in its folder.
!macro DELETE_SHORTCUT FOLDER
  !insertmacro SHORTCUT_LINE "${FOLDER}"
  ClearErrors
  FileOpen $0 "${SHORTCUT}" r
  ${IfNot} ${Errors}
    FileRead $0 $2
    FileClose $0
    ${If} $2 == $1
      Delete "${SHORTCUT}"
    ${EndIf}
  ${EndIf}
!macroend

Section
  !insertmacro REFUSE_IN_USE "$INSTDIR"
  ; The older version, which may be in another folder, knows its own files, some of which have other names by now.
  ReadRegStr $R0 HKCU "Software\ajar" "folder"
  ${If} $R0 != ""
  ${AndIf} ${FileExists} "$R0\uninstall.exe"
    !insertmacro REFUSE_IN_USE "$R0"
    ExecWait '"$R0\uninstall.exe" /S /UPGRADE _?=$R0' $0
    ${If} $0 <> 0
      SetErrorLevel 2
      Quit
    ${EndIf}
    !insertmacro DELETE_SHORTCUT "$R0"
    ${If} $R0 != $INSTDIR
      Delete "$R0\uninstall.exe"
      RMDir "$R0"
    ${EndIf}
  ${EndIf}
  ClearErrors
  !include "${STAGE}\files.nsh"
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ${If} ${Errors}
    MessageBox MB_OK|MB_ICONSTOP "$INSTDIR cannot be written. Choose another folder." /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
  WriteRegStr HKCU "Software\ajar" "folder" "$INSTDIR"
  WriteRegStr HKCU "${ENTRY}" "DisplayName" "ajar"
  WriteRegStr HKCU "${ENTRY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${ENTRY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${ENTRY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${ENTRY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${ENTRY}" "EstimatedSize" ${SIZE}
  WriteRegDWORD HKCU "${ENTRY}" "NoModify" 1
  WriteRegDWORD HKCU "${ENTRY}" "NoRepair" 1
  CreateShortCut "$SMPROGRAMS\ajar.lnk" "$SYSDIR\cmd.exe" '/k ""$INSTDIR\bin\ajar.cmd""'
  ; Left alone if another installation, or the user, has a file of that name there.
  ${IfNot} ${FileExists} "${SHORTCUT}"
  ${AndIf} ${FileExists} "$LOCALAPPDATA\Microsoft\WindowsApps\*.*"
    !insertmacro SHORTCUT_LINE "$INSTDIR"
    FileOpen $0 "${SHORTCUT}" w
    FileWrite $0 $1
    FileClose $0
  ${EndIf}
  SetErrorLevel 0
SectionEnd

Section Uninstall
  ${GetParameters} $2
  ClearErrors
  ${GetOptions} $2 "/UPGRADE" $3
  ${If} ${Errors}
    ; The background task ends, and with it the ports that it kept.
    ExecWait '"$SYSDIR\cmd.exe" /c ""$INSTDIR\bin\ajar.cmd" service remove"'
    !insertmacro REFUSE_IN_USE "$INSTDIR"
    !insertmacro DELETE_SHORTCUT "$INSTDIR"
    Delete "$SMPROGRAMS\ajar.lnk"
    DeleteRegKey HKCU "${ENTRY}"
    DeleteRegKey HKCU "Software\ajar"
  ${EndIf}
  ; One by one: the user may have files of his own in the folder.
  !include "${STAGE}\removal.nsh"
  Delete "$INSTDIR\uninstall.exe"
  SetOutPath "$TEMP"
  RMDir "$INSTDIR"
SectionEnd
