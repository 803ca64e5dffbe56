package dev.ajar.keeper;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A few days of {@link SimulationTest}, for {@code mvn test}. */
class SampleOfDaysTest {
    private static final int DAYS = 5;

    @ParameterizedTest
    @ValueSource(longs = {1, 5001})
    void every_day_keeps_the_invariants(long first) {
        LongStream.range(first, first + DAYS).parallel().forEach(SimulationTest::run);
    }
}
