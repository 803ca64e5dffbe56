package dev.ajar.cli.render;

import dev.ajar.catalog.RouterGuide;
import dev.ajar.catalog.guide.GuideStep;
import dev.ajar.catalog.guide.Walkthrough;
import dev.ajar.message.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The manual way, as text of 80 columns, as Markdown, and as JSON. */
public final class GuideText {
    private static final int WIDTH = 80;

    private GuideText() {}

    /** @param how how the make is known, such as {@code named}; for people */
    public static List<String> text(Walkthrough walk, String how) {
        List<String> lines = new ArrayList<>();
        lines.addAll(wrap(heading(walk, how), "", ""));
        lines.add("");
        walk.upnp().ifPresent(upnp -> {
            lines.addAll(wrap("The quick way: switch UPnP on, and ajar does the rest. " + upnp, "", ""));
            lines.add("");
            lines.add("By hand:");
        });
        int number = 1;
        for (GuideStep step : walk.steps()) {
            String begin = "%2d. ".formatted(number++);
            lines.addAll(wrap(step.text().toString(), begin, "    "));
            int widest = step.entries().stream()
                    .mapToInt(e -> e.label().length())
                    .max()
                    .orElse(0);
            for (GuideStep.Entry entry : step.entries()) {
                String label = "      %-" + Math.min(widest, 34) + "s  ";
                lines.addAll(wrap(entry.value(), label.formatted(entry.label()), " ".repeat(10)));
            }
        }
        walk.guide().menus().ifPresent(menus -> {
            lines.add("");
            lines.addAll(wrap(menus, "", ""));
        });
        return lines;
    }

    public static List<String> markdown(Walkthrough walk, String how) {
        List<String> lines = new ArrayList<>();
        lines.add("# " + walk.guide().name());
        lines.add("");
        lines.add(heading(walk, how));
        lines.add("");
        walk.upnp().ifPresent(upnp -> {
            lines.add("**The quick way:** switch UPnP on, and ajar does the rest. " + upnp);
            lines.add("");
        });
        int number = 1;
        for (GuideStep step : walk.steps()) {
            lines.add(number++ + ". " + step.text());
            if (!step.entries().isEmpty()) {
                lines.add("");
                lines.add("   | field | value |");
                lines.add("   |---|---|");
                step.entries()
                        .forEach(
                                entry -> lines.add("   | " + cell(entry.label()) + " | " + cell(entry.value()) + " |"));
                lines.add("");
            }
        }
        walk.guide().menus().ifPresent(menus -> {
            lines.add("");
            lines.add(menus);
        });
        return lines;
    }

    public static String json(Walkthrough walk, String how) {
        Map<String, Object> document = JsonMembers.document("guide", ExitCode.DONE);
        document.put("router", walk.guide().id());
        document.put("name", walk.guide().name());
        document.put("known_by", how);
        document.put("verified", walk.guide().verified());
        document.put("upnp", walk.upnp().map(Message::toString));
        document.put("path", walk.guide().form().map(RouterGuide.Form::path).orElse(List.of()));
        document.put("steps", walk.steps().stream().map(GuideText::step).toList());
        document.put("source", walk.guide().sources());
        document.put("error", Optional.empty());
        return JsonMembers.write(document);
    }

    private static Map<String, Object> step(GuideStep step) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("text", step.text().toString());
        json.put(
                "fields",
                step.entries().stream()
                        .map(entry -> {
                            Map<String, Object> field = new LinkedHashMap<>();
                            field.put("label", entry.label());
                            field.put("value", entry.value());
                            return field;
                        })
                        .toList());
        return json;
    }

    private static String heading(Walkthrough walk, String how) {
        String ports = String.join(
                ", ",
                walk.rules().stream()
                        .map(rule -> rule.label(
                                rule.protocols().size() > 1
                                        ? "TCP and UDP"
                                        : rule.protocols().stream()
                                                .map(p -> p.label().toUpperCase(java.util.Locale.ROOT))
                                                .findFirst()
                                                .orElse("")))
                        .toList());
        return "Forwarding "
                + ports
                + " on "
                + walk.guide().name()
                + " ("
                + how
                + ")."
                + (walk.usually() ? " Usually it is like this; the names on yours may differ a little." : "");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    /** Words are never cut, so a very long one may stand out. */
    static List<String> wrap(String text, String first, String rest) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(first);
        boolean begun = false;
        for (String word : text.strip().split("\\s+")) {
            boolean longLabel = lines.isEmpty() && !begun && line.length() + word.length() > WIDTH;
            if (longLabel || (begun && line.length() + 1 + word.length() > WIDTH)) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(rest);
                begun = false;
            }
            line.append(begun ? " " : "").append(word);
            begun = true;
        }
        lines.add(line.toString());
        return lines;
    }
}
