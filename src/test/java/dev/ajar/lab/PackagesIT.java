package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.lab.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packages and the image, installed, used on the laboratory's LAN and removed again. */
@Tag("lab")
class PackagesIT extends InLab {
    private static final String ROOT = "test-fixtures/packages/root.sh";
    private static final String IMAGE = "test-fixtures/packages/image.py";
    private static final String SETTINGS = "[[mapping]]\nname = \"Minecraft\"\nexternal = 25565\n";
    private static final String MEMBER = "4711";
    private static final String OUTSIDER = "4712";

    /** Asks the service without ajar, and prints how many bytes of the first part of its answer came. */
    private static final String ASK = """
            import socket
            service = socket.socket(socket.AF_UNIX)
            service.connect("/run/ajar/control.sock")
            try:
                service.sendall(b'{"ajar":3,"request":"watch"}\\n')
                print(len(service.recv(2)))
            except OSError:
                print(0)
            """;

    /** Has the service read a file with its own rights. */
    private static final String RUN = """
            import socket
            service = socket.socket(socket.AF_UNIX)
            service.connect("/run/ajar/control.sock")
            service.sendall(b'{"ajar":2,"request":"run","arguments":["config","check","/var/lib/ajar/state.json"],'
                b'"settings":{},"colour":false,"unicode":true}\\n')
            print(service.makefile().read())
            """;

    private static final String LAN1 = System.getenv().getOrDefault("AJAR_LAB", "ajar") + "-lan1";

    private static final String PLATFORM =
            System.getProperty("os.arch", "").equals("aarch64") ? "linux-arm64" : "linux-x64";

    @TempDir
    Path temporary = Path.of(".");

    private boolean rooted;

    @BeforeAll
    static void requireTools() {
        Lab.require(ROOT);
    }

    @BeforeEach
    void lab() {
        Lab.script("up", "igd2");
    }

    @AfterEach
    void end() {
        if (rooted) {
            Shell.run("sh", ROOT, "down", temporary.toString());
        }
    }

    private Path assemble(Map<String, String> environment, String kind) {
        Outcome made = Shell.run(
                environment,
                List.of(
                        "python3",
                        "src/packaging/assemble",
                        "--out",
                        temporary.resolve("out").toString(),
                        "--runtime",
                        Path.of(Lab.program()).resolveSibling("../runtime").toString(),
                        "--as",
                        kind,
                        "--fast",
                        "--even-if-old",
                        PLATFORM));
        assertThat(made.exitCode()).as(made.err()).isZero();
        return Path.of(made.out().strip());
    }

    /** A command of root.sh; it must succeed. */
    private String root(String command, String... arguments) {
        Outcome outcome =
                Shell.run(Map.of(), Shell.join(List.of("sh", ROOT, command, temporary.toString()), arguments));
        assertThat(outcome.exitCode())
                .as("%s %s: %s%s", command, List.of(arguments), outcome.out(), outcome.err())
                .isZero();
        return outcome.out();
    }

    /** A fresh system with the package in its root's folder. */
    private void freshSystem(Path made, String name) throws IOException {
        rooted = true;
        root("up");
        Files.copy(made, inSystem("root/" + name), StandardCopyOption.REPLACE_EXISTING);
    }

    private Path inSystem(String path) {
        return temporary.resolve("system").resolve(path);
    }

    /** What {@code systemd-analyze security} thinks the unit could do, if it were taken over. */
    private double exposure() {
        String told = root(
                "run",
                "systemd-analyze",
                "--no-pager",
                "security",
                "--offline=true",
                "/usr/lib/systemd/system/ajar.service");
        String last = told.strip().lines().reduce((first, second) -> second).orElseThrow();
        return Double.parseDouble(last.replaceFirst(".*: ([0-9.]+) .*", "$1"));
    }

    /**
     * Every jar is in the list of others' parts with its licence; the runtime, NOTICE and bill of materials are along.
     */
    private static void licensed(Path program, Path list, Path documents) throws IOException {
        String parts = Files.readString(list);
        try (var files = Files.walk(program.resolve("lib"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".jar") && !file.endsWith("ajar.jar")))
                    .hasSizeGreaterThan(15)
                    .allMatch(jar -> parts.contains(program.relativize(jar) + "\n"));
        }
        assertThat(parts).contains("OpenJDK");
        assertThat(program.resolve("runtime/legal/java.base/LICENSE")).isNotEmptyFile();
        assertThat(documents.resolve("NOTICE")).isNotEmptyFile();
        try (var files = Files.list(documents)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("sbom.cdx.json"));
        }
    }

    private void licensedInSystem() throws IOException {
        Path documents = inSystem("usr/share/doc/ajar");
        licensed(inSystem("usr/lib/ajar"), documents.resolve("copyright"), documents);
        assertThat(inSystem("usr/lib/ajar/lib/kubernetes")).doesNotExist();
    }

    private static void opened(boolean open) {
        LabProcess.until(() -> Lab.rules().contains("25565") == open, SOON, "tcp 25565 open: " + open);
    }

    /** How often the router lacked the port while that was done, and in the first seconds of the new version. */
    private static long gaps(Runnable upgrade) {
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Long> watched = CompletableFuture.supplyAsync(() -> {
            long gaps = 0;
            while (!done.get()) {
                gaps += Lab.rules().contains("25565") ? 0 : 1;
            }
            return gaps;
        });
        try {
            upgrade.run();
        } finally {
            done.set(true);
        }
        return watched.join();
    }

    @Test
    void a_debian_package_is_installed_upgraded_and_removed_and_the_router_forgets_its_ports() throws IOException {
        Path made = assemble(Map.of(), "deb");
        freshSystem(made, "ajar.deb");
        Outcome judged = Shell.run("lintian", "--allow-root", "--fail-on", "error,warning", made.toString());
        assertThat(judged.exitCode()).as(judged.out() + judged.err()).isZero();

        root("run", "dpkg", "--no-triggers", "-i", "/root/ajar.deb");
        assertThat(root("run", "ajar", "version")).startsWith("ajar ");
        assertThat(root("run", "ajar", "demo")).doesNotContain("NOT SO");
        licensedInSystem();
        for (String place : List.of("system", "user")) {
            root("run", "systemd-analyze", "--man=no", "verify", "/usr/lib/systemd/" + place + "/ajar.service");
        }
        assertThat(exposure()).as("of 10, where 2 is OK").isLessThan(2.5);
        assertThat(inSystem("usr/share/man/man1/ajar-open.1.gz")).exists();
        assertThat(inSystem("etc/systemd/system/multi-user.target.wants/ajar.service"))
                .doesNotExist();

        root("service", LAN1);
        Files.writeString(inSystem("etc/ajar/ajar.toml"), SETTINGS);
        root("ctl", "start", "ajar.service");
        opened(true);

        String before = root("run", "cat", "/run/ajar-test/pid");
        assertThat(gaps(() -> root("run", "dpkg", "--no-triggers", "--force-confold", "-i", "/root/ajar.deb")))
                .isZero();
        root("ctl", "is-active", "ajar.service");
        assertThat(root("run", "cat", "/run/ajar-test/pid")).isNotEqualTo(before);
        opened(true);
        assertThat(inSystem("etc/ajar/ajar.toml")).hasContent(SETTINGS);

        Path enabled = inSystem("etc/systemd/system/multi-user.target.wants");
        Files.createSymbolicLink(
                Files.createDirectories(enabled).resolve("ajar.service"),
                Path.of("/usr/lib/systemd/system/ajar.service"));
        root("run", "install", "-D", "/dev/null", "/usr/lib/ajar/lib/kubernetes/added-by-hand-1.0.jar");
        root("run", "dpkg", "--no-triggers", "-r", "ajar");
        assertThat(Lab.rules()).doesNotContain("25565");
        assertThat(inSystem("usr/lib/ajar")).doesNotExist();
        assertThat(inSystem("etc/ajar/ajar.toml")).hasContent(SETTINGS);

        root("run", "dpkg", "--no-triggers", "-P", "ajar");
        assertThat(root("left").lines())
                .filteredOn(path -> path.contains("ajar"))
                .allMatch(path -> path.startsWith("/run/") || path.equals("/root/ajar.deb"));
        assertThat(hasGroup()).as("it has no member").isFalse();
    }

    /** A command of another user of that system, of those groups. */
    private Outcome user(String id, String groups, String... command) {
        List<String> words = List.of("sh", ROOT, "user", temporary.toString(), id, groups);
        return Shell.run(Map.of(), Shell.join(words, command));
    }

    private static Outcome done(Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.out() + outcome.err()).isZero();
        return outcome;
    }

    private boolean hasGroup() {
        return Shell.run("sh", ROOT, "run", temporary.toString(), "getent", "group", "ajar")
                        .exitCode()
                == 0;
    }

    @Test
    void members_of_the_group_use_the_service_and_others_are_told_in_one_line() throws IOException {
        freshSystem(assemble(Map.of(), "deb"), "ajar.deb");
        root("run", "dpkg", "--no-triggers", "-i", "/root/ajar.deb");
        String member = MEMBER + "," + root("run", "getent", "group", "ajar").split(":", -1)[2];
        root("service", LAN1);
        Files.writeString(inSystem("etc/ajar/ajar.toml"), SETTINGS);
        root("ctl", "start", "ajar.service");
        opened(true);

        Outcome opening = done(user(MEMBER, member, "ajar", "open", "8080"));
        assertThat(opening.err()).doesNotContain("group ajar");
        assertThat(Lab.rules()).contains("8080");
        assertThat(Files.readString(inSystem("var/lib/ajar/state.json"))).contains("8080");
        assertThat(done(user(MEMBER, member, "ajar", "status")).out())
                .contains("25565")
                .contains("8080")
                .contains("the ajar daemon, process ");

        Outcome told = user(OUTSIDER, OUTSIDER, "ajar", "status");
        assertThat(told.err().lines().filter(line -> line.contains("is for the group ajar")))
                .hasSize(1)
                .allMatch(line -> line.contains("sudo usermod -aG ajar "));
        assertThat(told.out()).doesNotContain("the ajar daemon");
        assertThat(user(OUTSIDER, OUTSIDER, "ajar", "status", "--json").err()).isEmpty();
        assertThat(user(OUTSIDER, OUTSIDER, "python3", "-c", ASK).err()).contains("PermissionError");
        assertThat(user(MEMBER, member, "python3", "-c", RUN).out())
                .contains("\"exit_code\":9", "terminal of your own");
        root("run", "chmod", "666", "/run/ajar/control.sock");
        assertThat(user(OUTSIDER, OUTSIDER, "python3", "-c", ASK).out().strip()).isEqualTo("0");
        assertThat(user(MEMBER, member.replaceFirst(".*,", ""), "python3", "-c", ASK)
                        .out()
                        .strip())
                .isEqualTo("2");
        root("run", "chmod", "660", "/run/ajar/control.sock");

        done(user(MEMBER, member, "ajar", "close", "8080"));
        assertThat(Lab.rules()).doesNotContain("8080").contains("25565");
        done(user(MEMBER, member, "ajar", "open", "8080"));
        root("run", "gpasswd", "-a", "daemon", "ajar");
        root("run", "dpkg", "--no-triggers", "-P", "ajar");
        assertThat(Lab.rules()).doesNotContain("8080").doesNotContain("25565");
        assertThat(hasGroup()).as("it has a member").isTrue();
    }

    @Test
    void an_rpm_is_installed_upgraded_and_removed() throws IOException {
        freshSystem(assemble(Map.of(), "rpm"), "ajar.rpm");

        root("run", "rpm", "--initdb");
        root("run", "rpm", "-i", "--nodeps", "/root/ajar.rpm");
        licensedInSystem();
        assertThat(root("run", "ajar", "version")).startsWith("ajar ");
        assertThat(inSystem("usr/share/zsh/site-functions/_ajar"))
                .as("where zsh of Fedora and openSUSE looks")
                .isNotEmptyFile();
        root("service", LAN1);
        Files.writeString(inSystem("etc/ajar/ajar.toml"), SETTINGS);
        root("ctl", "start", "ajar.service");
        opened(true);

        String before = root("run", "cat", "/run/ajar-test/pid");
        assertThat(gaps(() -> root("run", "rpm", "-U", "--nodeps", "--replacepkgs", "/root/ajar.rpm")))
                .isZero();
        root("ctl", "is-active", "ajar.service");
        assertThat(root("run", "cat", "/run/ajar-test/pid")).isNotEqualTo(before);
        opened(true);

        root("run", "rpm", "-e", "ajar");
        assertThat(Lab.rules()).doesNotContain("25565");
        assertThat(hasGroup()).as("it has no member").isFalse();
        assertThat(root("left").lines())
                .filteredOn(path -> path.contains("ajar"))
                .allMatch(path -> path.startsWith("/run/")
                        || path.equals("/root/ajar.rpm")
                        || path.equals("/etc/ajar/ajar.toml.rpmsave"));
    }

    @Test
    void the_image_opens_ports_on_the_hosts_network_and_closes_them_at_its_end() throws Exception {
        Path image = image();
        opensAndCloses(image, "image");
        opensAndCloses(image, "other", "4711", temporary.resolve("volume").toString());
        opensAndCloses(image, "bare", "4712");
    }

    private Path image() {
        Path base = temporary.resolve("base.tar");
        python(IMAGE, "base", base.toString());
        return assemble(Map.of("AJAR_IMAGE_BASE", base.toString()), "image");
    }

    /** @param user another one than the image's, on a read-only root with a volume, or without both */
    private void opensAndCloses(Path image, String name, String... user) throws Exception {
        Path bundle = temporary.resolve(name);
        python(Shell.join(List.of(IMAGE, "bundle", image.toString(), bundle.toString(), LAN1), user)
                .toArray(String[]::new));
        Files.writeString(bundle.resolve("rootfs/ajar.toml"), SETTINGS);
        Path program = bundle.resolve("rootfs/opt/ajar");
        licensed(program, program.resolve("licenses/THIRD-PARTY.txt"), program);
        assertThat(program.resolve("lib/kubernetes")).isNotEmptyDirectory();
        String health = python(IMAGE, "health", image.toString()).strip();
        List<String> runc = List.of("runc", "--root", temporary.resolve("runc").toString());
        String container = LAN1 + "-" + name;

        Path log = temporary.resolve(name + ".log");
        Process running = new ProcessBuilder(Shell.join(runc, "run", "-b", bundle.toString(), container))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            opened(true);
            assertThat(exitCode(runc, "exec", container, "/bin/sh", "-c", health))
                    .as(Files.readString(log))
                    .isZero();
            assertThat(exitCode(runc, "exec", container, "/opt/ajar/bin/ajar", "open", "8080"))
                    .isZero();
            assertThat(Lab.rules()).contains("8080");

            assertThat(exitCode(runc, "kill", container, "TERM")).isZero();
            assertThat(running.waitFor()).isZero();
            assertThat(Lab.rules()).doesNotContain("25565");
        } finally {
            exitCode(runc, "delete", "--force", container);
            running.destroyForcibly().waitFor();
        }
    }

    private static int exitCode(List<String> runc, String... arguments) {
        return Shell.run(Map.of(), Shell.join(runc, arguments)).exitCode();
    }

    private static String python(String... command) {
        Outcome outcome = Shell.run(Map.of(), Shell.join(List.of("python3"), command));
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return outcome.out();
    }
}
