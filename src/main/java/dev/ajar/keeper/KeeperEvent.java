package dev.ajar.keeper;

import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.Lease;
import dev.ajar.model.Reachability;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.ManualRule;
import java.net.InetAddress;
import java.util.Optional;

/** Something has changed. What stays as it is makes no event. */
public sealed interface KeeperEvent {
    /** The wish it concerns; empty where it concerns all of them. */
    default Optional<DesiredMapping> about() {
        return switch (this) {
            case Opened opened -> Optional.of(opened.desired());
            case Repaired repaired -> Optional.of(repaired.desired());
            case Lost lost -> Optional.of(lost.desired());
            case Failed failed -> Optional.of(failed.desired());
            case Contested contested -> Optional.of(contested.desired());
            case Closed ignored -> Optional.empty();
            case ManualRuleStale ignored -> Optional.empty();
            case AddressChanged ignored -> Optional.empty();
            case ReachabilityChanged ignored -> Optional.empty();
            case GatewaySilent ignored -> Optional.empty();
            case GatewayBack ignored -> Optional.empty();
            case NetworkChanged ignored -> Optional.empty();
            case Resumed ignored -> Optional.empty();
            case StateNotWritten ignored -> Optional.empty();
            case StateWrittenAgain ignored -> Optional.empty();
        };
    }

    /** Open, for the first time or after it was closed. */
    record Opened(DesiredMapping desired, Lease lease, Optional<InetAddress> address) implements KeeperEvent {}

    /** It was open and is not any more. */
    record Lost(DesiredMapping desired, String why) implements KeeperEvent {}

    /** Open again after it was lost. */
    record Repaired(DesiredMapping desired, Lease lease, Optional<InetAddress> address) implements KeeperEvent {}

    /** It cannot be had; told once for each kind of reason. */
    record Failed(DesiredMapping desired, Failure failure) implements KeeperEvent {}

    /** Somebody else has the port again and again, and it is left to them for an hour. */
    record Contested(DesiredMapping desired, Optional<Endpoint> holder) implements KeeperEvent {}

    /** Removed, since nobody wants it any more. */
    record Closed(String port, GatewayId gateway) implements KeeperEvent {}

    /** A rule made by hand leads to an address this machine no longer has. */
    record ManualRuleStale(ManualRule rule, InetAddress now) implements KeeperEvent {}

    /** @param now empty when the gateway has none */
    record AddressChanged(GatewayId gateway, Optional<InetAddress> now) implements KeeperEvent {}

    record ReachabilityChanged(GatewayId gateway, Reachability now) implements KeeperEvent {}

    record GatewaySilent(GatewayId gateway) implements KeeperEvent {}

    /** @param restarted whether it lost its table meanwhile */
    record GatewayBack(GatewayId gateway, boolean restarted) implements KeeperEvent {}

    record NetworkChanged() implements KeeperEvent {}

    /** This machine slept. */
    record Resumed() implements KeeperEvent {}

    /** The notes cannot be written; everything goes on from memory. */
    record StateNotWritten(Failure failure) implements KeeperEvent {}

    record StateWrittenAgain() implements KeeperEvent {}
}
