package dev.ajar.model;

/**
 * A protocol by which gateways are asked for mappings. The set is open: each one is defined in its own package and
 * registered in {@link MappingProtocols}. Two with the same key are the same protocol.
 *
 * @param key the stable name in JSON and in the state file: {@code nat_pmp}
 * @param title the name people know it by
 * @param rank the preferred protocol has the lowest
 * @param handles reads its lease handles
 */
public record MappingProtocol(String key, String title, int rank, ProtocolTraits traits, LeaseHandle.Format handles)
        implements Comparable<MappingProtocol> {
    @Override
    public int compareTo(MappingProtocol other) {
        int byRank = Integer.compare(rank, other.rank);
        return byRank != 0 ? byRank : key.compareTo(other.key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MappingProtocol protocol && key.equals(protocol.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return key;
    }
}
