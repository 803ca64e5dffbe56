package dev.ajar.history;

import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.state.file.FileLineStore;
import dev.ajar.state.file.LineStore;
import dev.ajar.system.Timeline;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The events of the last seven days, at most 512 KiB of them. Several processes append. A problem with the file loses
 * events and nothing else. Thread-safe.
 */
public final class EventLog implements Consumer<KeeperEvent> {
    private static final String FILE = "events.jsonl";
    static final Duration KEPT = Duration.ofDays(7);
    static final int LARGEST = 512 * 1024;

    /** What stays of a file that has become too large, so that not every event rewrites it. */
    static final int AFTER_CUT = LARGEST / 4 * 3;

    /** Of a larger file, which ajar has not written, the end is read. */
    private static final int MOST_READ = 2 * LARGEST;

    private static final Duration BETWEEN_PRUNINGS = Duration.ofHours(1);

    private final LineStore file;
    private final Timeline timeline;
    private final Consumer<Failure> problems;
    private Optional<Duration> prunedAt = Optional.empty();
    private boolean reported;

    /** @param problems receives why events are not written; once until the next success */
    public EventLog(LineStore file, Timeline timeline, Consumer<Failure> problems) {
        this.file = file;
        this.timeline = timeline;
        this.problems = problems;
    }

    /** The history beside the state file. */
    public static EventLog in(Path stateFolder, Timeline timeline, Consumer<Failure> problems) {
        return new EventLog(new FileLineStore(stateFolder, FILE), timeline, problems);
    }

    /** Writes the event down, as of now. */
    @Override
    public synchronized void accept(KeeperEvent event) {
        Instant now = timeline.instant();
        byte[] line = (EventJson.line(LoggedEvent.of(event, now)) + "\n").getBytes(StandardCharsets.UTF_8);
        Optional<Failure> problem = append(line, now);
        problem.filter(ignored -> !reported).ifPresent(problems);
        reported = problem.isPresent();
    }

    private Optional<Failure> append(byte[] line, Instant now) {
        return switch (file.size()) {
            case Result.Err<Long>(Failure failure) -> Optional.of(failure);
            case Result.Ok<Long>(Long size) -> {
                boolean full = size + line.length > LARGEST;
                Optional<Failure> unpruned =
                        full || isPruningDue() ? prune(now, full ? AFTER_CUT : LARGEST) : Optional.empty();
                yield full && unpruned.isPresent() ? unpruned : file.append(line);
            }
        };
    }

    private boolean isPruningDue() {
        return prunedAt.filter(at -> timeline.uptime().minus(at).compareTo(BETWEEN_PRUNINGS) < 0)
                .isEmpty();
    }

    private Optional<Failure> prune(Instant now, int most) {
        prunedAt = Optional.of(timeline.uptime());
        return switch (file.tail(MOST_READ)) {
            case Result.Err<LineStore.Lines>(Failure failure) -> Optional.of(failure);
            case Result.Ok<LineStore.Lines>(LineStore.Lines lines) -> {
                byte[] kept = EventLines.pruned(lines.bytes(), now.minus(KEPT), most);
                yield kept.length == lines.size() ? Optional.empty() : file.replace(kept, lines.size());
            }
        };
    }

    /** The events since then that can be read, oldest first; none older than seven days. */
    public Result<List<LoggedEvent>> since(Instant start) {
        Instant oldest = timeline.instant().minus(KEPT);
        return file.tail(MOST_READ)
                .map(lines -> EventLines.read(lines.bytes(), start.isAfter(oldest) ? start : oldest));
    }
}
