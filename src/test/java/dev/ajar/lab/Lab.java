package dev.ajar.lab;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The laboratory of {@code test-fixtures/lab}: real namespaces, a real daemon, the distribution as it is shipped. */
final class Lab {
    static final String WAN = "11.22.33.1";
    static final String GATEWAY = "192.168.77.1";
    static final String LAN1 = "192.168.77.10";
    static final String LAN2 = "192.168.77.11";

    /** With {@code up ipv6}: what {@code lan1} keeps, beside the address it only uses for a while. */
    static final String LAN1_V6 = "2a0b:77::10";

    static final String LAN2_V6 = "2a0b:77::11";
    static final String INTERNET_V6 = "2a0b:11::10";

    /** The router's address on the LAN's own link, as {@code lan1} writes it. */
    static final String GATEWAY_V6 = "fe80::1%eth0";

    /** With {@code up twins}. */
    static final String GATEWAY2 = "192.168.77.2";

    static final String WAN2 = "11.22.34.1";

    /** With {@code up cgn}, the provider's router. */
    static final String ANYCAST = "192.0.0.9";

    /** With {@code up vpn-natpmp}. */
    static final String VPN = "10.2.0.1";

    /** As {@code lab.sh} reads it too; each JVM that runs tests has a laboratory of its own (pom.xml). */
    static final String PREFIX = System.getenv().getOrDefault("AJAR_LAB", "ajar");

    private static final String SCRIPT = "test-fixtures/lab/lab.sh";
    private static final Path DIST =
            Path.of(System.getProperty("ajar.dist", "target/ajar")).toAbsolutePath();

    private Lab() {}

    /** Skips where the laboratory cannot be built, and says why; fails there where it is required (CI). */
    static void require() {
        require(SCRIPT);
    }

    /** The same for another script with the command {@code check}. */
    static void require(String script) {
        Shell.Outcome check = Shell.run("sh", script, "check");
        String reason = (check.out() + check.err()).strip();
        if (check.exitCode() != 0) {
            System.out.println("SKIPPED the tests against a real router daemon: " + reason);
        }
        if (check.exitCode() != 0 && "true".equals(System.getenv("AJAR_LAB_REQUIRED"))) {
            throw new AssertionError("the laboratory is required here, but " + reason);
        }
        assumeTrue(check.exitCode() == 0, reason);
    }

    static void script(String... arguments) {
        Shell.Outcome outcome = Shell.run(Map.of(), Shell.join(List.of("sh", SCRIPT), arguments));
        if (outcome.exitCode() != 0) {
            throw new AssertionError("lab.sh " + String.join(" ", arguments) + ": " + outcome.out() + outcome.err());
        }
    }

    static String rules() {
        return rulesOf("router");
    }

    /** With {@code up twins}. */
    static String rules2() {
        return rulesOf("router2");
    }

    /** With {@code up nested} and those like it. */
    static String outerRules() {
        return rulesOf("outer");
    }

    /** What {@code lab.sh rules} prints, with fewer processes: tests ask for it again and again. */
    private static String rulesOf(String router) {
        return in(router, "nft", "list", "table", "inet", "filter").out();
    }

    /** Makes other machines of lan1 ({@code test-fixtures/lab/machines.sh}). */
    static void shape(String shapes) {
        for (String shape : shapes.split(" / ", -1)) {
            List<String> words = new ArrayList<>(List.of("shape"));
            words.addAll(List.of(shape.split(" ", -1)));
            script(words.toArray(String[]::new));
        }
    }

    /** How many packets have gone into the tunnel of {@code vpn}. */
    static String tunnelled() {
        return Shell.run("sh", SCRIPT, "tunnelled").out().strip();
    }

    static Shell.Outcome in(String host, String... command) {
        return Shell.run(Map.of(), inside(host, List.of(command)));
    }

    /** A command line that runs the other one on a host of the laboratory. */
    static List<String> inside(String host, List<String> command) {
        return Shell.join(List.of("ip", "netns", "exec", PREFIX + "-" + host), command.toArray(String[]::new));
    }

    /** The same, in the machine's own view of /sys: container engines need its control groups. */
    static List<String> entered(String host, List<String> command) {
        return Shell.join(
                List.of("nsenter", "--net=/run/netns/" + PREFIX + "-" + host), command.toArray(String[]::new));
    }

    /**
     * What natpmpc says on {@code lan1}. When its first question had to be repeated it takes the second answer to that
     * for the answer to its next question, calls the protocol unknown, and is started again.
     */
    static String natpmpc(String... arguments) {
        String[] command = Shell.join(List.of("natpmpc"), arguments).toArray(String[]::new);
        String told = in("lan1", command).out();
        for (int again = 0; again < 3 && told.contains("protocol UNKNOWN"); again++) {
            told = in("lan1", command).out();
        }
        return told;
    }

    /** ajar on a LAN host, with its own state file. */
    static Shell.Outcome ajar(String host, Path stateFolder, String... arguments) {
        List<String> command = inside(host, List.of(program()));
        return Shell.run(
                Map.of("XDG_STATE_HOME", stateFolder.resolve(host).toString()), Shell.join(command, arguments));
    }

    /** The shipped program. */
    static String program() {
        return DIST.resolve("bin/ajar").toString();
    }

    /** ajar on a LAN host, not waited for; what it prints comes as one stream. */
    static Process start(String host, Path stateFolder, String... arguments) throws IOException {
        List<String> command = inside(host, List.of(program()));
        ProcessBuilder builder = new ProcessBuilder(Shell.join(command, arguments)).redirectErrorStream(true);
        builder.environment().put("XDG_STATE_HOME", stateFolder.resolve(host).toString());
        return builder.start();
    }

    /** The command line of {@link Peer}. */
    static List<String> peer(String... arguments) {
        return java(Peer.class, arguments);
    }

    /** The command line of a program among the tests that needs nothing but itself. */
    static List<String> java(Class<?> main, String... arguments) {
        return Shell.join(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        "target/test-classes",
                        main.getName()),
                arguments);
    }

    /**
     * The answer of a listener on {@code lan1} when the internet host sends a message to the router's port; empty
     * without one.
     */
    static String throughOpenPort(String protocol, int externalPort, int internalPort) {
        return throughOpenPort(protocol, WAN, externalPort, internalPort);
    }

    /** The same at any address; an IPv6 address is not translated, so the listener is bound to it. */
    static String throughOpenPort(String protocol, String address, int externalPort, int internalPort) {
        return asked(protocol, address, externalPort, internalPort, 30_000);
    }

    /** The same with a short time-out, for a port that should be closed. */
    static String throughClosedPort(String protocol, String address, int port) {
        return asked(protocol, address, port, port, 2_000);
    }

    private static String asked(String protocol, String address, int externalPort, int internalPort, int millis) {
        String[] listener = {"serve", protocol, Integer.toString(internalPort)};
        if (address.contains(":")) {
            listener = Shell.join(List.of(listener), address).toArray(String[]::new);
        }
        List<String> serve = inside("lan1", peer(listener));
        List<String> ask = inside(
                "internet",
                peer("ask", protocol, address, Integer.toString(externalPort), "hello", Integer.toString(millis)));
        try {
            Process server = new ProcessBuilder(serve).redirectErrorStream(true).start();
            try (BufferedReader told = server.inputReader(StandardCharsets.UTF_8)) {
                String first = told.readLine();
                if (!"ready".equals(first)) {
                    throw new AssertionError("the listener did not start: " + first);
                }
                return Shell.run(Map.of(), ask).out().strip();
            } finally {
                server.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
