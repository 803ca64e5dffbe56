package dev.ajar.app;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.networknt.schema.Schema;
import dev.ajar.testing.DoctorScenario;
import dev.ajar.testing.ScriptedGateway;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A sample of {@link ScriptedGatewaysTest} and {@link DoctorScenariosTest}, for {@code mvn test}. */
@Execution(ExecutionMode.CONCURRENT)
class SampleOfRoutersTest {
    private static final int EVERY_GATEWAY = 15;
    private static final int EVERY_SCENARIO = 8;

    @TempDir
    private Path folder = Path.of("");

    private static Stream<Path> every(int step, List<Path> files) {
        return IntStream.iterate(0, i -> i < files.size(), i -> i + step).mapToObj(files::get);
    }

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> gateways() {
        return every(EVERY_GATEWAY, ScriptedGateway.files())
                .map(file ->
                        dynamicTest(String.valueOf(file.getFileName()), () -> ScriptedGatewaysTest.play(file, folder)));
    }

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> scenarios() throws IOException {
        Schema schema = DoctorScenariosTest.schema();
        return every(EVERY_SCENARIO, DoctorScenario.files())
                .map(file -> dynamicTest(
                        String.valueOf(file.getFileName()),
                        () -> DoctorScenariosTest.play(
                                DoctorScenario.read(file), schema, new ConcurrentLinkedQueue<>())));
    }
}
