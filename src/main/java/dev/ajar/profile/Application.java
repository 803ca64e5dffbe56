package dev.ajar.profile;

import dev.ajar.model.Port;
import dev.ajar.model.Protocol;

import java.util.List;
import java.util.Optional;

/**
 * What is known of a game, a server or a device that wants ports.
 *
 * @param ports what it needs, and what it can do with
 * @param never ports of it that are nobody's business outside
 * @param warning one line; empty where there is nothing to warn of
 * @param safer what to do instead of exposing it
 * @param verified whether the ports were seen in a source, and are not only common knowledge
 */
public record Application(
        String id,
        String name,
        List<String> aliases,
        List<Use> ports,
        List<Use> never,
        Danger danger,
        Optional<String> warning,
        Optional<String> safer,
        boolean verified) {
    public Application {
        aliases = List.copyOf(aliases);
        ports = List.copyOf(ports);
        never = List.copyOf(never);
    }

    /** A port, or a run of them. */
    public record Use(
            Port first, Port last, List<Protocol> protocols, boolean required, String purpose) {
        public Use {
            protocols = List.copyOf(protocols);
        }
    }

    /** How bad an idea it is to let the whole internet reach it. */
    public enum Danger {
        /** It is meant to be reached. */
        PUBLIC,
        /** With a strong password and the latest version. */
        CAREFUL,
        /** Not without being sure. */
        DANGEROUS,
        /** Never. */
        REFUSED
    }
}
