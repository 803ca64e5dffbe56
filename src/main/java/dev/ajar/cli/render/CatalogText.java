package dev.ajar.cli.render;

import dev.ajar.catalog.Application;
import dev.ajar.catalog.RouterGuide;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The applications and routers ajar knows, for people and as JSON. */
public final class CatalogText {
    private static final List<String> CATEGORIES =
            List.of("game", "remote-control", "camera", "web-and-files", "other");

    private CatalogText() {}

    public static void presets(Terminal terminal, List<Application> found, boolean json) {
        if (json) {
            Map<String, Object> document = JsonMembers.document("presets", ExitCode.DONE);
            document.put("presets", found.stream().map(CatalogText::preset).toList());
            document.put("error", Optional.empty());
            terminal.out().println(JsonMembers.write(document));
            return;
        }
        for (String category : CATEGORIES) {
            List<Application> here = found.stream()
                    .filter(one -> one.category().equals(category))
                    .toList();
            if (!here.isEmpty()) {
                terminal.out().println(category.replace('-', ' ') + ":");
                here.forEach(
                        one -> terminal.out().println("  %-18s %-32s %s".formatted(one.id(), one.name(), ports(one))));
            }
        }
    }

    /** What opening it opens. */
    public static String ports(Application application) {
        if (application.nothingToOpen().isPresent()) {
            return "nothing to open";
        }
        if (application.danger() == Application.Danger.REFUSED) {
            return "not opened";
        }
        List<String> all = new ArrayList<>();
        for (Application.PortUse use : application.ports()) {
            if (use.required()) {
                all.add(written(use));
            }
        }
        return String.join(", ", all);
    }

    private static String written(Application.PortUse use) {
        return use.range()
                + "/"
                + (use.protocols().size() > 1
                        ? "both"
                        : use.protocols().getFirst().label());
    }

    public static void preset(Terminal terminal, Application one, boolean json) {
        PrintWriter out = terminal.out();
        if (json) {
            Map<String, Object> document = JsonMembers.document("presets", ExitCode.DONE);
            document.put("presets", List.of(preset(one)));
            document.put("error", Optional.empty());
            out.println(JsonMembers.write(document));
            return;
        }
        out.println(one.name() + (one.verified().isEmpty() ? ", usually:" : ":"));
        for (Application.PortUse use : one.ports()) {
            out.println("  %-18s %s%s"
                    .formatted(written(use), use.purpose(), use.required() ? "" : " (only if you want it)"));
        }
        for (Application.PortUse use : one.never()) {
            out.println("  %-18s keep closed: %s".formatted(written(use), use.purpose()));
        }
        one.nothingToOpen().ifPresent(why -> out.println("  Nothing to open: " + why));
        one.warning().ifPresent(text -> out.println("Mind: " + text));
        one.safer().ifPresent(text -> out.println("Safer: " + text));
        out.println("Seen in: " + String.join("; ", one.sources()));
        switch (one.danger()) {
            case PUBLIC, CAREFUL -> {
                if (one.nothingToOpen().isEmpty()) {
                    out.println("Open it: ajar open " + one.id());
                }
            }
            case DANGEROUS -> out.println("If you are sure: ajar open " + one.id() + " --yes-expose " + one.id());
            case REFUSED -> out.println("ajar does not open it.");
        }
    }

    private static Map<String, Object> preset(Application one) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", one.id());
        json.put("name", one.name());
        json.put("aliases", one.aliases());
        json.put("category", one.category());
        json.put("danger", one.danger().name().toLowerCase(Locale.ROOT));
        json.put("ports", one.ports().stream().map(CatalogText::use).toList());
        json.put("never", one.never().stream().map(CatalogText::use).toList());
        json.put("nothing_to_open", one.nothingToOpen());
        json.put("warning", one.warning());
        json.put("safer", one.safer());
        json.put("verified", one.verified());
        return json;
    }

    private static Map<String, Object> use(Application.PortUse use) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ports", written(use));
        json.put("required", use.required());
        json.put("purpose", use.purpose());
        return json;
    }

    public static void routers(Terminal terminal, List<RouterGuide> found, boolean json) {
        if (json) {
            Map<String, Object> document = JsonMembers.document("routers", ExitCode.DONE);
            document.put("routers", found.stream().map(CatalogText::router).toList());
            document.put("error", Optional.empty());
            terminal.out().println(JsonMembers.write(document));
            return;
        }
        found.forEach(guide -> terminal.out()
                .println("  %-20s %-32s %s"
                        .formatted(
                                guide.id(),
                                guide.name(),
                                String.join(", ", guide.admin().addresses()))
                        .stripTrailing()));
    }

    public static void router(Terminal terminal, RouterGuide guide, boolean json) {
        PrintWriter out = terminal.out();
        if (json) {
            routers(terminal, List.of(guide), true);
            return;
        }
        out.println(guide.name() + (guide.verified().isEmpty() ? ", usually:" : ":"));
        line(out, "page", String.join(", ", guide.admin().addresses()));
        guide.admin().app().ifPresent(app -> line(out, "app", app));
        line(out, "log in", guide.admin().login());
        guide.upnp()
                .ifPresent(upnp -> line(
                        out, "UPnP", String.join(" > ", upnp.path()) + ": " + upnp.label() + " = " + upnp.value()));
        guide.form().ifPresent(form -> line(out, "forwarding", String.join(" > ", form.path())));
        guide.instead().ifPresent(text -> line(out, "instead", text));
        guide.reservation().ifPresent(tracked -> line(out, "address", String.join(" > ", tracked.path())));
        line(out, "to know", guide.about());
        guide.menus().ifPresent(text -> line(out, "otherwise", text));
        line(out, "seen in", String.join("; ", guide.sources()));
        out.println("Filled in for your port: ajar guide 25565 --router " + guide.id());
    }

    private static void line(PrintWriter out, String label, String text) {
        if (!text.isEmpty()) {
            GuideText.wrap(text, "  %-11s ".formatted(label), " ".repeat(14)).forEach(out::println);
        }
    }

    private static Map<String, Object> router(RouterGuide guide) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", guide.id());
        json.put("name", guide.name());
        json.put("aliases", guide.aliases());
        json.put("addresses", guide.admin().addresses());
        json.put("upnp", guide.upnp().map(RouterGuide.UpnpSwitch::path).orElse(List.of()));
        json.put("forwarding", guide.form().map(RouterGuide.Form::path).orElse(List.of()));
        json.put("instead", guide.instead());
        json.put("verified", guide.verified());
        return json;
    }
}
