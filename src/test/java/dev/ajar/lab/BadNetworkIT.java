package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.lab.Shell.Outcome;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lost packets, and answers that a firewall drops. The long series is {@code test-fixtures/bench/loss.sh}. */
class BadNetworkIT extends InLab {
    private static final int OPENS = 4;

    @BeforeAll
    static void up() {
        Lab.script("up", "igd2");
    }

    @AfterEach
    void healTheNetwork() {
        Lab.script("loss", "0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"upnp", "nat-pmp", "pcp"})
    void with_three_packets_of_ten_lost_ports_are_opened_all_the_same(String method) {
        Lab.script("loss", "30");
        for (int i = 0; i < OPENS; i++) {
            Outcome opened = Lab.ajar(
                    "lan1", stateFolder, "open", Integer.toString(30_000 + i), "--method", method, "--timeout", "30s");
            assertThat(opened.exitCode()).as(opened.err()).isZero();
        }
    }

    /**
     * The answers to searches are dropped, as by a firewall that knows no multicast; the router's announcements are
     * heard.
     */
    @Test
    void a_router_is_found_by_its_announcement_alone() throws Exception {
        Lab.in("lan1", "nft", "add", "table", "ip", "firewall");
        Lab.in("lan1", "nft", "add chain ip firewall arriving { type filter hook input priority 0; }");
        Lab.in("lan1", "nft", "add rule ip firewall arriving udp sport 1900 udp dport != 1900 drop");
        try {
            Process open = Lab.start("lan1", stateFolder, "open", "25565", "--method", "upnp", "--timeout", "60s");
            String told;
            try (BufferedReader out = open.inputReader(StandardCharsets.UTF_8)) {
                // A router daemon announces itself when it starts, and a long search listens for that.
                for (int i = 0; i < 6 && !open.waitFor(2, TimeUnit.SECONDS); i++) {
                    Lab.script("restart");
                }
                told = String.join("\n", out.lines().toList());
            } finally {
                open.destroyForcibly();
            }
            assertThat(open.waitFor()).as(told).isZero();
        } finally {
            Lab.in("lan1", "nft", "delete", "table", "ip", "firewall");
        }
    }
}
