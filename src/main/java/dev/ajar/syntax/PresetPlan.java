package dev.ajar.syntax;

import dev.ajar.catalog.Application;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The ports that opening an application opens, and why ajar may refuse to. */
public final class PresetPlan {
    private PresetPlan() {}

    /**
     * The ports it needs, in the syntax of the command line, without the optional ones.
     *
     * @param passive replaces its range of ports
     */
    public static List<String> of(Application application, Optional<String> passive) throws InvalidInputException {
        if (application.nothingToOpen().isPresent()) {
            throw new InvalidInputException(Message.of(
                    "open.application-without-ports",
                    "application",
                    application.name(),
                    "reason",
                    application.nothingToOpen().get()));
        }
        List<String> ports = new ArrayList<>();
        for (Application.PortUse use : application.ports()) {
            if (use.required()) {
                ports.add(written(use, use.isRange() ? passive : Optional.empty()));
            }
        }
        return List.copyOf(ports);
    }

    public static boolean hasRange(Application application) {
        return application.ports().stream().anyMatch(Application.PortUse::isRange);
    }

    private static String written(Application.PortUse use, Optional<String> instead) {
        String protocol =
                use.protocols().size() > 1 ? "both" : use.protocols().getFirst().label();
        return instead.orElseGet(use::range) + "/" + protocol;
    }

    /** @param agreed the applications and services that the user confirmed */
    public static Optional<Failure> objection(Application application, Set<String> agreed) {
        boolean sure = agreed.contains(application.id());
        return switch (application.danger()) {
            case PUBLIC, CAREFUL -> Optional.empty();
            case DANGEROUS -> sure ? Optional.empty() : Optional.of(unsafe(application, true));
            case REFUSED -> Optional.of(unsafe(application, false));
        };
    }

    private static Failure unsafe(Application application, boolean mayAgree) {
        String name = application.name();
        Message danger = application
                .warning()
                .map(warning -> Message.of(
                        "open.application-exposed", "application", name, "warning", withoutFullStop(warning)))
                .orElse(Message.of("open.application-exposed-usual", "application", name));
        Message safer = application.safer().map(Message::verbatim).orElse(Message.of("open.application-vpn"));
        return new Failure.Unsafe(
                danger,
                mayAgree ? Message.of("open.application-safer", "safer", safer, "id", application.id()) : safer);
    }

    /** The text of a failure has no full stop at its end. */
    private static String withoutFullStop(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
