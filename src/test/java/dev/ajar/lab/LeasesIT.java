package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.lab.Shell.Outcome;
import dev.ajar.testing.MeasurementLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The daemon beside a real router daemon that is killed, moved and cut off. */
class LeasesIT extends InLab {
    private LabProcess daemon() {
        return LabProcess.start("lan1", stateFolder, Map.of(), "daemon").await("keeping", SOON);
    }

    private static boolean isOpen(String target) {
        return Lab.rules()
                .lines()
                .anyMatch(line -> line.contains("25565") && line.contains("dnat") && line.contains(target));
    }

    private static boolean isOpen() {
        return isOpen(Lab.LAN1);
    }

    /** G13 and G14. */
    @Test
    void another_address_on_either_side_is_noticed() {
        Lab.script("up", "lax");
        try (LabProcess daemon = daemon()) {
            assertThat(ajar("open", "25565", "--method", "upnp").exitCode()).isZero();

            Lab.script("wan", "11.22.33.2");
            daemon.await("the internet address is now 11.22.33.2", SOON.plus(SOON));

            Lab.script("move", "192.168.77.42");
            Duration took = LabProcess.until(() -> isOpen("192.168.77.42"), SOON, daemon.output());
            assertThat(isOpen(Lab.LAN1 + ":")).isFalse();
            MeasurementLog.record(
                    "G14", "another address of this machine: moved in %.1f s".formatted(took.toMillis() / 1000.0));
        }
    }

    /**
     * On a router that lets every device change every entry, only the mark shows which device an old entry belongs to.
     */
    @Test
    void an_entry_of_an_address_this_machine_no_longer_has_is_removed_only_if_it_bears_our_mark() {
        Lab.script("up", "lax");
        assertThat(ajar("open", "25565", "--method", "upnp").exitCode()).isZero();
        Lab.script("move", "192.168.77.42");

        assertThat(ajar("open", "25565", "--method", "upnp").exitCode()).isZero();
        assertThat(isOpen(Lab.LAN1 + ":")).as("ours, so replaced").isFalse();
        assertThat(isOpen("192.168.77.42")).isTrue();

        // The device that has that address now opens the same port in the same way.
        Lab.script("move", "192.168.77.43");
        Lab.in("lan2", "upnpc", "-d", "25565", "TCP");
        String[] theirs = {"upnpc", "-e", "ajar 25565 tcp x9z1", "-a", "192.168.77.42", "25565", "25565", "TCP"};
        assertThat(Lab.in("lan2", theirs).out()).contains("is redirected");

        Outcome closed = ajar("close", "25565");
        assertThat(closed.out() + closed.err()).contains("192.168.77.42");
        Outcome opened = ajar("open", "25565", "--method", "upnp");
        assertThat(opened.exitCode()).as(opened.out() + opened.err()).isEqualTo(5);
        assertThat(isOpen("192.168.77.42")).as("theirs stays").isTrue();
    }

    @Test
    void lost_packets_lose_no_lease() {
        Lab.script("up", "igd2");
        try (LabProcess daemon = daemon()) {
            assertThat(ajar("open", "25565", "--lease", "120s").exitCode()).isZero();
            Lab.script("loss", "30");
            LabProcess.until(() -> daemon.output().length() > 0, SOON, "running");
            Awaitility.await("twenty seconds")
                    .during(Duration.ofSeconds(20))
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(250))
                    .failFast("the port is no longer open", () -> !isOpen())
                    .until(LeasesIT::isOpen);
            Lab.script("loss", "0");
        }
    }

    @Test
    void the_configuration_is_kept_and_read_again_on_a_signal() throws IOException {
        Lab.script("up", "igd2");
        Path config = Files.writeString(stateFolder.resolve("ajar.toml"), "[[mapping]]\nexternal = 25565\n");
        try (LabProcess daemon = LabProcess.start(
                        "lan1", stateFolder, Map.of(), "daemon", "--config", config.toString())
                .await("open  tcp", SOON)) {
            assertThat(isOpen()).isTrue();
            assertThat(Lab.ajar("lan1", stateFolder, "daemon").exitCode()).isEqualTo(75);
            assertThat(ajar("status", "--json").out()).contains("\"kept_by\":\"the ajar daemon");

            Files.writeString(config, "[[mapping]]\nexternal = \"x\"\n");
            daemon.signal("HUP");
            daemon.await("stays as it was", SOON);
            assertThat(isOpen()).isTrue();

            Files.writeString(config, "[[mapping]]\nexternal = 25570\nprotocol = \"udp\"\n");
            daemon.signal("HUP");
            daemon.await("closed  tcp 25565", SOON).await("open  udp", SOON);
            assertThat(isOpen()).isFalse();

            Lab.script("stop");
            daemon.signal("TERM");
            assertThat(daemon.end(END)).isZero();
        }
    }

    /** P12: the hook program is ended after its time, with all that it started, and the daemon goes on. */
    @Test
    void a_program_told_of_changes_is_bounded() throws IOException {
        Lab.script("up", "igd2");
        // A duration that no other test on this machine uses.
        String sleep = "sleep 777." + ProcessHandle.current().pid();
        Path told = stateFolder.resolve("told");
        Path program = Files.writeString(
                stateFolder.resolve("tell"), "#!/bin/sh\nenv | sort > " + told + "\n" + sleep + " & " + sleep + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Path config = Files.writeString(
                stateFolder.resolve("ajar.toml"),
                "[[mapping]]\nexternal = 25565\nname = \"a; touch /tmp/x $(id)\"\non_change = [\"" + program + "\"]\n");
        try (LabProcess daemon = LabProcess.start(
                "lan1", stateFolder, Map.of("SECRET", "hidden"), "daemon", "--config", config.toString())) {
            daemon.await("took longer than 10 s", SOON);

            String variables = Files.readString(told);
            assertThat(variables)
                    .contains("AJAR_EVENT=opened")
                    .contains("AJAR_NAME=a; touch /tmp/x $(id)")
                    .contains("AJAR_EXTERNAL_ADDRESS=" + Lab.WAN)
                    .doesNotContain("SECRET");
            assertThat(Shell.run("pgrep", "-f", sleep).out()).isEmpty();
            assertThat(ajar("status").exitCode()).isZero();
        }
    }

    /** P5: one writer, and the router sees each port once. */
    @Test
    void twenty_crons_beside_a_daemon_do_no_harm() throws Exception {
        Lab.script("up", "igd2");
        try (LabProcess daemon = daemon()) {
            assertThat(ajar("open", "25565").exitCode()).isZero();
            LabProcess[] crons = new LabProcess[20];
            for (int i = 0; i < crons.length; i++) {
                crons[i] = LabProcess.start("lan1", stateFolder, Map.of(), "renew", "--cron");
            }
            for (LabProcess cron : crons) {
                assertThat(cron.end(SOON.plus(SOON))).isIn(0, 75);
                assertThat(cron.output()).isEmpty();
            }
            // What the command opened, once.
            assertThat(daemon.output().lines().filter(line -> line.contains("open  tcp")))
                    .hasSize(1);
            assertThat(Lab.rules().lines().filter(line -> line.contains("dnat")))
                    .hasSize(1);
        }
    }

    @Test
    void without_a_daemon_cron_renews_repairs_and_removes() throws IOException {
        Lab.script("up", "igd2");
        assertThat(ajar("open", "25565", "--method", "upnp").err()).contains("Nothing renews it");
        Outcome idle = ajar("renew", "--cron");
        assertThat(idle.exitCode()).as(idle.out() + idle.err()).isZero();
        assertThat(idle.out() + idle.err()).isEmpty();

        Lab.script("restart");
        // What was opened within the last second is not looked at yet.
        StringBuilder repaired = new StringBuilder();
        LabProcess.until(() -> !repaired.append(ajar("renew", "--cron").out()).isEmpty(), SOON, "repair");
        assertThat(repaired.toString().lines()).hasSize(1);
        assertThat(repaired.toString()).contains("open again");
        assertThat(isOpen()).isTrue();

        Lab.script("stop");
        Outcome failed = ajar("renew", "--cron");
        Lab.script("start");
        assertThat(failed.exitCode()).as(failed.out() + failed.err()).isIn(0, 3);

        assertThat(ajar("open", "25566", "--for", "1s").exitCode()).isZero();
        LabProcess.until(
                () -> ajar("renew").out().contains("closed  tcp 25566")
                        || !Lab.rules().contains("25566"),
                SOON,
                "closed after its time");
    }
}
