package dev.ajar.lab;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A real container engine on {@code lan1}, started by hand, with an image made of one static program: nothing is
 * downloaded, and nothing is left in the machine's own network.
 */
final class LabEngine implements AutoCloseable {
    private static final String IMAGE = "localhost/lab:1";
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final long STOPPING_SECONDS = 30;

    /** Which engine. */
    enum Kind {
        DOCKER("dockerd"),
        PODMAN("podman");

        private final String program;

        Kind(String program) {
            this.program = program;
        }
    }

    private final Kind kind;
    private final Path folder;
    private final Set<String> namespacesBefore = podmansNamespaces();
    private Optional<Process> process = Optional.empty();

    private LabEngine(Kind kind, Path folder) {
        this.kind = kind;
        this.folder = folder;
    }

    /** Skips where the engine is not installed, and says so; fails there where it is required (CI). */
    static LabEngine start(Kind kind) {
        boolean there = Shell.run("sh", "-c", "command -v " + kind.program).exitCode() == 0
                && Shell.run(BUSYBOX.toString(), "httpd", "--help").exitCode() == 0;
        if (!there) {
            System.out.println("SKIPPED a test with containers: " + kind.program
                    + " or busybox-static is not installed (see .ci/run)");
        }
        if (!there && "true".equals(System.getenv("AJAR_LAB_REQUIRED"))) {
            throw new AssertionError(kind.program + " and busybox-static are required here");
        }
        assumeTrue(there, kind.program);
        try {
            LabEngine engine = new LabEngine(kind, Files.createTempDirectory("ajar-eng"));
            engine.begin();
            engine.importImage();
            return engine;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address() {
        return "unix://" + socket();
    }

    private Path socket() {
        return folder.resolve("e.sock");
    }

    private List<String> server() {
        return switch (kind) {
            case DOCKER ->
                List.of(
                        "dockerd",
                        "--data-root",
                        folder.resolve("data").toString(),
                        "--exec-root",
                        folder.resolve("exec").toString(),
                        "--pidfile",
                        folder.resolve("pid").toString(),
                        "-H",
                        address(),
                        "--storage-driver",
                        "vfs");
            case PODMAN -> Shell.join(podman(), "system", "service", "-t", "0", address());
        };
    }

    private List<String> podman() {
        // crun fails where the control groups are mixed, and there is no journal for events.
        return List.of(
                "podman",
                "--root",
                folder.resolve("data").toString(),
                "--runroot",
                folder.resolve("exec").toString(),
                "--storage-driver",
                "vfs",
                "--cgroup-manager",
                "cgroupfs",
                "--runtime",
                "runc",
                "--events-backend",
                "file");
    }

    /** Starts its server. */
    void begin() {
        try {
            process = Optional.of(new ProcessBuilder(Lab.entered("lan1", server()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("log").toFile()))
                    .start());
            LabProcess.until(
                    () -> Files.exists(socket()) && does("ps"),
                    InLab.SOON,
                    folder.resolve("log").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends its server: in order, and containers with it where they are its children, or at once. */
    void end(boolean inOrder) {
        process.ifPresent(server -> {
            try {
                Shell.run("kill", inOrder ? "-TERM" : "-KILL", Long.toString(server.pid()));
                if (!server.waitFor(STOPPING_SECONDS, TimeUnit.SECONDS)) {
                    server.destroyForcibly();
                }
                Files.deleteIfExists(socket());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        process = Optional.empty();
    }

    /** Podman's of containers; it leaves one behind where a container was killed. */
    private static Set<String> podmansNamespaces() {
        return Shell.run("ip", "netns", "list")
                .out()
                .lines()
                .map(line -> line.split(" ", -1)[0])
                .filter(name -> name.startsWith("netns-"))
                .collect(Collectors.toSet());
    }

    private void removeNamespaces() {
        Set<String> left = podmansNamespaces();
        left.removeAll(namespacesBefore);
        for (String name : left) {
            boolean unused = Shell.run("ip", "netns", "pids", name).out().isBlank();
            if (unused) {
                Shell.run("ip", "netns", "delete", name);
            }
        }
    }

    private void importImage() throws IOException {
        Path root = Files.createDirectories(folder.resolve("root"));
        Files.createDirectories(root.resolve("bin"));
        Files.createDirectories(root.resolve("www"));
        Files.copy(BUSYBOX, root.resolve("bin/busybox"));
        Files.writeString(root.resolve("www/index.html"), "hello from a container\n");
        Path tar = folder.resolve("root.tar");
        Shell.run("tar", "-C", root.toString(), "-cf", tar.toString(), ".");
        does("import", tar.toString(), IMAGE);
    }

    /** Whether the client's command succeeds. */
    boolean does(String... arguments) {
        return client(arguments).exitCode() == 0;
    }

    private Shell.Outcome client(String... arguments) {
        List<String> client = kind == Kind.DOCKER ? List.of("docker", "-H", address()) : podman();
        return Shell.run(Map.of(), Lab.entered("lan1", Shell.join(client, arguments)));
    }

    /** Runs the client's command. */
    void tell(String... arguments) {
        Shell.Outcome outcome = client(arguments);
        if (outcome.exitCode() != 0) {
            throw new AssertionError(String.join(" ", arguments) + ": " + outcome.out() + outcome.err());
        }
    }

    /**
     * Starts a web server in a container.
     *
     * @param port inside
     * @param options of {@code docker run}
     */
    void serve(String name, int port, String... options) {
        List<String> words = new ArrayList<>(List.of("run", "-d", "--name", name));
        if (kind == Kind.PODMAN) {
            words.addAll(List.of("--ulimit", "nofile=1024:1024", "--ulimit", "nproc=1000:1000"));
        }
        words.addAll(List.of(options));
        words.addAll(List.of(IMAGE, "/bin/busybox", "httpd", "-f", "-p", Integer.toString(port), "-h", "/www"));
        tell(words.toArray(String[]::new));
    }

    /**
     * Starts the same as a service of a cluster.
     *
     * @param options of {@code docker service create}
     */
    void service(String name, int port, String... options) {
        List<String> words =
                new ArrayList<>(List.of("service", "create", "--detach", "--no-resolve-image", "--name", name));
        words.addAll(List.of(options));
        words.addAll(List.of(IMAGE, "/bin/busybox", "httpd", "-f", "-p", Integer.toString(port), "-h", "/www"));
        tell(words.toArray(String[]::new));
    }

    @Override
    public void close() {
        for (String id : client("ps", "-aq").out().split("\\s+")) {
            if (!id.isEmpty()) {
                does("rm", "-f", id);
            }
        }
        end(true);
        removeNamespaces();
        Shell.run("rm", "-rf", "--one-file-system", folder.toString());
    }
}
