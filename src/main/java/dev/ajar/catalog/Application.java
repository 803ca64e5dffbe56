package dev.ajar.catalog;

import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.util.List;
import java.util.Optional;

/**
 * A game, a server or a device that needs ports.
 *
 * @param category the heading it is listed under
 * @param device whether it is a device of its own, such as a console or a camera
 * @param ports the required and the optional ones
 * @param never its ports that should stay closed
 * @param warning one line; empty where none is needed
 * @param safer what to do instead of exposing it
 * @param nothingToOpen why it needs no open port; empty where it needs one
 * @param joinPort the port that its clients take when none is typed
 * @param detection where its own settings name its ports
 * @param verified the day on which the ports were compared with a source; empty where they are only the usual ones
 * @param sources links to the documents that name the ports
 */
public record Application(
        String id,
        String name,
        List<String> aliases,
        String category,
        boolean device,
        List<PortUse> ports,
        List<PortUse> never,
        Danger danger,
        Optional<String> warning,
        Optional<String> safer,
        Optional<String> nothingToOpen,
        Optional<Port> joinPort,
        Detection detection,
        Optional<String> verified,
        List<String> sources) {
    public Application {
        aliases = List.copyOf(aliases);
        ports = List.copyOf(ports);
        never = List.copyOf(never);
        sources = List.copyOf(sources);
    }

    /** The same application on other ports. */
    public Application withPorts(List<PortUse> others) {
        return new Application(
                id,
                name,
                aliases,
                category,
                device,
                others,
                never,
                danger,
                warning,
                safer,
                nothingToOpen,
                joinPort,
                detection,
                verified,
                sources);
    }

    /** A port, or a range of ports. */
    public record PortUse(Port first, Port last, List<TransportProtocol> protocols, boolean required, String purpose) {
        public PortUse {
            protocols = List.copyOf(protocols);
        }

        public boolean isRange() {
            return !first.equals(last);
        }

        /** {@code 25565} or {@code 27015-27020}. */
        public String range() {
            return Port.range(first, last);
        }
    }

    /** How dangerous it is to expose the application to the whole internet. */
    public enum Danger {
        /** It is made for the internet. */
        PUBLIC,
        /** It is safe with a strong password and the latest version. */
        CAREFUL,
        /** The user has to confirm it. */
        DANGEROUS,
        /** ajar does not open it. */
        REFUSED
    }
}
