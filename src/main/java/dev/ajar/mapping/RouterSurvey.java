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
 * Every gateway there is, and what each says of itself.
 *
 * @param seen best first
 * @param desiredMappings what ajar's notes say is wanted
 * @param mappingRecords what they say it holds
 * @param manualRules what they say somebody forwarded by hand
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
     * @param external its address on the internet side, or why it did not tell
     * @param table its list of mappings; empty where it has none to show
     */
    public record Seen(GatewayInfo info, Result<Optional<InetAddress>> external, Optional<MappingTable> table) {
        /** Its address on the internet side, where it told one. */
        public Optional<InetAddress> address() {
            return external.toOptional().flatMap(told -> told);
        }
    }
}
