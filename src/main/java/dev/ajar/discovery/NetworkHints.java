package dev.ajar.discovery;

import dev.ajar.system.MissingHome;
import dev.ajar.system.machine.Translation;
import java.net.InetAddress;
import java.util.Optional;

/** What this machine's own networks say about why no router answers. Asked only where none did. */
public interface NetworkHints {
    /** The NAT of the computer around this machine, where this machine seems to be inside one. */
    default Optional<Translation> translation() {
        return Optional.empty();
    }

    /** Why no home router can be on any of its networks, where that is so. */
    default Optional<MissingHome> missingHome() {
        return Optional.empty();
    }

    /**
     * The address from which this machine's own routes or rules let nothing out to the internet over IPv6, where that
     * is so.
     */
    default Optional<InetAddress> shutOverIpv6() {
        return Optional.empty();
    }

    /**
     * The same for a search for a router that the user named: why none is at home is no answer to that.
     *
     * @param isNamed whether the user named the router
     */
    default NetworkHints of(boolean isNamed) {
        NetworkHints all = this;
        return !isNamed
                ? all
                : new NetworkHints() {
                    @Override
                    public Optional<Translation> translation() {
                        return all.translation();
                    }
                };
    }
}
