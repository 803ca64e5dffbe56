package dev.ajar.system.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which program a name stands for. */
class SystemProgramTest {
    private static final List<String> ROUTE = List.of("route", "print", "-4");

    @Test
    void windows_starts_its_own_and_not_one_in_the_current_folder() {
        assertThat(SystemProgram.command("Windows 11", "D:\\WINDOWS", ROUTE))
                .containsExactly("D:\\WINDOWS\\System32\\route.exe", "print", "-4");
        assertThat(SystemProgram.command("Windows 10", "", ROUTE))
                .containsExactly("C:\\Windows\\System32\\route.exe", "print", "-4");
    }

    @Test
    void other_systems_look_where_the_path_says() {
        assertThat(SystemProgram.command("Mac OS X", "", ROUTE)).isEqualTo(ROUTE);
        assertThat(SystemProgram.command("Linux", "", ROUTE)).isEqualTo(ROUTE);
    }
}
