package dev.ajar.relay.engine;

import static org.awaitility.Awaitility.await;

import dev.ajar.model.TransportProtocol;
import dev.ajar.relay.Refusal;
import dev.ajar.relay.RelayLimits;
import dev.ajar.relay.RelayRule;
import dev.ajar.testing.FreePort;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A relay in a process of its own, with the options it has in the distribution, measured from outside. */
final class RelayJvmRig implements AutoCloseable {
    private final Process process;
    private final RelayRule rule;
    private final Path jars;
    final List<String> said = new CopyOnWriteArrayList<>();

    private RelayJvmRig(Process process, RelayRule rule, Path jars) {
        this.process = process;
        this.rule = rule;
        this.jars = jars;
    }

    static RelayJvmRig start(TransportProtocol protocol, int devicePort, RelayLimits limits, String... wrap)
            throws IOException {
        int port = protocol == TransportProtocol.TCP ? FreePort.tcp() : FreePort.udp();
        Path jars = Files.createTempDirectory("relay-classes");
        RelayRule rule = RelayRig.with(limits).apply(RelayRig.rule(protocol, port, devicePort));
        List<String> command = new ArrayList<>(List.of(wrap));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xms8m",
                "-Xmn4m",
                "-Xmx96m",
                "-XX:MaxDirectMemorySize=320m",
                "-cp",
                ClassPathInJars.in(jars),
                RelayUnderTest.class.getName(),
                "4000"));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("MALLOC_ARENA_MAX", "1");
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        RelayJvmRig rig = new RelayJvmRig(builder.start(), rule, jars);
        rig.order();
        BufferedReader told = rig.process.inputReader(StandardCharsets.UTF_8);
        for (String line = told.readLine(); ; line = told.readLine()) {
            if (line == null) {
                throw new IOException("it ended");
            }
            if (RelayUnderTest.isRules(line)) {
                break;
            }
        }
        Thread.ofVirtual().start(() -> rig.listen(told));
        return rig;
    }

    /** Until the process ends or is ended. */
    private void listen(BufferedReader told) {
        try {
            for (String line = told.readLine(); line != null; line = told.readLine()) {
                said.add(line);
            }
        } catch (IOException e) {
            return;
        }
    }

    int port() {
        return rule.listen().number();
    }

    Socket client(String from) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(dev.ajar.model.Addresses.ipv4(from).orElseThrow(), 0));
        socket.connect(new InetSocketAddress(RelayRig.LOOPBACK, port()), 5000);
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** Resident memory, in KiB (proc(5)). */
    long rssKib() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    /** Its descriptors, without those of the class path: the libraries of other tests stand there too. */
    long files() throws IOException {
        try (var list = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            return list.filter(descriptor -> !isJar(descriptor)).count();
        }
    }

    private static boolean isJar(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().endsWith(".jar");
        } catch (IOException e) {
            // Closed meanwhile.
            return false;
        }
    }

    /** Processor time so far. */
    long cpuMillis() {
        return process.toHandle().info().totalCpuDuration().orElseThrow().toMillis();
    }

    /** How often it had no descriptor left for a connection; it reports that when it is sent the rules again. */
    long outOfFiles() throws IOException {
        long answers = said.stream().filter(RelayUnderTest::isRules).count();
        order();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> said.stream().filter(RelayUnderTest::isRules).count() > answers);
        // Other lines, such as a warning, may follow at any time.
        String answer = said.stream()
                .filter(RelayUnderTest::isRules)
                .reduce((earlier, later) -> later)
                .orElseThrow();
        return RelayUnderTest.refused(answer, Refusal.OUT_OF_FILES);
    }

    private void order() throws IOException {
        process.getOutputStream().write((RelayUnderTest.orders(List.of(rule)) + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        deleteJars();
    }

    private void deleteJars() {
        try (var all = Files.list(jars)) {
            for (Path jar : all.toList()) {
                Files.delete(jar);
            }
            Files.delete(jars);
        } catch (IOException e) {
            // A jar too many in the folder for temporary files.
            return;
        }
    }
}
