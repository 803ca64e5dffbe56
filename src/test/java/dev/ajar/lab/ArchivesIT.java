package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.lab.Shell.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What src/packaging/assemble makes of the distribution. Nothing here uses the network. */
@Tag("lab")
class ArchivesIT extends PackedArchive {
    /** 10 MB of an archive are for one command. */
    @Test
    void the_client_of_kubernetes_is_an_archive_of_its_own_and_told_to_be_missing() throws IOException {
        Path home = any();
        Path java = Path.of(System.getProperty("java.home"));
        assertThat(home.resolve("lib/kubernetes")).doesNotExist();
        assertThat(home.resolve("licenses/THIRD-PARTY.txt")).content().doesNotContain("fabric8");
        Outcome without = run(home, java, "kubernetes");
        assertThat(without.exitCode()).isEqualTo(78);
        assertThat(without.err())
                .contains(
                        "needs an add-on",
                        "ajar-VERSION-kubernetes.tar.gz",
                        home.toRealPath().toString())
                .doesNotContain("Exception", "Error");

        Path archive = Path.of(assemble("kubernetes").out().strip());
        assertThat(archive.getFileName().toString()).matches("ajar-[0-9.]+-kubernetes\\.tar\\.gz");
        assertThat(archive.resolveSibling(archive.getFileName() + ".sha256")).isNotEmptyFile();
        Outcome unpacked = Shell.run("tar", "-xzf", archive.toString(), "--strip-components=1", "-C", home.toString());
        assertThat(unpacked.exitCode()).as(unpacked.err()).isZero();

        assertThat(run(home, java, "kubernetes").err()).contains("no API server of Kubernetes");
        Path added = home.resolve("lib/kubernetes");
        String list = Files.readString(added.resolve("licenses/THIRD-PARTY.txt"));
        try (var jars = Files.list(added).filter(file -> file.toString().endsWith(".jar"))) {
            assertThat(jars).hasSizeGreaterThan(10).allMatch(jar -> list.contains(home.relativize(jar) + "\n"));
        }
        assertThat(added.resolve("licenses/Apache-2.0.txt")).isNotEmptyFile();
        assertThat(added.resolve("sbom.cdx.json")).content().contains("\"ajar-kubernetes\"");
        assertThat(added.resolve("NOTICE")).isNotEmptyFile();
    }

    /** Letters beyond ASCII without a locale for them, another place than at the first start, noexec, a full disk. */
    @Test
    void it_starts_in_odd_places_or_says_in_one_line_why_not() {
        Outcome outcome = Shell.run(
                "unshare",
                "-mn",
                "sh",
                "test-fixtures/packages/odd-places.sh",
                DIST.toAbsolutePath().toString(),
                temporary.toString());
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out().lines()).hasSize(18).allMatch(line -> switch (line.replaceFirst("[ :].*", "")) {
            case "home" -> line.matches("home [^:]*: 0 0 .*");
            case "no" -> line.startsWith("no locale: 1 1 ajar: ");
            case "colon" ->
                line.matches("colon( linked: 0 0 ajar [0-9.]+|: 1 1 ajar: .* colon .*unpack the archive elsewhere)");
            case "noexec" -> line.startsWith("noexec: 1 1 ajar: ") && line.contains("unpack the archive elsewhere");
            default -> line.matches(".*: 0 0 ajar \\d+\\.\\d+\\.\\d+");
        });
    }

    @Test
    void two_archives_of_the_same_files_are_the_same_bytes() throws IOException {
        Path archive = Path.of(assemble("any").out().strip());
        byte[] first = Files.readAllBytes(archive);

        assertThat(Files.readAllBytes(Path.of(assemble("any").out().strip()))).isEqualTo(first);
    }

    @Test
    void a_runtime_without_the_latest_updates_is_refused() {
        // SOURCE_DATE_EPOCH is today's date to the script: 2100 is long after any runtime.
        List<String> command = List.of(
                "env",
                "SOURCE_DATE_EPOCH=4102444800",
                "python3",
                "src/packaging/assemble",
                "--out",
                temporary.toString(),
                "--runtime",
                DIST.resolve("runtime").toString(),
                "linux-x64");
        Outcome outcome = Shell.run(Map.of(), command);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("security updates are missing", "--even-if-old")
                .hasLineCount(1);
    }

    @Test
    void a_runtime_of_another_system_is_refused() throws IOException {
        Path java = Files.createDirectories(temporary.resolve("jre/bin")).resolve("java.exe");
        byte[] head = new byte[128];
        System.arraycopy("MZ".getBytes(StandardCharsets.US_ASCII), 0, head, 0, 2);
        head[60] = 64;
        head[68] = 0x64;
        head[69] = (byte) 0x86;
        Files.write(java, head);

        Outcome outcome = assemble("--runtime", temporary.resolve("jre").toString(), "linux-x64");

        assertThat(outcome.err()).contains("is a runtime for windows-x64, not for linux-x64");
    }

    @Test
    void nothing_is_shipped_that_no_user_of_this_system_needs() throws IOException {
        String archive = System.getProperty("ajar.archive", "");
        List<String> names = Shell.run("tar", "-tzf", archive).out().lines().toList();
        String machine = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";

        assertThat(names)
                .filteredOn(name -> name.contains("-linux-"))
                .isNotEmpty()
                .allMatch(name -> name.contains(machine));
        assertThat(names).noneMatch(name -> name.endsWith("/keytool") || name.endsWith("ajar.cmd"));
        assertThat(names).noneMatch(name -> name.contains("lib/kubernetes"));
        assertThat(names).anyMatch(name -> name.endsWith("share/man/man1/ajar-open.1"));
        assertThat(names).anyMatch(name -> name.endsWith("share/completions/ajar.fish"));
        assertThat(names).anyMatch(name -> name.endsWith("share/completions/ajar.ps1"));
        try (ZipFile jar = new ZipFile(DIST.resolve("lib/ajar.jar").toFile())) {
            assertThat(jar.getEntry("dev/ajar/app/Main.class")).isNotNull();
        }
    }

    /** What is typed, and the word that each shell makes of its last one; the open ports are those of a stand-in. */
    private static final Map<String, String> COMPLETED = Map.ofEntries(
            Map.entry("op", "open"),
            Map.entry("open --lea", "--lease"),
            Map.entry("open minecraft-b", "minecraft-bedrock"),
            Map.entry("open --method nat", "nat-pmp"),
            Map.entry("open --lang u", "uk"),
            Map.entry("close 2556", "25565"),
            Map.entry("doctor minecraft-b", "minecraft-bedrock"),
            Map.entry("open 4711/u", "4711/udp"),
            Map.entry("open 8080 --interface et", "eth9"),
            Map.entry("open 8080 --from-address 192", "192.168.77.10"),
            Map.entry("open 8080 --to 192", "192.168.77.20"),
            Map.entry("open 8080 --yes-expose rd", "rdp"),
            Map.entry("router ad", "add"),
            Map.entry("service ins", "install"),
            Map.entry("guide --router avm-f", "avm-fritzbox"),
            Map.entry("completion po", "powershell"),
            Map.entry("help op", "open"));

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void the_scripts_complete_in(String shell) throws IOException {
        RealPrograms.require("/usr/bin/" + shell);
        Path programs = program(
                "bin",
                "ajar",
                "case $* in 'completion ports') echo 25565 ;; 'completion interfaces') echo eth9 ;;"
                        + " 'completion addresses') echo 192.168.77.10 ;; 'completion devices') echo 192.168.77.20 ;; esac");
        Map<String, String> path = Map.of("PATH", programs + ":" + System.getenv("PATH"));
        COMPLETED.forEach((typed, completed) -> {
            List<String> command = List.of(
                    "sh",
                    "test-fixtures/packages/complete.sh",
                    shell,
                    DIST.resolve("share/completions").toAbsolutePath().toString());
            Outcome outcome = Shell.run(path, Shell.join(command, typed.split(" ", -1)));
            assertThat(outcome.out())
                    .as("%s: %s %s", shell, typed, outcome.err())
                    .isEqualTo(completed + "\n");
        });
    }

    /** A licence is a duty: every jar and the runtime have theirs along, in each archive. */
    @Test
    void every_part_of_others_has_its_licence_along() throws IOException {
        Path home = any();
        String list = Files.readString(home.resolve("licenses/THIRD-PARTY.txt"));
        String bill = Files.readString(home.resolve("sbom.cdx.json"));
        int jars = 0;
        try (var files = Files.walk(home.resolve("lib"))) {
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar") && !file.endsWith("ajar.jar"))
                    .toList()) {
                assertThat(list).contains(home.relativize(jar).toString());
                assertThat(bill).contains(sha256(jar));
                jars++;
            }
        }
        assertThat(jars).isGreaterThan(10);
        for (String line :
                list.lines().filter(text -> text.contains(": licenses/")).toList()) {
            assertThat(home.resolve(line.substring(line.indexOf("licenses/")))).isNotEmptyFile();
        }
        assertThat(home.resolve("NOTICE")).isNotEmptyFile();
        List<String> packed = Shell.run("tar", "-tzf", System.getProperty("ajar.archive", ""))
                .out()
                .lines()
                .toList();
        assertThat(packed)
                .anyMatch(name -> name.endsWith("/licenses/CDDL-1.0.txt"))
                .anyMatch(name -> name.endsWith("/runtime/legal/java.base/LICENSE"))
                .anyMatch(name -> name.endsWith("/sbom.cdx.json"));
    }

    @Test
    void a_jar_whose_licence_is_unknown_is_not_packed() throws IOException {
        Path target = Files.createDirectories(temporary.resolve("target"));
        Files.createDirectories(target.resolve("ajar/lib"));
        Files.createFile(target.resolve("ajar-1.0.0.jar"));
        Files.createFile(target.resolve("ajar/lib/ajar.jar"));
        Files.createFile(target.resolve("ajar/lib/surprise-1.2.jar"));

        Outcome outcome = assemble("--target", target.toString(), "any");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("lib/surprise-1.2.jar", "components.json");
    }

    private static String sha256(Path file) throws IOException {
        return Shell.run("sha256sum", file.toString()).out().substring(0, 64);
    }

    /** A dry run: files are filled in, nothing is sent. */
    @Test
    void manifests_are_filled_in_from_the_checksums() throws IOException {
        List<String> platforms = List.of(
                "linux-x64.tar.gz",
                "linux-arm64.tar.gz",
                "macos-arm64.tar.gz",
                "macos-x64.tar.gz",
                "windows-x64.zip",
                "windows-x64-setup.exe",
                "any.zip");
        Path sums = temporary.resolve("SHA256SUMS");
        Files.write(
                sums,
                platforms.stream().map(name -> "0123abcd  ajar-1.2.3-" + name).toList());
        String[] command = {
            "src/packaging/manifest",
            "--version",
            "1.2.3",
            "--sums",
            sums.toString(),
            "--out",
            temporary.resolve("filled").toString()
        };

        Outcome outcome = Shell.run(command);

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out().lines()).hasSize(6);
        int digests = 0;
        for (String file : outcome.out().lines().toList()) {
            String text = Files.readString(Path.of(file));
            assertThat(text).contains("1.2.3").doesNotContainPattern("@[A-Z]");
            digests += text.contains("0123abcd") ? 1 : 0;
        }
        assertThat(digests).as("one for each manager; winget's has three files").isEqualTo(4);
        Files.writeString(sums, "0123abcd  ajar-1.2.3-linux-x64.tar.gz\n");
        assertThat(Shell.run(command).err()).contains("no value for");
    }
}
