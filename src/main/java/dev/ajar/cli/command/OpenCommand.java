package dev.ajar.cli.command;

import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.context.GatewayCommand;
import dev.ajar.cli.hint.AnswerHints;
import dev.ajar.cli.hint.FriendsCode;
import dev.ajar.cli.hint.ManualHintFinder;
import dev.ajar.cli.hint.ManualRuleRecorder;
import dev.ajar.cli.hint.RouterHints;
import dev.ajar.cli.hint.ServiceHints;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.relay.RelayFallback;
import dev.ajar.cli.render.ClosingTime;
import dev.ajar.cli.render.OpenText;
import dev.ajar.cli.render.OpenWarnings;
import dev.ajar.cli.router.RouterFallback;
import dev.ajar.doctor.HostProbe;
import dev.ajar.document.ExitCode;
import dev.ajar.document.ManualHint;
import dev.ajar.document.OpenJson;
import dev.ajar.document.OpenSummary;
import dev.ajar.gateway.admin.AdminProtocol;
import dev.ajar.mapping.report.OpenResult;
import dev.ajar.mapping.report.OpenedPort;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.IpVersion;
import dev.ajar.model.ProtocolChoice;
import dev.ajar.service.PortService;
import dev.ajar.service.ServiceRequest;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.IpVersionSyntax;
import dev.ajar.system.EagerValue;
import dev.ajar.system.SystemPause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code ajar open}. */
public final class OpenCommand extends GatewayCommand {
    private final OpenOptions options = new OpenOptions();
    private Supplier<ServiceCatalog> services = ServiceCatalog::new;
    private @Nullable OpenRequest checked;

    /** This machine, which is read while the router is asked. */
    private @Nullable HostProbe machine;

    public OpenCommand(CliContext context) {
        super(context);
    }

    @Override
    public void begin() {
        super.begin();
        services = EagerValue.of("services", services);
    }

    @Override
    protected void defineOwn(CommandSpec own) {
        options.addTo(own);
        OptionBuilder.describe(
                own, Message.of("help.open"), Message.of("help.open.examples"), Message.of("help.open.end"));
    }

    @Override
    protected void check() throws InvalidInputException {
        checked = options.request(context(), services.get(), output().json());
    }

    private HostProbe machine() {
        return machine == null ? context().hostProbe() : machine;
    }

    private OpenRequest checked() {
        if (checked == null) {
            throw new IllegalStateException("not checked yet");
        }
        return checked;
    }

    /** A relay runs in the process that the user started. */
    @Override
    protected String request() {
        return options.isRelayed() ? "" : isByHand() ? "record" : "open";
    }

    @Override
    protected Optional<Failure> objection() {
        return checked().objection();
    }

    @Override
    protected boolean takesByHand() {
        return true;
    }

    @Override
    protected boolean takesAll() {
        return true;
    }

    @Override
    protected ExitCode run(PortService service, GatewaySelector selection, Duration timeout)
            throws InvalidInputException {
        OpenRequest request = checked();
        if (isByHand()) {
            return new ManualRuleRecorder(context(), output()).record(service, request.mappings());
        }
        machine = context().hostProbe().ahead();
        try (ManualHintFinder manual = ManualHintFinder.begin(new SystemPause())) {
            return open(request, service, selection, timeout, manual);
        }
    }

    private ExitCode open(
            OpenRequest request,
            PortService service,
            GatewaySelector selection,
            Duration timeout,
            ManualHintFinder manual)
            throws InvalidInputException {
        UpstreamOption upstream = options.upstream(context());
        if (!request.isOverIpv4()) {
            upstream.refuseWithoutIpv4();
            IpVersionSyntax.refuseNamed(selection);
            if (isForAll()) {
                throw new InvalidInputException(Message.of("open.all-is-ipv4"));
            }
        }
        ServiceRequest.Open wanted = new ServiceRequest.Open(
                request.mappings(),
                selection,
                isForAll(),
                request.ipVersions(),
                request.ownership().stay(),
                timeout,
                upstream.given());
        Optional<Duration> lease = options.chosenLease(context());
        boolean byRule = selection.protocols().equals(ProtocolChoice.only(AdminProtocol.ROUTER));
        OpenResult first = service.open(byRule ? lasting(wanted, lease) : wanted);
        // Only a user who reads the output can be asked.
        boolean mayAsk = !output().json() && !output().quiet();
        Optional<ServiceRequest.Upstream> consent = mayAsk ? upstream.asked(first) : Optional.empty();
        OpenResult asked = consent.map(wanted::with).map(service::open).orElse(first);
        // Not even loaded where a port is open.
        Optional<RouterFallback> known = asked.isAnyOpen() || !request.isOverIpv4()
                ? Optional.empty()
                : Optional.of(RouterFallback.of(context(), asked, selection));
        boolean switched = known.filter(other -> other.switchedUpnpOn(mayAsk)).isPresent();
        OpenResult tried = switched ? service.open(wanted) : asked;
        Optional<RouterFallback> router = tried.isAnyOpen() ? Optional.empty() : known;
        Optional<ServiceRequest.Open> again = router.flatMap(other -> other.agreed(selection, mayAsk))
                .map(other -> lasting(wanted.through(other), lease));
        OpenResult result = again.map(service::open).orElse(tried);
        Optional<Duration> stay = again.or(() -> byRule ? Optional.of(lasting(wanted, lease)) : Optional.empty())
                .map(ServiceRequest.Open::stay)
                .orElse(request.ownership().stay());
        ExitCode exitCode = OpenSummary.exitCode(result);
        print(
                result,
                exitCode,
                upstream,
                new ClosingTime(stay, service.keeper(), context().clock()),
                router,
                manual);
        tellAttempts(result.attempts());
        return options.isRelayed()
                ? RelayFallback.of(
                                context(),
                                output().quiet(),
                                result,
                                selection,
                                request.ownership().stay(),
                                request.agreed())
                        .orElse(exitCode)
                : exitCode;
    }

    /** The router gives a rule no lease, so ajar ends it when a lease would. */
    private static ServiceRequest.Open lasting(ServiceRequest.Open request, Optional<Duration> lease) {
        return lease.map(request::lasting).orElse(request);
    }

    private void print(
            OpenResult report,
            ExitCode exitCode,
            UpstreamOption upstream,
            ClosingTime end,
            Optional<RouterFallback> router,
            ManualHintFinder byHand) {
        OpenRequest request = checked();
        Optional<ManualHint> manual = byHand.find(report, request.typed(), machine());
        if (output().json()) {
            OpenJson.Aside aside = new OpenJson.Aside(
                    warnings(report),
                    Stream.concat(barriers(report).stream(), hints(report, upstream).stream())
                            .toList(),
                    request.friends().places(report, unanswered(report)),
                    manual);
            terminal().document(OpenJson.of("open", report, exitCode, end.keeper(), aside));
            return;
        }
        OpenText.print(
                terminal(),
                report,
                output().quiet(),
                new OpenText.Aside(
                        end,
                        request.warnings(report),
                        () -> barriers(report),
                        () -> hints(report, upstream),
                        manual,
                        manual.flatMap(hint -> router.flatMap(other -> other.hint(hint, request.typed())))));
        Set<IpVersion> unanswered = unanswered(report);
        if (!output().quiet()) {
            request.friends().of(report, unanswered).map(terminal()::text).ifPresent(terminal()::tell);
        }
        if (options.isCoded()) {
            request.friends().places(report, unanswered).stream()
                    .findFirst()
                    .ifPresent(place -> FriendsCode.print(terminal(), place));
        }
    }

    private Set<IpVersion> unanswered(OpenResult report) {
        return report.isAnyOpen() ? AnswerHints.unanswered(opened(report), machine()) : Set.of();
    }

    /** What this machine does to friends, although the router lets them in. */
    private List<Message> barriers(OpenResult report) {
        return report.isAnyOpen() ? AnswerHints.all(opened(report), machine()) : List.of();
    }

    private static List<ReportedMapping> opened(OpenResult report) {
        return report.ports().stream().map(OpenedPort::reported).toList();
    }

    private List<Message> warnings(OpenResult report) {
        List<Message> all = new ArrayList<>(checked().warnings(report));
        all.addAll(OpenWarnings.of(report));
        return List.copyOf(all);
    }

    /** Asking a local service what it is takes a moment, so the outcome is printed first. */
    private List<Message> hints(OpenResult report, UpstreamOption upstream) {
        List<Message> all = new ArrayList<>();
        upstream.unused(report).ifPresent(all::add);
        if (checked().isNarrowed() && report.failure().isEmpty() && !report.isAnyOpen()) {
            all.add(Message.of("open.narrowed-in-vain"));
        }
        report.failure().ifPresent(failure -> all.addAll(RouterHints.of(failure, machine())));
        if (report.isAnyOpen()) {
            all.addAll(ServiceHints.of(
                    services.get(),
                    checked().opened(report),
                    machine(),
                    checked().ranges()));
        }
        return List.copyOf(all);
    }
}
