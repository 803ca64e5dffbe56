package dev.ajar.system.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

    private static final String DROPS = "*filter\n:INPUT DROP [0:0]\nCOMMIT\n";

    /** A machine that has the older tables of one version of IP. */
    private static Optional<String> shown(Path root, String older, Map<String, String> programs) throws IOException {
        Path folder = Files.createDirectories(root.resolve("proc/net"));
        Files.writeString(folder.resolve(older), "filter\n");
        return new NftProgram(root, command -> Optional.ofNullable(programs.get(String.join(" ", command)))).get();
    }

    @Test
    void rules_of_the_older_program_stand_beside_those_of_nft(@TempDir Path root) throws IOException {
        assertThat(shown(root, "ip6_tables_names", Map.of("nft list ruleset", "", "ip6tables-legacy-save", DROPS)))
                .hasValueSatisfying(text -> assertThat(text).contains("table ip6 iptables-legacy", "policy drop"));
    }

    @Test
    void without_nft_the_older_rules_are_all_and_where_it_fails_nothing_is_known(@TempDir Path root)
            throws IOException {
        assertThat(shown(root, "ip_tables_names", Map.of("iptables-legacy-save", DROPS)))
                .hasValueSatisfying(text -> assertThat(text).contains("table ip iptables-legacy", "policy drop"));
        assertThat(shown(root, "ip_tables_names", Map.of("nft --version", "nftables", "iptables-legacy-save", DROPS)))
                .isEmpty();
        assertThat(shown(root, "ip_tables_names", Map.of())).isEmpty();
    }
}
