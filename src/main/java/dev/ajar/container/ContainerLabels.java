package dev.ajar.container;

import dev.ajar.message.Message;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.RouterText;
import dev.ajar.model.Subnet;
import dev.ajar.syntax.AddressSyntax;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.NameSyntax;
import dev.ajar.syntax.OptionName;
import dev.ajar.syntax.PortSelection;
import dev.ajar.syntax.TimeSyntax;
import java.net.Inet6Address;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The labels of one container, read. Their values are those of the options of {@code ajar open}.
 *
 * @param wanted the ports it names; empty for all that it publishes
 * @param name in the router's list
 * @param from the only addresses that may connect; empty for all
 * @param exposed the services whose exposure is confirmed
 * @param relay whether ports that the container does not publish are to be relayed
 */
record ContainerLabels(
        Optional<PortSelection> wanted,
        Optional<String> name,
        Optional<LeaseDuration> lease,
        Optional<Subnet> from,
        Set<String> exposed,
        boolean relay) {
    static final String OPEN = "open";
    static final String YES_EXPOSE = "yes-expose";
    private static final String NAME = "name";
    private static final String LEASE = "lease";
    private static final String FROM = "from";
    private static final String RELAY = "relay";
    private static final Set<String> KNOWN = Set.of(OPEN, NAME, LEASE, FROM, YES_EXPOSE, RELAY);

    /** Longer than any list of the most ports. */
    private static final int LONGEST = 1024;

    /** Routers have room for 32 to 64 mappings of all programs together. */
    static final int MOST_PORTS = 32;

    private static final String YES = "true";
    private static final String NO = "false";

    /** Whether the container asks for ports at all. */
    static boolean asks(Container container) {
        String open = container.labels().get(container.label(OPEN));
        return open != null && !open.strip().equalsIgnoreCase(NO);
    }

    static ContainerLabels read(Container container) throws InvalidInputException {
        return new Reader(container).labels();
    }

    /** The labels that begin as ajar's and are none, in order: mistakes in writing. */
    static List<Message> unknown(Container container) {
        return new TreeSet<>(container.labels().keySet())
                .stream()
                        .filter(label -> label.startsWith(container.label(""))
                                && !KNOWN.contains(
                                        label.substring(container.label("").length())))
                        .limit(3)
                        .map(label -> Message.of(
                                "containers.unknown-label",
                                "container",
                                container.name(),
                                "label",
                                new RouterText(label).display(),
                                "labels",
                                KNOWN.stream().sorted().map(container::label).collect(Collectors.joining(", "))))
                        .toList();
    }

    /** A reader of values that the command line uses as well. */
    @FunctionalInterface
    private interface Parser<T> {
        T parse(String text) throws InvalidInputException;
    }

    /** Reads the labels of one container. */
    private record Reader(Container container) {
        ContainerLabels labels() throws InvalidInputException {
            String open = value(OPEN).orElse("");
            if (open.isEmpty()) {
                throw new InvalidInputException(Message.of("containers.open-empty", "label", container.label(OPEN)));
            }
            Optional<PortSelection> wanted = open.equalsIgnoreCase(YES)
                    ? Optional.empty()
                    : Optional.of(parsed(OPEN, open, text -> PortSelection.of(List.of(text), null)));
            int count = wanted.map(some -> some.requests().size()).orElse(0);
            if (count > MOST_PORTS) {
                throw new InvalidInputException(
                        Message.of("containers.too-many-ports", "count", count, "most", MOST_PORTS));
            }
            return new ContainerLabels(
                    wanted,
                    optional(NAME, NameSyntax::check),
                    optional(LEASE, TimeSyntax::lease),
                    optional(FROM, this::source),
                    value(YES_EXPOSE).map(ContainerLabels::words).orElse(Set.of()),
                    optional(RELAY, this::yes).orElse(false));
        }

        private Optional<String> value(String word) throws InvalidInputException {
            String label = container.label(word);
            String text = container.labels().getOrDefault(label, "");
            if (text.length() > LONGEST) {
                throw new InvalidInputException(Message.of("containers.label-long", "label", label, "most", LONGEST));
            }
            return Optional.of(text.strip()).filter(some -> !some.isEmpty());
        }

        private <T> Optional<T> optional(String word, Parser<T> parser) throws InvalidInputException {
            Optional<String> text = value(word);
            return text.isEmpty() ? Optional.empty() : Optional.of(parsed(word, text.get(), parser));
        }

        private <T> T parsed(String word, String text, Parser<T> parser) throws InvalidInputException {
            try {
                return parser.parse(text);
            } catch (InvalidInputException e) {
                throw new InvalidInputException(Message.of(
                        "containers.label", "label", container.label(word), "why", withLabels(e.sentence())));
            }
        }

        /** The sentence with labels instead of options of the command line. */
        private Message withLabels(Message sentence) {
            return new Message(
                    sentence.key(),
                    sentence.values().stream()
                            .map(one -> one.value() instanceof OptionName option
                                    ? new Message.Value(one.name(), container.label(option.key()))
                                    : one)
                            .toList());
        }

        private Subnet source(String text) throws InvalidInputException {
            Subnet some = AddressSyntax.remote(text);
            if (some.network() instanceof Inet6Address) {
                throw new InvalidInputException(Message.of("containers.ipv6-source", "label", container.label(FROM)));
            }
            return some;
        }

        private boolean yes(String text) throws InvalidInputException {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case YES -> true;
                case NO -> false;
                default ->
                    throw new InvalidInputException(
                            Message.of("containers.yes-or-no", "label", container.label(RELAY)));
            };
        }
    }

    private static Set<String> words(String text) {
        return Stream.of(text.split(",", MOST_PORTS))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
