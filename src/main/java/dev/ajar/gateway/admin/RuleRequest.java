package dev.ajar.gateway.admin;

import dev.ajar.model.Addresses;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Port;
import dev.ajar.model.Subnet;
import dev.ajar.model.TransportProtocol;
import java.util.Optional;
import java.util.Set;

/**
 * A rule to be made.
 *
 * @param name within the limits of the make
 * @param source the addresses that may connect; empty for all
 */
public record RuleRequest(
        String name, TransportProtocol protocol, Port external, Endpoint internal, Optional<Subnet> source) {
    RuleRequest onExternalPort(Port other) {
        return new RuleRequest(name, protocol, other, internal, source);
    }

    /** Whether {@code rule} is what was asked for, and in effect. */
    public boolean isMetBy(RouterRule rule) {
        return rule.enabled() && rule.forwards(protocol, external, internal) && hasSourceOf(rule);
    }

    /** Whether {@code rule} was made for this request or an earlier one of the same name. */
    public boolean isNameOf(RouterRule rule) {
        return rule.name().raw().equals(name);
    }

    /**
     * Whether {@code rule} still has the port, that one alone, and the device of the request: its owner may have
     * changed it.
     */
    boolean isUnchangedIn(RouterRule rule) {
        return rule.protocols().equals(Set.of(protocol))
                && rule.external().single().equals(Optional.of(external.number()))
                && rule.client().raw().strip().equals(Addresses.text(internal.address()));
    }

    private boolean hasSourceOf(RouterRule rule) {
        String raw = rule.source().raw().strip();
        boolean open = raw.isEmpty() || raw.equals("any") || raw.equals("0.0.0.0") || raw.equals("0.0.0.0/0");
        return source.map(some -> Subnet.parse(raw).equals(Optional.of(some))).orElse(open);
    }
}
