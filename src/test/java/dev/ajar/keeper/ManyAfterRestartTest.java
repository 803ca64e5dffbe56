package dev.ajar.keeper;

import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.model.MappingProtocol;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link RestartTest} with as many mappings as the load of the router allows to ask for again in time. */
@Tag("simulation")
class ManyAfterRestartTest {
    static Stream<Arguments> counters() {
        return Stream.of(PxpProtocols.PCP, PxpProtocols.NAT_PMP)
                .flatMap(method -> Stream.of(SimRouter.Counter.values())
                        // It looks right across the restart: only luck shows that many mappings are gone.
                        .filter(counter -> counter != SimRouter.Counter.WRAPS)
                        .flatMap(counter -> Stream.of(60, 200).map(ports -> Arguments.of(method, counter, ports))));
    }

    @ParameterizedTest
    @MethodSource("counters")
    void a_counter_that_cannot_be_right_hides_no_restart(MappingProtocol method, SimRouter.Counter counter, int ports) {
        RestartTest.hidesNoRestart(method, counter, ports);
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 120})
    void a_restart_of_a_router_that_shows_no_table_is_noticed(int ports) {
        RestartTest.noticedWithoutTable(ports);
    }
}
