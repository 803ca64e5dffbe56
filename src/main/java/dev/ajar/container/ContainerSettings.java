package dev.ajar.container;

import dev.ajar.model.GatewaySelector;
import dev.ajar.model.LeaseDuration;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * What {@code [containers]} of the configuration file says.
 *
 * @param engines those to watch; empty for those in the usual places
 * @param lease of ports whose container names none
 * @param selection the gateways on which ports may be opened
 * @param to the device to which the ports lead; empty for this host
 */
public record ContainerSettings(
        List<EngineAddress> engines, LeaseDuration lease, GatewaySelector selection, Optional<InetAddress> to) {
    /** The engines in the usual places. */
    public static final ContainerSettings USUAL =
            new ContainerSettings(List.of(), LeaseDuration.STANDARD, GatewaySelector.AUTO);

    public ContainerSettings {
        engines = List.copyOf(engines);
    }

    /** The ports lead to this host. */
    public ContainerSettings(List<EngineAddress> engines, LeaseDuration lease, GatewaySelector selection) {
        this(engines, lease, selection, Optional.empty());
    }

    /** The same with these engines, if there are any. */
    public ContainerSettings with(List<EngineAddress> others) {
        return others.isEmpty() ? this : new ContainerSettings(others, lease, selection, to);
    }

    /** The same, with ports that lead to that device. */
    public ContainerSettings to(Optional<InetAddress> device) {
        return new ContainerSettings(engines, lease, selection, device);
    }
}
