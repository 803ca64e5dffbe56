package dev.ajar.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTextTest {
    /** RFC 5952, section 4. */
    @ParameterizedTest
    @CsvSource({
        "2001:0DB8::0001, 2001:db8::1",
        "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "0:0:0:0:0:0:0:0, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "1:0:0:0:0:0:0:0, 1::",
        "fe80:0:0:0:1:2:3:4, fe80::1:2:3:4",
        "192.0.2.33, 192.0.2.33"
    })
    void addresses_are_written_in_their_usual_notation(String given, String written) {
        assertThat(Addresses.text(Addresses.parse(given).orElseThrow())).isEqualTo(written);
    }

    /** Rows of zeros may be anywhere. */
    @Test
    void a_written_address_can_be_read() {
        Random random = new Random(6);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[16];
            random.nextBytes(bytes);
            for (int group = 0; group < 8; group++) {
                if (random.nextBoolean()) {
                    bytes[2 * group] = 0;
                    bytes[2 * group + 1] = 0;
                }
            }
            InetAddress address = Addresses.of(bytes).orElseThrow();

            assertThat(Addresses.parse(Addresses.text(address))).contains(address);
        }
    }
}
