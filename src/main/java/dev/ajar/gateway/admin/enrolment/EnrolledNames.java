package dev.ajar.gateway.admin.enrolment;

import dev.ajar.catalog.RouterInterface;
import dev.ajar.gateway.admin.Approval;
import dev.ajar.lan.DeviceNames;
import dev.ajar.lan.NameSource;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.system.Deadline;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NeighbourTable;
import dev.ajar.system.Timeline;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * What an enrolled router calls the devices of its network, by its own list. Each question is a login, which its owner
 * sees in the router's log and which ends the session of an owner on some makes: they are ten minutes apart at least.
 * Thread-safe.
 */
public final class EnrolledNames implements NameSource {
    private static final Duration APART = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST = 64;

    private final BooleanSupplier allowed;
    private final EnrolledLogin logins;
    private final Function<String, Optional<RouterInterface>> makes;
    private final Timeline timeline;
    private final Map<InetAddress, Told> told = new HashMap<>();

    /**
     * @param allowed whether the password may be used without a question
     * @param makes the interfaces by the id of their profile
     */
    public EnrolledNames(
            BooleanSupplier allowed,
            Enrolments enrolments,
            Secrets secrets,
            Function<String, Optional<RouterInterface>> makes,
            NeighbourTable neighbours,
            Timeline timeline) {
        this.allowed = allowed;
        this.logins = new EnrolledLogin(enrolments, secrets, neighbours, Approval.NONE, timeline);
        this.makes = makes;
        this.timeline = timeline;
    }

    /** What one router said when. */
    private record Told(Duration at, Map<Inet4Address, String> names) {}

    @Override
    public synchronized Map<Inet4Address, String> of(LocalRoute home, Collection<Inet4Address> devices) {
        Optional<InetAddress> router = home.gateway().filter(address -> !devices.isEmpty() && allowed.getAsBoolean());
        if (router.isEmpty()) {
            return Map.of();
        }
        Duration now = timeline.uptime();
        Optional<Told> lately = Optional.ofNullable(told.get(router.get()))
                .filter(one -> now.minus(one.at()).compareTo(APART) < 0);
        if (lately.isEmpty()) {
            told.put(router.get(), new Told(now, asked(router.get(), home.localAddress(), devices)));
        }
        Map<Inet4Address, String> names = new HashMap<>(
                Optional.ofNullable(told.get(router.get())).orElseThrow().names());
        names.keySet().retainAll(List.copyOf(devices));
        return names;
    }

    private Map<Inet4Address, String> asked(InetAddress router, InetAddress local, Collection<Inet4Address> devices) {
        Deadline deadline = Deadline.after(timeline, PATIENCE);
        Optional<Enrolment> enrolment =
                logins.find(router, local, deadline).toOptional().flatMap(found -> found);
        Optional<RouterInterface> make =
                enrolment.flatMap(one -> makes.apply(one.make())).filter(RouterInterface::namesDevices);
        if (enrolment.isEmpty() || make.isEmpty()) {
            return Map.of();
        }
        List<Inet4Address> some = devices.stream().limit(MOST).toList();
        return logins.to(enrolment.get(), make.get(), local)
                .once(deadline, (table, end) -> Result.ok(harmless(table.deviceNames(some, end))))
                .toOptional()
                .orElse(Map.of());
    }

    private static Map<Inet4Address, String> harmless(Map<Inet4Address, RouterText> names) {
        Map<Inet4Address, String> shown = new HashMap<>();
        names.forEach((device, name) -> {
            String plain = name.display(DeviceNames.LONGEST).strip();
            if (!plain.isEmpty()) {
                shown.put(device, plain);
            }
        });
        return shown;
    }
}
