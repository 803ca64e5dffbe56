package dev.ajar.service;

import dev.ajar.mapping.report.CloseReport;
import dev.ajar.mapping.report.DiscoverReport;
import dev.ajar.mapping.report.ListReport;
import dev.ajar.mapping.report.OpenResult;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.mapping.report.StatusReport;
import dev.ajar.message.Message;
import dev.ajar.model.Result;
import dev.ajar.service.CommandBackend.RenewalResult;
import dev.ajar.service.client.RemotePorts;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What ajar does, as values. There are two implementations, which callers cannot tell apart: {@link LocalPorts} works
 * in this process under the lock of the state file, and {@link RemotePorts} asks the daemon that has it.
 */
public interface PortService {
    /** The process that renews what is open; empty where none does. */
    Optional<Message> keeper();

    OpenResult open(ServiceRequest.Open request);

    /** Keeps open ports open, as they were asked for. A request that would end one sooner is refused. */
    OpenResult extend(ServiceRequest.Extend request);

    Result<List<ReportedMapping>> record(ServiceRequest.ByHand request);

    CloseReport close(ServiceRequest.Close request);

    /** Closes what a crash left: what the state file has and nothing wants any more. */
    CloseReport close(ServiceRequest.CloseStale request);

    /** What {@code close} can close: what ajar opened, keeps trying to open, or noted. No router is asked. */
    Result<List<CloseReport.CloseRequest>> closable();

    TimedReport<ListReport> list(ServiceRequest.Look request);

    TimedReport<StatusReport> status(ServiceRequest.Look request);

    /** Renews and repairs everything that is due, once. */
    default Result<RenewalResult> renew(RenewalRequest request) {
        return renew(request, step -> {});
    }

    /** @param waiting is told of a wait for another ajar */
    Result<RenewalResult> renew(RenewalRequest request, Consumer<Message> waiting);

    Result<WatchReport> watch();

    /** Stops relays that run on this machine, and closes what was opened for them. */
    StopReport stopRelays(ServiceRequest.StopRelays request);

    /**
     * Hands out the state now and after every change, until {@code reader} returns false or there is no more to hear:
     * the daemon has ended, or the command is to end.
     */
    void listen(Predicate<WatchReport> reader) throws InterruptedException;

    /** Searches for every gateway. Changes nothing. */
    DiscoverReport discover(ServiceRequest.Look request);

    /** Each condition that a port needs to be reachable. Changes nothing. */
    List<PortChecks> check(ServiceRequest.Check request);

    /** The cause of a problem. A port is opened for a moment to see how the router answers. */
    Examination doctor(ServiceRequest.Examine request);

    /** The steps to forward a port by hand on the user's router. Changes nothing. */
    Guidance guide(ServiceRequest.Guide request);
}
