package dev.ajar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.message.Language;
import dev.ajar.message.Messages;
import dev.ajar.testing.CliHarness.Outcome;
import dev.ajar.testing.DoctorHome;
import dev.ajar.testing.DoctorScenario;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers say the result first, what matters for it, and nothing else (part E of the field reports). */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Execution(ExecutionMode.CONCURRENT)
class ShortAnswersTest {
    private static DoctorHome home(String scenario) throws IOException {
        return new DoctorHome(DoctorScenario.read(Path.of("test-fixtures/doctor/" + scenario + ".json")));
    }

    private static List<String> lines(Outcome outcome) {
        return (outcome.out() + outcome.err()).lines().toList();
    }

    @ParameterizedTest
    @CsvSource({"silent-router, minecraft", "silent-router, 25565", "router-is-gone, valheim"})
    void without_a_router_the_useful_line_comes_first(String scenario, String port) throws IOException {
        try (DoctorHome home = home(scenario)) {
            Outcome outcome = home.run(Messages.ENGLISH, 80, "open", port, "--timeout", "2s");

            List<String> lines =
                    lines(outcome).stream().filter(line -> !line.endsWith("…")).toList();
            assertThat(lines).hasSizeLessThanOrEqualTo(7);
            assertThat(lines.get(2)).contains("ajar guide " + port);
            assertThat(outcome.err()).doesNotContain("online-mode", "Asked:");
        }
    }

    /** Longer words make more lines, but not more than seven, and the way by hand is told by the third. */
    @ParameterizedTest
    @EnumSource(Language.class)
    void without_a_router_the_useful_line_comes_first_in_every_language(Language language) throws IOException {
        try (DoctorHome home = home("silent-router")) {
            Outcome outcome = home.run(Messages.of(language), 80, "open", "minecraft", "--timeout", "2s");

            List<String> lines =
                    lines(outcome).stream().filter(line -> !line.endsWith("…")).toList();
            assertThat(lines).hasSizeLessThanOrEqualTo(7);
            assertThat(String.join(" ", lines.subList(0, 4))).contains("ajar guide minecraft");
        }
    }

    @Test
    void a_range_is_one_line_wherever_it_is_shown() throws IOException {
        try (DoctorHome home = home("port-is-well")) {
            Outcome opened = home.run("open", "ftp");

            assertThat(opened.out().lines()).hasSize(2);
            assertThat(opened.out()).contains("203.0.113.7:50000-50049 → 127.0.0.1:50000-50049");
            assertThat(opened.err())
                    .doesNotContain("Nothing listens on tcp 5000")
                    .contains("clear text");
            assertThat(home.run("status").out()).contains("  tcp 50000-50049 → 127.0.0.1:50000-50049 ");
            assertThat(home.run("list").out()).contains("50000-50049  127.0.0.1:50000-50049");
            assertThat(home.run("close").out()).contains("tcp 50000-50049   ajar close 50000-50049\n");
            assertThat(home.run("close", "ftp").out()).contains("tcp 50000-50049 → 127.0.0.1:50000-50049 ");
        }
    }

    @Test
    void ports_that_do_not_follow_each_other_stay_apart() throws IOException {
        try (DoctorHome home = home("port-is-well")) {
            assertThat(home.run("open", "7001", "7002/udp", "7003", "8000:7004")
                            .out()
                            .lines())
                    .hasSize(4);
            assertThat(home.run("status").out()).doesNotContain("700-", "7001-", "7002-", "7003-");
        }
    }

    @Test
    void what_failed_alike_is_one_line() throws IOException {
        try (DoctorHome home = home("pcp-forbids-it")) {
            assertThat(home.run("open", "7001-7009").err().lines().filter(line -> line.startsWith("failed")))
                    .hasSize(1)
                    .allMatch(line -> line.contains("tcp 7001-7009: "));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"open ftp", "open ssh", "open minecraft"})
    void a_warning_is_for_what_is_open(String command) throws IOException {
        try (DoctorHome home = home("pcp-forbids-it")) {
            assertThat(home.run(command.split(" ")).err())
                    .doesNotContain("clear text", "password", "online-mode", "Nothing listens");
        }
    }

    @Test
    void a_success_in_part_is_said_in_a_sentence() throws IOException {
        try (DoctorHome home = home("port-taken-by-a-neighbour")) {
            assertThat(home.run("open", "25565-25567").err()).contains("Ports that are open now: 2 of 3.");
        }
    }

    @Test
    void the_firewall_of_this_machine_is_named_where_it_keeps_friends_out() throws IOException {
        try (DoctorHome home = home("own-firewall-keeps-strangers-out")) {
            String blocked = "own firewall (ufw) blocks tcp 25565 from outside";
            assertThat(home.run("open", "25565").err()).contains(blocked).doesNotContain("Friends join");
            assertThat(home.run("status").err()).contains(blocked);
            assertThat(home.run("check", "25565").out()).contains("own firewall (ufw) blocks");
            assertThat(home.run("list").err()).contains(blocked);
            assertThat(home.run("doctor").out().replaceAll("\\s+", " "))
                    .contains("own firewall (ufw) blocks connections from outside to port 25565")
                    .contains("sudo ufw allow 25565/tcp");
        }
        try (DoctorHome home = home("port-is-well")) {
            assertThat(home.run("open", "25565").err()).doesNotContain("firewall");
            assertThat(home.run("list").err()).doesNotContain("firewall");
            assertThat(home.run("doctor").out()).doesNotContain("firewall");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80, 120})
    void lines_are_wrapped_at_words(int columns) throws IOException {
        try (DoctorHome home = home("second-router")) {
            for (String command : List.of("open 25565", "doctor 25565", "check 25565", "guide 25565", "status")) {
                Outcome outcome = home.run(Messages.ENGLISH, columns, command.split(" "));
                assertThat(lines(outcome))
                        .as(command)
                        .filteredOn(line -> line.length() > columns)
                        .allMatch(line -> line.strip().lastIndexOf(' ') < 16);
            }
        }
    }

    /** Lines of more than 100 columns are hard to read; the longest words of help have 27. */
    @ParameterizedTest
    @CsvSource({"0, 80", "30, 30", "40, 40", "54, 54", "55, 55", "60, 60", "80, 80", "90, 90", "200, 100"})
    void the_help_is_as_wide_as_the_terminal(int columns, int widest) throws IOException {
        try (DoctorHome home = home("port-is-well")) {
            for (String command : List.of("open", "relay", "run", "doctor")) {
                Outcome help = home.run(Messages.ENGLISH, columns, command, "--help");
                assertThat(help.exitCode()).isZero();
                assertThat(help.out().lines().mapToInt(String::length).max().orElse(0))
                        .as(command)
                        .isLessThanOrEqualTo(widest);
            }
        }
    }

    @Test
    void in_a_file_a_sentence_is_one_line_and_no_step_is_told() throws IOException {
        try (DoctorHome home = home("silent-router")) {
            assertThat(home.run("open", "25565").err())
                    .doesNotContain("looking for the router")
                    .contains("usually under Advanced, NAT or Firewall.\n");
        }
    }

    @Test
    void the_code_for_friends_is_for_a_terminal_that_is_wide_enough() throws IOException {
        try (DoctorHome home = home("port-is-well")) {
            String[] open = {"open", "25565", "--qr"};
            assertThat(home.run(Messages.ENGLISH, 80, open).err()).contains("Friends join: 203.0.113.7:25565\n█");
            assertThat(home.run(Messages.ENGLISH, 20, open).err())
                    .doesNotContain("█")
                    .contains("--qr shows its code");
            assertThat(home.run(open).err()).contains("--qr shows its code on a terminal of ");
        }
    }

    @Test
    void a_friend_gets_a_line_to_run_where_that_tells_something() throws IOException {
        try (DoctorHome home = home("port-is-well")) {
            home.run("open", "25565", "25565/udp");
            assertThat(home.run("check", "25565").out()).contains("nc -vz 203.0.113.7 25565");
            assertThat(home.run("check", "25565/udp").out())
                    .contains("Let a friend")
                    .doesNotContain("nc -vz");
        }
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void the_first_start_shows_what_one_needs(Language language) throws IOException {
        try (DoctorHome home = home("port-is-well")) {
            Outcome first = home.run(Messages.of(language), 80);

            assertThat(first.exitCode()).isZero();
            assertThat(first.out().lines()).hasSize(5);
            assertThat(first.out()).contains("ajar open minecraft", "ajar close", "ajar doctor", "ajar --help");
        }
    }
}
