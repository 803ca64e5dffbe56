package dev.ajar.relay;

import dev.ajar.model.Endpoint;
import dev.ajar.model.Port;
import dev.ajar.model.Subnet;
import dev.ajar.model.TransportProtocol;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * One port of this machine whose traffic goes to a device.
 *
 * @param external the external port on the router; the rule is named after it
 * @param listen the port here
 * @param device where it goes
 * @param allow which sources may connect; empty for all
 * @param proxy whether the device learns the client's address, TCP only
 */
public record RelayRule(
        TransportProtocol protocol,
        Port external,
        Port listen,
        Endpoint device,
        List<Subnet> allow,
        RelayLimits limits,
        Optional<ProxyHeader> proxy) {
    /** The PROXY protocol, as HAProxy's proxy-protocol.txt describes it. */
    public enum ProxyHeader {
        /** A line of text. */
        V1,
        /** Binary. */
        V2
    }

    /**
     * A port of this machine.
     *
     * @param listen the port here, which need not be the external one
     */
    public record Place(TransportProtocol protocol, Port listen) {}

    public RelayRule {
        allow = List.copyOf(allow);
    }

    /** What the rule is known by. */
    public RuleKey key() {
        return new RuleKey(protocol, external);
    }

    /** Where the rule listens, which no two rules share. */
    public Place place() {
        return new Place(protocol, listen);
    }

    public boolean allows(InetAddress source) {
        return allow.isEmpty() || allow.stream().anyMatch(subnet -> subnet.contains(source));
    }

    @Override
    public String toString() {
        return key() + " → " + device;
    }
}
