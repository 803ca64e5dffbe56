package dev.ajar.system.capture;

import dev.ajar.system.Timeline;
import dev.ajar.system.machine.MachineSource;
import dev.ajar.system.machine.OwnAddress;
import dev.ajar.system.process.BoundedRun;
import dev.ajar.system.route.SystemRouteTable;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The machine that this process runs on. */
public final class ThisMachine {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private ThisMachine() {}

    /**
     * A picture that is taken anew each time, for a process that goes on.
     *
     * @param osName the value of the system property {@code os.name}
     */
    public static MachineSource followed(String osName, Timeline timeline) {
        String system = osName.toLowerCase(Locale.ROOT);
        return system.startsWith("linux")
                ? new LinuxSource(new SystemKernel(), timeline)
                : new OtherPicture(
                        new SystemRouteTable(osName),
                        system.startsWith("windows") ? Ipv6Lifetimes::concluded : ThisMachine::told);
    }

    private static List<OwnAddress> told(List<OwnAddress> addresses) {
        return Ipv6Lifetimes.told(
                addresses, new BoundedRun(LIMIT, "ifconfig", "-a").run().text());
    }
}
