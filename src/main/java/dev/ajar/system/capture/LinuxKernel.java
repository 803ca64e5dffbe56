package dev.ajar.system.capture;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** What a Linux kernel tells a program. A recorded one gives the same answers again. */
public interface LinuxKernel {
    /** An IPv4 address of an interface. */
    record Assigned(String interfaceName, InetAddress address, int prefixLength) {}

    /** The first part of a file below {@code /sys} or {@code /proc}; empty where there is none. */
    Optional<String> file(String path);

    /** The names in a folder; empty where there is none. */
    List<String> names(String folder);

    /** The name of what a symbolic link leads to; empty where there is none. */
    Optional<String> linkTarget(String path);

    /** The IPv4 addresses of this machine; an interface has them in the kernel's order. */
    List<Assigned> addresses();

    /**
     * The source address that the kernel chooses for a destination. An unbound socket is connected for that, which
     * sends nothing.
     *
     * @return empty where it has no route
     */
    Optional<InetAddress> sourceTowards(InetAddress destination);

    /**
     * The output of the route program {@code ip}.
     *
     * @return an empty text where the kernel refused the question, and one that is not JSON where the program did not
     *     understand it; empty where the program is missing or out of time
     */
    Optional<String> ip(String... arguments);
}
