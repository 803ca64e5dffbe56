package dev.ajar.gateway.upnp.description;

import dev.ajar.model.RouterText;
import java.util.List;

/**
 * What ajar uses of a gateway's description.
 *
 * @param version {@code IGD:1} or {@code IGD:2}
 * @param services at least one, in document order
 */
public record IgdDescription(String version, RouterText manufacturer, RouterText model, List<WanService> services) {
    /** Whether only services of the old names are there. */
    public boolean isLegacy() {
        return services.stream().allMatch(WanService::isLegacy);
    }
}
