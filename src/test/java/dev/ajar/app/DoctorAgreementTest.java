package dev.ajar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.ajar.testing.CliHarness;
import dev.ajar.testing.DoctorHome;
import dev.ajar.testing.DoctorScenario;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code open}, {@code check}, {@code doctor} and {@code status}, one after the other in the same home: they tell one
 * story.
 */
@Tag("gateways")
@Execution(ExecutionMode.CONCURRENT)
class DoctorAgreementTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> BEFORE_ANY_ROUTER = Set.of(
            "no_network",
            "no_default_route",
            "vpn_has_route",
            "container_bridge",
            "not_behind_nat",
            "router_unreachable",
            "switched_off",
            "silent",
            "silent_or_own_firewall",
            "answers_but_no_forwarding",
            "answers_nonsense");
    private static final Set<String> LISTENING = Set.of("nobody_listens", "listens_on_loopback", "listens_elsewhere");
    private static final Set<String> ANSWERS = Set.of(
            "answers_leave_by_tunnel",
            "answers_leave_by_other_link",
            "answers_leave_by_other_router",
            "no_way_for_answers");
    private static final Set<String> SHARED = Set.of("carrier_grade_nat", "ds_lite");

    /** Verdicts that depend on what was open before, which {@code open} changes. */
    private static final Set<String> CURED_BY_OPENING = Set.of("dropped", "points_to_former_address");

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> four_commands_name_one_cause() {
        return DoctorScenario.files().stream()
                .map(file -> dynamicTest(String.valueOf(file.getFileName()), () -> {
                    DoctorScenario scenario = DoctorScenario.read(file);
                    try {
                        agree(scenario, List.of());
                    } catch (AssertionError first) {
                        // A JVM that loads its classes beside other builds may see nothing in the usual time.
                        agree(scenario, List.of("--timeout", "2m"));
                    }
                }));
    }

    private record Told(int exit, JsonNode json, String words) {}

    private static Told run(DoctorHome home, List<String> more, String... words) throws IOException {
        CliHarness.Outcome outcome =
                home.run(Stream.concat(Stream.of(words), Stream.concat(Stream.of("--json"), more.stream()))
                        .toArray(String[]::new));
        return new Told(
                outcome.exitCode(),
                JSON.readTree(outcome.out()),
                (outcome.out() + outcome.err()).toLowerCase(Locale.ROOT));
    }

    private static void agree(DoctorScenario scenario, List<String> more) throws IOException {
        try (DoctorHome home = new DoctorHome(scenario)) {
            if (!home.isPlayable()) {
                return;
            }
            String port = scenario.somePort();
            Told open = run(home, more, "open", port);
            Told check = run(home, more, "check", port);
            Told doctor = run(home, more, "doctor", port);
            Told status = run(home, more, "status");
            List<String> contradictions = contradictions(scenario, open, check, doctor, status);
            assertThat(contradictions)
                    .as("open: %s%ncheck: %s%ndoctor: %s%nstatus: %s", open, check, doctor, status)
                    .isEmpty();
        }
    }

    private static List<String> contradictions(
            DoctorScenario scenario, Told open, Told check, Told doctor, Told status) {
        List<String> all = new ArrayList<>();
        String verdict = doctor.json.at("/verdict/id").asString();
        List<String> causes = new ArrayList<>(doctor.json.path("others").findValuesAsString("id"));
        causes.add(verdict);
        // An opening puts right what an earlier one had done.
        boolean expected = verdict.equals(scenario.verdict())
                || CURED_BY_OPENING.contains(scenario.verdict())
                || (!scenario.before().isEmpty() && verdict.equals("all_well"))
                || (scenario.port().isEmpty() && !BEFORE_ANY_ROUTER.contains(scenario.verdict()));
        say(all, expected, "after an opening the doctor says " + verdict);

        boolean unanswered = BEFORE_ANY_ROUTER.contains(verdict);
        // A device that answers and can open no port is a kind of its own (8) to open and status.
        boolean noGateway = status.exit == 3 || status.exit == 8;
        say(all, unanswered == noGateway, "whether a router answers: status and doctor");
        say(all, !unanswered || open.exit == status.exit, "without a router open ends with " + open.exit);

        String reach = status.json.path("reachability").asString();
        boolean shared = causes.stream().anyMatch(SHARED::contains);
        boolean second = causes.contains("second_router");
        // A refusal that carries the address is heard by a trial, and not by status, which then says "unknown".
        boolean none = causes.contains("no_internet_address");
        String both = "status: " + reach + ", doctor: " + causes;
        say(all, !reach.equals("carrier_grade") || shared, both);
        say(all, !reach.equals("private") || second || none, both);
        say(all, !reach.equals("public") || (!shared && !second && !none), both);
        say(all, !shared || !reach.equals("private"), both);
        String address = result(check, "public_address");
        boolean said = shared || second || causes.contains("line_down");
        // Only an opening hears the address that a refusal carries.
        say(
                all,
                address.equals("bad") ? said : !said || !reach.equals("private"),
                "check: address " + address + ", doctor: " + causes);
        if (shared) {
            say(all, !(open.words + status.words).contains("bridge mode"), "bridge mode at a shared address");
        }

        boolean listens = causes.stream().noneMatch(LISTENING::contains);
        say(all, listens != result(check, "listens").equals("bad"), "whether a program listens");
        boolean closed = causes.contains("host_firewall");
        say(all, closed == result(check, "host_firewall").equals("bad"), "the own firewall");
        boolean leaves = causes.stream().anyMatch(ANSWERS::contains);
        say(all, !leaves || open.exit != 0 || open.words.contains("get no answer"), "open tells nothing of answers");
        say(all, leaves == result(check, "from_outside").equals("bad") || unanswered, "the answers' way");

        say(all, exits(verdict).contains(open.exit), "doctor: " + verdict + ", open ends with " + open.exit);
        if (verdict.equals("all_well") && open.exit == 0) {
            List<String> bad = check.json
                    .path("checks")
                    .valueStream()
                    .filter(one -> one.path("result").asString().equals("bad"))
                    .map(one -> one.path("id").asString())
                    .toList();
            say(all, bad.isEmpty(), "all is well, and check finds " + bad);
        }
        return all;
    }

    private static void say(List<String> all, boolean agrees, String what) {
        if (!agrees) {
            all.add(what);
        }
    }

    private static String result(Told check, String id) {
        return check.json
                .path("checks")
                .valueStream()
                .filter(one -> one.path("id").asString().equals(id))
                .map(one -> one.path("result").asString())
                .findFirst()
                .orElseThrow();
    }

    /** How an opening may end where the doctor names that cause; 9 is for a port that is dangerous to open. */
    private static Set<Integer> exits(String verdict) {
        return switch (verdict) {
            case "all_well" -> Set.of(0, 9, 75);
            case "second_router", "carrier_grade_nat", "ds_lite", "line_down", "no_internet_address" -> Set.of(6);
            case "addresses_disagree" -> Set.of(0, 6);
            case "port_taken" -> Set.of(5);
            case "refused", "refused_low_port", "refused_for_this_device", "refused_for_another_device" -> Set.of(4);
            case "table_full", "accepted_but_not_there", "cannot_do_it" -> Set.of(8);
            case "stops_answering" -> Set.of(3);
            case "too_busy" -> Set.of(3, 8);
            case "notes_unwritable" -> Set.of(78);
            case "nobody_listens",
                    "listens_on_loopback",
                    "listens_elsewhere",
                    "host_firewall",
                    "rule_switched_off",
                    "answers_leave_by_tunnel",
                    "answers_leave_by_other_link",
                    "answers_leave_by_other_router",
                    "no_way_for_answers" -> Set.of(0);
            case "dropped" -> Set.of(0, 8);
            case "points_to_former_address" -> Set.of(0, 5);
            case "points_to_another_port" -> Set.of(5);
            case "answers_but_no_forwarding" -> Set.of(8);
            default -> Set.of(3);
        };
    }
}
