package dev.ajar.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.GatewayId;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.LeaseHandle;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.Port;
import dev.ajar.testing.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares the list that is indexed by port with a plain list. */
class MappingRecordsTest {
    private final Random random = new Random(3);

    private Port port() {
        return new Port(1 + random.nextInt(12));
    }

    private MappingRecord mappingRecord() {
        List<MappingProtocol> methods = Samples.PROTOCOLS.all();
        MappingProtocol method = methods.get(random.nextInt(methods.size()));
        LeaseHandle handle = method.handles()
                .read(Map.of("nonce", "0".repeat(24), "location", "http://192.168.77.1/", "mark", "k7q2"));
        Claim claim = new Claim(
                Samples.tcp(port().number()),
                new GatewayId(method, Samples.GATEWAY),
                new Endpoint(Samples.HERE, port()),
                handle,
                Instant.EPOCH);
        Lease lease = new Lease(
                claim, port(), LeaseDuration.ofSeconds(60), Instant.EPOCH, Optional.empty(), Optional.empty(), true);
        MappingRecord made = random.nextBoolean() ? MappingRecord.held(lease) : MappingRecord.claimed(claim);
        return random.nextInt(4) == 0 ? made.markedForRemoval() : made;
    }

    @Test
    void a_lookup_by_port_finds_what_a_search_of_the_whole_list_finds() {
        MappingRecords mappingRecords = MappingRecords.of(List.of());
        List<MappingRecord> plain = new ArrayList<>();
        int found = 0;
        for (int i = 0; i < 3_000; i++) {
            MappingRecord one = mappingRecord();
            switch (random.nextInt(8)) {
                case 0, 1 -> {
                    mappingRecords = mappingRecords.without(one.claim());
                    plain.removeIf(known -> known.isSameClaim(one.claim()));
                }
                case 2 -> {
                    // A file may contain several records of the same claim.
                    plain.add(one);
                    mappingRecords = MappingRecords.of(List.copyOf(plain));
                }
                case 3 -> {
                    if (random.nextInt(50) == 0) {
                        plain.clear();
                        mappingRecords = MappingRecords.of(plain);
                    }
                }
                default -> {
                    MappingRecords before = mappingRecords;
                    mappingRecords = mappingRecords.with(one);
                    plain.removeIf(known ->
                            known.isSameClaim(one.claim()) || (one.lease().isPresent() && known.isSupersededBy(one)));
                    plain.add(one);
                    assertThat(mappingRecords.since(before))
                            .containsAll(plain.stream()
                                    .filter(h -> !before.contains(h))
                                    .toList());
                }
            }
            Claim claim = mappingRecord().claim();
            Port port = port();

            assertThat(mappingRecords).isEqualTo(plain).hasSameHashCodeAs(plain);
            assertThat(mappingRecords).isEqualTo(MappingRecords.of(List.copyOf(plain)));
            assertThat(mappingRecords.of(claim))
                    .isEqualTo(plain.stream().filter(h -> h.isSameClaim(claim)).findFirst());
            assertThat(mappingRecords.isAnyLeaving()).isEqualTo(plain.stream().anyMatch(MappingRecord::leaving));
            assertThat(mappingRecords.around(port).toList())
                    .containsAll(plain.stream()
                            .filter(h -> h.externalPort().equals(port))
                            .toList());
            found += mappingRecords.of(claim).isPresent() ? 1 : 0;
        }
        assertThat(found).isBetween(300, 2_700);
    }

    @Test
    void only_changed_records_are_new() {
        MappingRecords before = MappingRecords.of(List.of());
        for (int i = 0; i < 100; i++) {
            before = before.with(mappingRecord());
        }
        MappingRecord first = before.getFirst();

        assertThat(before.with(first.markedForRemoval()).since(before)).containsExactly(first.markedForRemoval());
        assertThat(before.since(before)).isEmpty();
    }
}
