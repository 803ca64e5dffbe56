package dev.ajar.cli.render;

import dev.ajar.catalog.Application;
import dev.ajar.catalog.PageWords;
import dev.ajar.catalog.RouterGuide;
import dev.ajar.catalog.guide.Walkthrough;
import dev.ajar.document.ExitCode;
import dev.ajar.document.JsonMembers;
import dev.ajar.message.Message;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The applications and routers ajar knows, for people and as JSON. */
public final class CatalogText {
    /** A heading above the applications of one category. */
    private record Category(String id, String heading) {}

    private static final List<Category> CATEGORIES = List.of(
            new Category("game", "page.games"),
            new Category("remote-control", "page.remote-control"),
            new Category("camera", "page.cameras"),
            new Category("web-and-files", "page.web-and-files"),
            new Category("other", "page.others"));

    private CatalogText() {}

    /** @param own the ports of the user's own presets, by name */
    public static void presets(
            Terminal terminal, List<Application> found, Map<String, List<String>> own, boolean json) {
        if (json) {
            writePresets(terminal, found, own);
            return;
        }
        if (!own.isEmpty()) {
            OwnPresetText.all(terminal, own);
        }
        for (Category category : CATEGORIES) {
            List<Application> here = found.stream()
                    .filter(one -> one.category().equals(category.id()))
                    .toList();
            if (!here.isEmpty()) {
                terminal.say(terminal.text(category.heading()));
                here.forEach(one -> terminal.say("  " + DisplayWidth.padded(one.id(), 18) + " "
                        + DisplayWidth.padded(terminal.text(Message.verbatim(one.name())), 32) + " "
                        + terminal.text(ports(one))));
            }
        }
    }

    /** The ports that opening it opens. */
    public static Message ports(Application application) {
        if (application.nothingToOpen().isPresent()) {
            return Message.of("page.nothing");
        }
        return application.danger() == Application.Danger.REFUSED
                ? Message.of("page.not-opened")
                : Message.verbatim(application.ports().stream()
                        .filter(Application.PortUse::required)
                        .map(CatalogText::written)
                        .collect(Collectors.joining(", ")));
    }

    private static String written(Application.PortUse use) {
        String protocol =
                use.protocols().size() > 1 ? "both" : use.protocols().getFirst().label();
        return use.range() + "/" + protocol;
    }

    public static void preset(Terminal terminal, Application one, boolean json) {
        if (json) {
            writePresets(terminal, List.of(one), Map.of());
            return;
        }
        name(terminal, one.name(), one.verified());
        for (Application.PortUse use : one.ports()) {
            String purpose = use.required()
                    ? terminal.text("page.purpose", "purpose", use.purpose())
                    : terminal.text("page.if-wanted", "purpose", use.purpose());
            terminal.say("  %-18s %s".formatted(written(use), purpose));
        }
        for (Application.PortUse use : one.never()) {
            String purpose = terminal.text("page.keep-closed", "purpose", use.purpose());
            terminal.say("  %-18s %s".formatted(written(use), purpose));
        }
        one.nothingToOpen().ifPresent(why -> terminal.say(terminal.text("page.nothing-because", "why", why)));
        one.warning().ifPresent(text -> terminal.say(terminal.text("page.warning", "warning", text)));
        one.safer().ifPresent(text -> terminal.say(terminal.text("page.safer", "way", text)));
        terminal.say(terminal.text("page.sources", "sources", String.join("; ", one.sources())));
        switch (one.danger()) {
            case PUBLIC, CAREFUL -> {
                if (one.nothingToOpen().isEmpty()) {
                    terminal.say(terminal.text(one.device() ? "page.open-device" : "page.open", "name", one.id()));
                }
            }
            case DANGEROUS -> terminal.say(terminal.text("page.open-anyway", "name", one.id()));
            case REFUSED -> terminal.say(terminal.text("page.refused"));
        }
    }

    /** The names on a page that no source confirms are the usual ones. */
    private static void name(Terminal terminal, String name, Optional<?> verified) {
        terminal.say(
                verified.isEmpty()
                        ? terminal.text("page.name-usually", "name", name)
                        : terminal.text("page.name", "name", name));
    }

    private static void writePresets(Terminal terminal, List<Application> found, Map<String, List<String>> own) {
        terminal.document(JsonMembers.document("presets", ExitCode.DONE)
                .with("presets", found.stream().map(CatalogText::json).toList())
                .with("own", OwnPresetText.json(own))
                .write(Optional.empty()));
    }

    private static Map<String, Object> json(Application one) {
        return new JsonMembers()
                .with("id", one.id())
                .with("name", one.name())
                .with("aliases", one.aliases())
                .with("category", one.category())
                .with("device", one.device())
                .with("danger", one.danger().name().toLowerCase(Locale.ROOT))
                .with("ports", one.ports().stream().map(CatalogText::json).toList())
                .with("never", one.never().stream().map(CatalogText::json).toList())
                .with("nothing_to_open", one.nothingToOpen())
                .with("warning", one.warning())
                .with("safer", one.safer())
                .with("verified", one.verified())
                .map();
    }

    private static Map<String, Object> json(Application.PortUse use) {
        return new JsonMembers()
                .with("ports", written(use))
                .with("required", use.required())
                .with("purpose", use.purpose())
                .map();
    }

    public static void routers(Terminal terminal, List<RouterGuide> found, boolean json) {
        if (json) {
            terminal.document(JsonMembers.document("routers", ExitCode.DONE)
                    .with("routers", found.stream().map(CatalogText::json).toList())
                    .write(Optional.empty()));
            return;
        }
        for (RouterGuide guide : found) {
            String addresses = String.join(", ", guide.admin().addresses());
            terminal.say("  %-20s %-32s %s"
                    .formatted(guide.id(), guide.name(), addresses)
                    .stripTrailing());
        }
    }

    public static void router(Terminal terminal, RouterGuide guide, boolean json) {
        if (json) {
            routers(terminal, List.of(guide), true);
            return;
        }
        name(terminal, guide.name(), guide.verified());
        line(terminal, "page.address", String.join(", ", guide.admin().addresses()));
        guide.admin().app().ifPresent(app -> line(terminal, "page.app", app));
        said(terminal, "page.login", guide.admin().login());
        guide.upnp()
                .ifPresent(upnp -> line(
                        terminal,
                        "page.upnp-switch",
                        terminal.text(PageWords.path(upnp.path())) + ": " + upnp.label() + " = "
                                + terminal.text(PageWords.of(upnp.value()))));
        guide.form().ifPresent(form -> line(terminal, "page.forwarding", terminal.text(PageWords.path(form.path()))));
        guide.instead().ifPresent(text -> said(terminal, "page.instead", text));
        guide.reservation()
                .ifPresent(fixed -> line(terminal, "page.reservation", terminal.text(PageWords.path(fixed.path()))));
        said(terminal, "page.about", guide.about());
        guide.menus().ifPresent(text -> said(terminal, "page.otherwise", text));
        line(terminal, "page.seen-in", String.join("; ", guide.sources()));
        terminal.say(terminal.text("page.guide", "router", guide.id()));
    }

    private static void said(Terminal terminal, String label, String text) {
        line(terminal, label, terminal.text(Walkthrough.said(text)));
    }

    private static void line(Terminal terminal, String label, String text) {
        if (!text.isEmpty()) {
            String first = "  " + DisplayWidth.padded(terminal.text(label), 11) + " ";
            LineWrap.paragraph(terminal.textWidth(), text, first, " ".repeat(14))
                    .forEach(terminal::say);
        }
    }

    private static Map<String, Object> json(RouterGuide guide) {
        return new JsonMembers()
                .with("id", guide.id())
                .with("name", guide.name())
                .with("aliases", guide.aliases())
                .with("addresses", guide.admin().addresses())
                .with("upnp", guide.upnp().map(RouterGuide.UpnpSwitch::path).orElse(List.of()))
                .with("forwarding", guide.form().map(RouterGuide.Form::path).orElse(List.of()))
                .with("instead", guide.instead())
                .with("verified", guide.verified())
                .map();
    }
}
