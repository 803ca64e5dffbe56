package dev.ajar.kubernetes;

import java.util.Set;

/** The words ajar reads and writes in Services. */
public final class ServiceTerms {
    /** Begins the annotations. */
    public static final String PREFIX = "ajar.dev/";

    static final String OPEN = PREFIX + "open";

    /** Which external ports it has, or had and the router may still have: {@code tcp/25565,udp/19132}. */
    static final String PORTS = PREFIX + "ports";

    /** The address on the internet side that ajar wrote last. */
    static final String ADDRESS = PREFIX + "address";

    /** What external-dns points the Service's names to; ajar leaves it alone where another value is in it. */
    public static final String DNS_TARGET = "external-dns.alpha.kubernetes.io/target";

    public static final String FINALIZER = PREFIX + "port-mappings";
    public static final String CONDITION = PREFIX + "PortsOpen";

    /** The class of load balancers that are this router. */
    static final String CLASS = PREFIX + "router";

    private static final Set<String> WRITTEN = Set.of(PORTS, ADDRESS);

    private ServiceTerms() {}

    static boolean isWritten(String annotation) {
        return WRITTEN.contains(annotation);
    }
}
