package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ajar.lab.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The archive for Windows, run by Wine in a system that {@code test-fixtures/windows/chroot.sh build} has made, on the
 * laboratory's LAN. Skipped without {@code -Dajar.windows=DIR}. In CI, with {@code -Dajar.windows.stories=short}, only
 * what is the main job: open, daemon, watch, close (docs/testing.md).
 */
@Tag("lab")
class WindowsIT extends InLab {
    private static final String SYSTEM = System.getProperty("ajar.windows", "");
    private static final String SCRIPT = "test-fixtures/windows/chroot.sh";
    private static final String LAN1 = System.getenv().getOrDefault("AJAR_LAB", "ajar") + "-lan1";

    /** Wine and a JVM start for each command. */
    private static final Duration WINE = Duration.ofSeconds(90);

    @BeforeAll
    static void requireWine() {
        if (SYSTEM.isEmpty()) {
            System.out.println("SKIPPED the tests of Windows' archive: they need -Dajar.windows=DIR (docs/testing.md)");
        }
        assumeTrue(!SYSTEM.isEmpty(), "-Dajar.windows=DIR is not set");
        Outcome packed = isShort() ? script("pack") : script("pack", "installer");
        assertThat(packed.exitCode()).as(packed.out() + packed.err()).isZero();
        Outcome check = Shell.run("sh", SCRIPT, "check", SYSTEM);
        assertThat(check.exitCode()).as(check.out() + check.err()).isZero();
    }

    @BeforeEach
    void lab() {
        Lab.script("up", "igd2");
        script("up", LAN1);
    }

    @AfterAll
    static void end() {
        if (!SYSTEM.isEmpty()) {
            script("down");
        }
    }

    private static boolean isShort() {
        return "short".equals(System.getProperty("ajar.windows.stories"));
    }

    /** The other stories: half a minute more, and not what CI is to find out each time. */
    private static void unlessShort() {
        assumeTrue(!isShort(), "-Dajar.windows.stories=short");
    }

    private static Outcome script(String command, String... words) {
        return Shell.run(Map.of(), Shell.join(List.of("sh", SCRIPT, command, SYSTEM), words));
    }

    /** A command as it is typed at the prompt. */
    private static Outcome typed(String... words) {
        return script("ajar", Shell.join(List.of(LAN1), words).toArray(String[]::new));
    }

    private static String works(String... words) {
        Outcome outcome = typed(words);
        assertThat(outcome.exitCode())
                .as("%s: %s%s", List.of(words), outcome.out(), outcome.err())
                .isZero();
        return outcome.out();
    }

    /** Starts a command that goes on, in a console of its own. */
    private static void stays(String name, String until, String... words) {
        script("stay", Shell.join(List.of(LAN1, name), words).toArray(String[]::new));
        LabProcess.until(() -> said(name).contains(until), WINE, name + " says " + until);
    }

    private static String said(String name) {
        return script("log", name).out();
    }

    private static void forwarded(String what, boolean open) {
        LabProcess.until(() -> Lab.rules().contains("dnat ip to " + what) == open, WINE, what + " open: " + open);
    }

    @Test
    void a_port_is_opened_shown_and_closed() {
        assertThat(works("version")).startsWith("ajar ");
        assertThat(works("open", "25565", "--timeout", "60s"))
                .contains("11.22.33.1:25565")
                .doesNotContain("cron");
        forwarded(Lab.LAN1 + ":25565", true);
        assertThat(works("status", "--timeout", "60s")).contains("25565");
        assertThat(typed("doctor", "25565").out()).doesNotContain("sudo").contains("netsh advfirewall");
        assertThat(works("close", "25565", "--timeout", "60s")).contains("closed");
        forwarded(Lab.LAN1 + ":25565", false);
        assertThat(typed("open", "99999").exitCode()).isEqualTo(2);
    }

    @Test
    void a_port_is_opened_over_both_versions_of_ip() {
        unlessShort();
        Lab.script("up", "ipv6");
        script("up", LAN1);
        assertThat(works("open", "4001", "--timeout", "60s"))
                .contains(Lab.WAN + ":4001")
                .contains("[2a0b:77::");
        forwarded(Lab.LAN1 + ":4001", true);
        assertThat(works("close", "4001", "--timeout", "60s")).contains("closed");
        forwarded(Lab.LAN1 + ":4001", false);
    }

    /** A line of the prompt. */
    private static Outcome line(String line) {
        return script("prompt", LAN1, line);
    }

    @Test
    void the_installer_installs_replaces_and_removes_what_is_its_own() throws IOException {
        unlessShort();
        Path drive = Path.of(SYSTEM, "root/wine/drive_c");
        assertThat(drive.resolve("setup.exe"))
                .as("made by " + SCRIPT + " build")
                .exists();
        Path local = drive.resolve("users/root/AppData/Local");
        Path home = local.resolve("Programs/ajar");
        Path onPath =
                Files.createDirectories(local.resolve("Microsoft/WindowsApps")).resolve("ajar.cmd");

        assertThat(line("C:\\setup.exe /S").exitCode()).isZero();
        Files.writeString(home.resolve("lib/mine.txt"), "the user's");
        Files.delete(home.resolve("NOTICE"));
        assertThat(line("C:\\setup.exe /S").exitCode()).as("over itself").isZero();
        assertThat(home.resolve("NOTICE")).exists();
        assertThat(line("call C:\\users\\root\\AppData\\Local\\Microsoft\\WindowsApps\\ajar.cmd version")
                        .out())
                .startsWith("ajar ");
        assertThat(onPath)
                .as("without the user's name, whose letters differ between the code pages")
                .hasContent("@\"%LOCALAPPDATA%\\Programs\\ajar\\bin\\ajar.cmd\" %*");

        // In its folder, so that it ends when it is done, and stays behind itself.
        String folder = "%LOCALAPPDATA%\\Programs\\ajar";
        // Refused while ajar runs: for seconds after the first command a process of it makes the archive of classes.
        LabProcess.until(
                () -> line("\"" + folder + "\\uninstall.exe\" /S _?=" + folder).exitCode() == 0, WINE, "it is removed");
        assertThat(onPath).doesNotExist();
        try (var left = Files.walk(home)) {
            assertThat(left.filter(Files::isRegularFile))
                    .containsExactlyInAnyOrder(home.resolve("lib/mine.txt"), home.resolve("uninstall.exe"));
        }
        Files.delete(home.resolve("lib/mine.txt"));
    }

    /** From folders whose names have what cmd reads otherwise, by JAVA_HOME and by the search path. */
    @Test
    void the_archive_for_any_system_runs_on_a_java_of_the_machine() {
        unlessShort();
        Outcome made = script("any");
        assertThat(made.exitCode()).as(made.out() + made.err()).isZero();
        String java = "C:\\Program Files\\ajar (x)\\runtime";
        String version = "call \"C:\\any R&D (x)\\bin\\ajar.cmd\" version";

        assertThat(line("set \"JAVA_HOME=" + java + "\"\n" + version).out()).startsWith("ajar ");
        assertThat(line("set JAVA_HOME=\nset \"PATH=" + java + "\\bin;%PATH%\"\n" + version)
                        .out())
                .startsWith("ajar ");
        Outcome none = line("echo any>java.exe\nset JAVA_HOME=\n" + version);
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.err())
                .contains("needs Java 21 or newer, and there is none")
                .hasLineCount(1);
    }

    @Test
    void commands_find_the_daemon_which_closes_its_ports_at_ctrl_c() {
        stays("daemon", "keeping", "daemon");
        assertThat(works("open", "4000/udp", "--timeout", "60s")).doesNotContain("Nothing renews it");
        forwarded(Lab.LAN1 + ":4000", true);
        assertThat(works("watch", "--once")).contains("renewed by the ajar daemon");
        assertThat(works("web", "--no-browser")).contains("http://127.0.0.1:");

        script("ctrl-c", "daemon");
        LabProcess.until(() -> said("daemon").contains("closed  udp 4000"), WINE, "the daemon closes udp 4000");
        forwarded(Lab.LAN1 + ":4000", false);
    }

    @Test
    void a_program_has_its_port_as_long_as_it_runs_and_its_exit_code_arrives() {
        unlessShort();
        assertThat(typed("run", "--open", "25566", "--require", "--timeout", "60s", "--", "cmd", "/c", "exit", "7")
                        .exitCode())
                .isEqualTo(7);
        assertThat(Lab.rules()).doesNotContain("25566");
    }

    @Test
    void a_relay_brings_the_bytes_of_a_device() {
        unlessShort();
        stays("relay", "open  tcp", "relay", "8554:" + Lab.LAN2 + ":554");
        forwarded(Lab.LAN1 + ":8554", true);
        try (LabProcess device = LabProcess.program("lan2", Map.of(), Lab.peer("serve", "tcp", "554"))) {
            device.await("ready", SOON);
            Outcome asked = Lab.in(
                    "internet",
                    Lab.peer("ask", "tcp", Lab.WAN, "8554", "hello", "30000").toArray(String[]::new));
            assertThat(asked.out()).contains("hello");
        }
        script("ctrl-c", "relay");
        forwarded(Lab.LAN1 + ":8554", false);
    }
}
