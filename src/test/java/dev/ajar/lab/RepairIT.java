package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.lab.Shell.Outcome;
import dev.ajar.testing.MeasurementLog;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The daemon beside a router that loses its power, and a network that comes and goes. */
class RepairIT extends InLab {
    private LabProcess daemon() {
        return LabProcess.start("lan1", stateFolder, Map.of(), "daemon").await("keeping", SOON);
    }

    private static boolean isOpen() {
        return Lab.rules()
                .lines()
                .anyMatch(line -> line.contains("25565") && line.contains("dnat") && line.contains(Lab.LAN1));
    }

    /**
     * G1, G2 and G20: a power cut, the table lost. A daemon that hears nothing asks 15 s after it has opened the port,
     * or looks 45 s after it; what is announced is repaired before.
     */
    @ParameterizedTest
    @CsvSource({
        "upnp, igd2, true, 12", "nat-pmp, igd2, true, 12", "pcp, igd2, true, 12",
        "upnp, igd1, false, 90", "nat-pmp, pxp, false, 60", "pcp, pxp, false, 60"
    })
    void a_restarted_router_is_repaired(String method, String flavour, boolean announced, int bound) {
        Lab.script("up", flavour);
        Lab.script("aged");
        try (LabProcess daemon = daemon()) {
            Outcome opened = ajar("open", "25565", "--method", method);
            assertThat(opened.exitCode()).as(opened.err()).isZero();
            if (!announced) {
                Lab.script("deaf");
            }
            Lab.script("restart");
            Duration took = LabProcess.until(RepairIT::isOpen, Duration.ofSeconds(bound), daemon.output());

            MeasurementLog.record(
                    "repair-" + method + (announced ? "-announced" : "-silent"),
                    "%s, %s: open again %.1f s after the router (bound %d s)"
                            .formatted(
                                    method,
                                    announced ? "announced" : "not announced",
                                    took.toMillis() / 1000.0,
                                    bound));
            daemon.signal("TERM");
            assertThat(daemon.end(END)).isZero();
            assertThat(isOpen()).isFalse();
        }
    }

    /** G15: a flapping link causes few events, and a tunnel with the default route gets no packet. */
    @Test
    void a_link_that_flaps_and_a_tunnel_change_nothing_in_the_end() {
        Lab.script("up", "igd2");
        Lab.script("aged");
        try (LabProcess daemon = daemon()) {
            assertThat(ajar("open", "25565", "--method", "pcp").exitCode()).isZero();
            for (int i = 0; i < 10; i++) {
                Lab.script("link", "down");
                Lab.script("link", "up");
            }
            Lab.script("vpn");
            Lab.script("restart");
            LabProcess.until(RepairIT::isOpen, SOON, daemon.output());

            String tunnelled = Lab.tunnelled();
            assertThat(tunnelled).isEqualTo("0");
            assertThat(daemon.output()
                            .lines()
                            .filter(line -> line.contains("network has changed"))
                            .count())
                    .isLessThanOrEqualTo(5);
        }
    }
}
