package dev.ajar.lan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CardMakersTest {
    private static final Path FILE = Path.of("profiles/network-cards.txt");

    @Test
    void a_card_has_a_maker_unless_its_address_is_invented() {
        assertThat(CardMakers.of(List.of(
                        "b8:27:eb:01:02:03",
                        "DC-A6-32-01-02-03",
                        "02:00:00:00:00:01",
                        "ba:27:eb:01:02:03",
                        "nonsense",
                        "")))
                .isEqualTo(Map.of("b8:27:eb:01:02:03", "Raspberry Pi", "DC-A6-32-01-02-03", "Raspberry Pi"));
    }

    @Test
    void the_file_is_small_has_its_source_and_names_no_prefix_twice() throws IOException {
        List<String> lines = Files.readAllLines(FILE);
        Set<String> seen = new HashSet<>();
        assertThat(Files.size(FILE)).isLessThan(50_000);
        assertThat(lines.get(1)).contains("IEEE");
        for (String line : lines) {
            if (!line.startsWith("#")) {
                assertThat(line).matches("[^\t]{2,20}\t([0-9A-F]{6})+");
                String prefixes = line.substring(line.indexOf('\t') + 1);
                for (int at = 0; at < prefixes.length(); at += 6) {
                    assertThat(seen.add(prefixes.substring(at, at + 6)))
                            .as(line)
                            .isTrue();
                }
            }
        }
    }
}
