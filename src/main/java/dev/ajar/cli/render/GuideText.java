package dev.ajar.cli.render;

import dev.ajar.catalog.GuideCatalog;
import dev.ajar.catalog.RouterGuide;
import dev.ajar.catalog.guide.GuideStep;
import dev.ajar.catalog.guide.Walkthrough;
import dev.ajar.document.ExitCode;
import dev.ajar.document.JsonMembers;
import dev.ajar.document.ValueJson;
import dev.ajar.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The manual way, as text, as Markdown, and as JSON. */
public final class GuideText {
    private GuideText() {}

    /** @param how how the make was recognised, for people */
    public static List<String> text(Terminal terminal, Walkthrough walk, Message how) {
        int width = terminal.textWidth();
        List<String> lines = new ArrayList<>();
        lines.addAll(LineWrap.paragraph(width, heading(terminal, walk, how), "", ""));
        lines.add("");
        walk.upnp().ifPresent(upnp -> {
            lines.addAll(LineWrap.paragraph(width, terminal.text("page.upnp", "how", upnp), "", ""));
            lines.add("");
            lines.add(terminal.text("page.by-hand"));
        });
        int number = 1;
        for (GuideStep step : walk.steps()) {
            String begin = "%2d. ".formatted(number++);
            lines.addAll(LineWrap.paragraph(width, terminal.text(step.text()), begin, "    "));
            int widest = step.entries().stream()
                    .mapToInt(e -> DisplayWidth.of(e.label()))
                    .max()
                    .orElse(0);
            for (GuideStep.Entry entry : step.entries()) {
                String label = "      " + DisplayWidth.padded(entry.label(), Math.min(widest, 34)) + "  ";
                lines.addAll(LineWrap.paragraph(width, terminal.text(entry.value()), label, " ".repeat(10)));
            }
        }
        walk.guide().menus().ifPresent(menus -> {
            lines.add("");
            lines.addAll(LineWrap.paragraph(width, terminal.text(Walkthrough.said(menus)), "", ""));
        });
        return lines;
    }

    public static List<String> markdown(Terminal terminal, Walkthrough walk, Message how) {
        List<String> lines = new ArrayList<>();
        lines.add("# " + walk.guide().name());
        lines.add("");
        lines.add(heading(terminal, walk, how));
        lines.add("");
        walk.upnp().ifPresent(upnp -> {
            lines.add(terminal.text("page.upnp-markdown", "how", upnp));
            lines.add("");
        });
        int number = 1;
        for (GuideStep step : walk.steps()) {
            lines.add(number++ + ". " + terminal.text(step.text()));
            if (!step.entries().isEmpty()) {
                lines.add("");
                lines.add(terminal.text("page.fields"));
                lines.add("   |---|---|");
                step.entries()
                        .forEach(entry -> lines.add(
                                "   | " + cell(entry.label()) + " | " + cell(terminal.text(entry.value())) + " |"));
                lines.add("");
            }
        }
        walk.guide().menus().ifPresent(menus -> {
            lines.add("");
            lines.add(terminal.text(Walkthrough.said(menus)));
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
                .with("words", walk.guide().form().map(RouterGuide.Form::words).orElse(Map.of()))
                .with("steps", walk.steps().stream().map(GuideText::json).toList())
                .with("source", walk.guide().sources())
                .write(Optional.empty());
    }

    private static Map<String, Object> json(GuideStep step) {
        return ValueJson.putSentence(new JsonMembers(), "text", step.text())
                .with(
                        "fields",
                        step.entries().stream()
                                .map(entry -> ValueJson.putSentence(
                                                new JsonMembers().with("label", entry.label()), "value", entry.value())
                                        .map())
                                .toList())
                .map();
    }

    private static String heading(Terminal terminal, Walkthrough walk, Message how) {
        String ports = walk.rules().stream()
                .map(rule -> rule.label(
                        rule.protocols().size() > 1
                                ? terminal.text("page.tcp-and-udp")
                                : rule.protocols().stream()
                                        .map(Enum::name)
                                        .findFirst()
                                        .orElse("")))
                .collect(Collectors.joining(", "));
        Object name = GuideCatalog.isGeneric(walk.guide())
                ? Message.of("command.router-yours")
                : walk.guide().name();
        return walk.usually()
                ? terminal.text("page.heading-usually", "ports", ports, "router", name, "how", how)
                : terminal.text("page.heading", "ports", ports, "router", name, "how", how);
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
