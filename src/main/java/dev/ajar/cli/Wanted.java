package dev.ajar.cli;

import dev.ajar.cli.input.BadInput;
import dev.ajar.cli.input.PortSyntax;
import dev.ajar.cli.input.PortWish;
import dev.ajar.model.Failure;
import dev.ajar.model.RouterText;
import dev.ajar.profile.Application;
import dev.ajar.profile.ApplicationCatalog;
import dev.ajar.profile.Exposure;
import dev.ajar.profile.ServiceCatalog;
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
record Wanted(List<PortWish> wishes, List<Application> applications) {
    Wanted {
        wishes = List.copyOf(wishes);
        applications = List.copyOf(applications);
    }

    /** @param passive the range that takes the place of the application's own, where it has one; null for none */
    static Wanted of(List<String> words, @Nullable String passive) throws BadInput {
        return of(words, passive, UnaryOperator.identity());
    }

    /** @param own puts an application's own ports in the place of the usual ones */
    static Wanted of(List<String> words, @Nullable String passive, UnaryOperator<Application> own) throws BadInput {
        List<String> ports = new ArrayList<>();
        List<Application> applications = new ArrayList<>();
        for (String word : words) {
            if (looksLikeName(word)) {
                Application application = own.apply(application(word));
                applications.add(application);
                ports.addAll(Preset.of(application, Optional.ofNullable(passive)));
            } else {
                ports.add(word);
            }
        }
        if (passive != null && !passive.matches("\\d{1,5}-\\d{1,5}")) {
            throw new BadInput("--passive takes a range of ports, such as 50000-50049");
        }
        if (passive != null && applications.stream().noneMatch(application -> Preset.hasRange(application))) {
            throw new BadInput(
                    "--passive is for applications with a range of ports, as in: ajar open ftp --passive 50000-50049");
        }
        return new Wanted(PortSyntax.parse(ports), applications);
    }

    /** Ports have no letters but those of their protocol, behind a slash. */
    private static boolean looksLikeName(String word) {
        return word.indexOf('/') < 0 && word.indexOf(':') < 0 && word.chars().anyMatch(Character::isLetter);
    }

    private static Application application(String name) throws BadInput {
        return new ApplicationCatalog()
                .find(name)
                .orElseThrow(() -> new BadInput("\""
                        + new RouterText(name).display()
                        + "\" is not a port, and ajar knows no application of that name; ajar presets lists them"));
    }

    /** Why one of the applications is not to be opened; empty where they may. */
    Optional<Failure> objection(Set<String> agreed) {
        return applications.stream()
                .flatMap(application -> Preset.objection(application, agreed).stream())
                .findFirst();
    }

    /** Whoever is sure about an application is sure about its ports. */
    Set<String> agreed(ServiceCatalog services, Set<String> named) {
        Set<String> all = new HashSet<>(named);
        for (Application application : applications) {
            boolean fine = Preset.objection(application, named).isEmpty();
            for (Application.Use use : application.ports()) {
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
        return own.isEmpty() ? exposure.warnings() : own;
    }
}
