package dev.ajar.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.cli.render.CatalogText;
import dev.ajar.cli.render.DoctorText;
import dev.ajar.doctor.Cause;
import dev.ajar.doctor.Certainty;
import dev.ajar.doctor.Diagnosis;
import dev.ajar.doctor.Verdict;
import dev.ajar.message.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/presets.md} and {@code docs/routers.md} are generated from the profiles and must match them. To generate
 * them again: {@code mvn test -Dtest=GeneratedDocsTest -Dajar.docs=write}.
 */
class GeneratedDocsTest {
    private static void check(String file, List<String> lines) throws IOException {
        Path path = Path.of(file);
        String text = String.join("\n", lines) + "\n";
        if ("write".equals(System.getProperty("ajar.docs"))) {
            Files.writeString(path, text);
        }
        assertThat(Files.readString(path)).as(file + " is out of date").isEqualTo(text);
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    @Test
    void the_presets() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("# Applications whose ports ajar knows");
        lines.add("");
        lines.add("```sh");
        lines.add("ajar open minecraft                       # what it needs, and no more");
        lines.add("ajar open ftp --passive 50000-50049       # with a range of your own");
        lines.add("ajar run --preset valheim -- ./start.sh   # in front of the server's own command");
        lines.add("ajar presets show minecraft               # its ports, and what to keep closed");
        lines.add("ajar open xbox --to 192.168.1.30         # a console or a camera: with its address");
        lines.add("ajar presets save evening minecraft 24454/udp   # your own: then ajar open evening");
        lines.add("```");
        lines.add("");
        lines.add(
                "Made from `profiles/applications`; \"usually\" where the ports were not compared with a source. Is yours missing?");
        lines.add("Open its ports by number, and send a file like the others.");
        for (String category : List.of("game", "remote-control", "camera", "web-and-files", "other")) {
            lines.add("");
            lines.add("## " + category.replace('-', ' '));
            lines.add("");
            lines.add("| type | for | ports | |");
            lines.add("|---|---|---|---|");
            for (Application one : new ApplicationCatalog().all()) {
                if (one.category().equals(category)) {
                    String usually = one.verified().isEmpty() ? "usually " : "";
                    lines.add("| `%s` | %s | %s | %s |"
                            .formatted(
                                    one.id(),
                                    cell(one.name()),
                                    one.nothingToOpen().isPresent()
                                            ? "nothing to open"
                                            : usually + CatalogText.ports(one),
                                    cell(remark(one))));
                }
            }
        }
        lines.add("");
        lines.add("## Ports that need a yes");
        lines.add("");
        lines.add(
                "These services are not made for the open internet, whatever the external port. `--yes-expose NAME` opens them all the same.");
        lines.add("");
        lines.add("| name | port inside | what it is | why | safer |");
        lines.add("|---|---|---|---|---|");
        for (WellKnownService one : new ServiceCatalog().all()) {
            if (one.danger().needsYes()) {
                lines.add("| `%s` | %s%s | %s | %s | %s |"
                        .formatted(
                                one.id(),
                                String.join(
                                        ", ",
                                        one.ports().stream()
                                                .map(Object::toString)
                                                .toList()),
                                one.protocols().size() > 1
                                        ? ""
                                        : "/" + one.protocols().getFirst().label(),
                                one.name(),
                                one.why().orElse(""),
                                one.safer().orElse("")));
            }
        }
        lines.add("");
        lines.add("What next? `ajar presets`, then `ajar open` with the name of yours.");
        check("docs/presets.md", lines);
    }

    private static String remark(Application one) {
        return switch (one.danger()) {
            case PUBLIC -> "";
            case CAREFUL -> one.warning().orElse("");
            case DANGEROUS ->
                "needs `--yes-expose " + one.id() + "`: " + one.warning().orElse("");
            case REFUSED -> "not opened: " + one.safer().orElse("");
        };
    }

    @Test
    void the_routers() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("# Routers whose pages ajar knows");
        lines.add("");
        lines.add("```sh");
        lines.add("ajar guide 25565                     # for the router that is found, filled in");
        lines.add("ajar guide 25565 --router generic    # for any other");
        lines.add("ajar routers show NAME               # how it is recognised, where its menus are");
        lines.add("```");
        lines.add("");
        lines.add(
                "Made from `profiles/routers`. *Seen*: the form was compared with a source on that day. Otherwise it is like this");
        lines.add("usually, and the names on yours may differ a little.");
        lines.add("");
        lines.add("| type | make | page | UPnP | forwarding by hand | seen |");
        lines.add("|---|---|---|---|---|---|");
        for (RouterGuide guide : new GuideCatalog().all()) {
            lines.add("| `%s` | %s | %s | %s | %s | %s |"
                    .formatted(
                            guide.id(),
                            cell(guide.name()),
                            cell(guide.admin()
                                    .app()
                                    .map(app -> "app: " + app)
                                    .orElse(String.join(", ", guide.admin().addresses()))),
                            cell(guide.upnp()
                                    .map(upnp -> String.join(" > ", upnp.path()))
                                    .orElse("none")),
                            cell(guide.form()
                                    .map(form -> String.join(" > ", form.path()))
                                    .orElse("none")),
                            guide.verified().orElse("")));
        }
        lines.add("");
        lines.add("What next? `ajar guide` with your port.");
        check("docs/routers.md", lines);
    }

    /** The page explains exactly the causes that the doctor can name. */
    @Test
    void the_doctors_causes() throws IOException {
        List<String> explained = Pattern.compile("(?m)^\\| `([a-z0-9_]+)` \\|")
                .matcher(Files.readString(Path.of("docs/doctor.md")))
                .results()
                .map(row -> row.group(1))
                .toList();
        String code = code(Path.of("src/main/java/dev/ajar/doctor"));

        assertThat(explained)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Cause.values()).map(Cause::id).toList());
        assertThat(Cause.values())
                .allMatch(cause -> Pattern.compile("Cause\\." + cause.name() + "\\b")
                        .matcher(code)
                        .find());
    }

    private static String code(Path folder) throws IOException {
        StringBuilder code = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                code.append(Files.readString(file));
            }
        }
        return code.toString();
    }

    @Test
    void the_doctors_exit_codes_are_those_of_its_page() throws IOException {
        Matcher row = Pattern.compile("(?m)^\\| `([a-z_]+)` \\|.*\\| (\\d+) \\|$")
                .matcher(Files.readString(Path.of("docs/doctor.md")));
        int rows = 0;
        while (row.find()) {
            Cause cause = Cause.valueOf(row.group(1).toUpperCase(Locale.ROOT));
            Message any = Message.verbatim("any");
            Verdict verdict = new Verdict(cause, Certainty.CERTAIN, any, any, List.of());
            assertThat(DoctorText.exitCode(new Diagnosis(verdict, List.of())).number())
                    .as(row.group(1))
                    .isEqualTo(Integer.parseInt(row.group(2)));
            rows++;
        }
        assertThat(rows).isGreaterThan(25);
    }
}
