package dev.ajar.catalog;

import dev.ajar.model.TransportProtocol;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * How to forward ports on the page of a make of router: its menus, fields and buttons.
 *
 * @param id the name that users type, and the name of its file
 * @param about a remark for users
 * @param signs the signs by which the make is recognised
 * @param form the page on which a port is forwarded; empty where the router has none
 * @param instead why there is no such page, and what to do
 * @param menus where older or newer firmware has the page
 * @param verified the day on which the form was compared with a source; empty where it was not, so it is shown as
 *     "usually"
 * @param sources links to the documents that show the page
 */
public record RouterGuide(
        String id,
        String name,
        String about,
        List<String> aliases,
        RouterSigns signs,
        Admin admin,
        Optional<UpnpSwitch> upnp,
        Optional<Form> form,
        Optional<String> instead,
        Optional<Reservation> reservation,
        Optional<String> menus,
        Optional<String> verified,
        List<String> sources) {
    public RouterGuide {
        aliases = List.copyOf(aliases);
        sources = List.copyOf(sources);
    }

    /**
     * How to open its page.
     *
     * @param addresses the usual ones, the most usual first; none where an app is needed
     * @param login how to log in, as a sentence
     * @param app the phone app that replaces the page
     */
    public record Admin(List<String> addresses, String login, Optional<String> app) {
        public Admin {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * Where UPnP is switched on.
     *
     * @param path the menus, outermost first
     * @param then the button to press afterwards
     */
    public record UpnpSwitch(
            List<String> path, String label, String value, Optional<String> then, Optional<String> note) {
        public UpnpSwitch {
            path = List.copyOf(path);
        }
    }

    /**
     * The page on which a port is forwarded.
     *
     * @param path the menus, outermost first
     * @param add the button that opens the form
     * @param ranges whether one rule takes several ports
     * @param submit the button that adds the rule
     * @param save what to do afterwards so that the rule takes effect
     * @param note a warning of a common mistake
     */
    public record Form(
            List<String> path,
            Optional<String> add,
            List<Field> fields,
            boolean ranges,
            String submit,
            Optional<String> save,
            Optional<String> note) {
        /** The parts of a rule, and the values of the fields that take them; a range begins with its first port. */
        private static final Map<String, List<String>> PARTS = Map.of(
                "name", List.of("{name}"),
                "protocol", List.of("{protocol}"),
                "external", List.of("{external}", "{external_first}"),
                "internal", List.of("{internal}", "{internal_first}"),
                "address", List.of("{address}", "{device}"));

        public Form {
            path = List.copyOf(path);
            fields = List.copyOf(fields);
        }

        /**
         * What the page calls the parts of a rule: name, protocol, external, internal, address. Only those it has
         * fields for.
         */
        public Map<String, String> words() {
            Map<String, String> words = new TreeMap<>();
            PARTS.forEach((part, values) -> fields.stream()
                    .filter(field -> values.contains(field.value()))
                    .map(Field::label)
                    .findFirst()
                    .ifPresent(label -> words.put(part, label)));
            return words;
        }

        /** Whether one rule takes TCP and UDP. */
        public boolean takesBoth() {
            return fields.stream()
                    .filter(Field::isProtocol)
                    .allMatch(field -> field.choices().containsKey("both"));
        }
    }

    /**
     * A field of the form.
     *
     * @param value what to enter, with placeholders such as {@code {external}}
     * @param choices the field's words for the protocols {@code tcp}, {@code udp} and {@code both}
     */
    public record Field(String label, String value, Map<String, String> choices) {
        public Field {
            choices = Map.copyOf(choices);
        }

        boolean isProtocol() {
            return value.contains("{protocol}");
        }

        /** The field's word for these protocols. */
        public String choice(Set<TransportProtocol> protocols) {
            String key =
                    protocols.size() > 1 ? "both" : protocols.iterator().next().label();
            return choices.getOrDefault(key, key.equals("both") ? "TCP and UDP" : key);
        }
    }

    /** The page on which a device's address is reserved. */
    public record Reservation(List<String> path, String how) {
        public Reservation {
            path = List.copyOf(path);
        }
    }
}
