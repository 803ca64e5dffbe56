package dev.ajar.cli.command;

import dev.ajar.catalog.Application;
import dev.ajar.catalog.ApplicationCatalog;
import dev.ajar.catalog.Exposure;
import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.RouterText;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.PortRequest;
import dev.ajar.syntax.PortSyntax;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The ports that somebody named, by their numbers or by the application that needs them.
 *
 * @param applications those that were named
 */
record PortSelection(List<PortRequest> desiredMappings, List<Application> applications) {
    PortSelection {
        desiredMappings = List.copyOf(desiredMappings);
        applications = List.copyOf(applications);
    }

    /** @param passive the range that takes the place of the application's own, where it has one; null for none */
    static PortSelection of(List<String> words, @Nullable String passive) throws InvalidInputException {
        return of(words, passive, UnaryOperator.identity());
    }

    /** @param own puts an application's own ports in the place of the usual ones */
    static PortSelection of(List<String> words, @Nullable String passive, UnaryOperator<Application> own)
            throws InvalidInputException {
        List<String> ports = new ArrayList<>();
        List<Application> applications = new ArrayList<>();
        for (String word : words) {
            if (looksLikeName(word)) {
                Application application = own.apply(application(word));
                applications.add(application);
                ports.addAll(PresetPlan.of(application, Optional.ofNullable(passive)));
            } else {
                ports.add(word);
            }
        }
        if (passive != null && !passive.matches("\\d{1,5}-\\d{1,5}")) {
            throw new InvalidInputException("--passive takes a range of ports, such as 50000-50049");
        }
        if (passive != null && applications.stream().noneMatch(application -> PresetPlan.hasRange(application))) {
            throw new InvalidInputException(
                    "--passive is for applications with a range of ports, as in: ajar open ftp --passive 50000-50049");
        }
        return new PortSelection(PortSyntax.parse(ports), applications);
    }

    /** Ports have no letters but those of their protocol, behind a slash. */
    private static boolean looksLikeName(String word) {
        return word.indexOf('/') < 0 && word.indexOf(':') < 0 && word.chars().anyMatch(Character::isLetter);
    }

    private static Application application(String name) throws InvalidInputException {
        return new ApplicationCatalog()
                .find(name)
                .orElseThrow(() -> new InvalidInputException("\""
                        + new RouterText(name).display()
                        + "\" is not a port, and ajar knows no application of that name; ajar presets lists them"));
    }

    /** Why one of the applications is not to be opened; empty where they may. */
    Optional<Failure> objection(Set<String> agreed) {
        return applications.stream()
                .flatMap(application -> PresetPlan.objection(application, agreed).stream())
                .findFirst();
    }

    /** Whoever is sure about an application is sure about its ports. */
    Set<String> agreed(ServiceCatalog services, Set<String> named) {
        Set<String> all = new HashSet<>(named);
        for (Application application : applications) {
            boolean fine = PresetPlan.objection(application, named).isEmpty();
            for (Application.PortUse use : application.ports()) {
                use.protocols().stream()
                        .filter(protocol -> fine)
                        .flatMap(protocol -> services.at(protocol, use.first()).stream())
                        .forEach(service -> all.add(service.id()));
            }
        }
        return all;
    }

    /** What can go wrong; an application's own words go before those of its ports. */
    List<String> warnings(Exposure exposure) {
        List<String> own = applications.stream()
                .flatMap(application -> application.warning().stream())
                .distinct()
                .toList();
        return own.isEmpty()
                ? exposure.warnings().stream().map(Message::toString).toList()
                : own;
    }
}
