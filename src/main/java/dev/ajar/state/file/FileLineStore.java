package dev.ajar.state.file;

import dev.ajar.message.ErrorText;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Lines in a file beside the state file, with the same guards: mode 0600, and a link, a pipe or the file of another
 * user is left alone. Nothing is forced to the disk, since the lines may be lost.
 */
public final class FileLineStore implements LineStore {
    private static final byte LINE_FEED = '\n';

    private final Path folder;
    private final Path file;

    public FileLineStore(Path folder, String name) {
        this.folder = folder;
        this.file = folder.resolve(name);
    }

    @Override
    public Result<Long> size() {
        try {
            Optional<Message> objection = SafeFiles.objectionTo(file);
            return objection.isPresent() ? Result.err(new Failure.BadState(objection.get())) : Result.ok(sizeOrZero());
        } catch (IOException e) {
            return Result.err(unreadable(e));
        }
    }

    private long sizeOrZero() throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    @Override
    public Result<Lines> tail(int most) {
        try {
            Optional<Message> objection = SafeFiles.objectionTo(file);
            return objection.isPresent() ? Result.err(new Failure.BadState(objection.get())) : Result.ok(read(most));
        } catch (NoSuchFileException e) {
            return Result.ok(new Lines(new byte[0], 0));
        } catch (IOException e) {
            return Result.err(unreadable(e));
        }
    }

    private Lines read(int most) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            long size = channel.size();
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(size, most));
            long at = size - buffer.capacity();
            for (int read = 0; read >= 0 && buffer.hasRemaining(); ) {
                read = channel.read(buffer, at + buffer.position());
            }
            byte[] bytes = Arrays.copyOf(buffer.array(), buffer.position());
            return new Lines(at == 0 ? bytes : fromSecondLine(bytes), size);
        }
    }

    /** The first line has no beginning. */
    private static byte[] fromSecondLine(byte[] bytes) {
        int from = 0;
        while (from < bytes.length && bytes[from] != LINE_FEED) {
            from++;
        }
        return Arrays.copyOfRange(bytes, Math.min(from + 1, bytes.length), bytes.length);
    }

    @Override
    public Optional<Failure> append(byte[] line) {
        try {
            Optional<Message> objection = prepare();
            if (objection.isPresent()) {
                return objection.map(Failure.BadState::new);
            }
            boolean torn = isTorn();
            try (FileChannel channel = FileChannel.open(
                    file,
                    Set.of(
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.APPEND,
                            LinkOption.NOFOLLOW_LINKS),
                    SafeFiles.forOwner(folder, "rw-------"))) {
                ByteBuffer buffer = ByteBuffer.allocate(line.length + 1);
                (torn ? buffer.put(LINE_FEED) : buffer).put(line).flip();
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(notWritable(e));
        }
    }

    /** Creates the folder, or says why folder or file must not be used. */
    private Optional<Message> prepare() throws IOException {
        SafeFiles.createFolder(folder);
        Optional<Message> objection = SafeFiles.objectionToFolder(folder);
        return objection.isPresent() ? objection : SafeFiles.objectionTo(file);
    }

    /** Whether the last line has no end: a crash or a full disk cut it off. */
    private boolean isTorn() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return channel.size() > 0 && channel.read(last, channel.size() - 1) == 1 && last.get(0) != LINE_FEED;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public Optional<Failure> replace(byte[] lines, long size) {
        try {
            Optional<Message> objection = prepare();
            if (objection.isPresent()) {
                return objection.map(Failure.BadState::new);
            }
            Path fresh = Files.createTempFile(
                    folder, String.valueOf(file.getFileName()), ".new", SafeFiles.forOwner(folder, "rw-------"));
            try {
                SafeFiles.writeThrough(fresh, lines);
                if (sizeOrZero() == size) {
                    SafeFiles.replace(fresh, file);
                }
            } finally {
                Files.deleteIfExists(fresh);
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(notWritable(e));
        }
    }

    private Failure unreadable(IOException e) {
        return new Failure.BadState(Message.of("state.unreadable", "file", file, "why", ErrorText.reason(e)));
    }

    private Failure notWritable(IOException e) {
        return new Failure.BadState(Message.of("state.file-not-writable", "file", file, "why", ErrorText.reason(e)));
    }
}
