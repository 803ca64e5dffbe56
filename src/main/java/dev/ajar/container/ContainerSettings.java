package dev.ajar.container;

import dev.ajar.model.GatewaySelector;
import dev.ajar.model.LeaseDuration;
import java.util.List;

/**
 * What {@code [containers]} of the configuration file says.
 *
 * @param engines those to watch; empty for those in the usual places
 * @param lease of ports whose container names none
 * @param selection the gateways on which ports may be opened
 */
public record ContainerSettings(List<EngineAddress> engines, LeaseDuration lease, GatewaySelector selection) {
    /** The engines in the usual places. */
    public static final ContainerSettings USUAL =
            new ContainerSettings(List.of(), LeaseDuration.STANDARD, GatewaySelector.AUTO);

    public ContainerSettings {
        engines = List.copyOf(engines);
    }

    /** The same with these engines, if there are any. */
    public ContainerSettings with(List<EngineAddress> others) {
        return others.isEmpty() ? this : new ContainerSettings(others, lease, selection);
    }
}
