package dev.ajar.system.host;

import dev.ajar.message.Message;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A machine with macOS, by the programs that it has. */
public final class MacHostInspector implements HostInspector {
    private static final String FIREWALL = "/usr/libexec/ApplicationFirewall/socketfilterfw";

    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final Function<List<String>, Optional<String>> programs;

    public MacHostInspector() {
        this(new HostPrograms(LIMIT));
    }

    /** @param programs runs a program and returns what it prints; empty where it could not be run to its end */
    MacHostInspector(Function<List<String>, Optional<String>> programs) {
        this.programs = programs;
    }

    @Override
    public Optional<List<ListeningSocket>> listeners() {
        return programs.apply(List.of("netstat", "-an")).map(NetstatText::parse).filter(found -> !found.isEmpty());
    }

    /** It lets in by program and not by port, so that only a firewall that is off is a certain answer. */
    @Override
    public FirewallState firewall(TransportProtocol protocol, Port port, IpVersion ipVersion) {
        return programs.apply(List.of(FIREWALL, "--getglobalstate"))
                .filter(text -> text.contains("State = 0"))
                .<FirewallState>map(off -> new FirewallState.Open())
                .orElseGet(() ->
                        new FirewallState.Unknown(Message.of("system.firewall-by-program"), FIREWALL + " --listapps"));
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
