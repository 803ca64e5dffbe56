package dev.ajar.relay.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenFileLimitTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'Max processes             7823     7823     processes\nMax open files            1024     524288   files'|1024",
                "'Max open files            unlimited unlimited files'|4352",
                "'Max open files            99999999999999999999 1 files'|4352",
                "''|4352"
            })
    void the_soft_limit_is_read_or_a_default_used(String limits, long files) {
        assertThat(OpenFileLimit.in(limits)).isEqualTo(files);
    }
}
