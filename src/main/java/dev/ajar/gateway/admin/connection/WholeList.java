package dev.ajar.gateway.admin.connection;

import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.message.Message;
import dev.ajar.model.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Writes a list that the router takes only as a whole. The rows of others go back as they came, and nothing is written
 * where the list has changed since it was looked at.
 *
 * @param <R> a row with all that it had when it was read
 * @param read the rows as they are now
 * @param write all rows
 */
public record WholeList<R>(Supplier<Result<List<R>>> read, Function<List<R>, Result<Boolean>> write) {
    /**
     * @param seen the rows that the decision to add was made by
     * @return the rows afterwards
     */
    public Result<List<R>> add(List<R> seen, R row) {
        List<R> wanted = new ArrayList<>(seen);
        wanted.add(row);
        return replace(seen, wanted, seen);
    }

    /**
     * @param place of the row, in {@code seen}
     * @return the rows afterwards
     */
    public Result<List<R>> remove(List<R> seen, int place) {
        List<R> wanted = new ArrayList<>(seen);
        wanted.remove(place);
        return replace(seen, wanted, wanted);
    }

    private Result<List<R>> replace(List<R> seen, List<R> wanted, List<R> others) {
        return read.get()
                .flatMap(now -> now.equals(seen)
                        ? write.apply(wanted)
                        : AdminFailures.refused(Message.of("admin.list-changed")))
                .flatMap(written -> read.get())
                .flatMap(after -> hasInOrder(after, others)
                        ? Result.ok(after)
                        : AdminFailures.refused(Message.of("admin.others-changed")));
    }

    /** Each of the others, as often as it was there and in its order: routers obey the first rule that fits. */
    private static <R> boolean hasInOrder(List<R> after, List<R> others) {
        int found = 0;
        for (R row : after) {
            if (found < others.size() && row.equals(others.get(found))) {
                found++;
            }
        }
        return found == others.size();
    }
}
