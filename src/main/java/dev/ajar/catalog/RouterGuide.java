package dev.ajar.catalog;

import dev.ajar.model.TransportProtocol;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a make of router is set up by hand: its pages, and the names of their fields and buttons.
 *
 * @param id what users type, and the name of its file
 * @param about a remark for people
 * @param signs how it is recognised
 * @param form where a port is forwarded by hand; empty where it has no such page
 * @param instead why it has none, and what to do
 * @param menus where older or newer software has it
 * @param verified the day on which the form was compared with a source; empty where it was not: show it as "usually"
 * @param sources where it was seen
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
     * How its page is reached.
     *
     * @param addresses the usual ones, the most usual first; none where an app is needed
     * @param login what to log in with, as a sentence
     * @param app the phone app that takes the page's place
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
     * @param save what has to be done as well
     * @param note a common mistake
     */
    public record Form(
            List<String> path,
            Optional<String> add,
            List<Field> fields,
            boolean ranges,
            String submit,
            Optional<String> save,
            Optional<String> note) {
        public Form {
            path = List.copyOf(path);
            fields = List.copyOf(fields);
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
     * @param value what to put there; {@code {external}} and the like are filled in
     * @param choices what the field calls the protocols {@code tcp}, {@code udp} and {@code both}
     */
    public record Field(String label, String value, Map<String, String> choices) {
        public Field {
            choices = Map.copyOf(choices);
        }

        boolean isProtocol() {
            return value.contains("{protocol}");
        }

        /** What the field calls these protocols. */
        public String choice(Set<TransportProtocol> protocols) {
            String key =
                    protocols.size() > 1 ? "both" : protocols.iterator().next().label();
            return choices.getOrDefault(key, key.equals("both") ? "TCP and UDP" : key);
        }
    }

    /** Where a device's address is reserved for it. */
    public record Reservation(List<String> path, String how) {
        public Reservation {
            path = List.copyOf(path);
        }
    }
}
