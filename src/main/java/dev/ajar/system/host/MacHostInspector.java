package dev.ajar.system.host;

import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;

/** A machine with macOS, by the programs that it has. */
public final class MacHostInspector implements HostInspector {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private static final int MOST_PROCESSES = 20;

    private final Function<List<String>, Optional<String>> programs;
    private final LongFunction<Optional<String>> paths;

    public MacHostInspector() {
        this(
                new HostPrograms(LIMIT),
                process -> ProcessHandle.of(process).flatMap(its -> its.info().command()));
    }

    /**
     * @param programs runs a program and returns what it prints; empty where it could not be run to its end
     * @param paths the file of a process; empty where this one may not know it
     */
    MacHostInspector(Function<List<String>, Optional<String>> programs, LongFunction<Optional<String>> paths) {
        this.programs = programs;
        this.paths = paths;
    }

    @Override
    public Optional<List<ListeningSocket>> listeners() {
        return programs.apply(List.of("netstat", "-an")).map(NetstatText::parse).filter(found -> !found.isEmpty());
    }

    /** The other firewall, pf, is off unless an administrator has set it up, and shows itself to them alone. */
    @Override
    public FirewallState firewall(TransportProtocol protocol, Port port, IpVersion ipVersion) {
        String global = run(MacFirewall.PROGRAM, "--getglobalstate");
        boolean byProgram = global.contains("State = 1");
        return MacFirewall.judge(
                global,
                byProgram ? run(MacFirewall.PROGRAM, "--listapps") : "",
                byProgram ? having(protocol, port) : List.of());
    }

    /** The files of the programs that have the port, as far as this user may know. */
    private List<String> having(TransportProtocol protocol, Port port) {
        String[] command = protocol == TransportProtocol.TCP
                ? new String[] {"/usr/sbin/lsof", "-nP", "-iTCP:" + port, "-sTCP:LISTEN", "-F", "pn"}
                : new String[] {"/usr/sbin/lsof", "-nP", "-iUDP:" + port, "-F", "pn"};
        return LsofText.having(port, run(command)).stream()
                .limit(MOST_PROCESSES)
                .map(process -> paths.apply(process).orElse(""))
                .distinct()
                .toList();
    }

    private String run(String... command) {
        return programs.apply(List.of(command)).orElse("");
    }

    @Override
    public boolean isContainer() {
        return false;
    }

    @Override
    public Optional<List<Neighbour>> neighbours() {
        return programs.apply(List.of("arp", "-an")).map(ArpText::macos);
    }
}
