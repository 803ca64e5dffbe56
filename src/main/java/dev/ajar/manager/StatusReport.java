package dev.ajar.manager;

import dev.ajar.gateway.Attempt;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.model.Failure;
import dev.ajar.model.Reachability;
import dev.ajar.state.HandMade;
import dev.ajar.state.Holding;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * How things stand.
 *
 * @param holdings what ajar holds, on whichever gateway
 * @param handMade what somebody forwarded by hand
 */
public record StatusReport(
        Optional<GatewayInfo> gateway,
        Optional<InetAddress> externalAddress,
        List<Holding> holdings,
        List<HandMade> handMade,
        Optional<Failure> failure,
        List<Attempt> attempts) {

    public Reachability reachability() {
        return Reachability.of(externalAddress);
    }
}
