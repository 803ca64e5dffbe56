package dev.ajar.mapping;

import dev.ajar.discovery.GatewaySource;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.Grant;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.mapping.report.OpenReport;
import dev.ajar.mapping.request.Ownership;
import dev.ajar.mapping.request.Progress;
import dev.ajar.mapping.request.TimeBudget;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Lease;
import dev.ajar.model.Mapping;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.ProtocolChoice;
import dev.ajar.model.Target;
import dev.ajar.state.StateStore;
import dev.ajar.system.Timeline;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Opens the ports of the inner router on the router in front of it as well, and on the one in front of that. */
final class UpstreamOpener {
    /** How long to ask each address. A router that is there answers at once. */
    private static final Duration EACH = Duration.ofMillis(1500);

    /** No user has been seen behind more. */
    private static final int MOST_HOPS = 3;

    private final GatewaySource gateways;
    private final StateStore store;
    private final Timeline timeline;
    private final Progress progress;

    UpstreamOpener(GatewaySource gateways, StateStore store, Timeline timeline, Progress progress) {
        this.gateways = gateways;
        this.store = store;
        this.timeline = timeline;
        this.progress = progress;
    }

    /**
     * @param named the outer router's address, where the user named it
     * @param hop the next router behind the inner one, where it is known
     * @return one report a router, nearest first; the last one shows why it ended there
     */
    List<OpenReport> run(
            OpenReport inner,
            Optional<InetAddress> named,
            Optional<InetAddress> hop,
            ProtocolChoice protocols,
            Ownership ownership,
            TimeBudget budget) {
        List<OpenReport> hops = new ArrayList<>();
        Set<InetAddress> near = new HashSet<>();
        OpenReport last = inner;
        while (hops.size() < MOST_HOPS && last.isBehindAnother()) {
            last.gateway().map(GatewayInfo::id).ifPresent(id -> near.add(id.address()));
            InetAddress far = last.externalAddress().orElseThrow();
            boolean first = hops.isEmpty();
            List<InetAddress> candidates = first && named.isPresent()
                    ? List.of(named.get())
                    : UpstreamCandidates.candidates(far, first ? hop : Optional.empty(), near);
            last = open(onward(last, far), candidates, protocols, ownership, budget);
            hops.add(last);
        }
        return List.copyOf(hops);
    }

    /** The outer router has to forward to the external ports of the inner one, which forwards from there. */
    private static List<Mapping> onward(OpenReport inner, InetAddress far) {
        return inner.over(IpVersion.IPV4).stream()
                .filter(outcome -> inner.gateway().equals(Optional.of(outcome.gateway())))
                .flatMap(outcome -> externalPort(outcome).stream().map(port -> onward(outcome.mapping(), far, port)))
                .toList();
    }

    private static Mapping onward(Mapping desired, InetAddress far, Port port) {
        return desired.onExternalPort(port).to(new Target.InnerRouter(far, port));
    }

    /** The port on the inner router, opened by ajar or another program. */
    private static Optional<Port> externalPort(OpenReport.PortOutcome outcome) {
        return outcome.result().toOptional().flatMap(grant -> switch (grant) {
            case Grant.Granted(Lease lease, var learned, var refusal) -> Optional.of(lease.externalPort());
            case Grant.AlreadyThere(ObservedMapping entry) -> Optional.of(entry.externalPort());
            case Grant.OpenAnyway ignored -> Optional.empty();
        });
    }

    private OpenReport open(
            List<Mapping> mappings,
            List<InetAddress> candidates,
            ProtocolChoice protocols,
            Ownership ownership,
            TimeBudget budget) {
        List<ProbeAttempt> attempts = new ArrayList<>();
        for (InetAddress candidate : candidates) {
            progress.begins(Message.of("mapping.searching-upstream"));
            GatewaySelector selection = new GatewaySelector(protocols, Optional.of(candidate), Optional.empty());
            TimeBudget own = new TimeBudget(budget.whole().within(EACH), budget.whole(), EACH);
            OpenReport report = new OpenPorts(gateways, store, timeline, progress)
                    .run(mappings, selection, Optional.of(ownership), own);
            attempts.addAll(report.attempts());
            boolean silent = report.failure()
                    .filter(failure -> failure instanceof Failure.NoGateway)
                    .isPresent();
            if (report.gateway().isPresent() || !silent) {
                return report;
            }
        }
        return OpenReport.failed(
                new Failure.NoGateway(
                        Message.of(candidates.isEmpty() ? "mapping.upstream-unknown" : "mapping.upstream-silent")),
                attempts);
    }
}
