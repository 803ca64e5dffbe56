package dev.ajar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.simulator.Fault;
import dev.ajar.simulator.Reaction;
import dev.ajar.simulator.RouterScript;
import dev.ajar.simulator.RouterScript.Speaks;
import dev.ajar.testing.CliHarness;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A port that is open, and is asked for anew where the router refuses it. */
@Tag("hostile")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReplacedPortTest extends CommandTestBase {
    /** To open it for another device, the router has to let go of the one to this machine. */
    @ParameterizedTest
    @EnumSource(Speaks.class)
    void a_refusal_for_another_device_loses_nothing(Speaks first) throws IOException {
        CliHarness ajar = behind(RouterScript.standard().secure());
        String method = first.name().toLowerCase(Locale.ROOT).replace('_', '-');
        assertThat(ajar.run("open", "8554", "--method", method).exitCode()).isZero();

        assertThat(ajar.run("open", "8554", "--to", "127.0.0.2").exitCode()).isEqualTo(4);

        assertThat(router().table()).singleElement().asString().contains("127.0.0.1:8554");
        assertThat(mappingRecords()).singleElement().matches(record -> !record.leaving());
        assertThat(ajar.run("close", "8554").exitCode()).isZero();
        assertThat(router().table()).isEmpty();
    }

    /** A router that takes nothing more after it has let go of the port. */
    @Test
    void what_does_not_come_back_is_said() throws IOException {
        CliHarness ajar = behind(RouterScript.standard()
                .speaking(Speaks.UPNP)
                .with(Fault.once("AddPortMapping", new Reaction.Delay(Duration.ZERO)))
                .with(Fault.always("AddPortMapping", new Reaction.SoapFault(606, "Action not authorized"))));
        assertThat(ajar.run("open", "8554").exitCode()).isZero();

        CliHarness.Outcome refused = ajar.run("open", "8554", "--to", "127.0.0.2");

        assertThat(router().table()).isEmpty();
        assertThat(refused.exitCode()).isEqualTo(4);
        assertThat(refused.err().replaceAll("\\s+", " "))
                .contains("tcp 8554 to 127.0.0.1:8554, which ajar had", "did not come back");
    }
}
