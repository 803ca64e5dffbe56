package dev.ajar.syntax;

import dev.ajar.catalog.Application;
import dev.ajar.catalog.ApplicationCatalog;
import dev.ajar.catalog.Exposure;
import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.RouterText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ports that the user named, by their numbers or by the application that needs them.
 *
 * @param applications the applications that the user named
 */
public record PortSelection(List<PortRequest> requests, List<Application> applications) {
    public PortSelection {
        requests = List.copyOf(requests);
        applications = List.copyOf(applications);
    }

    /** Without presets of the user. */
    public static PortSelection of(List<String> words, @Nullable String passive) throws InvalidInputException {
        return of(words, passive, OwnPresets.Source.NONE);
    }

    /**
     * @param passive replaces the application's own range of ports; null to keep that
     * @param presets of the user
     */
    public static PortSelection of(List<String> words, @Nullable String passive, OwnPresets.Source presets)
            throws InvalidInputException {
        return of(words, passive, presets, UnaryOperator.identity());
    }

    /** @param own replaces the usual ports of an application by those of its installation */
    public static PortSelection of(
            List<String> words, @Nullable String passive, OwnPresets.Source presets, UnaryOperator<Application> own)
            throws InvalidInputException {
        // Reads every application for the first alias, and no more.
        ApplicationCatalog catalog = new ApplicationCatalog();
        List<String> ports = new ArrayList<>();
        List<Application> applications = new ArrayList<>();
        for (String word : meant(words, presets, catalog)) {
            if (looksLikeName(word)) {
                Application application = own.apply(application(word, words, presets, catalog));
                applications.add(application);
                ports.addAll(PresetPlan.of(application, Optional.ofNullable(passive)));
            } else {
                ports.add(word);
            }
        }
        if (passive != null && !passive.matches("\\d{1,5}-\\d{1,5}")) {
            throw new InvalidInputException(Message.of("open.passive-range"));
        }
        if (passive != null && applications.stream().noneMatch(application -> PresetPlan.hasRange(application))) {
            throw new InvalidInputException(Message.of("open.passive-application"));
        }
        return new PortSelection(requests(ports), applications);
    }

    private static List<PortRequest> requests(List<String> ports) throws InvalidInputException {
        try {
            return PortSyntax.parse(ports);
        } catch (InvalidInputException e) {
            Optional<String> range = PortHint.ofRange(ports);
            if (range.isPresent()) {
                String shown = new RouterText(String.join(" ", ports)).display();
                throw new InvalidInputException(
                        Message.of("syntax.not-a-port-but", "text", shown, "near", range.get()));
            }
            for (String port : ports) {
                Optional<String> near = PortHint.ofPort(port);
                if (near.isPresent()) {
                    String shown = new RouterText(port).display();
                    throw new InvalidInputException(
                            Message.of("syntax.not-a-port-but", "text", shown, "near", near.get()));
                }
            }
            throw e;
        }
    }

    /** Whether {@code ajar open} takes the word: it is a port, or the name of an application. */
    public static boolean opens(String word) {
        try {
            return !of(List.of(word), null).requests().isEmpty();
        } catch (InvalidInputException e) {
            return false;
        }
    }

    /** The words one by one, those of a preset in place of its name. */
    private static List<String> meant(List<String> words, OwnPresets.Source presets, ApplicationCatalog catalog)
            throws InvalidInputException {
        List<String> all = new ArrayList<>();
        for (String word : words.stream().flatMap(PortSelection::parts).toList()) {
            all.addAll(looksLikeName(word) ? behind(word, presets, catalog) : List.of(word));
        }
        return all;
    }

    /** Commas part ports as blanks do; one at the end of a word parts it from the next. */
    private static Stream<String> parts(String word) {
        String typed = word.strip();
        String plain = typed.length() > 1 && typed.endsWith(",") ? typed.substring(0, typed.length() - 1) : typed;
        return Stream.of(plain.split(",", -1)).map(String::strip);
    }

    /** What cannot be read does not keep the user from an application that ajar knows. */
    private static List<String> behind(String word, OwnPresets.Source presets, ApplicationCatalog catalog)
            throws InvalidInputException {
        try {
            return presets.read().find(word).orElse(List.of(word));
        } catch (InvalidInputException e) {
            if (catalog.find(word).isPresent()) {
                return List.of(word);
            }
            throw e;
        }
    }

    /** Ports have no letters but those of their protocol, behind a slash. */
    private static boolean looksLikeName(String word) {
        return word.indexOf('/') < 0 && word.indexOf(':') < 0 && word.chars().anyMatch(Character::isLetter);
    }

    private static Application application(
            String name, List<String> words, OwnPresets.Source presets, ApplicationCatalog catalog)
            throws InvalidInputException {
        Optional<Application> found = catalog.find(name);
        if (found.isPresent()) {
            return found.get();
        }
        Optional<Message> withoutPort = NoPort.of(name, catalog);
        if (withoutPort.isPresent()) {
            throw new InvalidInputException(withoutPort.get());
        }
        String shown = new RouterText(name).display();
        List<String> known = new ArrayList<>(presets.read().names());
        known.addAll(catalog.ids());
        throw new InvalidInputException(PortHint.ofName(name, words, catalog)
                .or(() -> NearWord.of(name, known))
                .map(near -> Message.of("open.unknown-application-but", "name", shown, "near", near))
                .orElse(Message.of("open.unknown-application", "name", shown)));
    }

    /** The ports that friends need not type. */
    public Set<Port> joinPorts() {
        return applications.stream()
                .flatMap(application -> application.joinPort().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * A device of its own, such as a console or a camera, whose ports lead to this machine where no address is named:
     * they would open what is of no use.
     *
     * @param isHere whether a program of this machine has the device's place, such as a server of video streams
     */
    public Optional<Application> unplaced(Predicate<Application> isHere) {
        return applications.stream()
                .filter(Application::device)
                .filter(isHere.negate())
                .findFirst();
    }

    /** Why ajar refuses to open one of the applications; empty if it opens all. */
    public Optional<Failure> objection(Set<String> agreed) {
        return applications.stream()
                .flatMap(application -> PresetPlan.objection(application, agreed).stream())
                .findFirst();
    }

    /** Confirming an application confirms each of its ports. */
    public Set<String> agreed(ServiceCatalog services, Set<String> named) {
        Set<String> all = new HashSet<>(named);
        for (Application application : applications) {
            boolean confirmed = PresetPlan.objection(application, named).isEmpty();
            for (Application.PortUse use : application.ports()) {
                use.protocols().stream()
                        .filter(protocol -> confirmed)
                        .flatMap(protocol -> services.at(protocol, use.first()).stream())
                        .forEach(service -> all.add(service.id()));
            }
        }
        return all;
    }

    /** The internal ports that are of a range of an application. */
    public Set<Port> rangePorts(List<Mapping> mappings) {
        return mappings.stream()
                .map(mapping -> mapping.target().port())
                .filter(port -> applications.stream()
                        .flatMap(application -> application.ports().stream())
                        .anyMatch(use -> use.isRange() && contains(use, port)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean contains(Application.PortUse use, Port port) {
        return use.first().compareTo(port) <= 0 && port.compareTo(use.last()) <= 0;
    }

    /** What can go wrong with those that are open; an application's own warnings replace those of its ports. */
    public List<Message> warnings(ServiceCatalog services, List<Mapping> open) {
        List<Message> own = applications.stream()
                .filter(application -> application.ports().stream()
                        .anyMatch(use -> open.stream()
                                .anyMatch(mapping ->
                                        contains(use, mapping.target().port()))))
                .flatMap(application -> application.warning().stream())
                .distinct()
                .map(Message::verbatim)
                .toList();
        return own.isEmpty() ? new Exposure(services, open, Set.of()).warnings() : own;
    }
}
