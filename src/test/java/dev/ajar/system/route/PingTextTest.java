package dev.ajar.system.route;

import static dev.ajar.testing.Samples.ip;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PingTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "PING 192.0.2.1 (192.0.2.1) 56(84) bytes of data.\nFrom 192.168.0.1 icmp_seq=1 Time to live exceeded\n",
                "PING 192.0.2.1 (192.0.2.1): 56 data bytes\n36 bytes from 192.168.0.1: Time to live exceeded\n",
                "From 192.168.0.1 icmp_seq=1 Time to live exceeded: Hop limit\r\n",
            })
    void who_ended_the_packet(String text) {
        assertThat(PingText.expiredAt(text)).contains(ip("192.168.0.1"));
    }

    @Test
    void an_answer_of_the_end_is_no_hop() {
        assertThat(PingText.expiredAt("64 bytes from 192.0.2.1: icmp_seq=1 time=1.2 ms\n"))
                .isEmpty();
        assertThat(PingText.expiredAt("From 300.1.1.1 icmp_seq=1 Time to live exceeded"))
                .isEmpty();
        assertThat(PingText.expiredAt("")).isEmpty();
    }
}
