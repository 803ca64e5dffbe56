package dev.ajar.cli.render;

import dev.ajar.doctor.Check;
import dev.ajar.message.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code ajar check} found, a line for each thing. */
public final class CheckText {
    private CheckText() {}

    /** The checks of one port. */
    public record Of(String label, List<Check> checks) {
        public Of {
            checks = List.copyOf(checks);
        }
    }

    public static ExitCode exitCode(List<Of> all) {
        boolean bad = all.stream()
                .flatMap(one -> one.checks().stream())
                .anyMatch(check -> check.result() == Check.Result.BAD);
        return bad ? ExitCode.PARTLY : ExitCode.DONE;
    }

    public static void print(Terminal terminal, List<Of> all) {
        for (Of one : all) {
            terminal.out().println(one.label() + ":");
            for (Check check : one.checks()) {
                String mark = switch (check.result()) {
                    case GOOD -> terminal.good("good");
                    case BAD -> terminal.bad("bad ");
                    case UNKNOWN -> "?   ";
                };
                String next = check.next().map(step -> " Next: " + step).orElse("");
                List<String> lines = GuideText.wrap(check.text() + next, "        ", "        ");
                terminal.out().println("  " + mark + "  " + lines.getFirst().strip());
                lines.subList(1, lines.size()).forEach(terminal.out()::println);
            }
        }
    }

    public static String json(List<Of> all, ExitCode exitCode) {
        Map<String, Object> document = JsonMembers.document("check", exitCode);
        List<Map<String, Object>> checks = new ArrayList<>();
        for (Of one : all) {
            for (Check check : one.checks()) {
                Map<String, Object> json = new LinkedHashMap<>();
                json.put("port", one.label());
                json.put("id", check.id());
                json.put("result", check.result().key());
                json.put("text", check.text().toString());
                json.put("next", check.next().map(Message::toString));
                checks.add(json);
            }
        }
        document.put("checks", checks);
        document.put("error", Optional.empty());
        return JsonMembers.write(document);
    }
}
