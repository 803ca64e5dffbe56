package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.lab.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two routers on one network, a way to the internet that moves, and the far end of a VPN. */
class SeveralGatewaysIT extends InLab {
    private static boolean isOpen(String rules) {
        return rules.contains("dport 25565 dnat ip to " + Lab.LAN1);
    }

    private LabProcess daemon(Map<String, String> more, String... options) {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "daemon";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return LabProcess.start("lan1", stateFolder, more, arguments).await("keeping", SOON);
    }

    @Test
    void a_port_is_opened_and_closed_on_all_gateways() {
        Lab.script("up", "twins");

        Outcome opened = ajar("open", "25565", "--gateway", "all", "--json");

        assertThat(opened.exitCode()).as(opened.out()).isZero();
        assertThat(opened.out())
                .contains("\"gateway\":\"192.168.77.1\",\"external_address\":\"11.22.33.1\"")
                .contains("\"gateway\":\"192.168.77.2\",\"external_address\":\"11.22.34.1\"");
        assertThat(isOpen(Lab.rules())).isTrue();
        assertThat(isOpen(Lab.rules2())).isTrue();
        assertThat(ajar("close", "25565").exitCode()).isZero();
        assertThat(Lab.rules() + Lab.rules2()).doesNotContain("25565");
    }

    @Test
    void the_default_gateway_is_used_unless_another_is_named() {
        Lab.script("up", "twins");

        assertThat(ajar("open", "25565").exitCode()).isZero();
        assertThat(isOpen(Lab.rules())).isTrue();
        assertThat(isOpen(Lab.rules2())).isFalse();
        assertThat(Lab.throughOpenPort("tcp", 25565, 25565)).isEqualTo("got hello from 11.22.33.10");

        assertThat(ajar("open", "25565", "--gateway", Lab.GATEWAY2).exitCode()).isZero();
        assertThat(isOpen(Lab.rules2())).isTrue();
        assertThat(ajar("close", "25565", "--gateway", Lab.GATEWAY2).exitCode()).isZero();
        assertThat(isOpen(Lab.rules2())).isFalse();
        assertThat(isOpen(Lab.rules())).isTrue();
    }

    /** A computer that was taken to another home, whose router has the same address. */
    @Test
    void another_router_at_the_same_address_is_another_router() {
        Lab.script("up", "igd2");
        assertThat(ajar("open", "25565", "--method", "pcp").exitCode()).isZero();
        Lab.script("up", "igd2");

        Outcome closed = ajar("close", "25565");

        assertThat(closed.exitCode()).isEqualTo(3);
        assertThat(closed.err()).contains("is not the one it was opened on");
        assertThat(ajar("open", "25565", "--method", "pcp").exitCode()).isZero();
        assertThat(ajar("status").out().lines().filter(line -> line.contains("tcp 25565")))
                .hasSize(2);
    }

    @Test
    void an_interface_names_its_gateway() {
        Lab.script("up", "twins");

        assertThat(ajar("open", "25565", "--interface", "eth0").exitCode()).isZero();
        assertThat(isOpen(Lab.rules())).isTrue();
        Outcome nowhere = ajar("open", "25565", "--interface", "wlan7");
        assertThat(nowhere.exitCode()).isEqualTo(2);
        assertThat(nowhere.err()).contains("one is through eth0");
    }

    /** The line goes down, and the second router takes over. */
    @Test
    void the_daemon_follows_the_default_route() {
        Lab.script("up", "twins");
        try (LabProcess daemon = daemon(Map.of())) {
            assertThat(ajar("open", "25565").exitCode()).isZero();

            Lab.script("reroute", Lab.GATEWAY2);
            LabProcess.until(() -> isOpen(Lab.rules2()), SOON, daemon.output());
            LabProcess.until(() -> !isOpen(Lab.rules()), SOON, daemon.output());

            assertThat(daemon.output()).contains("leads through another router now");
            assertThat(Lab.throughOpenPort("tcp", Lab.WAN2, 25565, 25565)).isEqualTo("got hello from 11.22.34.10");
        }
    }

    /** The provider of a tunnel grants a minute and a port of its own choosing. */
    @Test
    void a_port_chosen_by_the_far_end_of_a_tunnel_is_reported_kept_and_passed_to_the_hook() throws IOException {
        Lab.script("up", "vpn-natpmp");
        Path told = stateFolder.resolve("told");
        Path program = stateFolder.resolve("tell");
        Files.writeString(program, "#!/bin/sh\necho \"$AJAR_EVENT $AJAR_EXTERNAL_PORT\" >>" + told + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Path config = stateFolder.resolve("ajar.toml");
        Files.writeString(config, """
                [[mapping]]
                external = 6881
                external_port = "any"
                gateway = "%s"
                method = "nat-pmp"
                lease = "60s"
                on_change = ["%s"]
                """.formatted(Lab.VPN, program));
        try (LabProcess provider = LabProcess.vpn()) {
            Outcome opened = ajar(
                    "open", "7000/udp", "--gateway", Lab.VPN, "--lease", "60s", "--external-port", "any", "--json");
            assertThat(opened.exitCode()).as(opened.out()).isZero();
            assertThat(opened.out())
                    .contains("\"external_port\":51820")
                    .contains("\"lease_seconds\":60")
                    .contains("\"external_address\":\"" + VpnPeer.EXTERNAL_ADDRESS + "\"");

            try (LabProcess daemon = daemon(Map.of(), "--config", config.toString())) {
                LabProcess.until(() -> read(told).contains("opened 51821"), SOON, daemon.output());
                // Renewed before its minute is over.
                LabProcess.until(
                        () -> provider.output()
                                        .lines()
                                        .filter("granted tcp 51821"::equals)
                                        .count()
                                >= 2,
                        SOON.plus(SOON),
                        daemon.output());
                daemon.signal("TERM");
                assertThat(daemon.end(END)).isZero();
            }
            assertThat(provider.output()).contains("ended tcp 51821");
        }
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            return "";
        }
    }
}
