package dev.ajar.system.machine;

import dev.ajar.model.IpVersion;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;

/** Where the picture of this machine comes from. */
public interface MachineSource {
    /** This machine now, or as it was when the command began. */
    Machine look();

    /**
     * The same with all that decides how answers over that version of IP leave. Whether there are rules of IPv6, no
     * file of the kernel shows, so that more may be asked for it; for IPv4 it is the same as {@link #look()}.
     */
    default Machine look(IpVersion answers) {
        return look();
    }

    /** The network cards of the devices that this machine has talked to until now. */
    default Map<InetAddress, String> neighbours() {
        return look().neighbours();
    }

    /**
     * The same with what no file of the kernel shows at all, and a command that looks for faults asks in any case: a
     * route over IPv4 with several routers of one link as next hops looks like one with the first of them alone.
     */
    default Machine examine(IpVersion answers) {
        return look(answers);
    }

    /**
     * The source address that the kernel chooses for a destination now.
     *
     * @return empty where it has no route
     */
    Optional<InetAddress> sourceTowards(InetAddress destination);
}
