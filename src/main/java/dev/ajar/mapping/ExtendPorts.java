package dev.ajar.mapping;

import dev.ajar.discovery.GatewaySource;
import dev.ajar.mapping.removal.ClosablePorts;
import dev.ajar.mapping.report.CloseReport.CloseRequest;
import dev.ajar.mapping.report.OpenReport;
import dev.ajar.mapping.request.Ownership;
import dev.ajar.mapping.request.Progress;
import dev.ajar.mapping.request.TimeBudget;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.IpVersion;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.ProtocolChoice;
import dev.ajar.model.Result;
import dev.ajar.model.TransportProtocol;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.system.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps ports that are open for a time from now on, as they were asked for: on the same gateways, in the same
 * protocols, under the same name, for the same clients. A port that had no end gets one; no other closes sooner than
 * before.
 */
final class ExtendPorts {
    private final GatewaySource gateways;
    private final StateStore store;
    private final Timeline timeline;
    private final Progress progress;

    ExtendPorts(GatewaySource gateways, StateStore store, Timeline timeline, Progress progress) {
        this.gateways = gateways;
        this.store = store;
        this.timeline = timeline;
        this.progress = progress;
    }

    /**
     * @param lease to ask for
     * @param kept whether a process renews what has no end
     */
    OpenReport run(
            List<CloseRequest> ports,
            GatewaySelector selection,
            Duration stay,
            LeaseDuration lease,
            boolean kept,
            TimeBudget budget) {
        return switch (store.load()) {
            case Result.Err<Snapshot>(Failure failure) -> OpenReport.failed(failure, List.of());
            case Result.Ok<Snapshot>(Snapshot loaded) ->
                switch (new Extension(loaded.current(timeline.instant()), selection, stay, kept, timeline.instant())
                        .of(ports)) {
                    case Result.Err<Map<GatewaySelector, List<Mapping>>>(Failure failure) ->
                        OpenReport.failed(failure, List.of());
                    case Result.Ok<Map<GatewaySelector, List<Mapping>>>(Map<GatewaySelector, List<Mapping>> mappings) ->
                        ask(mappings, lease, Ownership.userFor(stay), budget);
                };
        };
    }

    private OpenReport ask(
            Map<GatewaySelector, List<Mapping>> mappings, LeaseDuration lease, Ownership owner, TimeBudget budget) {
        List<OpenReport> overIpv4 = new ArrayList<>();
        List<OpenReport> overIpv6 = new ArrayList<>();
        mappings.forEach((selection, open) -> {
            List<Mapping> asked =
                    open.stream().map(mapping -> mapping.lasting(lease)).toList();
            TimeBudget own = new TimeBudget(budget.freshSearch(), budget.whole(), budget.searchTime());
            OpenReport report =
                    new OpenPorts(gateways, store, timeline, progress).run(asked, selection, Optional.of(owner), own);
            (selection.ipVersion() == IpVersion.IPV4 ? overIpv4 : overIpv6).add(report);
        });
        progress.ends();
        if (overIpv4.isEmpty()) {
            return OpenReport.together(overIpv6);
        }
        OpenReport report = OpenReport.together(overIpv4);
        return overIpv6.isEmpty() ? report : report.with(OpenReport.together(overIpv6));
    }

    /** What to ask for. */
    private record Extension(Snapshot snapshot, GatewaySelector selection, Duration stay, boolean kept, Instant now) {
        Result<Map<GatewaySelector, List<Mapping>>> of(List<CloseRequest> ports) {
            Map<GatewaySelector, List<Mapping>> all = new LinkedHashMap<>();
            for (CloseRequest port : ports) {
                List<MappingRecord> open = ClosablePorts.of(snapshot, port).stream()
                        .filter(record -> !record.leaving() && isSelected(record))
                        .toList();
                if (open.isEmpty()) {
                    return Result.err(refused("mapping.extend-not-open", port));
                }
                for (MappingRecord record : open) {
                    for (DesiredMapping desired : desired(record)) {
                        Optional<Failure> sooner = sooner(desired, record, port);
                        if (sooner.isPresent()) {
                            return Result.err(sooner.get());
                        }
                        List<Mapping> here = all.computeIfAbsent(desired.selection(), one -> new ArrayList<>());
                        if (!here.contains(desired.mapping())) {
                            here.add(desired.mapping());
                        }
                    }
                }
            }
            return Result.ok(all);
        }

        private boolean isSelected(MappingRecord record) {
            GatewayId gateway = record.claim().gateway();
            return selection.gateway().map(gateway.address()::equals).orElse(true)
                    && (selection.protocols().isAutomatic()
                            || selection.protocols().allows(gateway.method()));
        }

        /**
         * Those of the user. Where it is open for another owner only, the user desires it as that owner asked for it.
         */
        private List<DesiredMapping> desired(MappingRecord record) {
            List<DesiredMapping> own = snapshot.desiredMappings().stream()
                    .filter(desired -> desired.owner() instanceof Owner.User && snapshot.serves(desired, record))
                    .toList();
            return own.isEmpty()
                    ? List.of(new DesiredMapping(
                            record.claim().mapping(), selection(record), new Owner.User(), now, Optional.of(now)))
                    : own;
        }

        private GatewaySelector selection(MappingRecord record) {
            GatewayId gateway = record.claim().gateway();
            ProtocolChoice protocols = gateway.method().traits().automatic()
                    ? selection.protocols()
                    : ProtocolChoice.only(gateway.method());
            GatewaySelector one = new GatewaySelector(protocols, selection.gateway(), selection.location());
            return record.isPinhole() ? one.overIpv6() : one;
        }

        /** Why the time from now would end it sooner than it ends now. */
        private Optional<Failure> sooner(DesiredMapping desired, MappingRecord record, CloseRequest port) {
            Optional<Instant> end = desired.until().or(() -> kept ? Optional.empty() : record.end());
            if (end.isEmpty()) {
                // The user has just said how long it is to stay.
                return Optional.empty();
            }
            Duration left = Duration.between(now, end.get());
            return left.compareTo(stay) <= 0
                    ? Optional.empty()
                    : Optional.of(refused(
                            "mapping.extend-longer",
                            port,
                            new LeaseDuration.Finite(
                                            left.compareTo(Duration.ofMinutes(1)) > 0
                                                    ? left.truncatedTo(ChronoUnit.MINUTES)
                                                    : left)
                                    .text()));
        }

        private Failure refused(String key, CloseRequest port) {
            return new Failure.Usage(Message.of(key, "port", typed(port), "time", time()));
        }

        private Failure refused(String key, CloseRequest port, String left) {
            return new Failure.Usage(Message.of(key, "port", typed(port), "time", time(), "left", left));
        }

        private String time() {
            return new LeaseDuration.Finite(stay).text();
        }

        private static String typed(CloseRequest port) {
            String inside = port.externalPort().equals(port.internalPort()) ? "" : ":" + port.internalPort();
            return port.externalPort() + inside + (port.protocol() == TransportProtocol.UDP ? "/udp" : "");
        }
    }
}
