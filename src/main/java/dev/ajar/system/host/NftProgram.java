package dev.ajar.system.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Asks {@code nft} for the kernel's ruleset, which only root is shown. */
public final class NftProgram implements Supplier<Optional<String>> {
    private static final int LARGEST = 1 << 20;
    private static final int SECONDS = 2;

    @Override
    public Optional<String> get() {
        try {
            Process nft = new ProcessBuilder("nft", "list", "ruleset")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            nft.getOutputStream().close();
            try (InputStream out = nft.getInputStream()) {
                byte[] text = out.readNBytes(LARGEST);
                boolean well = nft.waitFor(SECONDS, TimeUnit.SECONDS) && nft.exitValue() == 0;
                return well ? Optional.of(new String(text, StandardCharsets.UTF_8)) : Optional.empty();
            } finally {
                nft.destroyForcibly();
            }
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
