@echo off
rem Starts ajar with the Java runtime that comes with it, as bin/ajar does. No brackets: a folder's name may have some.
setlocal EnableExtensions DisableDelayedExpansion
for %%I in ("%~dp0..") do set "AJAR_AT=%%~fI"
rem A backslash at the end, as of a drive, would take the quote behind it along.
if "%AJAR_AT:~-1%"=="\" set "AJAR_AT=%AJAR_AT%."
if not "%AJAR_AT:;=%"=="%AJAR_AT%" goto parted
set "AJAR_JAVA=%AJAR_AT%\runtime\bin\java.exe"
if exist "%AJAR_JAVA%" goto found
if exist "%AJAR_AT%\runtime" goto broken

rem The archive for any system has no runtime.
rem By the search path alone: a file in the current folder may be any program.
set "AJAR_JAVA="
for %%I in (java.exe) do set "AJAR_JAVA=%%~$PATH:I"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "AJAR_JAVA=%JAVA_HOME%\bin\java.exe"
if not defined AJAR_JAVA goto none
set "AJAR_VERSION="
rem Read where a Java has it written down (JAVA_VERSION="21.0.9"), which saves a start of it.
for %%I in ("%AJAR_JAVA%") do set "AJAR_RELEASE=%%~dpI..\release"
if exist "%AJAR_RELEASE%" for /f "usebackq tokens=1,2 delims==" %%U in ("%AJAR_RELEASE%") do if "%%U"=="JAVA_VERSION" set "AJAR_VERSION=%%~V"
if defined AJAR_VERSION goto judge
rem Asked in its own folder: a path in quotes, within the quotes of such a line, is read in more than one way.
for %%I in ("%AJAR_JAVA%") do pushd "%%~dpI" || goto none
for /f "tokens=2,3" %%U in ('.\java.exe -version 2^>^&1') do if "%%U"=="version" if not defined AJAR_VERSION set "AJAR_VERSION=%%~V"
popd
if not defined AJAR_VERSION goto none
:judge
for /f "tokens=1 delims=.-+" %%N in ("%AJAR_VERSION%") do set "AJAR_NUMBER=%%N"
if %AJAR_NUMBER% LSS 21 goto old

:found
set "AJAR_CACHE="
set "AJAR_HEAP=-Xmx64m -XX:CompileThresholdScaling=8"
if /i "%~1"=="daemon" goto stays
if /i "%~1"=="web" goto stays
if /i "%~1"=="containers" goto stays
if /i "%~1"=="kubernetes" goto stays
if /i not "%~1"=="relay" goto leaves
if /i "%~2"=="status" goto leaves
if /i "%~2"=="list" goto leaves
if /i "%~2"=="stop" goto leaves
goto stays
:leaves
if exist "%AJAR_AT%\lib\ajar.aot" set AJAR_CACHE="-XX:AOTCache=%AJAR_AT%\lib\ajar.aot"
if exist "%AJAR_AT%\lib\ajar.aot" goto start
if not defined LOCALAPPDATA goto start
if not exist "%LOCALAPPDATA%\ajar\cache" mkdir "%LOCALAPPDATA%\ajar\cache" 2>nul
if not exist "%LOCALAPPDATA%\ajar\cache" goto start
rem No cache was trained for this Java: the end of its first command begins to make one. Until then compiling early helps.
set "AJAR_HEAP=-Xmx64m -XX:CompileThresholdScaling=2"
set "AJAR_ARCHIVE=%LOCALAPPDATA%\ajar\cache\classes.jsa"
set AJAR_CACHE="-Dajar.archive=%AJAR_ARCHIVE%"
if exist "%AJAR_ARCHIVE%" set AJAR_CACHE="-XX:SharedArchiveFile=%AJAR_ARCHIVE%" "-Dajar.archive=%AJAR_ARCHIVE%"
goto start

:stays
rem A daemon or a relay starts once and stays: there memory counts.
set "AJAR_HEAP=-Xmx24m -XX:+UseCompactObjectHeaders -Xms4m -Xmn2m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=25 -XX:+ExitOnOutOfMemoryError"
if /i "%~1"=="kubernetes" set "AJAR_HEAP=-Xmx64m -XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError"

:start
rem The client of Kubernetes is for that command alone.
set "AJAR_CP=%AJAR_AT%\lib\*"
if /i "%~1"=="kubernetes" set "AJAR_CP=%AJAR_AT%\lib\*;%AJAR_AT%\lib\kubernetes\*"
"%AJAR_JAVA%" -XX:+IgnoreUnrecognizedVMOptions %AJAR_CACHE% -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData %AJAR_HEAP% -Xlog:disable -Xlog:all=error:stderr -Xlog:cds=off:stderr -XX:-PrintWarnings -Djdk.console=java.base -Djdk.reflect.useNativeAccessorOnly=true -Dajar.terminal=console -Dajar.asks=console "-Dajar.home=%AJAR_AT%" %AJAR_JAVA_OPTS% -cp "%AJAR_CP%" dev.ajar.app.Main %*
exit /b %ERRORLEVEL%

:broken
>&2 echo ajar: "%AJAR_AT%\runtime" is not whole or not for this kind of machine; unpack the archive again
exit /b 1

:parted
>&2 echo ajar: Java takes the semicolon in "%AJAR_AT%" for the end of a folder's name; unpack the archive elsewhere
exit /b 1

:none
>&2 echo ajar: this archive needs Java 21 or newer, and there is none: install it, or set JAVA_HOME
exit /b 1

:old
>&2 echo ajar: this archive needs Java 21 or newer, and "%AJAR_JAVA%" is %AJAR_VERSION%: set JAVA_HOME to a newer one
exit /b 1
