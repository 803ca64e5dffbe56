@echo off
rem Starts ajar with the Java runtime that comes with it.
setlocal
set "HOME_DIR=%~dp0.."
set "CACHE="
if exist "%HOME_DIR%\lib\ajar.aot" set "CACHE=-XX:AOTCache=%HOME_DIR%\lib\ajar.aot"
"%HOME_DIR%\runtime\bin\java.exe" %CACHE% -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xmx64m -Xlog:disable -Xlog:all=warning:stderr "-Dajar.home=%HOME_DIR%" %AJAR_JAVA_OPTS% -cp "%HOME_DIR%\lib\*" dev.ajar.app.Main %*
exit /b %ERRORLEVEL%
