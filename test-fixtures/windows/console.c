/* Runs a command line in a console of its own and sends Ctrl-C to that console once a file is there.
   console.exe FILE LOG COMMAND-LINE; its exit code is the command's */
#include <windows.h>
#include <stdio.h>
#include <wchar.h>

static const DWORD LOOK_AGAIN_MS = 100;

int wmain(int count, wchar_t **word) {
    if (count != 4) {
        return 2;
    }
    SECURITY_ATTRIBUTES inherited = {sizeof inherited, NULL, TRUE};
    HANDLE log = CreateFileW(word[2], GENERIC_WRITE, FILE_SHARE_READ, &inherited, CREATE_ALWAYS, 0, NULL);
    FreeConsole();
    if (log == INVALID_HANDLE_VALUE || !AllocConsole()) {
        return 3;
    }
    STARTUPINFOW start = {sizeof start};
    start.dwFlags = STARTF_USESTDHANDLES;
    start.hStdInput = GetStdHandle(STD_INPUT_HANDLE);
    start.hStdOutput = log;
    start.hStdError = log;
    PROCESS_INFORMATION process;
    if (!CreateProcessW(NULL, word[3], NULL, NULL, TRUE, 0, NULL, NULL, &start, &process)) {
        return 4;
    }
    BOOL sent = FALSE;
    while (WaitForSingleObject(process.hProcess, LOOK_AGAIN_MS) == WAIT_TIMEOUT) {
        if (!sent && GetFileAttributesW(word[1]) != INVALID_FILE_ATTRIBUTES) {
            sent = TRUE;
            SetConsoleCtrlHandler(NULL, TRUE);
            GenerateConsoleCtrlEvent(CTRL_C_EVENT, 0);
        }
    }
    DWORD code = 5;
    GetExitCodeProcess(process.hProcess, &code);
    return (int) code;
}
