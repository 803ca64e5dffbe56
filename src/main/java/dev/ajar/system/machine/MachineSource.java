package dev.ajar.system.machine;

import java.net.InetAddress;
import java.util.Optional;

/** Where the picture of this machine comes from. */
public interface MachineSource {
    /** This machine now, or as it was when the command began. */
    Machine look();

    /**
     * The source address that the kernel chooses for a destination now.
     *
     * @return empty where it has no route
     */
    Optional<InetAddress> sourceTowards(InetAddress destination);
}
