package dev.ajar.keeper;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A few of the days of {@link SimulationTest}, which asserts: enough for {@code mvn test}. */
class SampleOfDaysTest {
    private static final int DAYS = 10;

    @ParameterizedTest
    @ValueSource(longs = {1, 5001})
    void no_day_breaks_a_promise(long first) {
        LongStream.range(first, first + DAYS).parallel().forEach(SimulationTest::live);
    }
}
