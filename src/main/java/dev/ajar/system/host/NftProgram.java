package dev.ajar.system.host;

import dev.ajar.system.process.BoundedRun;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks {@code nft} for the kernel's ruleset, which only root is shown. */
public final class NftProgram implements Supplier<Optional<String>> {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    @Override
    public Optional<String> get() {
        return new BoundedRun(LIMIT, "nft", "list", "ruleset").run()
                                instanceof BoundedRun.Outcome.Ended(int exitCode, String output)
                        && exitCode == 0
                ? Optional.of(output)
                : Optional.empty();
    }
}
