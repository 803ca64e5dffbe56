package dev.ajar.model;

import dev.ajar.message.Message;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Why something did not work: everything a router, the network, the disk or a user can do to us. Each has its exit code
 * and its advice, and the compiler sees to it that a new one gets both.
 */
public sealed interface Failure {
    /** One plain sentence, without a full stop, that says what happened. */
    Message detail();

    /** The gateway's own words, where it said any. */
    default Optional<RouterError> router() {
        return Optional.empty();
    }

    /** Whether it says no more than that nobody answered. */
    default boolean isSilence() {
        return this instanceof NoGateway
                || this instanceof NoFirewall
                || this instanceof Unreachable
                || this instanceof TimedOut;
    }

    /** No gateway answered any protocol. */
    record NoGateway(Message detail) implements Failure {}

    /** This machine has no address that the internet could reach over IPv6. */
    record NoIpv6(Message detail) implements Failure {}

    /** Nobody can be asked to open the router's IPv6 firewall. */
    record NoFirewall(Message detail) implements Failure {}

    /** A known gateway could not be reached. */
    record Unreachable(Message detail) implements Failure {}

    /** A known gateway did not answer in time. */
    record TimedOut(Message detail) implements Failure {}

    /** The gateway can, but is told not to: switched off, not authorised, forbidden by its rules. */
    record Refused(Message detail, Optional<RouterError> router) implements Failure {}

    /** The gateway only lets a device open ports for itself (miniupnpd's secure mode, IGD:2's public role). */
    record ForeignHostRefused(InetAddress client, Optional<RouterError> router) implements Failure {
        @Override
        public Message detail() {
            return Message.of("failure.foreign-host", "address", Addresses.text(client));
        }
    }

    /**
     * Somebody else has the port.
     *
     * @param holder where its traffic goes, where that can be seen
     * @param offered the port the gateway would have given instead
     */
    record Conflict(Message detail, Optional<Endpoint> holder, Optional<Port> offered, Optional<RouterError> router)
            implements Failure {
        public Conflict(Message detail, Optional<Endpoint> holder, Optional<RouterError> router) {
            this(detail, holder, Optional.empty(), router);
        }
    }

    /**
     * It failed, and what was opened on the way could not be closed again.
     *
     * @param cause why it failed
     * @param ports external ports that may be open now
     */
    record LeftOpen(Failure cause, List<Port> ports) implements Failure {
        public LeftOpen {
            ports = List.copyOf(ports);
        }

        @Override
        public Message detail() {
            return Message.of(
                    "failure.left-open",
                    "cause",
                    cause.detail(),
                    "ports",
                    String.join(", ", ports.stream().map(Port::toString).toList()));
        }

        @Override
        public Optional<RouterError> router() {
            return cause.router();
        }
    }

    /** The gateway's own internet address is not public, so it sits behind another NAT. */
    record SecondNat(Message detail, Optional<RouterError> router) implements Failure {}

    /** The gateway's table is full. */
    record NoResources(Message detail, Optional<RouterError> router) implements Failure {}

    /** The gateway, or the protocol, cannot do this. */
    record Unsupported(Message detail, Optional<RouterError> router) implements Failure {
        /**
         * @param claim see {@link Claim#isMisdirected}
         * @param closer who tells clients by their address
         */
        public static Unsupported notByItsOpener(Claim claim, String closer) {
            return new Unsupported(
                    Message.of("failure.moved", "address", Addresses.text(claim.internal().address()), "closer", closer),
                    Optional.empty());
        }
    }

    /** The gateway answered something nobody can use, or said yes and did not do it. */
    record Malformed(Message detail, Optional<RouterError> router) implements Failure {}

    /**
     * ajar itself refuses.
     *
     * @param remedy what to do instead, as a sentence
     */
    record Unsafe(Message detail, Message remedy) implements Failure {}

    /**
     * A port of this very machine cannot be listened on.
     *
     * @param remedy what to do instead, as a sentence
     */
    record LocalPort(Message detail, Message remedy) implements Failure {}

    /** The wish makes no sense on this network. */
    record Usage(Message detail) implements Failure {}

    /** Another ajar is at work. */
    record Busy(Message detail) implements Failure {}

    /** The configuration file is not there or makes no sense. */
    record BadConfiguration(Message detail) implements Failure {}

    /** The state file cannot be read or written. */
    record BadState(Message detail) implements Failure {}
}
