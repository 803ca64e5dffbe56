package dev.ajar.state;

import dev.ajar.model.Claim;
import dev.ajar.model.Port;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An immutable list of mapping records, indexed by port: a renewal looks for its own record half a dozen times, and
 * there may be a thousand. A changed list shares the unchanged rows of the list it is made from.
 */
final class MappingRecords extends AbstractList<MappingRecord> implements RandomAccess {
    /** How many neighbouring records one change removes at most; {@link #since} looks no further ahead. */
    private static final int MOST_IN_A_ROW = 8;

    /** The index is rebuilt with more rows when there are this many records for each row. */
    private static final int FULL = 4;

    private final MappingRecord[] all;

    /** Rows by the low bits of a port. A record stands in the rows of its internal, requested and granted port. */
    private final MappingRecord[][] byPort;

    private final int leaving;

    private MappingRecords(MappingRecord[] all, MappingRecord[][] byPort, int leaving) {
        this.all = all;
        this.byPort = byPort;
        this.leaving = leaving;
    }

    static MappingRecords of(Collection<MappingRecord> some) {
        return some instanceof MappingRecords known ? known : of(some.toArray(new MappingRecord[0]));
    }

    private static MappingRecords of(MappingRecord[] all) {
        MappingRecord[][] byPort = new MappingRecord[Math.max(1, Integer.highestOneBit(all.length) / 2)][];
        Arrays.fill(byPort, new MappingRecord[0]);
        int leaving = 0;
        for (MappingRecord record : all) {
            enter(byPort, record);
            leaving += record.leaving() ? 1 : 0;
        }
        return new MappingRecords(all, byPort, leaving);
    }

    private static void enter(MappingRecord[][] byPort, MappingRecord record) {
        for (int row : rows(byPort, record)) {
            MappingRecord[] before = byPort[row];
            MappingRecord[] now = Arrays.copyOf(before, before.length + 1);
            now[before.length] = record;
            byPort[row] = now;
        }
    }

    private static int[] rows(MappingRecord[][] byPort, MappingRecord record) {
        int inside = row(byPort, record.claim().internal().port());
        int asked = row(byPort, record.claim().mapping().externalPort());
        int granted = row(byPort, record.externalPort());
        // Usually all three are the same port.
        return inside == asked && asked == granted
                ? new int[] {inside}
                : IntStream.of(inside, asked, granted).distinct().toArray();
    }

    private static int row(MappingRecord[][] byPort, Port port) {
        return port.number() & (byPort.length - 1);
    }

    @Override
    public MappingRecord get(int index) {
        return all[index];
    }

    @Override
    public int size() {
        return all.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MappingRecords known ? Arrays.equals(all, known.all) : super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    boolean isAnyLeaving() {
        return leaving > 0;
    }

    /** All records with this port on either side, and perhaps others that share its row. */
    Stream<MappingRecord> around(Port port) {
        return Arrays.stream(byPort[row(byPort, port)]);
    }

    /**
     * The records that pass the test, each once, in any order.
     *
     * @param test accepts only records with one of the ports of {@code claim}
     */
    private List<MappingRecord> around(Claim claim, Predicate<MappingRecord> test) {
        List<MappingRecord> found = new ArrayList<>();
        int inside = row(byPort, claim.internal().port());
        int outside = row(byPort, claim.mapping().externalPort());
        for (MappingRecord one : byPort[inside]) {
            if (test.test(one)) {
                found.add(one);
            }
        }
        for (MappingRecord one : byPort[outside]) {
            boolean twice = indexOf(byPort[inside], one, 0, byPort[inside].length) >= 0;
            if (!twice && test.test(one)) {
                found.add(one);
            }
        }
        return found;
    }

    /** The first record of the same claim. */
    Optional<MappingRecord> of(Claim claim) {
        List<MappingRecord> same = around(claim, one -> one.isSameClaim(claim));
        return same.size() > 1
                ? stream().filter(one -> one.isSameClaim(claim)).findFirst()
                : same.stream().findFirst();
    }

    /** This list with {@code record} at its end, without the records of the same claim and those it supersedes. */
    MappingRecords with(MappingRecord record) {
        MappingRecords rest = without(
                record.claim(),
                known -> known.isSameClaim(record.claim())
                        || (record.lease().isPresent() && known.isSupersededBy(record)));
        MappingRecord[] now = Arrays.copyOf(rest.all, rest.all.length + 1);
        now[rest.all.length] = record;
        if (now.length >= FULL * rest.byPort.length) {
            return of(now);
        }
        MappingRecord[][] rows = rest.byPort.clone();
        enter(rows, record);
        return new MappingRecords(now, rows, rest.leaving + (record.leaving() ? 1 : 0));
    }

    MappingRecords without(Claim claim) {
        return without(claim, known -> known.isSameClaim(claim));
    }

    /** @param goes accepts only records with one of the ports of {@code claim} */
    private MappingRecords without(Claim claim, Predicate<MappingRecord> goes) {
        List<MappingRecord> gone = around(claim, goes);
        if (gone.isEmpty()) {
            return this;
        }
        MappingRecord[] rest = rest(all, gone);
        MappingRecord[][] rows = byPort.clone();
        for (MappingRecord one : gone) {
            for (int row : rows(byPort, one)) {
                rows[row] = rest(rows[row], gone);
            }
        }
        long left = gone.stream().filter(MappingRecord::leaving).count();
        int counted = all.length - rest.length == gone.size() ? leaving - (int) left : count(rest);
        return new MappingRecords(rest, rows, counted);
    }

    private static int count(MappingRecord[] some) {
        return (int) Arrays.stream(some).filter(MappingRecord::leaving).count();
    }

    private static MappingRecord[] rest(MappingRecord[] some, List<MappingRecord> gone) {
        MappingRecord[] rest = some;
        for (MappingRecord one : gone) {
            int at = indexOf(rest, one, 0, rest.length);
            while (at >= 0) {
                MappingRecord[] fewer = new MappingRecord[rest.length - 1];
                System.arraycopy(rest, 0, fewer, 0, at);
                System.arraycopy(rest, at + 1, fewer, at, fewer.length - at);
                rest = fewer;
                at = indexOf(rest, one, at, rest.length);
            }
        }
        return rest;
    }

    /** Finds the same object: to compare a thousand records member by member takes long. */
    @SuppressWarnings("ReferenceEquality")
    private static int indexOf(MappingRecord[] some, MappingRecord one, int from, int to) {
        for (int i = from; i < to; i++) {
            if (some[i] == one) {
                return i;
            }
        }
        return -1;
    }

    /**
     * The records that an earlier list did not have; after many removals at once, perhaps some that it had. Unchanged
     * records keep their order, so one walk over both lists is enough.
     */
    List<MappingRecord> since(MappingRecords before) {
        List<MappingRecord> added = new ArrayList<>();
        int next = 0;
        for (MappingRecord one : all) {
            int end = Math.min(before.all.length, next + MOST_IN_A_ROW);
            int found = indexOf(before.all, one, next, end);
            if (found < 0) {
                found = indexOfEqual(before.all, one, next, end);
            }
            if (found < 0) {
                added.add(one);
            } else {
                next = found + 1;
            }
        }
        return added;
    }

    /** Finds an equal record: after the state file has been read again, all records are new objects. */
    private static int indexOfEqual(MappingRecord[] some, MappingRecord one, int from, int to) {
        for (int i = from; i < to; i++) {
            if (some[i].equals(one)) {
                return i;
            }
        }
        return -1;
    }
}
