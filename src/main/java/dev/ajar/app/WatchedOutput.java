package dev.ajar.app;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Standard output, which remembers that something could not be written: a print stream swallows that, and a lost answer
 * must not look like a success.
 */
final class WatchedOutput extends OutputStream {
    private final OutputStream out;
    private @Nullable IOException lost;

    WatchedOutput(OutputStream out) {
        this.out = out;
    }

    /** What kept the first lost part from being written; empty where nothing was lost. */
    Optional<IOException> lost() {
        return Optional.ofNullable(lost);
    }

    /** Whether the reader had seen enough and went away, as {@code head} does, which is no news to the user. */
    boolean isAbandoned() {
        return lost().map(IOException::getMessage)
                .filter(text -> text.toLowerCase(Locale.ROOT).contains("pipe"))
                .isPresent();
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            lost = lost == null ? e : lost;
            throw e;
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
