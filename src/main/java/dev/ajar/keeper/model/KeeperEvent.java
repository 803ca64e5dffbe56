package dev.ajar.keeper.model;

import dev.ajar.message.Message;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.Lease;
import dev.ajar.model.Port;
import dev.ajar.model.Reachability;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.ManualRule;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A change of a mapping, a gateway, this machine's network or the state file. */
public sealed interface KeeperEvent {
    /** Its stable name: {@code event} in JSON and in the history, {@code AJAR_EVENT} for programs. */
    default String code() {
        return switch (this) {
            case Opened ignored -> "opened";
            case Repaired ignored -> "repaired";
            case Lost ignored -> "lost";
            case Failed ignored -> "failed";
            case Contested ignored -> "contested";
            case Closed ignored -> "closed";
            case ManualRuleStale ignored -> "manual_rule_stale";
            case AddressChanged ignored -> "address_changed";
            case ReachabilityChanged ignored -> "reachability_changed";
            case GatewaySilent ignored -> "gateway_silent";
            case GatewayBack ignored -> "gateway_back";
            case NetworkChanged ignored -> "network_changed";
            case AnswersLost ignored -> "answers_lost";
            case AnswersBack ignored -> "answers_back";
            case Resumed ignored -> "resumed";
            case StateNotWritten ignored -> "state_not_written";
            case StateWrittenAgain ignored -> "state_written_again";
        };
    }

    /** The desired mapping it concerns; empty where it concerns no single one. */
    default Optional<DesiredMapping> about() {
        return this instanceof OfMapping one ? Optional.of(one.desired()) : Optional.empty();
    }

    /** An event of one desired mapping. */
    sealed interface OfMapping extends KeeperEvent {
        DesiredMapping desired();
    }

    /** An event of this machine, of which no router and no mapping is the cause. */
    sealed interface OfMachine extends KeeperEvent {}

    /** The mapping is open, for the first time or after it was closed. */
    record Opened(DesiredMapping desired, Lease lease, Optional<InetAddress> address) implements OfMapping {}

    /** The mapping was open and no longer is. */
    record Lost(DesiredMapping desired, Message why) implements OfMapping {}

    /** The mapping is open again after it was lost, or open on another external port. */
    record Repaired(DesiredMapping desired, Lease lease, Optional<InetAddress> address) implements OfMapping {}

    /**
     * The mapping could not be opened or renewed; reported once for each kind of failure.
     *
     * @param open the lease it is still open by
     */
    record Failed(DesiredMapping desired, Failure failure, Optional<Lease> open) implements OfMapping {
        public Failed(DesiredMapping desired, Failure failure) {
            this(desired, failure, Optional.empty());
        }

        /** The external ports that are open all the same. */
        public List<Port> stillOpen() {
            List<Port> left = failure instanceof Failure.LeftOpen(var cause, List<Port> ports) ? ports : List.of();
            return Stream.concat(open.map(Lease::externalPort).stream(), left.stream())
                    .distinct()
                    .toList();
        }
    }

    /** Another device took the port several times within an hour; the keeper leaves it alone for an hour. */
    record Contested(DesiredMapping desired, Optional<Endpoint> holder) implements OfMapping {}

    /** The mapping was removed because it is no longer wanted. */
    record Closed(String port, GatewayId gateway) implements KeeperEvent {}

    /** A manual rule leads to an address this machine no longer has. */
    record ManualRuleStale(ManualRule rule, InetAddress now) implements KeeperEvent {}

    /** @param now the external address; empty when the gateway has none */
    record AddressChanged(GatewayId gateway, Optional<InetAddress> now) implements KeeperEvent {}

    record ReachabilityChanged(GatewayId gateway, Reachability now) implements KeeperEvent {}

    /** @param why it is not even asked; empty where it does not answer */
    record GatewaySilent(GatewayId gateway, Optional<Message> why) implements KeeperEvent {}

    /** @param restarted whether the gateway lost its mappings */
    record GatewayBack(GatewayId gateway, boolean restarted) implements KeeperEvent {}

    record NetworkChanged() implements OfMachine {}

    /**
     * What this machine answers to friends no longer leaves by the home's router.
     *
     * @param by the tunnel, link or router that takes it; empty where nothing does
     */
    record AnswersLost(Optional<String> by) implements OfMachine {}

    /** It leaves by the home's router again. */
    record AnswersBack() implements OfMachine {}

    /** This machine has resumed from sleep. */
    record Resumed() implements OfMachine {}

    /** The state file cannot be written; the keeper continues from memory. */
    record StateNotWritten(Failure failure) implements OfMachine {}

    record StateWrittenAgain() implements OfMachine {}
}
