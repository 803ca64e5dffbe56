package dev.ajar.keeper;

import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.Lease;
import dev.ajar.model.Reachability;
import dev.ajar.state.HandMade;
import dev.ajar.state.Wish;
import java.net.InetAddress;
import java.util.Optional;

/** Something has changed. What stays as it is makes no event. */
public sealed interface KeeperEvent {
    /** The wish it concerns; empty where it concerns all of them. */
    default Optional<Wish> about() {
        return switch (this) {
            case Opened opened -> Optional.of(opened.wish());
            case Repaired repaired -> Optional.of(repaired.wish());
            case Lost lost -> Optional.of(lost.wish());
            case Failed failed -> Optional.of(failed.wish());
            case Contested contested -> Optional.of(contested.wish());
            case Closed ignored -> Optional.empty();
            case HandMadeAstray ignored -> Optional.empty();
            case AddressChanged ignored -> Optional.empty();
            case ReachabilityChanged ignored -> Optional.empty();
            case GatewaySilent ignored -> Optional.empty();
            case GatewayBack ignored -> Optional.empty();
            case NetworkChanged ignored -> Optional.empty();
            case Woke ignored -> Optional.empty();
            case NotesUnwritten ignored -> Optional.empty();
            case NotesWrittenAgain ignored -> Optional.empty();
        };
    }

    /** Open, for the first time or after it was closed. */
    record Opened(Wish wish, Lease lease, Optional<InetAddress> address) implements KeeperEvent {}

    /** It was open and is not any more. */
    record Lost(Wish wish, String why) implements KeeperEvent {}

    /** Open again after it was lost. */
    record Repaired(Wish wish, Lease lease, Optional<InetAddress> address) implements KeeperEvent {}

    /** It cannot be had; told once for each kind of reason. */
    record Failed(Wish wish, Failure failure) implements KeeperEvent {}

    /** Somebody else has the port again and again, and it is left to them for an hour. */
    record Contested(Wish wish, Optional<Endpoint> holder) implements KeeperEvent {}

    /** Removed, since nobody wants it any more. */
    record Closed(String port, GatewayId gateway) implements KeeperEvent {}

    /** A rule made by hand leads to an address this machine no longer has. */
    record HandMadeAstray(HandMade rule, InetAddress now) implements KeeperEvent {}

    /** @param now empty when the gateway has none */
    record AddressChanged(GatewayId gateway, Optional<InetAddress> now) implements KeeperEvent {}

    record ReachabilityChanged(GatewayId gateway, Reachability now) implements KeeperEvent {}

    record GatewaySilent(GatewayId gateway) implements KeeperEvent {}

    /** @param restarted whether it lost its table meanwhile */
    record GatewayBack(GatewayId gateway, boolean restarted) implements KeeperEvent {}

    record NetworkChanged() implements KeeperEvent {}

    /** This machine slept. */
    record Woke() implements KeeperEvent {}

    /** The notes cannot be written; everything goes on from memory. */
    record NotesUnwritten(Failure failure) implements KeeperEvent {}

    record NotesWrittenAgain() implements KeeperEvent {}
}
