package dev.ajar.mapping;

import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.model.Failure;
import dev.ajar.model.Reachability;
import dev.ajar.state.ManualRule;
import dev.ajar.state.MappingRecord;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * How things stand.
 *
 * @param mappingRecords what ajar holds, on whichever gateway
 * @param manualRules what somebody forwarded by hand
 */
public record StatusReport(
        Optional<GatewayInfo> gateway,
        Optional<InetAddress> externalAddress,
        List<MappingRecord> mappingRecords,
        List<ManualRule> manualRules,
        Optional<Failure> failure,
        List<ProbeAttempt> attempts) {

    public Reachability reachability() {
        return Reachability.of(externalAddress);
    }
}
