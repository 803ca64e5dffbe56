package dev.ajar.cli.render;

import dev.ajar.doctor.Check;
import dev.ajar.document.ExitCode;
import dev.ajar.document.JsonMembers;
import dev.ajar.document.ValueJson;
import dev.ajar.service.PortChecks;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The output of {@code ajar check}: one entry for each check. */
public final class CheckText {
    private CheckText() {}

    public static ExitCode exitCode(List<PortChecks> all) {
        boolean bad = all.stream()
                .flatMap(one -> one.checks().stream())
                .anyMatch(check -> check.result() == Check.Result.BAD);
        return bad ? ExitCode.PARTLY : ExitCode.DONE;
    }

    public static void print(Terminal terminal, List<PortChecks> all) {
        int width = Stream.of("finding.good", "finding.bad", "finding.unknown")
                .mapToInt(mark -> DisplayWidth.of(terminal.text(mark)))
                .max()
                .orElse(0);
        String indent = " ".repeat(2 + width + 2);
        for (PortChecks one : all) {
            terminal.say(one.label() + ":");
            for (Check check : one.checks()) {
                String mark = switch (check.result()) {
                    case GOOD -> terminal.good(DisplayWidth.padded(terminal.text("finding.good"), width));
                    case BAD -> terminal.bad(DisplayWidth.padded(terminal.text("finding.bad"), width));
                    case UNKNOWN -> DisplayWidth.padded(terminal.text("finding.unknown"), width);
                };
                List<String> lines =
                        LineWrap.paragraph(terminal.textWidth(), sentences(terminal, check), indent, indent);
                terminal.say("  " + mark + "  " + lines.getFirst().strip());
                lines.subList(1, lines.size()).forEach(terminal::say);
            }
        }
    }

    private static String sentences(Terminal terminal, Check check) {
        return check.next()
                .map(next -> terminal.text("finding.check", "found", check.text(), "next", next))
                .orElseGet(() -> terminal.text(check.text()));
    }

    public static String json(List<PortChecks> all, ExitCode exitCode) {
        return JsonMembers.document("check", exitCode)
                .with(
                        "checks",
                        all.stream()
                                .flatMap(one -> one.checks().stream().map(check -> json(one.label(), check)))
                                .toList())
                .write(Optional.empty());
    }

    private static Map<String, Object> json(String port, Check check) {
        JsonMembers json = new JsonMembers()
                .with("port", port)
                .with("id", check.id())
                .with("result", check.result().key());
        ValueJson.putSentence(json, "text", check.text()).with("next", check.next());
        check.next().ifPresent(next -> ValueJson.putSentence(json, "next", next));
        return json.map();
    }
}
