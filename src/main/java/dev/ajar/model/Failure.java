package dev.ajar.model;

import dev.ajar.message.Message;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Why a request failed: by the router, the network, the disk or the request itself. {@link FailureKind} holds what
 * follows from each, and a new one does not compile without a kind and advice.
 */
public sealed interface Failure {
    /**
     * The router makes the change once its owner confirms it on the router itself, and this process had no user to
     * tell.
     */
    String FOR_A_PERSON = "admin.approval-unattended";

    /** What happened, as one sentence without a full stop. */
    Message detail();

    /** The gateway's own error, where it sent one. */
    default Optional<RouterError> router() {
        return Optional.empty();
    }

    /** Its kind; for {@link LeftOpen}, {@link NotAsked} and {@link FormerAddress} that of the cause. */
    default FailureKind kind() {
        return switch (this) {
            case NoGateway ignored -> FailureKind.NO_GATEWAY;
            case NoIpv6 ignored -> FailureKind.NO_IPV6;
            case NoFirewall ignored -> FailureKind.NO_FIREWALL;
            case Unreachable ignored -> FailureKind.UNREACHABLE;
            case TimedOut ignored -> FailureKind.TIMED_OUT;
            case KeptIn ignored -> FailureKind.KEPT_IN;
            case AddressMismatch ignored -> FailureKind.ADDRESS_MISMATCH;
            case Refused ignored -> FailureKind.REFUSED;
            case ForeignHostRefused ignored -> FailureKind.FOREIGN_HOST_REFUSED;
            case Conflict ignored -> FailureKind.CONFLICT;
            case LeftOpen left -> left.cause().kind();
            case NotAsked not -> not.cause().kind();
            case FormerAddress former -> former.cause().kind();
            case SecondNat ignored -> FailureKind.SECOND_NAT;
            case LineDown ignored -> FailureKind.LINE_DOWN;
            case NoResources ignored -> FailureKind.NO_RESOURCES;
            case Unsupported ignored -> FailureKind.UNSUPPORTED;
            case Malformed ignored -> FailureKind.MALFORMED;
            case Unsafe ignored -> FailureKind.UNSAFE;
            case LocalPort ignored -> FailureKind.LOCAL_PORT;
            case Usage ignored -> FailureKind.USAGE;
            case Busy ignored -> FailureKind.BUSY;
            case BadConfiguration ignored -> FailureKind.BAD_CONFIGURATION;
            case BadState ignored -> FailureKind.BAD_STATE;
        };
    }

    /** Whether it means only that no answer came. */
    default boolean isSilence() {
        return !(this instanceof LeftOpen) && kind().silence;
    }

    /** Whether another protocol of the same gateway may succeed. */
    default boolean otherProtocolMayHelp() {
        return !(this instanceof LeftOpen) && kind().otherProtocolMayHelp;
    }

    /** Whether a rule made by hand on the router's page can do what failed; not where something else comes first. */
    default boolean isHelpedByHand() {
        boolean hasItsOwnRemedy =
                this instanceof NoGateway none && !none.remedies().isEmpty();
        return kind().isHelpedByHand() && !hasItsOwnRemedy;
    }

    /** Whether a process with a user at its terminal may succeed: see {@link #FOR_A_PERSON}. */
    default boolean isForAPerson() {
        return detail().key().equals(FOR_A_PERSON);
    }

    /** Whether the gateway may have made the mapping anyway. */
    default boolean mayHaveHappened() {
        return this instanceof LeftOpen || (!(this instanceof NotAsked) && kind().mayHaveHappened);
    }

    /**
     * No gateway answered any protocol.
     *
     * @param remedies what to do in this situation, as sentences; empty where nothing more than usual is known
     */
    record NoGateway(Message detail, List<Message> remedies) implements Failure {
        public NoGateway {
            remedies = List.copyOf(remedies);
        }

        public NoGateway(Message detail) {
            this(detail, List.of());
        }
    }

    /** This machine has no IPv6 address that the internet can reach. */
    record NoIpv6(Message detail) implements Failure {}

    /** The router has no IPv6 firewall that takes requests. */
    record NoFirewall(Message detail) implements Failure {}

    /** A known gateway could not be reached. */
    record Unreachable(Message detail) implements Failure {}

    /** A known gateway did not answer in time. */
    record TimedOut(Message detail) implements Failure {}

    /** This machine's own firewall does not let out what ajar sends to the gateway. */
    record KeptIn(Message detail) implements Failure {}

    /**
     * The gateway sees requests of this machine as coming from another address, so a mapping for this machine would
     * lead to the machine that translates between them.
     */
    record AddressMismatch(Message detail, Optional<RouterError> router) implements Failure {}

    /** The gateway has the function but refuses it: switched off, not authorised, or forbidden by its rules. */
    record Refused(Message detail, Optional<RouterError> router) implements Failure {}

    /** The gateway only lets a device open ports for itself (miniupnpd's secure mode, IGD:2's public role). */
    record ForeignHostRefused(InetAddress client, Optional<RouterError> router) implements Failure {
        @Override
        public Message detail() {
            return Message.of("failure.foreign-host", "address", Addresses.text(client));
        }
    }

    /**
     * Another device or program has the port.
     *
     * @param holder where its traffic goes, where the gateway shows it
     * @param offered the port the gateway would have given instead
     */
    record Conflict(Message detail, Optional<Endpoint> holder, Optional<Port> offered, Optional<RouterError> router)
            implements Failure {
        public Conflict(Message detail, Optional<Endpoint> holder, Optional<RouterError> router) {
            this(detail, holder, Optional.empty(), router);
        }
    }

    /**
     * The request failed, and ports that were opened meanwhile could not be closed again.
     *
     * @param cause why the request failed
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

    /**
     * The request was not sent, so that nothing can have been opened.
     *
     * @param cause why it was not sent
     */
    record NotAsked(Failure cause) implements Failure {
        @Override
        public Message detail() {
            return cause.detail();
        }

        @Override
        public Optional<RouterError> router() {
            return cause.router();
        }
    }

    /**
     * A mapping that ajar made while this machine had another address is still there, and is the reason.
     *
     * @param cause the gateway's answer
     * @param address the address this machine had
     * @param remedies what to do, as sentences
     */
    record FormerAddress(Failure cause, Message detail, InetAddress address, List<Message> remedies)
            implements Failure {
        public FormerAddress {
            remedies = List.copyOf(remedies);
        }

        @Override
        public Optional<RouterError> router() {
            return cause.router();
        }
    }

    /**
     * The gateway has no public internet address: it sits behind another NAT, or its line is down.
     *
     * @param address its address, where it told one
     */
    record SecondNat(Message detail, Optional<InetAddress> address, Optional<RouterError> router) implements Failure {
        public SecondNat(Message detail, Optional<RouterError> router) {
            this(detail, Optional.empty(), router);
        }
    }

    /**
     * By the gateway's own words it has no connection to the internet now, or no address there.
     *
     * @param certain whether it said that the line is down; otherwise it may hide a private address
     */
    record LineDown(Message detail, boolean certain, Optional<RouterError> router) implements Failure {}

    /** The gateway's table is full. */
    record NoResources(Message detail, Optional<RouterError> router) implements Failure {}

    /** The gateway, or the protocol, cannot do this. */
    record Unsupported(Message detail, Optional<RouterError> router) implements Failure {
        /**
         * @param claim see {@link Claim#isMisdirected}
         * @param closer the protocol or service that identifies clients by their address
         */
        public static Unsupported notByItsOpener(Claim claim, String closer) {
            return new Unsupported(
                    Message.of(
                            "failure.moved",
                            "address",
                            Addresses.text(claim.internal().address()),
                            "closer",
                            closer),
                    Optional.empty());
        }
    }

    /** The gateway's answer is unreadable or contradictory, or it agreed without making the mapping. */
    record Malformed(Message detail, Optional<RouterError> router) implements Failure {}

    /**
     * ajar refuses to do something dangerous.
     *
     * @param remedy what to do instead, as a sentence
     */
    record Unsafe(Message detail, Message remedy) implements Failure {}

    /**
     * The relay cannot listen on a port of this machine.
     *
     * @param remedy what to do instead, as a sentence
     */
    record LocalPort(Message detail, Message remedy) implements Failure {}

    /** The request does not fit this network. */
    record Usage(Message detail) implements Failure {}

    /**
     * Another ajar process holds the lock.
     *
     * @param lasting whether that one keeps it for its life, so that a moment later is no better
     */
    record Busy(Message detail, boolean lasting) implements Failure {
        public Busy(Message detail) {
            this(detail, false);
        }
    }

    /** The configuration file is missing or has mistakes. */
    record BadConfiguration(Message detail) implements Failure {}

    /** The state file cannot be read or written. */
    record BadState(Message detail, List<Message> remedies) implements Failure {
        public BadState {
            remedies = List.copyOf(remedies);
        }

        /** What helps is what helps with the state file. */
        public BadState(Message detail) {
            this(detail, List.of());
        }
    }
}
