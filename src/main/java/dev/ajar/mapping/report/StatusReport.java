package dev.ajar.mapping.report;

import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.model.Failure;
import dev.ajar.model.InternetSide;
import dev.ajar.model.Reachability;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * What {@code ajar status} shows.
 *
 * @param externalAddress the gateway's address on the internet side; empty where it told none
 * @param side what is between the gateway and the internet, by its own words
 * @param mappings those that ajar opened and that have not expired, of any gateway
 * @param manualRules the rules the user made on the router's page
 * @param newer what a newer ajar opened and this one leaves alone
 * @param over what ajar was to have closed by now, and nothing has
 * @param failure why no gateway was found, or the state file could not be read
 */
public record StatusReport(
        Optional<GatewayInfo> gateway,
        Optional<InetAddress> externalAddress,
        InternetSide side,
        List<ReportedMapping> mappings,
        List<ReportedMapping> manualRules,
        List<NewerMapping> newer,
        List<TimeOver> over,
        Optional<Failure> failure,
        List<ProbeAttempt> attempts) {

    public Reachability reachability() {
        return Reachability.of(externalAddress);
    }

    public static StatusReport failed(Failure failure) {
        return new StatusReport(
                Optional.empty(),
                Optional.empty(),
                InternetSide.of(Optional.<InetAddress>empty()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.of(failure),
                List.of());
    }
}
