package dev.ajar.gateway.upnp.control;

import dev.ajar.gateway.upnp.xml.LenientXml;
import dev.ajar.gateway.upnp.xml.XmlNode;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.PartialEntry;
import dev.ajar.model.Port;
import dev.ajar.model.RouterText;
import dev.ajar.model.TransportProtocol;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the fields of a mapping out of an answer. */
final class MappingFields {
    /** Longer listings are cut. */
    static final int LONGEST_LISTING = 500;

    /** 68 years, the most of a signed number: no router counts so far, and -1 as an unsigned number is one of them. */
    private static final long ENDLESS = Integer.MAX_VALUE;

    private static final Set<String> OFF = Set.of("0", "false", "no", "off", "disabled", "disable", "inactive");

    /** What routers write into the fields of an entry that they do not have. */
    private static final Set<String> NOTHING = Set.of("", "0", "0.0.0.0", "(null)");

    private MappingFields() {}

    static Optional<Port> port(String text) {
        String number = text.strip();
        if (!number.matches("\\d{1,5}") || !Port.isValid(Integer.parseInt(number))) {
            return Optional.empty();
        }
        return Optional.of(new Port(Integer.parseInt(number)));
    }

    /** An entry with all its fields: GetGenericPortMappingEntry's, or one of a list's. */
    static EntryReading entry(XmlNode node) {
        return read(
                node,
                protocol(node.textOf("NewProtocol")),
                port(node.textOf("NewExternalPort")),
                node.textOf("NewRemoteHost"));
    }

    /** NewPortListing: a document within a document (WANIPConnection:2, 2.3.26). */
    static List<EntryReading> listing(XmlNode response) {
        String xml = response.textOf("NewPortListing");
        // Some leave the inner document unescaped, and it is part of the outer one.
        Optional<XmlNode> listing =
                xml.isEmpty() ? Optional.of(response) : LenientXml.read(xml).toOptional();
        return listing.stream()
                .flatMap(XmlNode::tree)
                .filter(node -> node.is("PortMappingEntry"))
                .limit(LONGEST_LISTING)
                .map(MappingFields::entry)
                .toList();
    }

    private static Optional<TransportProtocol> protocol(String text) {
        return switch (text.strip().toUpperCase(Locale.ROOT)) {
            case "TCP" -> Optional.of(TransportProtocol.TCP);
            case "UDP" -> Optional.of(TransportProtocol.UDP);
            default -> Optional.empty();
        };
    }

    /** The answer of GetSpecificPortMappingEntry, which leaves out what was asked for. */
    static EntryReading specific(XmlNode node, TransportProtocol protocol, Port external, String remoteHost) {
        boolean isEmpty = node.tree()
                .skip(1)
                .allMatch(field -> NOTHING.contains(field.text().strip()));
        if (isEmpty || isOfAnotherKey(node, protocol, external)) {
            return new EntryReading.Partial(PartialEntry.NONE);
        }
        return read(node, Optional.of(protocol), Optional.of(external), remoteHost);
    }

    /** Some answer with an entry of their own choice, and say which it is. */
    private static boolean isOfAnotherKey(XmlNode node, TransportProtocol protocol, Port external) {
        return protocol(node.textOf("NewProtocol"))
                        .filter(told -> told != protocol)
                        .isPresent()
                || port(node.textOf("NewExternalPort"))
                        .filter(told -> !told.equals(external))
                        .isPresent();
    }

    private static EntryReading read(
            XmlNode node, Optional<TransportProtocol> protocol, Optional<Port> external, String remoteHost) {
        Optional<Port> internal = port(node.textOf("NewInternalPort"));
        RouterText client = new RouterText(client(node.textOf("NewInternalClient")));
        RouterText remote = new RouterText(remoteHost);
        RouterText name = new RouterText(node.textOf("NewPortMappingDescription") + node.textOf("NewDescription"));
        boolean isWhole = protocol.isPresent() && external.isPresent() && internal.isPresent() && !client.isBlank();
        return isWhole
                ? new EntryReading.Whole(new ObservedMapping(
                        protocol.get(),
                        external.get(),
                        client,
                        internal.get(),
                        remote,
                        name,
                        isEnabled(node.textOf("NewEnabled")),
                        lease(node)))
                : new EntryReading.Partial(new PartialEntry(protocol, external, client, internal, remote, name));
    }

    /** Some write the port behind the address, too. */
    private static String client(String text) {
        return text.strip().replaceFirst("^(\\d+(?:\\.\\d+){3}):\\d{1,5}$", "$1");
    }

    private static boolean isEnabled(String text) {
        String value = text.strip().toLowerCase(Locale.ROOT);
        return !OFF.contains(value);
    }

    /** In a list the field is called NewLeaseTime, as the description is NewDescription. */
    private static Optional<LeaseDuration> lease(XmlNode node) {
        String text = node.textOf("NewLeaseDuration") + node.textOf("NewLeaseTime");
        if (!text.matches("\\d{1,10}")) {
            return Optional.empty();
        }
        long seconds = Long.parseLong(text);
        return Optional.of(
                seconds == 0 || seconds >= ENDLESS ? LeaseDuration.PERMANENT : LeaseDuration.ofSeconds(seconds));
    }
}
