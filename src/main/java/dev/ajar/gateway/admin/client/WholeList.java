package dev.ajar.gateway.admin.client;

import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.message.Message;
import dev.ajar.model.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Writes a list that the router takes only as a whole. The rows of others go back as they came, and nothing is written where the
 * list has changed since it was looked at.
 *
 * @param read the rows as they are now
 * @param write all rows
 */
record WholeList(Supplier<Result<List<Object>>> read, Function<List<Object>, Result<Boolean>> write) {
    /** @param seen the rows that the decision to add was made by */
    Result<Boolean> add(List<Object> seen, Object row) {
        List<Object> wanted = new ArrayList<>(seen);
        wanted.add(row);
        return replace(seen, wanted, seen);
    }

    /** @param place of the row, in {@code seen} */
    Result<Boolean> remove(List<Object> seen, int place) {
        List<Object> wanted = new ArrayList<>(seen);
        wanted.remove(place);
        return replace(seen, wanted, wanted);
    }

    private Result<Boolean> replace(List<Object> seen, List<Object> wanted, List<Object> others) {
        return read.get()
                .flatMap(now -> now.equals(seen)
                        ? write.apply(wanted)
                        : AdminFailures.refused(Message.of("admin.list-changed")))
                .flatMap(written -> read.get())
                .flatMap(after -> after.containsAll(others)
                        ? Result.ok(true)
                        : AdminFailures.refused(Message.of("admin.others-changed")));
    }
}
