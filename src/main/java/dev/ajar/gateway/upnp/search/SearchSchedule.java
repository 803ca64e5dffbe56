package dev.ajar.gateway.upnp.search;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jupnp.model.message.header.DeviceTypeHeader;
import org.jupnp.model.message.header.RootDeviceHeader;
import org.jupnp.model.message.header.STAllHeader;
import org.jupnp.model.message.header.UDADeviceTypeHeader;
import org.jupnp.model.message.header.UDAServiceTypeHeader;
import org.jupnp.model.message.header.UpnpHeader;
import org.jupnp.model.types.DeviceType;
import org.jupnp.model.types.UDADeviceType;
import org.jupnp.model.types.UDAServiceType;

/**
 * Decides what to search for, and when. The common names go first; the odd ones, which bring more answers than needed,
 * only later. Datagrams get lost, so each round repeats the one before; and some routers answer only now and then
 * (tailscale/tailscale#10771), so a long search goes on asking.
 */
public final class SearchSchedule {
    private static final List<UpnpHeader<?>> COMMON = List.of(
            new UDADeviceTypeHeader(new UDADeviceType("InternetGatewayDevice", 1)),
            new UDADeviceTypeHeader(new UDADeviceType("InternetGatewayDevice", 2)));

    private static final List<UpnpHeader<?>> SERVICES = List.of(
            new UDAServiceTypeHeader(new UDAServiceType("WANIPConnection", 1)),
            new UDAServiceTypeHeader(new UDAServiceType("WANIPConnection", 2)),
            new UDAServiceTypeHeader(new UDAServiceType("WANPPPConnection", 1)));

    private static final List<UpnpHeader<?>> ODD = List.of(
            new RootDeviceHeader(),
            new STAllHeader(),
            new UDADeviceTypeHeader(new UDADeviceType("WANConnectionDevice", 1)),
            new DeviceTypeHeader(new DeviceType("dslforum-org", "InternetGatewayDevice", 1)));

    private static final List<Duration> ROUNDS = List.of(
            Duration.ZERO,
            Duration.ofMillis(250),
            Duration.ofMillis(750),
            Duration.ofSeconds(3),
            Duration.ofSeconds(6),
            Duration.ofSeconds(12),
            Duration.ofSeconds(24));

    private final Duration start;
    private int sent;

    /** @param start monotonic time at which the search begins */
    public SearchSchedule(Duration start) {
        this.start = start;
    }

    /** When the next round is due; empty after the last. */
    public Optional<Duration> nextAt() {
        return sent < ROUNDS.size() ? Optional.of(start.plus(ROUNDS.get(sent))) : Optional.empty();
    }

    /** Whether devices that answer the common searches have had time to. */
    public boolean isLate() {
        return sent >= 2;
    }

    /** Whether so many rounds have been sent before the one that is due. */
    public boolean isRound(int number) {
        return sent == number;
    }

    /** The targets to search for now, and on to the next round. */
    public List<UpnpHeader<?>> next() {
        List<UpnpHeader<?>> targets = new ArrayList<>(COMMON);
        if (sent >= 1) {
            targets.addAll(SERVICES);
        }
        if (sent >= 2) {
            targets.addAll(ODD);
        }
        sent++;
        return targets;
    }
}
