package dev.ajar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ajar.cli.input.BadInput;
import dev.ajar.cli.input.PortWish;
import dev.ajar.cli.output.GuideText;
import dev.ajar.guide.Walkthrough;
import dev.ajar.model.EntryName;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Target;
import dev.ajar.profile.Application;
import dev.ajar.profile.ApplicationCatalog;
import dev.ajar.profile.Exposure;
import dev.ajar.profile.GuideCatalog;
import dev.ajar.profile.ServiceCatalog;
import dev.ajar.testing.Samples;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every application as it would be opened: what comes of it, what is said, and the way by hand. */
class PresetPlanTest {
    static Stream<String> ids() {
        return new ApplicationCatalog().ids().stream();
    }

    private static List<Mapping> mappings(Wanted wanted) {
        return wanted.wishes().stream().map(PresetPlanTest::mapping).toList();
    }

    private static Mapping mapping(PortWish wish) {
        return new Mapping(
                wish.protocol(),
                wish.externalPort(),
                PortPolicy.EXACT,
                new Target.ThisHost(wish.internalPort()),
                LeaseDuration.PERMANENT,
                EntryName.standard(wish.protocol(), wish.externalPort()));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void every_application_has_a_plan_or_a_reason(String id) throws BadInput {
        Application application = new ApplicationCatalog().find(id).orElseThrow();
        if (application.nothingToOpen().isPresent()) {
            assertThatThrownBy(() -> Wanted.of(List.of(id), null))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("needs no port");
            return;
        }
        Wanted wanted = Wanted.of(List.of(id), null);
        List<Mapping> mappings = mappings(wanted);
        ServiceCatalog services = new ServiceCatalog();

        assertThat(mappings).isNotEmpty();
        boolean withoutYes = isAllowed(wanted, services, mappings, Set.of());
        boolean withYes = isAllowed(wanted, services, mappings, Set.of(id));
        switch (application.danger()) {
            case PUBLIC, CAREFUL -> assertThat(withoutYes).isTrue();
            case DANGEROUS -> {
                assertThat(withoutYes).isFalse();
                assertThat(withYes).isTrue();
            }
            case REFUSED -> assertThat(withYes).isFalse();
        }
        Walkthrough walk = Walkthrough.of(new GuideCatalog().generic(), mappings, Optional.empty(), Samples.HERE);
        assertThat(GuideText.text(walk, "x"))
                .noneMatch(line -> line.contains("{"))
                .anyMatch(
                        line -> line.contains(mappings.getFirst().externalPort().toString()));
    }

    private static boolean isAllowed(
            Wanted wanted, ServiceCatalog services, List<Mapping> mappings, Set<String> agreed) {
        return wanted.objection(agreed).isEmpty()
                && new Exposure(services, mappings, wanted.agreed(services, agreed))
                        .objection()
                        .isEmpty();
    }
}
