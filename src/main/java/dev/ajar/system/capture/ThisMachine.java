package dev.ajar.system.capture;

import dev.ajar.system.Timeline;
import dev.ajar.system.machine.MachineSource;
import dev.ajar.system.route.SystemRouteTable;
import java.util.Locale;

/** The machine that this process runs on. */
public final class ThisMachine {
    private ThisMachine() {}

    /**
     * A picture that is taken anew each time, for a process that goes on.
     *
     * @param osName the value of the system property {@code os.name}
     */
    public static MachineSource followed(String osName, Timeline timeline) {
        return osName.toLowerCase(Locale.ROOT).startsWith("linux")
                ? new LinuxSource(new SystemKernel(), timeline)
                : new OtherPicture(new SystemRouteTable(osName));
    }
}
