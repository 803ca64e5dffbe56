package dev.ajar.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which signals reach the program by way of ajar. */
class ChildProcessTest {
    @Test
    void a_terminal_has_sent_ctrl_c_to_both() {
        assertThat(ChildProcess.hasReceived("INT", "Linux", () -> true)).isTrue();
        assertThat(ChildProcess.hasReceived("INT", "Linux", () -> false)).isFalse();
        assertThat(ChildProcess.hasReceived("TERM", "Linux", () -> true)).isFalse();
    }

    /** A game server that is ended instead of asked loses what it has not saved. */
    @Test
    void on_windows_the_program_hears_the_console_itself_and_is_not_ended_by_ajar() {
        for (String signal : List.of("INT", "TERM")) {
            assertThat(ChildProcess.hasReceived(signal, "Windows 11", () -> false))
                    .as(signal)
                    .isTrue();
        }
    }

    @Test
    void a_file_that_is_there_and_cannot_be_run_is_told_from_one_that_is_not_there() {
        String windows = "Cannot run program \"a.exe\": CreateProcess error=";
        for (String number :
                List.of("5, Access is denied", "193, %1 is not a valid Win32 application", "740, elevation")) {
            assertThat(Launch.isNotExecutable(windows + number)).as(number).isTrue();
        }
        assertThat(Launch.isNotExecutable(windows + "2, Das System kann die angegebene Datei nicht finden"))
                .isFalse();
        assertThat(Launch.isNotExecutable("Cannot run program \"a\": error=13, Permission denied"))
                .isTrue();
        assertThat(Launch.isNotExecutable("Cannot run program \"a\": error=5, Input/output error"))
                .isFalse();
    }
}
