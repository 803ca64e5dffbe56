package dev.ajar.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ajar.catalog.Application;
import dev.ajar.catalog.ApplicationCatalog;
import dev.ajar.catalog.Exposure;
import dev.ajar.catalog.GuideCatalog;
import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.catalog.guide.Walkthrough;
import dev.ajar.cli.render.GuideText;
import dev.ajar.cli.render.Terminal;
import dev.ajar.message.Message;
import dev.ajar.model.EntryName;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Target;
import dev.ajar.testing.Samples;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** For every application: the ports it opens, whether ajar refuses them, and the manual steps. */
class PresetPlanTest {
    private static final Terminal TERMINAL =
            new Terminal(new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()), false, true);

    static Stream<String> ids() {
        return new ApplicationCatalog().ids().stream();
    }

    private static List<Mapping> mappings(PortSelection selected) {
        return selected.requests().stream().map(PresetPlanTest::mapping).toList();
    }

    private static Mapping mapping(PortRequest request) {
        return new Mapping(
                request.protocol(),
                request.externalPort(),
                PortPolicy.EXACT,
                new Target.ThisHost(request.internalPort()),
                LeaseDuration.PERMANENT,
                EntryName.standard(request.protocol(), request.externalPort()));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void every_application_has_a_plan_or_a_reason(String id) throws InvalidInputException {
        Application application = new ApplicationCatalog().find(id).orElseThrow();
        if (application.nothingToOpen().isPresent()) {
            assertThatThrownBy(() -> PortSelection.of(List.of(id), null))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("needs no port");
            return;
        }
        PortSelection selected = PortSelection.of(List.of(id), null);
        List<Mapping> mappings = mappings(selected);
        ServiceCatalog services = new ServiceCatalog();

        assertThat(mappings).isNotEmpty();
        boolean withoutYes = isAllowed(selected, services, mappings, Set.of());
        boolean withYes = isAllowed(selected, services, mappings, Set.of(id));
        switch (application.danger()) {
            case PUBLIC, CAREFUL -> assertThat(withoutYes).isTrue();
            case DANGEROUS -> {
                assertThat(withoutYes).isFalse();
                assertThat(withYes).isTrue();
            }
            case REFUSED -> assertThat(withYes).isFalse();
        }
        Walkthrough walk = Walkthrough.of(new GuideCatalog().generic(), mappings, Optional.empty(), Samples.HERE);
        assertThat(GuideText.text(TERMINAL, walk, Message.verbatim("x")))
                .noneMatch(line -> line.contains("{"))
                .anyMatch(
                        line -> line.contains(mappings.getFirst().externalPort().toString()));
    }

    private static boolean isAllowed(
            PortSelection selected, ServiceCatalog services, List<Mapping> mappings, Set<String> agreed) {
        return selected.objection(agreed).isEmpty()
                && new Exposure(services, mappings, selected.agreed(services, agreed))
                        .objection()
                        .isEmpty();
    }
}
