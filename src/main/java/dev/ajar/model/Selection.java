package dev.ajar.model;

import java.net.InetAddress;
import java.net.URI;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which gateway is meant.
 *
 * @param methods the protocols to try
 * @param gateway its address; empty for the default gateway
 * @param location its root description, which makes the search unnecessary
 */
public record Selection(
        Set<Method> methods, Optional<InetAddress> gateway, Optional<URI> location) {
    public Selection {
        methods = Set.copyOf(methods);
    }

    /** The default gateway, by whatever it speaks. */
    public static final Selection AUTO =
            new Selection(EnumSet.allOf(Method.class), Optional.empty(), Optional.empty());
}
