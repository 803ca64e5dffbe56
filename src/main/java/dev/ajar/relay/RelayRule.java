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
 * @param external the port on the internet side of the router; the rule is named after it
 * @param listen the port here
 * @param device where it goes
 * @param allow who may come in; empty for everybody
 * @param proxy whether the device is told who came in, TCP only
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

    public RelayRule {
        allow = List.copyOf(allow);
    }

    /** What tells it from other rules: two cannot listen on one port. */
    public String name() {
        return protocol.label() + " " + external;
    }

    /** Where it listens, in the same words. */
    public String place() {
        return protocol.label() + " " + listen;
    }

    public boolean allows(InetAddress source) {
        return allow.isEmpty() || allow.stream().anyMatch(subnet -> subnet.contains(source));
    }

    @Override
    public String toString() {
        return name() + " → " + device;
    }
}
