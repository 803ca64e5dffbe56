package dev.ajar.system.route;

import static dev.ajar.testing.Samples.ip;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\nPinging 192.0.2.1 with 32 bytes of data:\r\nReply from 192.168.0.1: TTL expired in transit.\r\n",
                "Ping wird ausgef\u00fchrt f\u00fcr 192.0.2.1 mit 32 Bytes Daten:\nAntwort von 192.168.0.1: Die G\u00fcltigkeitsdauer",
                "\u6b63\u5728 Ping 192.0.2.1 \u5177\u6709\n\u6765\u81ea 192.168.0.1 \u7684\u56de\u590d: TTL",
            })
    void windows_tells_it_in_any_language(String text) {
        List<List<String>> asked = new ArrayList<>();
        SecondHop hop = new SecondHop("Windows 11", command -> {
            asked.add(command);
            return text;
        });
        assertThat(hop.find()).contains(ip("192.168.0.1"));
        assertThat(asked)
                .singleElement()
                .satisfies(command ->
                        assertThat(command).containsSequence("-i", "2").endsWith("192.0.2.1"));
    }

    @Test
    void windows_tells_no_hop_where_none_answered() {
        String silence =
                "Pinging 192.0.2.1 with 32 bytes of data:\nRequest timed out.\nPing statistics for 192.0.2.1:\n";
        assertThat(new SecondHop("Windows 10", command -> silence).find()).isEmpty();
        assertThat(new SecondHop("Windows 10", command -> "").find()).isEmpty();
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
