package dev.ajar.system.host;

import dev.ajar.model.IpVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Asks {@code nft} for the kernel's ruleset, which only root is shown, and the older program for what it does not show.
 */
public final class NftProgram implements Supplier<Optional<String>> {
    /** The number of CAP_NET_ADMIN in capabilities(7). */
    private static final int NET_ADMIN = 12;

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Path root;
    private final Function<List<String>, Optional<String>> programs;

    public NftProgram() {
        this(Path.of("/"), new HostPrograms(LIMIT));
    }

    /** @param programs runs a program and returns all that it prints; empty where it could not be run to its end */
    NftProgram(Path root, Function<List<String>, Optional<String>> programs) {
        this.root = root;
        this.programs = programs;
    }

    @Override
    public Optional<String> get() {
        return maySeeRules() ? rules() : Optional.empty();
    }

    /** Whether this process has CAP_NET_ADMIN. For all others the program starts in vain. */
    private boolean maySeeRules() {
        try {
            return isCapable(Files.readString(root.resolve("proc/self/status")));
        } catch (IOException e) {
            return true;
        }
    }

    /** @param status of the process: {@code CapEff:} with its effective capabilities, in hexadecimal digits */
    static boolean isCapable(String status) {
        return status.lines()
                .filter(line -> line.startsWith("CapEff:"))
                .map(line -> line.substring("CapEff:".length()).strip())
                .filter(digits -> digits.matches("[0-9a-fA-F]{1,16}"))
                .findFirst()
                .map(digits -> (Long.parseUnsignedLong(digits, 16) >> NET_ADMIN & 1) == 1)
                .orElse(true);
    }

    /** Without nft the older rules are all that there is; where it is there and fails, its own rules are unknown. */
    private Optional<String> rules() {
        String older = older(IpVersion.IPV4) + older(IpVersion.IPV6);
        return programs.apply(List.of("nft", "list", "ruleset"))
                .map(shown -> shown + older)
                .or(() -> Optional.of(older).filter(text -> !text.isEmpty() && !hasNft()));
    }

    private boolean hasNft() {
        return programs.apply(List.of("nft", "--version")).isPresent();
    }

    /** The rules of the older iptables, where the kernel has any: nft does not show them. */
    private String older(IpVersion ipVersion) {
        boolean ipv4 = ipVersion == IpVersion.IPV4;
        try {
            if (Files.readString(root.resolve("proc/net/" + (ipv4 ? "ip_tables_names" : "ip6_tables_names")))
                    .isBlank()) {
                return "";
            }
        } catch (IOException e) {
            return "";
        }
        return programs.apply(List.of(ipv4 ? "iptables-legacy-save" : "ip6tables-legacy-save"))
                .map(saved -> IptablesText.asNft(saved, ipVersion))
                .orElse("");
    }
}
