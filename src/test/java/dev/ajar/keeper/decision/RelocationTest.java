package dev.ajar.keeper.decision;

import static dev.ajar.testing.Samples.ip;
import static dev.ajar.testing.Samples.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.keeper.model.KeeperState;
import dev.ajar.keeper.model.OwnerScope;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.GatewayId;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.Target;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NetworkView;
import dev.ajar.testing.ManualTimeline;
import dev.ajar.testing.Samples;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The mappings that a change of the network removes or changes. */
class RelocationTest {
    private static final InetAddress OLD = ip("192.168.0.7");
    private static final InetAddress NEW = ip("192.168.0.8");
    private static final InetAddress OUTER = ip("192.168.0.1");
    private static final InetAddress SECOND = ip("192.168.77.2");

    private final ManualTimeline timeline = new ManualTimeline();
    private final KeeperState state = new KeeperState();
    private InetAddress gateway = Samples.GATEWAY;
    private final NetworkChangeDetector detector = new NetworkChangeDetector(
            new NetworkView() {
                @Override
                public List<LocalRoute> routes() {
                    return List.of(route());
                }

                @Override
                public Optional<LocalRoute> towards(InetAddress destination) {
                    return Optional.of(route());
                }
            },
            timeline);
    private final Relocation relocation =
            new Relocation(state, OwnerScope.ofAllOwners(launch -> true), detector, timeline, e -> {});

    private LocalRoute route() {
        return new LocalRoute("eth0", Samples.HERE, 24, Optional.of(gateway));
    }

    private static DesiredMapping desired(Mapping mapping, Optional<InetAddress> named) {
        return new DesiredMapping(
                mapping,
                new GatewaySelector(GatewaySelector.AUTO.protocols(), named, Optional.empty()),
                new Owner.User(),
                new ManualTimeline().instant(),
                Optional.empty());
    }

    private static MappingRecord on(InetAddress gateway, InetAddress internal, Mapping mapping) {
        return MappingRecord.claimed(new Claim(
                mapping,
                new GatewayId(PxpProtocols.NAT_PMP, gateway),
                new Endpoint(internal, mapping.target().port()),
                Samples.natPmpHandle(),
                new ManualTimeline().instant()));
    }

    @Test
    void a_mapping_on_the_outer_router_follows_the_address_of_the_inner_router() {
        Mapping further = tcp(25565).to(new Target.InnerRouter(OLD, new Port(25565)));
        Snapshot before =
                Snapshot.EMPTY.with(desired(further, Optional.of(OUTER))).with(on(OUTER, OLD, further));
        state.readdressed().put(OLD, NEW);

        Snapshot after = relocation.readdressed(before);

        assertThat(after.desiredMappings())
                .extracting(desired -> desired.mapping().target())
                .containsExactly(new Target.InnerRouter(NEW, new Port(25565)));
        assertThat(after.mappingRecords()).allMatch(MappingRecord::leaving);
        assertThat(relocation.readdressed(after)).isEqualTo(after);
    }

    @Test
    void mappings_follow_the_route_to_the_internet_unless_they_name_their_router() {
        DesiredMapping anywhere = desired(tcp(25565), Optional.empty());
        DesiredMapping there = desired(tcp(25566), Optional.of(Samples.GATEWAY));
        MappingRecord left = on(Samples.GATEWAY, Samples.HERE, tcp(25565));
        MappingRecord named = on(Samples.GATEWAY, Samples.HERE, tcp(25566));
        Snapshot before = Snapshot.EMPTY.with(anywhere).with(there).with(left).with(named);
        detector.changed();
        gateway = SECOND;
        timeline.advance(Duration.ofSeconds(6));

        assertThat(detector.changed()).isNotEmpty();

        assertThat(relocation.of(before).mappingRecords())
                .filteredOn(MappingRecord::leaving)
                .extracting(mappingRecord -> mappingRecord.claim().mapping().externalPort())
                .containsExactly(new Port(25565));
    }

    @Test
    void an_unchanged_route_is_no_change() {
        detector.changed();
        timeline.advance(Duration.ofSeconds(6));

        assertThat(detector.changed()).isEmpty();
        assertThat(detector.formerGateway()).isEmpty();
    }
}
