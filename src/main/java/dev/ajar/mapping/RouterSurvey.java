package dev.ajar.mapping;

import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.MappingTable;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.model.Result;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.ManualRule;
import dev.ajar.state.MappingRecord;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Every gateway on this machine's networks with its own answers, and the content of the state file.
 *
 * @param seen best first
 * @param mappingRecords those that have not expired
 * @param manualRules the rules the user made on the router's page
 */
public record RouterSurvey(
        List<Seen> seen,
        List<ProbeAttempt> attempts,
        List<DesiredMapping> desiredMappings,
        List<MappingRecord> mappingRecords,
        List<ManualRule> manualRules) {
    public RouterSurvey {
        seen = List.copyOf(seen);
        attempts = List.copyOf(attempts);
        desiredMappings = List.copyOf(desiredMappings);
        mappingRecords = List.copyOf(mappingRecords);
        manualRules = List.copyOf(manualRules);
    }

    /**
     * One gateway.
     *
     * @param external its address on the internet side, or why it told none
     * @param table its list of mappings; empty where it shows none
     */
    public record Seen(GatewayInfo info, Result<Optional<InetAddress>> external, Optional<MappingTable> table) {
        /** Its address on the internet side, where it told one. */
        public Optional<InetAddress> address() {
            return external.toOptional().flatMap(told -> told);
        }
    }
}
