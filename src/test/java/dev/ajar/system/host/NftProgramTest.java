package dev.ajar.system.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** nft is asked only where the kernel would show it the rules. */
class NftProgramTest {
    @ParameterizedTest
    @CsvSource({
        "000001ffffffffff, true",
        "0000000000001000, true",
        "ffffffffffffffff, true",
        "0000000000000000, false",
        "00000000a80425fb, false",
        "nonsense, true",
    })
    void the_capability_decides_and_where_it_is_not_told_the_program_is_asked(String digits, boolean capable) {
        assertThat(NftProgram.isCapable("Name:\tjava\nCapPrm:\t0\nCapEff:\t" + digits + "\nCapBnd:\t0\n"))
                .isEqualTo(capable);
    }
}
