package dev.ajar.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.message.Message;
import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InternetSideTest {
    private static final Message WHY = Message.verbatim("why");

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, PUBLIC",
        "192.168.1.2, SECOND_ROUTER",
        "172.31.0.2, SECOND_ROUTER",
        "10.1.2.3, SECOND_ROUTER_OR_PROVIDER",
        "100.64.0.2, CARRIER_GRADE_NAT",
        "100.127.255.1, CARRIER_GRADE_NAT",
        "192.0.0.2, DS_LITE",
        "169.254.3.4, NO_ADDRESS",
        "0.0.0.0, NO_ADDRESS"
    })
    void each_block_of_addresses_tells_what_is_in_front(String address, InternetSide.Kind kind) {
        Optional<InetAddress> told = Addresses.parse(address);
        assertThat(InternetSide.of(told).kind()).isEqualTo(kind);
        assertThat(InternetSide.of(Result.ok(told)).kind()).isEqualTo(kind);
        assertThat(InternetSide.of(new Failure.SecondNat(WHY, told, Optional.empty()))
                        .kind())
                .isEqualTo(kind);
    }

    @Test
    void no_answer_no_address_and_a_line_that_is_down_are_three_things() {
        assertThat(InternetSide.of(Optional.<InetAddress>empty()).kind()).isEqualTo(InternetSide.Kind.UNKNOWN);
        assertThat(InternetSide.of(Result.<Optional<InetAddress>>err(new Failure.TimedOut(WHY)))
                        .kind())
                .isEqualTo(InternetSide.Kind.UNKNOWN);
        assertThat(InternetSide.of(Result.ok(Optional.<InetAddress>empty())).kind())
                .isEqualTo(InternetSide.Kind.NO_ADDRESS);
        assertThat(InternetSide.of(new Failure.LineDown(WHY, true, Optional.empty()))
                        .kind())
                .isEqualTo(InternetSide.Kind.LINE_DOWN);
    }

    @Test
    void nothing_at_home_is_advised_against_the_providers_translation() {
        InternetSide shared = InternetSide.of(Addresses.parse("100.64.0.2"));
        assertThat(shared.isProviders()).isTrue();
        assertThat(shared.next().orElseThrow().toString())
                .contains("--ipv6")
                .doesNotContain("bridge mode")
                .doesNotContain("forward the port");
        assertThat(new InternetSide(shared.kind(), shared.address(), true).next())
                .isEqualTo(shared.next());
    }
}
