package dev.ajar.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.GatewaySelector;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.testing.Samples;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What one configuration file makes of the wishes of others. */
class KeptConfigurationTest {
    private static final Mapping GAME = Samples.lasting(LeaseDuration.ofSeconds(3600), Samples.tcp(25565));

    private static Snapshot wishedBy(Owner owner) {
        return Snapshot.EMPTY.with(
                new DesiredMapping(GAME, GatewaySelector.AUTO, owner, Instant.EPOCH, Optional.empty()));
    }

    @Test
    void what_its_own_file_no_longer_names_ends_and_what_it_names_begins() {
        KeptConfiguration empty = KeptConfiguration.EMPTY.in("/a.toml");
        KeptConfiguration full = new KeptConfiguration(
                "/a.toml",
                List.of(new KeptConfiguration.SourceLine("game", GAME, GatewaySelector.AUTO, List.of())),
                List.of());
        Snapshot before = wishedBy(new Owner.Configuration("/a.toml"));

        assertThat(empty.appliedTo(before, Instant.EPOCH, file -> true).desiredMappings())
                .isEmpty();
        assertThat(full.appliedTo(before, Instant.EPOCH, file -> true)).isEqualTo(before);
        assertThat(full.appliedTo(Snapshot.EMPTY, Instant.EPOCH, file -> true).desiredMappings())
                .hasSize(1);
    }

    @Test
    void what_another_file_named_stays_as_long_as_that_file_has_a_say() {
        KeptConfiguration empty = KeptConfiguration.EMPTY.in("/a.toml");
        Snapshot before = wishedBy(new Owner.Configuration("/b.toml"));

        assertThat(empty.appliedTo(before, Instant.EPOCH, file -> true)).isEqualTo(before);
        assertThat(empty.appliedTo(before, Instant.EPOCH, file -> false).desiredMappings())
                .isEmpty();
    }

    @Test
    void what_was_opened_by_hand_is_nobody_elses_business() {
        KeptConfiguration empty = KeptConfiguration.EMPTY.in("/a.toml");
        Snapshot before = wishedBy(new Owner.User());

        assertThat(empty.appliedTo(before, Instant.EPOCH, file -> false)).isEqualTo(before);
    }
}
