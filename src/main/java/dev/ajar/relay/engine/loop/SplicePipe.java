package dev.ajar.relay.engine.loop;

import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;

/**
 * What bytes pass through between two sockets without being copied (splice(2)).
 *
 * @param out where they are read
 * @param in where they are written
 */
public record SplicePipe(FileDescriptor out, FileDescriptor in) {
    static SplicePipe open() throws IOException {
        FileDescriptor[] ends = FileDescriptor.pipe();
        return new SplicePipe(ends[0], ends[1]);
    }

    void close() {
        closeQuietly(out);
        closeQuietly(in);
    }

    private static void closeQuietly(FileDescriptor end) {
        try {
            end.close();
        } catch (IOException e) {
            // Its number is free all the same.
            return;
        }
    }
}
