package dev.ajar.service.client;

import dev.ajar.control.ControlClient;
import dev.ajar.control.ControlRequest;
import dev.ajar.document.CloseJson;
import dev.ajar.document.FailureJson;
import dev.ajar.document.FreshnessJson;
import dev.ajar.document.ListJson;
import dev.ajar.document.OpenJson;
import dev.ajar.document.StatusJson;
import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.mapping.report.CloseReport;
import dev.ajar.mapping.report.DiscoverReport;
import dev.ajar.mapping.report.Freshness;
import dev.ajar.mapping.report.ListReport;
import dev.ajar.mapping.report.OpenResult;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.mapping.report.StatusReport;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.MappingProtocols;
import dev.ajar.model.Result;
import dev.ajar.relay.RelayReport;
import dev.ajar.service.CommandBackend.RenewalResult;
import dev.ajar.service.Examination;
import dev.ajar.service.Guidance;
import dev.ajar.service.PortChecks;
import dev.ajar.service.PortService;
import dev.ajar.service.RenewalRequest;
import dev.ajar.service.ServiceRequest;
import dev.ajar.service.StopReport;
import dev.ajar.service.TimedReport;
import dev.ajar.service.WatchReport;
import dev.ajar.service.json.RenewJson;
import dev.ajar.service.json.RequestJson;
import dev.ajar.service.json.StopJson;
import dev.ajar.service.json.WatchDocument;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks the daemon, whose documents it reads ({@code docs/control.md}). */
public final class RemotePorts implements PortService {
    /** A little longer than the longest command. */
    private static final Duration COMMAND = Duration.ofMinutes(11);

    /** The daemon answers within a second. */
    private static final Duration LOOK = Duration.ofSeconds(4);

    /** Beyond its time: the daemon lets questions to a router end whose own interface is slow. */
    private static final Duration SLOW = Duration.ofMinutes(1);

    private static final List<String> OLD_WATCH = List.of("watch", "--once", "--json");

    private final DaemonLink daemon;
    private final MappingProtocols protocols;
    private final Supplier<List<RelayReport>> relays;
    private final Supplier<Result<PortService>> here;
    private final AttendedRetry retry;

    /**
     * @param relays the relay processes of this machine
     * @param here examines this machine and its network, which the daemon is not needed for
     * @param attended whether a user waits here, who can confirm on the router what the daemon has no user for
     */
    public RemotePorts(
            DaemonLink daemon,
            MappingProtocols protocols,
            Supplier<List<RelayReport>> relays,
            Supplier<Result<PortService>> here,
            boolean attended) {
        this.daemon = daemon;
        this.protocols = protocols;
        this.relays = relays;
        this.here = here;
        this.retry = new AttendedRetry(attended, here);
    }

    @Override
    public Optional<Message> keeper() {
        return daemon.keeper();
    }

    @Override
    public OpenResult open(ServiceRequest.Open request) {
        return opened("open", RequestJson.write(request), service -> service.open(request));
    }

    @Override
    public OpenResult extend(ServiceRequest.Extend request) {
        return opened("extend", RequestJson.write(request), service -> service.extend(request));
    }

    private OpenResult opened(String name, Map<String, Object> members, Function<PortService, OpenResult> again) {
        return retry.open(
                orElse(ask(name, members, COMMAND, json -> OpenJson.read(json, protocols)), OpenResult::failed), again);
    }

    @Override
    public Result<List<ReportedMapping>> record(ServiceRequest.ByHand request) {
        return ask("record", RequestJson.write(request), COMMAND, json -> {
                    Optional<Failure> failure = FailureJson.optional(json, "error", protocols);
                    return failure.isPresent()
                            ? Result.<List<ReportedMapping>>err(failure.get())
                            : Result.ok(OpenJson.manualRules(json, protocols));
                })
                .flatMap(answer -> answer);
    }

    @Override
    public CloseReport close(ServiceRequest.Close request) {
        return closed(
                RequestJson.write(request),
                (service, left) -> service.close(
                        new ServiceRequest.Close(left, request.selection(), request.force(), request.timeout())));
    }

    @Override
    public CloseReport close(ServiceRequest.CloseStale request) {
        return closed(RequestJson.write(request), (service, left) -> service.close(request));
    }

    private CloseReport closed(
            Map<String, Object> members, BiFunction<PortService, List<CloseReport.CloseRequest>, CloseReport> again) {
        return retry.close(
                orElse(ask("close", members, COMMAND, json -> CloseJson.read(json, protocols)), CloseReport::failed),
                again);
    }

    @Override
    public Result<List<CloseReport.CloseRequest>> closable() {
        return watch().map(watched -> ClosableRows.of(
                status(new ServiceRequest.Look(GatewaySelector.AUTO, false, LOOK))
                        .report(),
                watched));
    }

    @Override
    public TimedReport<ListReport> list(ServiceRequest.Look request) {
        return orElse(
                ask(
                        "list",
                        RequestJson.write(request),
                        patience(request),
                        json -> new TimedReport<>(ListJson.read(json, protocols), FreshnessJson.read(json))),
                failure -> new TimedReport<>(ListReport.failed(failure, List.of()), Freshness.NEVER));
    }

    @Override
    public TimedReport<StatusReport> status(ServiceRequest.Look request) {
        return orElse(
                ask(
                        "status",
                        RequestJson.write(request),
                        patience(request),
                        json -> new TimedReport<>(StatusJson.read(json, protocols), FreshnessJson.read(json))),
                failure -> new TimedReport<>(StatusReport.failed(failure), Freshness.NEVER));
    }

    private static Duration patience(ServiceRequest.Look request) {
        return request.fresh() ? request.timeout().plus(SLOW) : LOOK;
    }

    @Override
    public Result<RenewalResult> renew(RenewalRequest request, Consumer<Message> waiting) {
        return ask("renew", RequestJson.write(request), COMMAND, json -> {
                    Optional<Failure> failure =
                            json.has("unopened") ? Optional.empty() : FailureJson.optional(json, "error", protocols);
                    return failure.isPresent()
                            ? Result.<RenewalResult>err(failure.get())
                            : Result.ok(RenewJson.read(json, protocols));
                })
                .flatMap(answer -> answer);
    }

    @Override
    public StopReport stopRelays(ServiceRequest.StopRelays request) {
        return orElse(
                ask(DaemonLink.STOP_RELAY, RequestJson.write(request), COMMAND, json -> StopJson.read(json, protocols)),
                StopReport::failed);
    }

    /** Older daemons know fewer ways to tell it. */
    @Override
    public Result<WatchReport> watch() {
        Result<WatchReport> answer = ask("watch", Map.of(), LOOK, this::watched);
        return answer instanceof Result.Err ? watchedByCommand().map(Result::ok).orElse(answer) : answer;
    }

    private WatchReport watched(JsonObject json) {
        return WatchDocument.read(json, relays.get());
    }

    private Optional<WatchReport> watchedByCommand() {
        return ControlClient.ask(daemon.place(), new ControlRequest(OLD_WATCH, Map.of(), false, true))
                .flatMap(response -> {
                    try {
                        return Optional.of(
                                watched(JsonReader.read(response.out().strip().getBytes(StandardCharsets.UTF_8))));
                    } catch (JsonException e) {
                        return Optional.empty();
                    }
                });
    }

    @Override
    public void listen(Predicate<WatchReport> reader) {
        ControlClient.follow(daemon.place(), json -> reader.test(watched(json)));
    }

    @Override
    public DiscoverReport discover(ServiceRequest.Look request) {
        return orElse(
                here.get().map(service -> service.discover(request)),
                failure -> new DiscoverReport(List.of(), List.of(), Optional.of(failure)));
    }

    @Override
    public List<PortChecks> check(ServiceRequest.Check request) {
        return here().check(request);
    }

    @Override
    public Examination doctor(ServiceRequest.Examine request) {
        return here().doctor(request);
    }

    @Override
    public Guidance guide(ServiceRequest.Guide request) {
        return here().guide(request);
    }

    /** A daemon that keeps a state file was found by its folder, so there is one. */
    private PortService here() {
        return here.get().toOptional().orElseThrow();
    }

    private <T> Result<T> ask(
            String name,
            Map<String, ? extends @Nullable Object> members,
            Duration patience,
            Function<JsonObject, T> reader) {
        return daemon.ask(name, members, patience).flatMap(json -> read(json, reader));
    }

    private static <T> Result<T> read(JsonObject json, Function<JsonObject, T> reader) {
        try {
            return Result.ok(reader.apply(json));
        } catch (JsonException | DateTimeException | ArithmeticException e) {
            return Result.err(new Failure.BadState(Message.of("daemon.unreadable-answer")));
        }
    }

    private static <T> T orElse(Result<T> result, Function<Failure, T> failed) {
        return switch (result) {
            case Result.Ok<T>(T value) -> value;
            case Result.Err<T>(Failure failure) -> failed.apply(failure);
        };
    }
}
