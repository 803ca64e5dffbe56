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

/** The effect of a configuration file on desired mappings of other owners. */
class KeptConfigurationTest {
    private static final Mapping GAME = Samples.lasting(LeaseDuration.ofSeconds(3600), Samples.tcp(25565));

    private static Snapshot wishedBy(Owner owner) {
        return Snapshot.EMPTY.with(
                new DesiredMapping(GAME, GatewaySelector.AUTO, owner, Instant.EPOCH, Optional.empty()));
    }

    @Test
    void mappings_the_file_no_longer_names_end_and_new_ones_begin() {
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
    void mappings_of_another_file_stay_as_long_as_that_file_exists() {
        KeptConfiguration empty = KeptConfiguration.EMPTY.in("/a.toml");
        Snapshot before = wishedBy(new Owner.Configuration("/b.toml"));

        assertThat(empty.appliedTo(before, Instant.EPOCH, file -> true)).isEqualTo(before);
        assertThat(empty.appliedTo(before, Instant.EPOCH, file -> false).desiredMappings())
                .isEmpty();
    }

    @Test
    void mappings_the_user_opened_stay() {
        KeptConfiguration empty = KeptConfiguration.EMPTY.in("/a.toml");
        Snapshot before = wishedBy(new Owner.User());

        assertThat(empty.appliedTo(before, Instant.EPOCH, file -> false)).isEqualTo(before);
    }
}
