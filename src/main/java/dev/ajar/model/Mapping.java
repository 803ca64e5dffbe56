package dev.ajar.model;

/**
 * What somebody wants: this external port, forwarded there, for so long.
 *
 * @param description the text shown in the router's own list; plain ASCII, never empty
 */
public record Mapping(
        Protocol protocol,
        Port externalPort,
        PortPolicy portPolicy,
        Target target,
        LeaseDuration lease,
        String description) {

    /** The same wish for another external port. */
    public Mapping onExternalPort(Port other) {
        return new Mapping(protocol, other, portPolicy, target, lease, description);
    }

    /** The same wish under another name. */
    Mapping called(String name) {
        return new Mapping(protocol, externalPort, portPolicy, target, lease, name);
    }

    /** As it is typed behind a command: {@code 8443:443/udp --to 192.168.1.20}. */
    public String typed() {
        String inside = externalPort.equals(target.port()) ? "" : ":" + target.port();
        String way = protocol == Protocol.TCP ? "" : "/" + protocol.label();
        String device =
                target instanceof Target.OtherHost other
                        ? " --to " + other.client().getHostAddress()
                        : "";
        return externalPort + inside + way + device;
    }

    /** The short name people use for it: {@code tcp 25565}. */
    public String label() {
        return protocol.label() + " " + externalPort;
    }
}
