package dev.ajar.relay;

import java.util.List;

/**
 * A network that sources belong to, for counting: the /56 and the /48 of an IPv6 address, one of which a site usually
 * has (RFC 6177), or the /24 of an IPv4 address.
 *
 * @param bits the network's part of {@link ClientSource#bits}, the rest is zero
 * @param length how many bits of the address it has
 * @param v6 whether it is one of IPv6
 */
public record SourceNetwork(long bits, int length, boolean v6) {
    private static final int V4_BITS = 32;
    private static final int SITE_V4 = 24;
    private static final int SITE_V6 = 48;
    private static final int HOME_V6 = 56;

    /** The largest network that counts as one: /48 or /24. */
    public static SourceNetwork site(ClientSource source) {
        return of(source, source.v6() ? SITE_V6 : SITE_V4);
    }

    /** The /56 of an IPv6 address; of an IPv4 address the address itself. */
    public static SourceNetwork home(ClientSource source) {
        return of(source, source.v6() ? HOME_V6 : V4_BITS);
    }

    /** All that count beyond the source itself, the largest first. */
    static List<SourceNetwork> around(ClientSource source) {
        return source.v6() ? List.of(site(source), home(source)) : List.of(site(source));
    }

    /** Whether it is a {@link #site}. */
    boolean isSite() {
        return length == (v6 ? SITE_V6 : SITE_V4);
    }

    private static SourceNetwork of(ClientSource source, int length) {
        int rest = (source.v6() ? Long.SIZE : V4_BITS) - length;
        return new SourceNetwork(source.bits() >>> rest << rest, length, source.v6());
    }
}
