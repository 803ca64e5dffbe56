package dev.ajar.toy;

import dev.ajar.model.IpVersion;
import dev.ajar.model.LeaseHandle;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.MappingTraits;
import dev.ajar.model.ProtocolTraits;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** A protocol that must be named, lists its mappings without names, and gives a ticket for each. */
public final class ToyProtocol {
    public static final MappingProtocol TOY = new MappingProtocol(
            "toy",
            "Toy",
            9,
            new ProtocolTraits(
                    false,
                    Set.of(IpVersion.IPV4),
                    false,
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(1),
                    Duration.ZERO,
                    Duration.ofMillis(50),
                    ProtocolTraits.NO_EPOCH,
                    false,
                    "Toy "),
            members -> new Ticket(String.valueOf(members.get("ticket"))));

    private static final MappingTraits MAPPINGS =
            new MappingTraits(true, false, MappingTraits.Key.EXTERNAL_PORT, false, Duration.ZERO);

    private ToyProtocol() {}

    /** The handle of a mapping. */
    record Ticket(String number) implements LeaseHandle {
        @Override
        public Map<String, Object> members() {
            return Map.of("ticket", number);
        }

        @Override
        public MappingTraits traits() {
            return MAPPINGS;
        }
    }
}
