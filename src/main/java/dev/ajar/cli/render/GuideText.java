package dev.ajar.cli.render;

import dev.ajar.catalog.RouterGuide;
import dev.ajar.catalog.guide.GuideStep;
import dev.ajar.catalog.guide.Walkthrough;
import dev.ajar.document.ExitCode;
import dev.ajar.document.JsonMembers;
import dev.ajar.message.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The manual way, as text of 80 columns, as Markdown, and as JSON. */
public final class GuideText {
    private static final int WIDTH = 80;

    private GuideText() {}

    /** @param how how the make was recognised, for people */
    public static List<String> text(Walkthrough walk, String how) {
        List<String> lines = new ArrayList<>();
        lines.addAll(wrap(heading(walk, how), "", ""));
        lines.add("");
        walk.upnp().ifPresent(upnp -> {
            lines.addAll(wrap(Messages.ENGLISH.text("page.upnp", "how", upnp), "", ""));
            lines.add("");
            lines.add(Messages.ENGLISH.text("page.by-hand"));
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
            lines.add(Messages.ENGLISH.text("page.upnp-markdown", "how", upnp));
            lines.add("");
        });
        int number = 1;
        for (GuideStep step : walk.steps()) {
            lines.add(number++ + ". " + step.text());
            if (!step.entries().isEmpty()) {
                lines.add("");
                lines.add(Messages.ENGLISH.text("page.fields"));
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
        return JsonMembers.document("guide", ExitCode.DONE)
                .with("router", walk.guide().id())
                .with("name", walk.guide().name())
                .with("known_by", how)
                .with("verified", walk.guide().verified())
                .with("upnp", walk.upnp())
                .with("path", walk.guide().form().map(RouterGuide.Form::path).orElse(List.of()))
                .with("steps", walk.steps().stream().map(GuideText::json).toList())
                .with("source", walk.guide().sources())
                .write(Optional.empty());
    }

    private static Map<String, Object> json(GuideStep step) {
        return new JsonMembers()
                .with("text", step.text())
                .with(
                        "fields",
                        step.entries().stream()
                                .map(entry -> new JsonMembers()
                                        .with("label", entry.label())
                                        .with("value", entry.value())
                                        .map())
                                .toList())
                .map();
    }

    private static String heading(Walkthrough walk, String how) {
        String ports = walk.rules().stream()
                .map(rule -> rule.label(
                        rule.protocols().size() > 1
                                ? Messages.ENGLISH.text("page.tcp-and-udp")
                                : rule.protocols().stream()
                                        .map(Enum::name)
                                        .findFirst()
                                        .orElse("")))
                .collect(Collectors.joining(", "));
        String name = walk.guide().name();
        return walk.usually()
                ? Messages.ENGLISH.text("page.heading-usually", "ports", ports, "router", name, "how", how)
                : Messages.ENGLISH.text("page.heading", "ports", ports, "router", name, "how", how);
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
