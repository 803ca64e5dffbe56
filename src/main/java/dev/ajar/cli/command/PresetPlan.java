package dev.ajar.cli.command;

import dev.ajar.catalog.Application;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.syntax.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What opening an application comes to. */
final class PresetPlan {
    private PresetPlan() {}

    /**
     * What it needs, as ports are written; not what it can also do with.
     *
     * @param passive takes the place of its range of ports
     */
    static List<String> of(Application application, Optional<String> passive) throws InvalidInputException {
        if (application.nothingToOpen().isPresent()) {
            throw new InvalidInputException(application.name() + " needs no port: "
                    + application.nothingToOpen().get());
        }
        List<String> ports = new ArrayList<>();
        for (Application.PortUse use : application.ports()) {
            if (use.required()) {
                ports.add(written(use, use.isRange() ? passive : Optional.empty()));
            }
        }
        return List.copyOf(ports);
    }

    static boolean hasRange(Application application) {
        return application.ports().stream().anyMatch(Application.PortUse::isRange);
    }

    private static String written(Application.PortUse use, Optional<String> instead) {
        String protocol =
                use.protocols().size() > 1 ? "both" : use.protocols().getFirst().label();
        return instead.orElseGet(use::range) + "/" + protocol;
    }

    /** @param agreed the applications and services somebody is sure about */
    static Optional<Failure> objection(Application application, Set<String> agreed) {
        boolean sure = agreed.contains(application.id());
        return switch (application.danger()) {
            case PUBLIC, CAREFUL -> Optional.empty();
            case DANGEROUS -> sure ? Optional.empty() : Optional.of(unsafe(application, true));
            case REFUSED -> Optional.of(unsafe(application, false));
        };
    }

    private static Failure unsafe(Application application, boolean mayAgree) {
        return new Failure.Unsafe(
                Message.verbatim(application.name()
                        + " would be open to the whole internet: "
                        + application.warning().map(PresetPlan::inASentence).orElse("it is not made for that")),
                Message.verbatim(application.safer().orElse("Use a VPN such as WireGuard instead")
                        + (mayAgree ? " If you are sure: --yes-expose " + application.id() : "")));
    }

    /** Whoever prints it ends the sentence. */
    private static String inASentence(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
