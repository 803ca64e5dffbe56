package dev.ajar.state.file;

import dev.ajar.message.ErrorText;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.state.StateStore;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** The folder on the disk. Files that another user prepared are left alone, see {@link SafeFiles}. */
final class DiskStateFiles implements StateFiles {
    private static final String NEW = ".new";

    private final Path folder;

    DiskStateFiles(Path folder) {
        this.folder = folder;
    }

    @Override
    public Optional<Message> prepare() throws IOException {
        SafeFiles.createFolder(folder);
        return SafeFiles.objectionToFolder(folder);
    }

    @Override
    public Optional<Message> objectionTo(String name) throws IOException {
        return SafeFiles.objectionTo(folder.resolve(name));
    }

    @Override
    public boolean exists(String name) {
        return !Files.notExists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public long size(String name) throws IOException {
        return Files.size(folder.resolve(name));
    }

    @Override
    public byte[] read(String name) throws IOException {
        return Files.readAllBytes(folder.resolve(name));
    }

    @Override
    public String write(String name, byte[] bytes, boolean unique, boolean force) throws IOException {
        Path fresh = create(name, unique);
        boolean written = false;
        try {
            SafeFiles.write(fresh, bytes, force);
            written = true;
        } finally {
            if (!written) {
                Files.deleteIfExists(fresh);
            }
        }
        return String.valueOf(fresh.getFileName());
    }

    private Path create(String name, boolean unique) throws IOException {
        if (unique) {
            return Files.createTempFile(folder, name, NEW, SafeFiles.forOwner(folder, "rw-------"));
        }
        Path fresh = folder.resolve(name + NEW);
        Files.deleteIfExists(fresh);
        return Files.createFile(fresh, SafeFiles.forOwner(folder, "rw-------"));
    }

    @Override
    public void move(String from, String to) throws IOException {
        SafeFiles.replace(folder.resolve(from), folder.resolve(to));
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }

    @Override
    public void force() {
        SafeFiles.forceFolder(folder);
    }

    @Override
    public void sweep() {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "{state.json,daemon,events.jsonl}*" + NEW)) {
            for (Path one : left) {
                Files.deleteIfExists(one);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // They take a little room and no more; the next daemon tries again.
            return;
        }
    }

    @Override
    public String path(String name) {
        return folder.resolve(name).toString();
    }

    @Override
    public Result<StateStore.Lock> lock(String name, Function<OptionalLong, Message> busy) {
        Path file;
        try {
            Optional<Message> objection = prepare();
            if (objection.isEmpty()) {
                objection = objectionTo(name);
            }
            if (objection.isPresent()) {
                return bad(objection.get());
            }
            file = folder.toRealPath().resolve(name);
        } catch (IOException e) {
            return bad(Message.of("state.not-writable", "folder", folder, "why", ErrorText.reason(e)));
        }
        try {
            AtomicReference<OptionalLong> holder = new AtomicReference<>(OptionalLong.empty());
            return LockFile.take(file, process -> holder.set(OptionalLong.of(process)))
                    .<Result<StateStore.Lock>>map(Result::ok)
                    .orElseGet(() -> Result.err(new Failure.Busy(busy.apply(holder.get()))));
        } catch (LockFile.UnlockableException e) {
            return bad(Message.of("state.not-lockable", "folder", folder, "why", ErrorText.reason(e)));
        } catch (IOException e) {
            return bad(Message.of("state.not-writable", "folder", folder, "why", ErrorText.reason(e)));
        }
    }

    private static <T> Result<T> bad(Message detail) {
        return Result.err(new Failure.BadState(detail));
    }
}
