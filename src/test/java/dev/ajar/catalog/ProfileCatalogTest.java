package dev.ajar.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Adjustment;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProfileCatalogTest {
    private final Quirks standard = new ProfileCatalog().standardQuirks();

    @Test
    void known_errors_have_their_adjustments_in_order() {
        EnumSet<Adjustment> tried = EnumSet.noneOf(Adjustment.class);

        assertThat(standard.after(Optional.of(402), tried)).contains(Adjustment.PERMANENT_LEASE);
        tried.add(Adjustment.PERMANENT_LEASE);
        assertThat(standard.after(Optional.of(402), tried)).contains(Adjustment.LONGEST_LEASE);
        tried.add(Adjustment.LONGEST_LEASE);
        assertThat(standard.after(Optional.of(402), tried)).contains(Adjustment.PLAIN_DESCRIPTION);
        tried.add(Adjustment.PLAIN_DESCRIPTION);
        assertThat(standard.after(Optional.of(402), tried)).isEmpty();
    }

    @Test
    void unknown_errors_lead_to_a_permanent_lease_first() {
        assertThat(standard.after(Optional.of(-911), EnumSet.noneOf(Adjustment.class)))
                .contains(Adjustment.PERMANENT_LEASE);
    }

    @Test
    void after_no_answer_the_same_request_is_repeated_first() {
        assertThat(standard.after(Optional.empty(), EnumSet.noneOf(Adjustment.class)))
                .contains(Adjustment.AS_BEFORE);
        assertThat(standard.after(Optional.empty(), EnumSet.of(Adjustment.AS_BEFORE)))
                .contains(Adjustment.PERMANENT_LEASE);
    }

    @Test
    void some_errors_are_final() {
        for (int code : new int[] {606, 727, 728}) {
            assertThat(standard.after(Optional.of(code), EnumSet.noneOf(Adjustment.class)))
                    .isEmpty();
        }
    }

    @Test
    void one_make_lists_entries_that_it_no_longer_heeds() {
        assertThat(standard.anewEvery()).isEmpty();
        assertThat(new ProfileCatalog().quirks("Cisco", "CGA4131COM").anewEvery())
                .contains(Duration.ofHours(24));
    }
}
