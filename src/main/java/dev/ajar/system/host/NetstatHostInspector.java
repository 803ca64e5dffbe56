package dev.ajar.system.host;

import dev.ajar.message.Message;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.process.BoundedRun;
import dev.ajar.system.process.SystemProgram;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** A machine with Windows or macOS, by the programs that each of them has. */
public final class NetstatHostInspector implements HostInspector {
    private static final String MAC_FIREWALL = "/usr/libexec/ApplicationFirewall/socketfilterfw";

    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final boolean windows;
    private final Function<List<String>, Optional<String>> programs;

    /** @param system the value of {@code os.name} */
    public NetstatHostInspector(String system) {
        this(system, NetstatHostInspector::run);
    }

    /**
     * @param system the value of {@code os.name}
     * @param programs runs a program and returns what it prints; empty where it could not be run to its end
     */
    NetstatHostInspector(String system, Function<List<String>, Optional<String>> programs) {
        this.windows = system.toLowerCase(Locale.ROOT).startsWith("windows");
        this.programs = programs;
    }

    private static Optional<String> run(List<String> command) {
        return new BoundedRun(LIMIT, SystemProgram.command(command)).run()
                                instanceof BoundedRun.Outcome.Ended(int exitCode, String output)
                        && exitCode == 0
                ? Optional.of(output)
                : Optional.empty();
    }

    /** Whether that system is one of the two. */
    public static boolean knows(String system) {
        String name = system.toLowerCase(Locale.ROOT);
        return name.startsWith("windows") || name.startsWith("mac");
    }

    @Override
    public Optional<List<ListeningSocket>> listeners() {
        return programs.apply(List.of("netstat", "-an")).map(NetstatText::parse).filter(found -> !found.isEmpty());
    }

    /** Both let in by program and not by port, so that only a firewall that is off is a certain answer. */
    @Override
    public FirewallState firewall(TransportProtocol protocol, Port port, IpVersion ipVersion) {
        if (windows) {
            return new FirewallState.Unknown(
                    Message.of("system.firewall-by-program"), "netsh advfirewall firewall show rule name=all dir=in");
        }
        return programs.apply(List.of(MAC_FIREWALL, "--getglobalstate"))
                .filter(text -> text.contains("State = 0"))
                .<FirewallState>map(off -> new FirewallState.Open())
                .orElseGet(() -> new FirewallState.Unknown(
                        Message.of("system.firewall-by-program"), MAC_FIREWALL + " --listapps"));
    }

    @Override
    public boolean isContainer() {
        return false;
    }

    @Override
    public Optional<List<Neighbour>> neighbours() {
        return windows
                ? programs.apply(List.of("arp", "-a")).map(ArpText::windows)
                : programs.apply(List.of("arp", "-an")).map(ArpText::macos);
    }
}
