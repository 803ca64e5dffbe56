package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A Minecraft server (Minestom, examples/minecraft) at home, and a friend who joins from the internet. */
class MinecraftIT extends RealPrograms {
    private static final String FRIEND = "test-fixtures/lab/minecraft.py";
    private static final String[] PING = {"ping", Lab.WAN, "25565"};
    private static final String[] JOIN = {"join", Lab.WAN, "25565"};

    /** The server's JVM compiles the example and loads the game's data. */
    private static final Duration STARTS = SOON.multipliedBy(2);

    @BeforeAll
    static void up() {
        require("target/minestom", "target/repository");
        int java = Runtime.version().feature();
        if (java < 25) {
            System.out.println("SKIPPED the Minecraft server: Minestom needs Java 25, and this is " + java);
        }
        assumeTrue(java >= 25, "Minestom needs Java 25");
        Lab.script("up", "igd2");
    }

    private static List<String> server(String... more) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-cp",
                "target/minestom/*:" + JavaExamplesIT.jar(),
                "examples/minecraft/Minecraft.java",
                "25565");
        return Shell.join(command, more);
    }

    private static Shell.Outcome does(String... deed) {
        return Lab.in("internet", Shell.join(List.of("python3", FRIEND), deed).toArray(String[]::new));
    }

    private static void joins(LabProcess server, String chat) {
        LabProcess.until(
                () -> does(JOIN).out().strip().equals(chat),
                STARTS,
                chat + ": " + server.output() + does(JOIN).err());
    }

    /** The npm package minecraft-protocol as the friend: half a gigabyte, so only by its own word (docs/testing.md). */
    @Test
    void a_client_that_is_not_ours_joins_too() {
        String modules = System.getProperty("ajar.npm", "");
        if (modules.isEmpty()) {
            System.out.println("SKIPPED the friend of npm: it needs -Dajar.npm=DIR (docs/testing.md)");
        }
        assumeTrue(!modules.isEmpty(), "-Dajar.npm=DIR is not set");
        String[] joins = {
            "env", "NODE_PATH=" + modules, "node", "test-fixtures/minecraft/npm/friend.js", Lab.WAN, "25565", "1.21.11"
        };
        String[] command = server("closed").toArray(String[]::new);
        try (LabProcess server = running("25565", List.of(), command)) {
            joins(server, "Only this network can join");
            Shell.Outcome friend = Lab.in("internet", joins);
            assertThat(friend.out().strip()).as(friend.err()).isEqualTo("Only this network can join");
            server.signal("TERM");
            server.end(SOON);
        }
        assertThat(Lab.in("internet", joins).exitCode()).isNotZero();
        nobodyJoins();
    }

    private static void nobodyJoins() {
        assertThat(does(PING).exitCode()).isNotZero();
        assertThat(Lab.rules()).doesNotContain("dnat ip to " + Lab.LAN1);
    }

    @Test
    void ajar_run_opens_the_port_of_a_server_that_knows_nothing_of_ajar() {
        String[] command = server("closed").toArray(String[]::new);
        try (LabProcess server = running("25565", List.of(), command)) {
            joins(server, "Only this network can join");
            assertThat(does(PING).out().strip()).isEqualTo("a server of 1.21.11");

            Lab.script("restart");
            joins(server, "Only this network can join");
            server.signal("TERM");
            server.end(SOON);
        }
        nobodyJoins();
    }

    @Test
    void a_server_with_ajar_inside_tells_in_chat_what_friends_type() {
        Map<String, String> environment = Map.of("XDG_STATE_HOME", stateFolder.toString(), "LC_ALL", "C.UTF-8");
        try (LabProcess server = LabProcess.program("lan1", environment, server())) {
            joins(server, "Friends type " + Lab.WAN + ":25565");

            Lab.script("restart");
            joins(server, "Friends type " + Lab.WAN + ":25565");
            assertThat(server.output()).contains("Friends type " + Lab.WAN + ":25565");
            server.signal("TERM");
            server.end(SOON);
        }
        nobodyJoins();
    }
}
