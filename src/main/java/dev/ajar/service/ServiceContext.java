package dev.ajar.service;

import dev.ajar.keeper.model.OwnerScope;
import dev.ajar.lan.NameSource;
import dev.ajar.model.MappingProtocols;
import dev.ajar.state.Owner;
import dev.ajar.syntax.MappingProtocolSyntax;
import dev.ajar.system.NetworkView;
import dev.ajar.system.Pause;
import dev.ajar.system.Processes;
import dev.ajar.system.Timeline;
import dev.ajar.system.host.Neighbour;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The machine a service runs on.
 *
 * @param environment of this process
 * @param protocols that this machine's ajar speaks
 * @param commands runs the commands the daemon receives
 * @param ports makes the service that works in this process
 * @param names asks the devices of the home network that tell no name by multicast DNS
 * @param neighbours asks the system for the devices on this machine's networks
 * @param nextHop finds the router behind the home's router, by a packet that expires there
 * @param confirmation asks the user a yes-or-no question; false where no user can answer
 * @param warnings receives a line for people when the state file was damaged
 */
public record ServiceContext(
        Map<String, String> environment,
        NetworkView network,
        Timeline timeline,
        Pause pause,
        Processes processes,
        MappingProtocols protocols,
        KeeperFactory keepers,
        CommandRunner commands,
        PortsFactory ports,
        NameSource names,
        Supplier<List<Neighbour>> neighbours,
        Supplier<Optional<InetAddress>> nextHop,
        Predicate<String> confirmation,
        Consumer<String> warnings) {
    /** Every owner's mappings; those of an {@code ajar run} whose process has ended are removed. */
    public OwnerScope allOwners() {
        return OwnerScope.ofAllOwners(this::isRunning);
    }

    /** The same without the mappings of containers, of which only a daemon knows whether they run. */
    public OwnerScope lastingOwners() {
        return OwnerScope.ofLastingOwners(this::isRunning);
    }

    /** The mappings of one {@code ajar run}. */
    public OwnerScope only(Owner.Launch launch) {
        return OwnerScope.ofLaunch(launch, this::isRunning);
    }

    /** How a protocol is named. */
    public MappingProtocolSyntax syntax() {
        return new MappingProtocolSyntax(protocols);
    }

    public boolean isRunning(Owner.Launch launch) {
        return processes.lives(new Processes.Identity(launch.pid(), launch.started()));
    }
}
