package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page of the shipped distribution. */
@Tag("lab")
class PageIT extends InLab {
    private static final Pattern ADDRESS = Pattern.compile("Open within .*(http://127\\.0\\.0\\.1:\\d+/)#");
    private static final String FETCH =
            "import sys, urllib.request as u; print(u.urlopen(sys.argv[1]).read().decode())";

    @Test
    void it_is_served_and_what_is_open_outlives_it() {
        Lab.script("up", "igd2");
        assertThat(ajar("open", "25565", "--for", "1h").exitCode()).isZero();

        try (LabProcess page = LabProcess.start("lan1", stateFolder, Map.of(), "web", "--no-browser")) {
            page.await("Ctrl-C ends the page", SOON);
            Matcher address = ADDRESS.matcher(page.output());
            assertThat(address.find()).as(page.output()).isTrue();
            assertThat(Lab.in("lan1", "python3", "-c", FETCH, address.group(1)).out())
                    .contains("<title>");
            page.signal("INT");
            assertThat(page.end(END)).as(page.output()).isZero();
        }

        assertThat(Lab.rules()).contains("25565");
        assertThat(ajar("close", "25565").exitCode()).isZero();
        assertThat(Lab.rules()).doesNotContain("25565");
    }
}
