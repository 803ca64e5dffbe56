package dev.ajar.service;

import dev.ajar.doctor.HostProbe;
import dev.ajar.mapping.PortMapper;
import dev.ajar.mapping.report.CloseReport;
import dev.ajar.mapping.report.DiscoverReport;
import dev.ajar.mapping.report.Freshness;
import dev.ajar.mapping.report.ListReport;
import dev.ajar.mapping.report.OpenReport;
import dev.ajar.mapping.report.OpenResult;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.mapping.report.StatusReport;
import dev.ajar.mapping.request.Ownership;
import dev.ajar.message.Message;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Result;
import dev.ajar.service.CommandBackend.RenewalResult;
import dev.ajar.system.Timeline;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Works in this process, under the lock of the state file. */
public final class LocalPorts implements PortService {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final PortMapper mapper;
    private final CommandBackend backend;
    private final HostProbe hostProbe;
    private final Timeline timeline;

    /** @param backend renews and watches */
    public LocalPorts(PortMapper mapper, CommandBackend backend, HostProbe hostProbe, Timeline timeline) {
        this.mapper = mapper;
        this.backend = backend;
        this.hostProbe = hostProbe;
        this.timeline = timeline;
    }

    @Override
    public Optional<Message> keeper() {
        return backend.keeper();
    }

    @Override
    public OpenResult open(ServiceRequest.Open request) {
        Ownership ownership = request.stay().map(Ownership::userFor).orElse(Ownership.USER);
        OpenReport report = report(request, ownership);
        Optional<ServiceRequest.Upstream> consent = request.upstream().filter(given -> report.isBehindAnother());
        return OpenResult.of(consent.map(given -> upstream(request, given, report, ownership))
                .orElse(report));
    }

    @Override
    public OpenResult extend(ServiceRequest.Extend request) {
        return OpenResult.of(mapper.extend(
                request.ports(),
                request.selection(),
                request.stay(),
                request.lease(),
                keeper().isPresent(),
                request.timeout()));
    }

    private OpenReport report(ServiceRequest.Open request, Ownership ownership) {
        GatewaySelector selection = request.selection();
        if (!request.ipVersions().contains(IpVersion.IPV4)) {
            return mapper.open(request.mappings(), selection.overIpv6(), ownership, request.timeout());
        }
        if (request.everywhere()) {
            return mapper.openOnAll(request.mappings(), selection, ownership, request.timeout());
        }
        // A router that the user named is named by its IPv4 address.
        boolean named = selection.gateway().isPresent() || selection.location().isPresent();
        return named || !request.ipVersions().contains(IpVersion.IPV6)
                ? mapper.open(request.mappings(), selection, ownership, request.timeout())
                : mapper.openOverBoth(request.mappings(), selection, ownership, request.timeout());
    }

    private OpenReport upstream(
            ServiceRequest.Open request, ServiceRequest.Upstream consent, OpenReport report, Ownership ownership) {
        Optional<InetAddress> hop = consent.named().isPresent() ? Optional.empty() : hostProbe.secondHop();
        return mapper.openUpstream(
                report, consent.named(), hop, request.selection().protocols(), ownership, request.timeout());
    }

    @Override
    public Result<List<ReportedMapping>> record(ServiceRequest.ByHand request) {
        return mapper.addManualRules(request.mappings(), request.here());
    }

    @Override
    public CloseReport close(ServiceRequest.Close request) {
        return mapper.close(request.ports(), request.selection(), request.force(), request.timeout());
    }

    @Override
    public CloseReport close(ServiceRequest.CloseStale request) {
        return mapper.closeStale(backend::hasEnded, request.selection(), request.timeout());
    }

    @Override
    public Result<List<CloseReport.CloseRequest>> closable() {
        return mapper.closable();
    }

    @Override
    public TimedReport<ListReport> list(ServiceRequest.Look request) {
        ListReport report = mapper.list(request.selection(), request.timeout());
        return new TimedReport<>(report, now());
    }

    @Override
    public TimedReport<StatusReport> status(ServiceRequest.Look request) {
        StatusReport report = mapper.status(request.selection(), request.timeout());
        return new TimedReport<>(report, now());
    }

    /** What the state file has, without a question to a router. */
    public ListReport recordedList() {
        return mapper.recordedList();
    }

    /** What the state file has, without a question to a router. */
    public StatusReport recordedStatus() {
        return mapper.recordedStatus();
    }

    private Freshness now() {
        return Freshness.of(timeline.instant());
    }

    @Override
    public Result<RenewalResult> renew(RenewalRequest request, Consumer<Message> waiting) {
        return backend.renew(request, waiting);
    }

    @Override
    public Result<WatchReport> watch() {
        return backend.watch();
    }

    @Override
    public StopReport stopRelays(ServiceRequest.StopRelays request) {
        return backend.stopRelays(request);
    }

    /** Looks once a second. */
    @Override
    public void listen(Predicate<WatchReport> reader) {
        Optional<WatchReport> before = Optional.empty();
        boolean goesOn = true;
        while (goesOn) {
            Optional<WatchReport> now = watch().toOptional();
            boolean changed = !now.map(WatchReport::fingerprint).equals(before.map(WatchReport::fingerprint));
            goesOn = now.isPresent() && (!changed || reader.test(now.get())) && backend.pause(SECOND);
            before = now;
        }
    }

    @Override
    public DiscoverReport discover(ServiceRequest.Look request) {
        return mapper.discover(request.selection(), request.timeout());
    }

    @Override
    public List<PortChecks> check(ServiceRequest.Check request) {
        return examiner().check(request);
    }

    @Override
    public Examination doctor(ServiceRequest.Examine request) {
        return examiner().doctor(request);
    }

    @Override
    public Guidance guide(ServiceRequest.Guide request) {
        return examiner().guide(request);
    }

    private Examiner examiner() {
        return new Examiner(mapper, hostProbe);
    }
}
