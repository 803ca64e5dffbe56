package dev.ajar.state;

import dev.ajar.model.Claim;
import dev.ajar.model.Port;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An immutable list of holdings that finds those of a port without a look at all of them: a renewal looks for its own
 * half a dozen times, and there may be a thousand. What it is derived from is shared as far as it stays the same.
 */
final class MappingRecords extends AbstractList<MappingRecord> implements RandomAccess {
    /** A change takes out or replaces one, seldom a few in a row. */
    private static final int MOST_IN_A_ROW = 8;

    private final MappingRecord[] all;

    /** By the last bits of each port that one of them has: the internal one, the one asked for, the one granted. */
    private final MappingRecord[][] byPort;

    private final int leaving;

    private MappingRecords(MappingRecord[] all, MappingRecord[][] byPort, int leaving) {
        this.all = all;
        this.byPort = byPort;
        this.leaving = leaving;
    }

    static MappingRecords of(Collection<MappingRecord> some) {
        return some instanceof MappingRecords mappingRecords ? mappingRecords : of(some.toArray(new MappingRecord[0]));
    }

    private static MappingRecords of(MappingRecord[] all) {
        MappingRecord[][] byPort = new MappingRecord[Math.max(1, Integer.highestOneBit(all.length) * 2)][];
        Arrays.fill(byPort, new MappingRecord[0]);
        int leaving = 0;
        for (MappingRecord mappingRecord : all) {
            enter(byPort, mappingRecord);
            leaving += mappingRecord.leaving() ? 1 : 0;
        }
        return new MappingRecords(all, byPort, leaving);
    }

    private static void enter(MappingRecord[][] byPort, MappingRecord mappingRecord) {
        for (int row : rows(byPort, mappingRecord)) {
            MappingRecord[] before = byPort[row];
            MappingRecord[] now = Arrays.copyOf(before, before.length + 1);
            now[before.length] = mappingRecord;
            byPort[row] = now;
        }
    }

    private static Set<Integer> rows(MappingRecord[][] byPort, MappingRecord mappingRecord) {
        Set<Integer> rows = new TreeSet<>();
        rows.add(row(byPort, mappingRecord.claim().internal().port()));
        rows.add(row(byPort, mappingRecord.claim().mapping().externalPort()));
        rows.add(row(byPort, mappingRecord.externalPort()));
        return rows;
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
        return other instanceof MappingRecords mappingRecords
                ? Arrays.equals(all, mappingRecords.all)
                : super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    boolean isAnyLeaving() {
        return leaving > 0;
    }

    /** At least all with that port on either side. */
    Stream<MappingRecord> around(Port port) {
        return Arrays.stream(byPort[row(byPort, port)]);
    }

    /**
     * Each of those that pass once, in any order.
     *
     * @param test says no to all but some with one of the ports of {@code claim}
     */
    private List<MappingRecord> around(Claim claim, Predicate<MappingRecord> test) {
        List<MappingRecord> found = new ArrayList<>();
        for (Port port : List.of(claim.internal().port(), claim.mapping().externalPort())) {
            for (MappingRecord one : byPort[row(byPort, port)]) {
                if (test.test(one) && !isOneOf(found, one)) {
                    found.add(one);
                }
            }
        }
        return found;
    }

    /** The first that is the same claim. */
    Optional<MappingRecord> of(Claim claim) {
        List<MappingRecord> same = around(claim, one -> one.isSameClaim(claim));
        return same.size() > 1
                ? stream().filter(one -> one.isSameClaim(claim)).findFirst()
                : same.stream().findFirst();
    }

    /** With {@code holding} as the last, in the place of those that are the same claim or superseded by it. */
    MappingRecords with(MappingRecord mappingRecord) {
        MappingRecords rest = without(
                mappingRecord.claim(),
                known -> known.isSameClaim(mappingRecord.claim())
                        || (mappingRecord.lease().isPresent() && known.isSupersededBy(mappingRecord)));
        MappingRecord[] now = Arrays.copyOf(rest.all, rest.all.length + 1);
        now[rest.all.length] = mappingRecord;
        if (now.length > rest.byPort.length) {
            return of(now);
        }
        MappingRecord[][] rows = rest.byPort.clone();
        enter(rows, mappingRecord);
        return new MappingRecords(now, rows, rest.leaving + (mappingRecord.leaving() ? 1 : 0));
    }

    MappingRecords without(Claim claim) {
        return without(claim, known -> known.isSameClaim(claim));
    }

    /** @param goes says no to all but some around {@code claim} */
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
        MappingRecord[] rest = new MappingRecord[some.length];
        int size = 0;
        for (MappingRecord one : some) {
            if (!isOneOf(gone, one)) {
                rest[size++] = one;
            }
        }
        return Arrays.copyOf(rest, size);
    }

    /** The very same object: the rows have those of the list, and to compare a thousand member by member takes long. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isOneOf(List<MappingRecord> some, MappingRecord one) {
        for (int i = 0; i < some.size(); i++) {
            if (some.get(i) == one) {
                return true;
            }
        }
        return false;
    }

    /**
     * At least all that an earlier list had not; where much has been taken out at once, some that it had as well. Those
     * that stayed are recognised by their order, so that this takes one walk over both.
     */
    List<MappingRecord> since(MappingRecords before) {
        MappingRecord[] added = new MappingRecord[all.length];
        int size = 0;
        int next = 0;
        for (MappingRecord one : all) {
            int found = before.indexOf(one, next);
            if (found < 0) {
                added[size++] = one;
            } else {
                next = found + 1;
            }
        }
        return List.of(Arrays.copyOf(added, size));
    }

    private int indexOf(MappingRecord one, int from) {
        int end = Math.min(all.length, from + MOST_IN_A_ROW);
        for (int i = from; i < end; i++) {
            if (Objects.equals(all[i], one)) {
                return i;
            }
        }
        return -1;
    }
}
