package dev.ajar.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.TimeSyntax;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the shipped lines and units tell of the time between runs is so. */
class ShippedTimersTest {
    private static final Duration INTERVAL = Duration.ofMinutes(20);

    private static String found(String file, String pattern) throws IOException {
        Matcher match = Pattern.compile(pattern).matcher(Files.readString(Path.of(file)));
        assertThat(match.find()).as("%s in %s", pattern, file).isTrue();
        return match.group(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"examples/crontab", "examples/ajar-renew.service", "README.md", "docs/keeping.md"})
    void every_shipped_line_tells_its_interval(String file) throws IOException, InvalidInputException {
        assertThat(TimeSyntax.every(found(file, "renew --cron --every (\\w+)"))).isEqualTo(INTERVAL);
        assertThat(Files.readString(Path.of(file))).doesNotContainPattern("(?m)^(\\*/|ExecStart).*renew(?!.*--every)");
    }

    @Test
    void the_timer_and_the_table_run_as_often_as_they_tell() throws IOException {
        assertThat(Duration.ofMinutes(Long.parseLong(found("examples/ajar-renew.timer", "OnUnitActiveSec=(\\d+)min"))))
                .isEqualTo(INTERVAL);
        assertThat(Duration.ofMinutes(Long.parseLong(found("examples/crontab", "(?m)^\\*/(\\d+) "))))
                .isEqualTo(INTERVAL);
    }
}
