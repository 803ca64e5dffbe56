package dev.ajar.testing;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A correct server of NAT-PMP (RFC 6886) and PCP (RFC 6887), as a function of a request and its table. */
final class PxpTable {
    private static final int EXTERNAL_AT = 44;
    private static final byte[] EXTERNAL = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) 203, 0, 113, 7};

    private record Entry(int external, String nonce, Duration until) {}

    private final Map<String, Entry> entries = new TreeMap<>();
    private final ManualTimeline clock;
    private final boolean pcp;
    private final Duration start;
    private int beside;

    PxpTable(ManualTimeline clock, boolean pcp) {
        this.clock = clock;
        this.pcp = pcp;
        this.start = clock.uptime().minus(Duration.ofDays(1));
    }

    /** Whether that internal port is open in any protocol. */
    boolean isOpen(int internal) {
        dropExpired();
        return entries.keySet().stream().anyMatch(key -> key.endsWith(":" + internal));
    }

    private void dropExpired() {
        entries.values().removeIf(entry -> entry.until().compareTo(clock.uptime()) <= 0);
    }

    /** From now on it grants the port beside the one wanted. */
    void grantsTheNext() {
        beside = 1;
    }

    @Override
    public String toString() {
        return entries.toString();
    }

    static boolean isMapping(byte[] request) {
        return request[1] != 0;
    }

    static boolean isDeletion(byte[] request) {
        return isMapping(request) && ByteBuffer.wrap(request).getInt(request[0] == 2 ? 4 : 8) == 0;
    }

    /** The right answer, which it also acts on; empty where it has none. */
    Optional<byte[]> answer(byte[] request) {
        dropExpired();
        if (request[0] == 2 != pcp) {
            return pcp ? Optional.empty() : Optional.of(refusal(request, 1));
        }
        if (!pcp) {
            return Optional.of(isMapping(request) ? natPmp(request) : address(request));
        }
        return Optional.of(
                isMapping(request) ? pcpMap(request) : header(request, 24, 0, 0).array());
    }

    /** The answer with that result code, which changes nothing. */
    byte[] refusal(byte[] request, int code) {
        if (!pcp || request[0] != 2) {
            return natPmpHeader(request, 8, code).array();
        }
        return header(request, Math.max(24, request.length), code, 30)
                .put(request, 24, request.length - 24)
                .array();
    }

    private int epoch() {
        return (int) clock.uptime().minus(start).toSeconds();
    }

    private ByteBuffer natPmpHeader(byte[] request, int length, int code) {
        return ByteBuffer.allocate(length)
                .put((byte) 0)
                .put((byte) (request[1] | 0x80))
                .putShort((short) code)
                .putInt(epoch());
    }

    private byte[] address(byte[] request) {
        return natPmpHeader(request, 12, 0).put(EXTERNAL, 12, 4).array();
    }

    private byte[] natPmp(byte[] request) {
        ByteBuffer in = ByteBuffer.wrap(request);
        int lifetime = in.getInt(8);
        String key = request[1] + ":" + Short.toUnsignedInt(in.getShort(4));
        int external = change(key, Short.toUnsignedInt(in.getShort(6)), "", lifetime);
        return natPmpHeader(request, 16, 0)
                .putShort(in.getShort(4))
                .putShort((short) external)
                .putInt(lifetime)
                .array();
    }

    private int change(String key, int wanted, String nonce, int lifetime) {
        if (lifetime == 0) {
            entries.remove(key);
            return 0;
        }
        int external =
                Optional.ofNullable(entries.get(key)).map(Entry::external).orElse(wanted + beside);
        entries.put(key, new Entry(external, nonce, clock.uptime().plusSeconds(lifetime)));
        return external;
    }

    private ByteBuffer header(byte[] request, int length, int code, int lifetime) {
        return ByteBuffer.allocate(length)
                .put((byte) 2)
                .put((byte) (request[1] | 0x80))
                .put((byte) 0)
                .put((byte) code)
                .putInt(lifetime)
                .putInt(epoch())
                .put(new byte[12]);
    }

    private byte[] pcpMap(byte[] request) {
        ByteBuffer in = ByteBuffer.wrap(request);
        String nonce = HexFormat.of().formatHex(request, 24, 36);
        String key = request[36] + ":" + Short.toUnsignedInt(in.getShort(40));
        if (entries.containsKey(key) && !entries.get(key).nonce().equals(nonce)) {
            return refusal(request, 2);
        }
        int lifetime = in.getInt(4);
        int wanted = Short.toUnsignedInt(in.getShort(42));
        int external = change(key, wanted, nonce, lifetime);
        byte[] answer = header(request, 60, 0, lifetime)
                .put(request, 24, 18)
                .putShort((short) (lifetime == 0 ? wanted : external))
                .array();
        System.arraycopy(EXTERNAL, 0, answer, EXTERNAL_AT, EXTERNAL.length);
        return answer;
    }

    /** A copy of the bytes with others at that offset; longer where they do not fit. */
    static byte[] with(byte[] bytes, int at, int... others) {
        byte[] copy = Arrays.copyOf(bytes, Math.max(bytes.length, at + others.length));
        for (int i = 0; i < others.length; i++) {
            copy[at + i] = (byte) others[i];
        }
        return copy;
    }
}
