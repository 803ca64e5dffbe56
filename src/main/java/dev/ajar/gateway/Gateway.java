package dev.ajar.gateway;

import dev.ajar.model.Claim;
import dev.ajar.model.LeaseHandle;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.model.Subnet;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.Deadline;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** A gateway spoken to through one protocol. Calls block, never throw for what a router does, and may be repeated. */
public interface Gateway {
    GatewayInfo info();

    /**
     * What to write down before asking for {@code mapping}. Sends nothing.
     *
     * @param earlier the handle of an earlier lease of the same internal port, which PCP must repeat
     */
    Claim claim(Mapping mapping, Optional<LeaseHandle> earlier);

    /** The same for an entry of another program that the user wants removed: its name in the table is kept. */
    default Claim claim(Mapping mapping, RouterText listedName) {
        return claim(mapping, Optional.empty());
    }

    /** Asks for the claimed mapping; asking again extends it. Mappings of other programs are not touched. */
    Result<Grant> map(Claim claim, GatewayHistory history, Deadline deadline);

    /**
     * Removes a mapping. One that is not there counts as removed.
     *
     * @param externalPort as granted
     */
    Result<Removed> unmap(Claim claim, Port externalPort, Deadline deadline);

    /**
     * The gateway's address on the internet side; empty when it says that it has none, a failure when it does not say.
     */
    Result<Optional<InetAddress>> externalAddress(Deadline deadline);

    /** What the gateway says of its line to the internet. */
    default Line line(Deadline deadline) {
        return new Line(externalAddress(deadline), Optional.empty());
    }

    /** Begins to ask for it, beside other requests where the gateway allows that; who takes the answer waits for it. */
    default Supplier<Line> askLine(Deadline deadline) {
        return () -> line(deadline);
    }

    /**
     * What the gateway has said of its line a moment ago, without being asked again; empty where it has said nothing.
     */
    default Optional<Line> heardLine() {
        return Optional.empty();
    }

    /** How often an entry has to be deleted and made anew, which it lists and no longer heeds; empty for never. */
    default Optional<Duration> anewEvery() {
        return Optional.empty();
    }

    /** Asks for as little as shows whether it is still there, and still the same. */
    Result<HealthCheck> checkHealth(Deadline deadline);

    /**
     * Looks for one entry of the gateway's table.
     *
     * @param remote the remote host it is for; empty for an entry that is for all
     */
    Presence look(TransportProtocol protocol, Port externalPort, Optional<Subnet> remote, Deadline deadline);

    /** Looks for an entry that is for all remote hosts. */
    default Presence look(TransportProtocol protocol, Port externalPort, Deadline deadline) {
        return look(protocol, externalPort, Optional.empty(), deadline);
    }

    /** The gateway's table; only with {@link Capability#LISTS_MAPPINGS}. */
    Result<MappingTable> list(Deadline deadline);

    /**
     * A line to the internet, in the gateway's own words.
     *
     * @param address as {@link #externalAddress} tells it
     * @param connected empty where the gateway does not say
     */
    record Line(Result<Optional<InetAddress>> address, Optional<Boolean> connected) {}

    /** A mapping is gone. */
    record Removed() {}
}
