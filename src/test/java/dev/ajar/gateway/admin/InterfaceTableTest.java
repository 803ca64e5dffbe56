package dev.ajar.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/routers-own-interface.md names a test for what each make does, and there is such a test. */
class InterfaceTableTest {
    private static final Path DOCUMENT = Path.of("docs/routers-own-interface.md");
    private static final Path TESTS = Path.of("src/test/java/dev/ajar/gateway/admin");
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+Test)\\.(\\w+)`");

    @Test
    void every_test_that_is_named_is_there() throws IOException {
        List<MatchResult> named =
                NAMED.matcher(Files.readString(DOCUMENT)).results().toList();
        assertThat(named).hasSizeGreaterThan(30);
        for (MatchResult test : named) {
            assertThat(Files.readString(TESTS.resolve(test.group(1) + ".java")))
                    .as(test.group())
                    .contains("void " + test.group(2) + "(");
        }
    }
}
