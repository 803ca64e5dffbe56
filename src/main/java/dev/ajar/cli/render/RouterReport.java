package dev.ajar.cli.render;

import dev.ajar.catalog.RouterInterface;
import dev.ajar.catalog.guide.Walkthrough;
import dev.ajar.document.ExitCode;
import dev.ajar.document.JsonMembers;
import dev.ajar.gateway.admin.client.InterfaceDetection;
import dev.ajar.gateway.admin.enrolment.Enrolment;
import dev.ajar.gateway.admin.enrolment.RouterAdministration;
import dev.ajar.http.CertificatePin;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.RouterText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The output of {@code ajar router}. */
public final class RouterReport {
    private static final String COMMAND = "router";

    private RouterReport() {}

    /**
     * @param protocols that it answers
     * @param title the name of an enrolled router's make
     */
    public static void print(
            Terminal terminal,
            RouterAdministration.Router router,
            List<MappingProtocol> protocols,
            Function<Enrolment, String> title) {
        router.detected().ifPresent(detected -> printDetected(terminal, router, detected));
        String names =
                String.join(", ", protocols.stream().map(MappingProtocol::title).toList());
        terminal.say(
                names.isEmpty()
                        ? terminal.text("router.no-protocol")
                        : terminal.text("router.protocols", "protocols", names));
        router.enrolment()
                .ifPresentOrElse(
                        enrolment -> printAdded(terminal, enrolment, title.apply(enrolment)),
                        () -> terminal.say(router.former()
                                .map(former -> terminal.text("router.former-card", "before", former.card()))
                                .orElseGet(() -> terminal.text("router.next-add"))));
        if (router.isMoved()) {
            router.enrolment().ifPresent(one -> terminal.say(terminal.text("router.moved", "url", one.base())));
        } else if (router.hasOtherKey()) {
            terminal.say(terminal.text("router.other-key"));
        }
    }

    public static void printDetected(
            Terminal terminal, RouterAdministration.Router router, InterfaceDetection.Detected detected) {
        RouterInterface make = detected.make();
        terminal.say(terminal.text(
                "router.found",
                "router",
                make.title(),
                "address",
                Addresses.text(router.address()),
                "transport",
                detected.base().getScheme()));
        say(terminal, "router.model", "model", detected.model());
        say(terminal, "router.version", "version", detected.version());
        terminal.say(terminal.text(evidenceKey(make.evidence())));
        router.card()
                .chars()
                .findAny()
                .ifPresent(any -> terminal.say(terminal.text("router.card", "card", router.card())));
        detected.pin()
                .map(CertificatePin::display)
                .ifPresent(pin -> terminal.say(terminal.text("router.certificate", "pin", pin)));
        if (router.enrolment().isEmpty()) {
            terminal.say(terminal.text("router.rights"));
            make.rights().forEach(step -> terminal.say("  - " + terminal.text(Walkthrough.said(step))));
        }
    }

    private static void say(Terminal terminal, String key, String name, RouterText told) {
        if (!told.raw().isBlank()) {
            terminal.say(terminal.text(key, name, told.display()));
        }
    }

    /** How the knowledge of a make was come by. */
    public static String evidenceKey(RouterInterface.Evidence evidence) {
        return switch (evidence) {
            case OBSERVED -> "router.observed";
            case DOCUMENTED -> "router.documented";
            case READ -> "router.read";
        };
    }

    private static String placeKey(Enrolment.SecretPlace place) {
        return switch (place) {
            case KEYRING -> "router.place-keyring";
            case FILE -> "router.place-file";
            case ENVIRONMENT -> "router.place-environment";
            case NAMED_FILE -> "router.place-named-file";
        };
    }

    public static void printAdded(Terminal terminal, Enrolment enrolment, String title) {
        String place = terminal.text(placeKey(enrolment.place()));
        terminal.say(
                enrolment.user().isEmpty()
                        ? terminal.text("router.enrolled", "router", title, "place", place)
                        : terminal.text(
                                "router.enrolled-user", "router", title, "user", enrolment.user(), "place", place));
        terminal.say(terminal.text("router.next-open"));
    }

    public static void print(Terminal terminal, List<Enrolment> all, Function<Enrolment, String> title) {
        if (all.isEmpty()) {
            terminal.say(terminal.text("router.list-empty"));
        }
        all.forEach(one -> terminal.say(terminal.text(
                        "router.list-row",
                        "router",
                        title.apply(one),
                        "url",
                        one.base(),
                        "place",
                        terminal.text(placeKey(one.place())))
                + (isOnlyOne(one, all) ? "" : "  " + one.card())));
    }

    /** Two homes often have routers at the same address, which their cards keep apart. */
    private static boolean isOnlyOne(Enrolment one, List<Enrolment> all) {
        return all.stream()
                        .filter(other -> other.address().equals(one.address()))
                        .count()
                == 1;
    }

    /**
     * @param protocols that it answers
     * @param failure why nothing can be done with it
     */
    public static String json(
            RouterAdministration.Router router,
            List<MappingProtocol> protocols,
            Optional<Failure> failure,
            ExitCode exitCode) {
        JsonMembers shown = new JsonMembers()
                .with("address", Addresses.text(router.address()))
                .with("card", router.card().isEmpty() ? Optional.empty() : router.card())
                .with("make", router.detected().map(found -> found.make().id()))
                .with("title", router.detected().map(found -> found.make().title()))
                .with("model", router.detected().flatMap(found -> shown(found.model())))
                .with("version", router.detected().flatMap(found -> shown(found.version())))
                .with("url", router.detected().map(found -> found.base().toString()))
                .with(
                        "certificate",
                        router.detected().flatMap(found -> found.pin().map(CertificatePin::sha256)))
                .with(
                        "evidence",
                        router.detected()
                                .map(found -> found.make().evidence().name().toLowerCase(Locale.ROOT)))
                .with("protocols", protocols.stream().map(MappingProtocol::key).toList())
                .with("enrolment", router.enrolment().map(RouterReport::members))
                .with("former_enrolment", router.former().map(RouterReport::members));
        return JsonMembers.document(COMMAND, exitCode)
                .with("default_gateway", shown.map())
                .write(failure);
    }

    private static Optional<String> shown(RouterText told) {
        return told.raw().isBlank() ? Optional.empty() : Optional.of(told.display());
    }

    public static String json(List<Enrolment> all) {
        return JsonMembers.document(COMMAND, ExitCode.DONE)
                .with("enrolled", all.stream().map(RouterReport::members).toList())
                .write(Optional.empty());
    }

    private static Map<String, Object> members(Enrolment one) {
        return new JsonMembers()
                .with("make", one.make())
                .with("url", one.base().toString())
                .with("card", one.card())
                .with("certificate", one.pin().map(CertificatePin::sha256))
                .with("user", one.user())
                .with("secret_in", one.place().key())
                .map();
    }
}
