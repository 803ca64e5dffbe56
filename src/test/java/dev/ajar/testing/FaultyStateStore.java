package dev.ajar.testing;

import static dev.ajar.testing.Samples.tcp;

import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Lease;
import dev.ajar.model.Port;
import dev.ajar.model.Result;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.MemoryStateStore;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import java.time.Instant;
import java.util.Optional;

/** A state file that a test makes unwritable, or that another process holds. */
public final class FaultyStateStore implements StateStore {
    private final MemoryStateStore store = new MemoryStateStore();

    /** {@code unwritable}, {@code locked}, or empty. */
    public String fault = "";

    /** Records a pinhole in an IPv6 firewall, as an opening over both families leaves it. */
    void recordPinhole(int port, Instant now, boolean granted) {
        Claim claim = new Claim(
                tcp(port),
                new GatewayId(PxpProtocols.PCP, Addresses.parse("fe80::1").orElseThrow()),
                new Endpoint(Addresses.parse("2001:db8:77::10").orElseThrow(), new Port(port)),
                Samples.natPmpHandle(),
                now);
        Lease lease = new Lease(
                claim, new Port(port), claim.mapping().lease(), now, Optional.empty(), Optional.empty(), true);
        DesiredMapping desired =
                new DesiredMapping(tcp(port), GatewaySelector.AUTO.overIpv6(), new Owner.User(), now, Optional.empty());
        store.update(snapshot -> granted
                ? snapshot.with(MappingRecord.held(lease)).with(desired)
                : snapshot.with(MappingRecord.claimed(claim)));
    }

    @Override
    public Result<Snapshot> load() {
        return store.load();
    }

    @Override
    public Result<Written> save(Snapshot snapshot) {
        return fault.equals("unwritable")
                ? Result.err(new Failure.BadState(Message.verbatim("No space left on device")))
                : store.save(snapshot);
    }

    @Override
    public Result<Lock> lock() {
        return fault.equals("locked")
                ? Result.err(new Failure.Busy(Message.verbatim("another ajar is at work")))
                : store.lock();
    }
}
