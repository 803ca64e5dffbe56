package dev.ajar.mapping.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.mapping.OneGateway;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.testing.Samples;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LineReportTest {
    private static final Optional<InetAddress> PUBLIC = Optional.of(Samples.ip("203.0.113.7"));
    private static final Gateway.Line DISCONNECTED = new Gateway.Line(Result.ok(PUBLIC), Optional.of(false));
    private static final Gateway.Line CONNECTED = new Gateway.Line(Result.ok(PUBLIC), Optional.of(true));

    private static LineReport.Told told(
            Gateway.Line own, Optional<InetAddress> granted, Optional<Supplier<Gateway.Line>> beside) {
        return new LineReport(new OneGateway(PxpProtocols.PCP), () -> own).told(granted, beside);
    }

    @Test
    void what_upnp_says_of_the_line_counts_also_where_pcp_granted_the_port() {
        LineReport.Told told = told(CONNECTED, PUBLIC, Optional.of(() -> DISCONNECTED));

        assertThat(told.line()).containsInstanceOf(Failure.LineDown.class);
        assertThat(told.address()).isEqualTo(PUBLIC);
        assertThat(told(CONNECTED, PUBLIC, Optional.of(() -> CONNECTED)).line()).isEmpty();
    }

    /** The grant has told it, and a server of PCP alone would be silent. */
    @Test
    void a_grant_with_an_address_needs_no_question_of_its_own() {
        assertThat(told(DISCONNECTED, PUBLIC, Optional.empty()).line()).isEmpty();
        assertThat(told(DISCONNECTED, Optional.empty(), Optional.empty()).line())
                .isPresent();
    }

    @Test
    void an_address_that_only_the_other_protocol_tells_is_used() {
        Gateway.Line silent =
                new Gateway.Line(Result.err(new Failure.TimedOut(Message.verbatim("no answer"))), Optional.empty());

        LineReport.Told told = told(silent, Optional.empty(), Optional.of(() -> CONNECTED));

        assertThat(told.address()).isEqualTo(PUBLIC);
        assertThat(told.line()).isEmpty();
    }
}
