package dev.ajar.simulator;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The faults of a simulated router. The JSON files of {@code test-fixtures/gateways} keep an older name for
 * {@code faults}: {@code oddities}.
 *
 * @param faults what it does instead of giving the right answer
 * @param edits what it changes in the text of its answers
 * @param deliveries how it sends its answers over HTTP
 * @param patches what it changes in the bytes of its datagrams
 * @param forgeries datagrams that other hosts send in its name
 */
public record FaultScript(
        List<Fault> faults, List<Edit> edits, List<Delivery> deliveries, List<Patch> patches, List<Forgery> forgeries) {
    static final FaultScript NONE = new FaultScript(List.of(), List.of(), List.of(), List.of(), List.of());

    FaultScript with(Fault fault) {
        List<Fault> more = new ArrayList<>(faults);
        more.add(fault);
        return new FaultScript(List.copyOf(more), edits, deliveries, patches, forgeries);
    }

    /** A replacement in a whole outgoing message, taken byte for byte as ISO-8859-1. */
    public record Edit(String on, Pattern find, String put) {}

    /** How the bytes of an HTTP answer are sent. */
    public record Delivery(String on, DeliveryMode as) {}

    /** The ways of sending. */
    public enum DeliveryMode {
        PLAIN,
        KEEP_OPEN,
        CHUNKED,
        CHUNKED_WITHOUT_END,
        DRIP,
        ENDLESS,
        CUT,
        TWO_WRITES
    }

    /**
     * A change to a datagram: bytes set at offsets, then cut to a length, then bytes added.
     *
     * @param cut negative to leave the length
     */
    public record Patch(String on, Map<Integer, byte[]> set, int cut, byte[] add) {
        byte[] apply(byte[] datagram) {
            byte[] bytes = datagram.clone();
            set.forEach((at, value) -> {
                int length = Math.clamp(bytes.length - (long) at, 0, value.length);
                System.arraycopy(value, 0, bytes, Math.min(at, bytes.length), length);
            });
            int size = cut < 0 ? bytes.length : Math.min(cut, bytes.length);
            byte[] patched = Arrays.copyOf(bytes, size + add.length);
            System.arraycopy(add, 0, patched, size, add.length);
            return patched;
        }
    }

    /** Datagrams from another address just before the true answer. */
    public record Forgery(String on, InetAddress from, int times, byte[] bytes) {}
}
