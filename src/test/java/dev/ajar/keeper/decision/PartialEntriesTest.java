package dev.ajar.keeper.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.keeper.model.MappingState;
import dev.ajar.keeper.model.Observation;
import dev.ajar.keeper.model.TrackedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.Claim;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.PartialEntry;
import dev.ajar.model.Port;
import dev.ajar.model.Presence;
import dev.ajar.model.RouterText;
import dev.ajar.model.TransportProtocol;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.Owner;
import dev.ajar.testing.FakeGateway;
import dev.ajar.testing.Samples;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An entry that cannot be read as a whole confirms a mapping only where it may be that mapping's. */
class PartialEntriesTest {
    private static final Optional<Port> PORT = Optional.of(new Port(25565));
    private static final String NO_CLIENT = "";

    private final MappingState.Active open = open();

    private static MappingState.Active open() {
        Claim claim = new FakeGateway(UpnpProtocol.UPNP).claim(Samples.tcp(25565), Optional.empty());
        Lease lease = new Lease(
                claim,
                claim.mapping().externalPort(),
                LeaseDuration.ofSeconds(7200),
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                true);
        return new MappingState.Active(
                lease, Duration.ZERO, Optional.empty(), Duration.ZERO, Duration.ZERO, 0, false, false);
    }

    private Observation seen(PartialEntry... entries) {
        DesiredMapping desired = new DesiredMapping(
                Samples.tcp(25565), GatewaySelector.AUTO, new Owner.User(), Instant.EPOCH, Optional.empty());
        return PartialEntries.of(
                TrackedMapping.initial(desired, open),
                open,
                new Presence.Unknown(Message.verbatim("unreadable"), true, List.of(entries)));
    }

    private static PartialEntry entry(Optional<Port> externalPort, String client) {
        return new PartialEntry(
                Optional.of(TransportProtocol.TCP),
                externalPort,
                new RouterText(client),
                Optional.empty(),
                RouterText.EMPTY,
                RouterText.EMPTY);
    }

    private static String text(InetAddress address) {
        return address.getHostAddress();
    }

    @Test
    void an_entry_of_the_port_that_may_lead_here_is_taken_for_the_mapping() {
        assertThat(seen(entry(PORT, text(open.lease().internal().address()))))
                .isInstanceOf(Observation.ClientHidden.class);
        assertThat(seen(entry(PORT, NO_CLIENT))).isInstanceOf(Observation.ClientHidden.class);
        assertThat(seen(entry(PORT, text(Samples.NEIGHBOUR)), entry(PORT, NO_CLIENT)))
                .isInstanceOf(Observation.ClientHidden.class);
    }

    @Test
    void an_entry_of_the_port_that_leads_to_another_client_shows_that_it_is_lost() {
        assertThat(seen(entry(PORT, text(Samples.NEIGHBOUR)))).isInstanceOf(Observation.Lost.class);
    }

    @Test
    void an_entry_whose_port_cannot_be_read_says_nothing() {
        assertThat(seen(entry(Optional.empty(), text(Samples.NEIGHBOUR)))).isInstanceOf(Observation.NotListed.class);
        assertThat(seen(entry(Optional.empty(), NO_CLIENT))).isInstanceOf(Observation.NotListed.class);
    }

    @Test
    void no_entry_says_nothing() {
        assertThat(seen()).isInstanceOf(Observation.NotListed.class);
    }
}
