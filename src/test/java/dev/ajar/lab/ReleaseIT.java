package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.lab.Shell.Outcome;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a release does without this machine, as far as it can be played here: nothing is sent, nothing downloaded. */
@Tag("lab")
class ReleaseIT {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final Path ARCHIVE =
            Path.of(System.getProperty("ajar.archive", "")).toAbsolutePath();
    private static final List<String> PLATFORMS =
            List.of("linux-x64", "linux-arm64", "macos-arm64", "macos-x64", "windows-x64");

    @TempDir
    Path temporary = Path.of(".");

    /** The manifests of version 1.2.3, whose packages have checksums that differ. */
    private Path manifests() throws IOException {
        Path sums = temporary.resolve("SHA256SUMS");
        List<String> names = Stream.concat(
                        PLATFORMS.stream().map(name -> name + (name.startsWith("windows") ? ".zip" : ".tar.gz")),
                        Stream.of("windows-x64-setup.exe", "any.zip"))
                .toList();
        Files.write(
                sums,
                names.stream()
                        .map(name -> digest(name) + "  ajar-1.2.3-" + name)
                        .toList());
        Path filled = temporary.resolve("filled");
        Outcome outcome = Shell.run(
                "src/packaging/manifest",
                "--version",
                "1.2.3",
                "--sums",
                sums.toString(),
                "--home",
                "https://example.org/ajar",
                "--out",
                filled.toString());
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return filled;
    }

    private static String digest(String name) {
        return "%064x".formatted(name.hashCode() & 0xffffffffL);
    }

    private static String download(String name) {
        return "https://example.org/ajar/releases/download/v1.2.3/ajar-1.2.3-" + name;
    }

    /** makepkg's part that is the package's own: its function, on the archive that was built. */
    @Test
    void the_aur_package_installs_a_program_that_starts() throws IOException {
        Path build = Files.createDirectories(temporary.resolve("build"));
        assertThat(Shell.run("tar", "-xzf", ARCHIVE.toString(), "-C", build.toString())
                        .exitCode())
                .isZero();
        Path unpacked;
        try (var folders = Files.list(build)) {
            unpacked = folders.findFirst().orElseThrow();
        }
        Files.move(unpacked, build.resolve("ajar-1.2.3"));
        Path installed = temporary.resolve("installed");
        String script =
                "set -e; . '" + manifests().resolve("aur/PKGBUILD") + "'; cd '" + build + "'; pkgdir='" + installed
                        + "'; package; printf '%s\\n' $source_x86_64 $sha256sums_x86_64 $source_aarch64 $sha256sums_aarch64";

        Outcome outcome = Shell.run("bash", "-c", script);

        assertThat(outcome.out().lines())
                .as(outcome.err())
                .containsExactly(
                        download("linux-x64.tar.gz"),
                        digest("linux-x64.tar.gz"),
                        download("linux-arm64.tar.gz"),
                        digest("linux-arm64.tar.gz"));
        assertThat(Files.readSymbolicLink(installed.resolve("usr/bin/ajar"))).hasToString("/opt/ajar/bin/ajar");
        assertThat(Shell.run(installed.resolve("opt/ajar/bin/ajar").toString(), "version")
                        .out())
                .startsWith("ajar ");
        assertThat(installed.resolve("usr/share/man/man1/ajar-open.1")).isNotEmptyFile();
        assertThat(installed.resolve("usr/share/zsh/site-functions/_ajar")).isNotEmptyFile();
    }

    @Test
    void winget_and_scoop_are_told_what_the_windows_packages_are() throws IOException {
        Path filled = manifests();
        Map<?, ?> scoop = YAML.unmarshal(Files.readString(filled.resolve("scoop/ajar.json")), Map.class);
        Map<String, List<String>> needed = Map.of(
                "", List.of("DefaultLocale"),
                ".installer", List.of("Installers"),
                ".locale.en-US", List.of("PackageLocale", "Publisher", "PackageName", "License", "ShortDescription"));
        Map<String, String> kinds = Map.of("", "version", ".installer", "installer", ".locale.en-US", "defaultLocale");

        for (String part : needed.keySet()) {
            Map<?, ?> winget =
                    YAML.unmarshal(Files.readString(filled.resolve("winget/ajar.ajar" + part + ".yaml")), Map.class);
            assertThat(winget.keySet().stream().map(String::valueOf))
                    .contains("PackageIdentifier", "ManifestVersion")
                    .containsAll(needed.get(part));
            assertThat(winget.get("PackageVersion")).isEqualTo("1.2.3");
            assertThat(winget.get("ManifestType")).isEqualTo(kinds.get(part));
        }
        assertThat(Files.readString(filled.resolve("winget/ajar.ajar.installer.yaml")))
                .contains("InstallerType: nullsoft", "Scope: user")
                .contains(download("windows-x64-setup.exe"), digest("windows-x64-setup.exe"));
        assertThat(scoop.get("architecture"))
                .asString()
                .contains(download("windows-x64.zip"), digest("windows-x64.zip"));
        // As assemble names the folder in the archive, and the script in it.
        assertThat(scoop.get("extract_dir")).isEqualTo("ajar-1.2.3");
        assertThat(scoop.get("bin")).isEqualTo("bin\\ajar.cmd");
        assertThat(Path.of("src/main/dist/bin/ajar.cmd")).exists();
    }

    @Test
    void homebrew_links_what_the_archive_has() throws IOException {
        String formula = Files.readString(manifests().resolve("homebrew/ajar.rb"));
        List<String> packed =
                Shell.run("tar", "-tzf", ARCHIVE.toString()).out().lines().toList();

        for (String platform : List.of("macos-arm64", "macos-x64", "linux-arm64", "linux-x64")) {
            String name = platform + ".tar.gz";
            assertThat(formula).contains("url \"" + download(name) + "\"\n      sha256 \"" + digest(name) + "\"");
        }
        List<String> linked = found("libexec/\"([^\"*]+)\"", formula);
        assertThat(linked).hasSize(4);
        for (String file : linked) {
            assertThat(packed).anyMatch(name -> name.endsWith("/" + file));
        }
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult one) -> one.group(1))
                .toList();
    }

    /** The release workflow has never run; what it names exists here, and it asks for no more than it needs. */
    @Test
    void the_release_workflow_builds_every_platform_with_what_is_here() throws IOException {
        String text = Files.readString(Path.of(".github/workflows/release.yml"));
        Map<?, ?> workflow = YAML.unmarshal(text, Map.class);

        assertThat(workflow.get("permissions")).hasToString("{contents=read}");
        Map<?, ?> jobs = (Map<?, ?>) workflow.get("jobs");
        assertThat(jobs.keySet().stream().map(String::valueOf)).containsExactly("archive", "draft");
        Map<?, ?> archive = (Map<?, ?>) jobs.get("archive");
        assertThat(found("platform=([a-z0-9-]+)", String.valueOf(archive.get("strategy"))))
                .containsExactlyInAnyOrderElementsOf(PLATFORMS);
        assertThat(String.valueOf(jobs.get("draft")))
                .contains("needs=archive", "sha256sum", "--draft", "$GITHUB_REPOSITORY");
        List<?> steps = (List<?>) archive.get("steps");
        assertThat(steps)
                .map(String::valueOf)
                .anyMatch(step -> step.contains("mvn -B -ntp -DskipLab verify"))
                .anyMatch(step -> step.contains("lintian"))
                .anyMatch(step -> step.contains("--as installer"))
                .anyMatch(step -> step.contains("for kind in deb rpm image") && step.contains("AJAR_IMAGE_BASE"))
                .noneMatch(step -> step.contains("--even-if-old"));
        assertThat(found("uses: (\\S+)", text))
                .isNotEmpty()
                .allMatch(action -> action.matches("[\\w-]+/[\\w-]+@v\\d+"));
        for (String script : found("(src/packaging/\\w+)", text)) {
            Outcome help = Shell.run("python3", script, "--help");
            assertThat(help.exitCode()).as(help.err()).isZero();
            for (String option : found(" (--[a-z]+)", optionsOf(script, text))) {
                assertThat(help.out()).contains(option);
            }
        }
    }

    /** What the workflow gives to a script, to the ends of its lines and commands. */
    private static String optionsOf(String script, String text) {
        return String.join("\n", found(Pattern.quote(script) + "([^;\\n]*)", text));
    }
}
