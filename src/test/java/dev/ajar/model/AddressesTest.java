package dev.ajar.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
    @Test
    void a_dotted_address_is_read() {
        assertThat(Addresses.ipv4("192.168.1.20").orElseThrow().getHostAddress())
                .isEqualTo("192.168.1.20");
    }

    /** Programs disagree about octal, hexadecimal and short forms, so they are refused. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "01.2.3.4",
                "0x7f.0.0.1",
                "2130706433",
                "1.2.3.4 ",
                "1..2.3",
                "-1.2.3.4",
                "1.2.3.4\n",
                "::1",
                "１.2.3.4",
                "1.2.3.+4"
            })
    void other_text_is_not_an_address(String text) {
        assertThat(Addresses.ipv4(text)).isEmpty();
    }
}
