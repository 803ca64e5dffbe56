package dev.ajar.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.RouterScript;
import dev.ajar.system.SystemTimeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The report of {@code doctor --bundle} is for its owner alone, and no command shows a nonce of PCP. */
@Tag("gateways")
class DoctorBundleTest {
    private static final Pattern NONCE = Pattern.compile("\"nonce\" *: *\"([0-9a-f]{24})\"");

    @TempDir
    private Path home;

    private Path bundle;

    @BeforeEach
    void prepare() {
        bundle = home.resolve("report.txt");
    }

    private InProcess.Outcome ajar(EmbeddedRouter router, String... words) {
        return InProcess.run(
                router,
                new SystemTimeline(),
                Map.of("XDG_STATE_HOME", home.toString(), "XDG_CONFIG_HOME", home.toString()),
                List.of(words));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void the_report_can_be_read_by_its_owner_alone_and_overwrites_nothing() throws IOException {
        try (EmbeddedRouter router = EmbeddedRouter.start(RouterScript.standard(), new SystemTimeline())) {
            ajar(router, "doctor", "--bundle", bundle.toString());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bundle)))
                    .isEqualTo("rw-------");
            String first = Files.readString(bundle);
            assertThat(first).isNotBlank();

            ajar(router, "doctor", "25565", "--bundle", bundle.toString());
            assertThat(Files.readString(bundle)).isEqualTo(first);
        }
    }

    /** Some routers write one into the name of an entry that they list by UPnP. */
    @Test
    void no_command_shows_a_nonce_that_the_router_lists_or_the_state_file_holds() throws IOException {
        String listed = "0123456789abcdef01234567";
        RouterScript.Builder script = new RouterScript.Builder();
        script.entries = List.of("tcp 4000 -> 127.0.0.1:4000 \"PCP MAP " + listed + "\" 0");
        try (EmbeddedRouter router = EmbeddedRouter.start(script.script(), new SystemTimeline())) {
            assertThat(ajar(router, "open", "25565", "--method", "pcp").exitCode())
                    .isZero();
            assertThat(everything(router))
                    .contains("25565", "0123…")
                    .doesNotContainIgnoringCase(nonce())
                    .doesNotContainIgnoringCase(listed);
        }
    }

    private String nonce() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Matcher found = NONCE.matcher(Files.readString(file));
                if (found.find()) {
                    return found.group(1);
                }
            }
        }
        throw new AssertionError("no nonce in the state file");
    }

    private String everything(EmbeddedRouter router) throws IOException {
        List<String> shown = new ArrayList<>();
        for (String command : List.of(
                "list --verbose",
                "list --json",
                "status --verbose",
                "status --json",
                "doctor 25565 --json",
                "doctor 4000",
                "check 4000",
                "renew --json",
                "close 4000",
                "open 4000")) {
            InProcess.Outcome outcome = ajar(router, command.split(" "));
            shown.add(outcome.out());
            shown.add(outcome.err());
        }
        ajar(router, "doctor", "25565", "--bundle", bundle.toString());
        shown.add(Files.readString(bundle));
        return String.join("\n", shown);
    }
}
