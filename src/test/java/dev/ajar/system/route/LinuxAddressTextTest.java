package dev.ajar.system.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Addresses;
import org.junit.jupiter.api.Test;

/** The kernel's list, as a machine with a temporary, a deprecated, a local and a lasting address shows it. */
class LinuxAddressTextTest {
    private static final String TABLE = """
            20010db8000000000000000000000abc 02 40 00 01     eth0
            20010db8000000010000000000000010 02 40 00 20     eth0
            20010db8000000000000000000000bad 02 40 00 08     eth0
            20010db8000000000000000000000aaa 02 40 00 40     eth0
            fd000000000000000000000000000010 02 40 00 80     eth0
            fe800000000000000000000000000010 02 40 20 80     eth0
            20010db8000000000000000000000010 02 40 00 80     eth0
            20010db8000000000000000000000020 03 80 00 00    wlan0
            00000000000000000000000000000001 01 80 10 80       lo
            """;

    @Test
    void only_what_is_global_and_meant_to_last_is_taken() {
        assertThat(LinuxAddressText.lasting(TABLE))
                .containsExactly(
                        new LinuxAddressText.Owned(
                                "eth0", Addresses.ipv6("2001:db8::10").orElseThrow(), 64),
                        new LinuxAddressText.Owned(
                                "wlan0", Addresses.ipv6("2001:db8::20").orElseThrow(), 128));
    }

    @Test
    void garbage_is_no_address() {
        assertThat(LinuxAddressText.lasting("x\n\n2001 02 40 00 80 eth0\n" + "2".repeat(32)))
                .isEmpty();
        assertThat(LinuxAddressText.lasting("2".repeat(32) + " 02 ff 00 80 eth0"))
                .isEmpty();
        assertThat(LinuxAddressText.lasting("2".repeat(32) + " 02 40 00 zz eth0"))
                .isEmpty();
    }
}
