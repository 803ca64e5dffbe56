package dev.ajar.service.backend;

import dev.ajar.daemon.CommandThreads;
import dev.ajar.daemon.PortRequests;
import dev.ajar.document.CloseJson;
import dev.ajar.document.ExitCode;
import dev.ajar.document.JsonMembers;
import dev.ajar.document.JsonReports;
import dev.ajar.document.ListJson;
import dev.ajar.document.OpenJson;
import dev.ajar.document.OpenSummary;
import dev.ajar.document.StatusJson;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonWriter;
import dev.ajar.mapping.report.CloseReport;
import dev.ajar.mapping.report.Freshness;
import dev.ajar.mapping.report.ListReport;
import dev.ajar.mapping.report.OpenResult;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.mapping.report.StatusReport;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.service.CommandBackend;
import dev.ajar.service.CommandBackend.RenewalResult;
import dev.ajar.service.LocalPorts;
import dev.ajar.service.PortsFactory;
import dev.ajar.service.RenewalRequest;
import dev.ajar.service.ServiceRequest;
import dev.ajar.service.TimedReport;
import dev.ajar.service.client.DaemonLink;
import dev.ajar.service.json.KeeperJson;
import dev.ajar.service.json.RenewJson;
import dev.ajar.service.json.RequestJson;
import dev.ajar.service.json.StopJson;
import dev.ajar.syntax.AddressSyntax;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Answers clients of the daemon: what asks a router is done on a thread of its own, in turn. */
final class DaemonRequests implements PortRequests {
    /** A little longer than the longest command. */
    private static final long LONGEST_MINUTES = 11;

    /** Answers one kind of request. */
    @FunctionalInterface
    private interface Answer {
        String to(JsonObject request, CommandThreads threads) throws InterruptedException;
    }

    private final PortsFactory factory;
    private final CommandBackend backend;
    private final CachedReports reports;
    private final Map<String, Answer> answers = new TreeMap<>();

    /**
     * @param backend the daemon's own
     * @param reports answers list and status
     * @param page switches the page on in a language, or that of the browser where it is empty, and tells a way into it
     */
    DaemonRequests(
            PortsFactory factory,
            CommandBackend backend,
            CachedReports reports,
            Function<String, Result<String>> page) {
        this.factory = factory;
        this.backend = backend;
        this.reports = reports;
        answers.put(DaemonLink.HELLO, (request, threads) -> hello());
        answers.put("open", this::open);
        answers.put("extend", this::extend);
        answers.put("record", this::record);
        answers.put("close", this::close);
        answers.put("renew", this::renew);
        answers.put("list", this::list);
        answers.put("status", this::status);
        // Of no router: the threads of commands, which the keeper waits for, would only keep it from closing ports.
        answers.put(
                DaemonLink.STOP_RELAY,
                (request, threads) -> StopJson.write(backend.stopRelays(RequestJson.stopRelays(request))));
        answers.put("web", (request, threads) -> switch (page.apply(
                request.optionalText("language").orElse(""))) {
            case Result.Ok<String>(String document) -> document;
            case Result.Err<String>(Failure failure) -> JsonReports.failed("web", failure);
        });
    }

    @Override
    public Set<String> names() {
        return answers.keySet();
    }

    @Override
    public String answer(String name, JsonObject request, CommandThreads threads) throws InterruptedException {
        Answer answer = answers.get(name);
        return answer == null ? hello() : answer.to(request, threads);
    }

    /** What it knows, and how it is called. */
    private String hello() {
        JsonMembers json = new JsonMembers()
                .with("schema", 1)
                .with("command", DaemonLink.HELLO)
                .with("requests", List.copyOf(names()));
        KeeperJson.put(json, backend.keeper());
        return JsonWriter.write(json.map());
    }

    private String open(JsonObject json, CommandThreads threads) throws InterruptedException {
        ServiceRequest.Open request = RequestJson.open(json);
        Optional<Failure> unsafe = unsafe(request.selection())
                .or(() -> request.upstream()
                        .flatMap(ServiceRequest.Upstream::named)
                        .flatMap(AddressSyntax::onTheInternet));
        if (unsafe.isPresent()) {
            return written("open", OpenResult.failed(unsafe.get()));
        }
        return done("open", threads, service -> written("open", service.open(request)));
    }

    private String extend(JsonObject json, CommandThreads threads) throws InterruptedException {
        ServiceRequest.Extend request = RequestJson.extend(json);
        Optional<Failure> unsafe = unsafe(request.selection());
        return unsafe.isPresent()
                ? written("extend", OpenResult.failed(unsafe.get()))
                : done("extend", threads, service -> written("extend", service.extend(request)));
    }

    private String written(String command, OpenResult result) {
        return OpenJson.of(command, result, OpenSummary.exitCode(result), backend.keeper(), OpenJson.Aside.NONE);
    }

    private String record(JsonObject json, CommandThreads threads) throws InterruptedException {
        ServiceRequest.ByHand request = RequestJson.record(json);
        return done("open", threads, service -> switch (service.record(request)) {
            case Result.Ok<List<ReportedMapping>>(List<ReportedMapping> rules) ->
                OpenJson.ofManualRules(rules, List.of());
            case Result.Err<List<ReportedMapping>>(Failure failure) -> JsonReports.failed("open", failure);
        });
    }

    private String close(JsonObject json, CommandThreads threads) throws InterruptedException {
        ServiceRequest.Close request = RequestJson.close(json);
        Optional<Failure> unsafe = unsafe(request.selection());
        if (unsafe.isPresent()) {
            return written(new CloseReport(List.of(), List.of(), unsafe, List.of()));
        }
        return done(
                "close",
                threads,
                service -> written(
                        RequestJson.isStale(json)
                                ? service.close(RequestJson.closeStale(json))
                                : service.close(request)));
    }

    private static String written(CloseReport report) {
        return CloseJson.write(report, CloseJson.exitCode(report));
    }

    private String renew(JsonObject json, CommandThreads threads) throws InterruptedException {
        RenewalRequest request = RequestJson.renewal(json);
        return done("renew", threads, service -> switch (service.renew(request)) {
            case Result.Ok<RenewalResult>(RenewalResult result) -> RenewJson.write(result);
            case Result.Err<RenewalResult>(Failure failure) -> JsonReports.failed("renew", failure);
        });
    }

    private String list(JsonObject json, CommandThreads threads) throws InterruptedException {
        ServiceRequest.Look request = RequestJson.look(json);
        Optional<Failure> unsafe = unsafe(request.selection());
        TimedReport<ListReport> looked = unsafe.isPresent()
                ? new TimedReport<>(ListReport.failed(unsafe.get(), List.of()), Freshness.NEVER)
                : reports.list(request, threads);
        ListReport report = looked.report();
        return ListJson.write(report, ListJson.exitCode(report), looked.freshness(), List.of());
    }

    private String status(JsonObject json, CommandThreads threads) throws InterruptedException {
        ServiceRequest.Look request = RequestJson.look(json);
        Optional<Failure> unsafe = unsafe(request.selection());
        TimedReport<StatusReport> looked = unsafe.isPresent()
                ? new TimedReport<>(StatusReport.failed(unsafe.get()), Freshness.NEVER)
                : reports.status(request, threads);
        StatusReport report = looked.report();
        ExitCode exitCode = StatusJson.exitCode(report);
        return StatusJson.write(report, exitCode, backend.keeper(), looked.freshness(), List.of());
    }

    /** A client that is not ajar's own has not checked it. */
    private static Optional<Failure> unsafe(GatewaySelector selection) {
        return selection
                .gateway()
                .or(() -> selection.location().map(URI::getHost).flatMap(Addresses::ipv4))
                .flatMap(AddressSyntax::onTheInternet);
    }

    private String done(String command, CommandThreads threads, Function<LocalPorts, String> work)
            throws InterruptedException {
        try {
            return threads.submit(store -> work.apply(factory.ports(store, backend)))
                    .get(LONGEST_MINUTES, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            return JsonReports.bug(command, new RouterText(String.valueOf(e.getMessage())).display());
        } catch (CancellationException e) {
            return JsonReports.failed(command, new Failure.Busy(Message.of("daemon.ending")));
        } catch (TimeoutException e) {
            return JsonReports.failed(command, new Failure.Busy(Message.of("control.silent")));
        }
    }
}
