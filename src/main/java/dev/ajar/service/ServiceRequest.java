package dev.ajar.service;

import dev.ajar.mapping.report.CloseReport;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.IpVersion;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.relay.RuleKey;
import dev.ajar.syntax.PortRequest;
import dev.ajar.syntax.RelayPort;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a {@link PortService} is asked to do. */
public sealed interface ServiceRequest {
    /**
     * To open ports.
     *
     * @param everywhere whether on every gateway that is found
     * @param ipVersions over which; over IPv6 beside IPv4 only where the router's firewall takes requests
     * @param stay how long they stay open; empty until they are closed
     * @param timeout of the whole request
     * @param upstream whether to open them on a router in front of the gateway as well
     */
    record Open(
            List<Mapping> mappings,
            GatewaySelector selection,
            boolean everywhere,
            Set<IpVersion> ipVersions,
            Optional<Duration> stay,
            Duration timeout,
            Optional<Upstream> upstream)
            implements ServiceRequest {
        public Open {
            mappings = List.copyOf(mappings);
            ipVersions = Set.copyOf(ipVersions);
        }

        /** The same request through other protocols of one gateway. */
        public Open through(GatewaySelector other) {
            return new Open(mappings, other, false, Set.of(IpVersion.IPV4), stay, timeout, upstream);
        }

        /** The same request for so long at most. */
        public Open lasting(Duration longest) {
            return new Open(
                    mappings,
                    selection,
                    everywhere,
                    ipVersions,
                    stay.filter(given -> given.compareTo(longest) < 0).or(() -> Optional.of(longest)),
                    timeout,
                    upstream);
        }

        /** The same request with the user's consent to ask the router in front. */
        public Open with(Upstream consent) {
            return new Open(mappings, selection, everywhere, ipVersions, stay, timeout, Optional.of(consent));
        }
    }

    /**
     * The user's consent to ask a router in front of the gateway, which may not be the user's own.
     *
     * @param named its address; empty to look for it
     */
    record Upstream(Optional<InetAddress> named) {}

    /**
     * To write down rules that the user made on the router's page.
     *
     * @param here this machine's address
     */
    record ByHand(List<Mapping> mappings, InetAddress here) implements ServiceRequest {
        public ByHand {
            mappings = List.copyOf(mappings);
        }
    }

    /** @param force whether to close ports that ajar did not open, too */
    record Close(List<CloseReport.CloseRequest> ports, GatewaySelector selection, boolean force, Duration timeout)
            implements ServiceRequest {
        public Close {
            ports = List.copyOf(ports);
        }
    }

    /**
     * To keep open ports open.
     *
     * @param stay how long from now on, at least
     * @param lease to ask routers for
     * @param selection only what is open there, in those protocols
     */
    record Extend(
            List<CloseReport.CloseRequest> ports,
            Duration stay,
            LeaseDuration lease,
            GatewaySelector selection,
            Duration timeout)
            implements ServiceRequest {
        public Extend {
            ports = List.copyOf(ports);
        }
    }

    /** @param named the relays to stop; empty for all */
    record StopRelays(List<RelayPort> named) implements ServiceRequest {
        public StopRelays {
            named = List.copyOf(named);
        }

        /** Whether a rule is to be stopped. */
        public boolean isFor(RuleKey rule) {
            return named.isEmpty() || named.stream().anyMatch(port -> port.isFor(rule.protocol(), rule.port()));
        }
    }

    /** To close what a crash left. */
    record CloseStale(GatewaySelector selection, Duration timeout) implements ServiceRequest {}

    /**
     * To show what is open.
     *
     * @param fresh whether the router is asked now; else the daemon answers within a second, with what was seen last
     */
    record Look(GatewaySelector selection, boolean fresh, Duration timeout) implements ServiceRequest {}

    /** To check the conditions of ports. */
    record Check(List<PortRequest> ports, GatewaySelector selection, Duration timeout) implements ServiceRequest {
        public Check {
            ports = List.copyOf(ports);
        }
    }

    /** @param port the port that cannot be reached; empty for the router alone */
    record Examine(Optional<Mapping> port, GatewaySelector selection, Duration timeout) implements ServiceRequest {}

    /**
     * To show the manual way.
     *
     * @param router its make, where the user named it
     * @param here this machine's address
     */
    record Guide(
            List<Mapping> mappings,
            Optional<RouterRecognition> router,
            InetAddress here,
            GatewaySelector selection,
            Duration search)
            implements ServiceRequest {
        public Guide {
            mappings = List.copyOf(mappings);
        }
    }
}
