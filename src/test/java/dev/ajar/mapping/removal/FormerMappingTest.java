package dev.ajar.mapping.removal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.Grant;
import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.mapping.OneGateway;
import dev.ajar.mapping.OpenPorts;
import dev.ajar.mapping.report.CloseReport;
import dev.ajar.mapping.report.OpenReport;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.mapping.report.StatusReport;
import dev.ajar.mapping.request.Ownership;
import dev.ajar.mapping.request.Progress;
import dev.ajar.mapping.request.TimeBudget;
import dev.ajar.mapping.status.StatusInspection;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.model.TransportProtocol;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.MemoryStateStore;
import dev.ajar.state.Snapshot;
import dev.ajar.system.Deadline;
import dev.ajar.system.MissingHome;
import dev.ajar.testing.Samples;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DHCP gave this machine another address, and the router still has what was opened for the one before. */
class FormerMappingTest {
    private static final InetAddress EARLIER = Samples.ip("192.168.77.55");
    private static final Presence WITHHELD = new Presence.Unknown(Message.verbatim("no list"), true);
    private static final Duration LEASE = Duration.ofHours(1);
    private static final String MARKED = "ajar 25565 tcp " + OneGateway.MARK;
    private static final String UNMAPPED = "unmap 25565 of 192.168.77.55:25565";

    private final OneGateway pcp = new OneGateway(PxpProtocols.PCP);
    private final OneGateway upnp = new OneGateway();
    private final MemoryStateStore store = new MemoryStateStore();

    FormerMappingTest() {
        pcp.presence = WITHHELD;
        pcp.removed = Result.err(new Failure.Unsupported(Message.verbatim("not from here"), Optional.empty()));
        pcp.other = Optional.of(upnp);
    }

    private static MappingRecord earlier(OneGateway gateway) {
        return earlier(gateway, 25565);
    }

    private static MappingRecord earlier(OneGateway gateway, int port) {
        Claim now = gateway.opened().claim();
        Claim claim = new Claim(
                Samples.tcp(port),
                now.gateway(),
                Samples.tcp(port).target().seenFrom(EARLIER),
                gateway.info().method().equals(PxpProtocols.PCP) ? Samples.natPmpHandle() : now.handle(),
                now.writtenAt());
        return MappingRecord.held(new Lease(
                claim,
                new Port(port),
                LeaseDuration.ofSeconds(LEASE.toSeconds()),
                gateway.timeline.instant(),
                Optional.empty(),
                Optional.empty(),
                true));
    }

    private static Presence listed(String name, long seconds) {
        ObservedMapping entry = OneGateway.entry(EARLIER, name);
        return new Presence.Present(new ObservedMapping(
                entry.protocol(),
                entry.externalPort(),
                entry.internalClient(),
                entry.internalPort(),
                entry.remoteHost(),
                entry.description(),
                entry.enabled(),
                Optional.of(seconds).filter(left -> left > 0).map(LeaseDuration::ofSeconds)));
    }

    private static Removal.RemovalOutcome remove(OneGateway gateway, boolean forced) {
        return new Removal(gateway, new RouterTables(gateway), gateway.deadline, forced)
                .of(earlier(gateway), gateway, gateway.timeline.instant());
    }

    private static Failure.FormerAddress story(Removal.RemovalOutcome outcome) {
        assertThat(outcome).isInstanceOf(Removal.RemovalOutcome.Failed.class);
        Failure failure = ((Removal.RemovalOutcome.Failed) outcome).failure();
        assertThat(failure).isInstanceOf(Failure.FormerAddress.class);
        return (Failure.FormerAddress) failure;
    }

    /** UPnP's DeletePortMapping names no client, so many routers let any device close it. */
    @Test
    void what_pcp_opened_is_closed_by_upnp_where_the_leases_end_together() {
        upnp.presence = listed("PCP MAP", LEASE.toSeconds() - 1);

        assertThat(remove(pcp, false)).isInstanceOf(Removal.RemovalOutcome.Removed.class);
        assertThat(upnp.changes).containsExactly(UNMAPPED);
    }

    /** The device that has the address now may have opened the same port. */
    @ParameterizedTest
    @CsvSource({"3000", "3700", "0"})
    void an_entry_that_ends_at_another_time_may_be_another_devices(long left) {
        upnp.presence = listed("PCP MAP", left);

        assertThat(story(remove(pcp, false)).remedies().toString()).contains("ajar close 25565 --force");
        assertThat(upnp.changes).isEmpty();

        assertThat(remove(pcp, true)).isInstanceOf(Removal.RemovalOutcome.Removed.class);
        assertThat(upnp.changes).containsExactly(UNMAPPED);
    }

    /** The router lists the client by a name, and the entry is another's: not even force closes it. */
    @ParameterizedTest
    @CsvSource({"false", "true"})
    void an_entry_with_a_name_for_its_client_and_another_description_is_anothers(boolean forced) {
        ObservedMapping entry = OneGateway.entry(EARLIER, "game");
        upnp.presence = new Presence.Present(new ObservedMapping(
                entry.protocol(),
                entry.externalPort(),
                new RouterText("desktop-7"),
                entry.internalPort(),
                entry.remoteHost(),
                entry.description(),
                entry.enabled(),
                entry.lease()));

        assertThat(remove(upnp, forced)).isInstanceOf(Removal.RemovalOutcome.NotThere.class);
        assertThat(upnp.changes).isEmpty();
    }

    @Test
    void where_no_protocol_closes_it_the_end_is_told() {
        pcp.other = Optional.of(pcp);

        Failure.FormerAddress story = story(remove(pcp, false));

        assertThat(story.kind()).isEqualTo(new Failure.Unsupported(Message.verbatim(""), Optional.empty()).kind());
        assertThat(story.detail().toString()).contains("192.168.77.55", "ends in 1h");
        assertThat(story.remedies().toString()).contains("ajar guide 25565", "wait until it ends");
    }

    @Test
    void a_refusal_of_upnp_keeps_its_code_and_tells_the_story() {
        upnp.presence = listed(MARKED, 10);
        upnp.removed = Result.err(new Failure.Refused(Message.verbatim("not authorised"), Optional.empty()));

        Failure.FormerAddress story = story(remove(upnp, false));

        assertThat(story.cause()).isInstanceOf(Failure.Refused.class);
        assertThat(story.detail().toString()).contains("192.168.77.55", "ends in 1h");
    }

    /** A record is the only way to find the entry again. */
    @ParameterizedTest
    @CsvSource({"false", "true"})
    void the_record_stays_until_the_entry_is_gone(boolean forced) {
        store.save(Snapshot.EMPTY.with(earlier(upnp)));
        upnp.presence = listed(forced ? MARKED : "ajar 25565 tcp", 10);
        upnp.removed = Result.err(new Failure.Refused(Message.verbatim("not authorised"), Optional.empty()));

        CloseReport report = new ClosePorts(upnp, store, upnp.timeline, Progress.silent())
                .run(
                        List.of(new CloseReport.CloseRequest(TransportProtocol.TCP, new Port(25565), new Port(25565))),
                        GatewaySelector.AUTO,
                        forced,
                        TimeBudget.of(upnp.timeline, Duration.ofSeconds(10)));

        assertThat(report.outcomes().getFirst()).isInstanceOf(CloseReport.CloseOutcome.Failed.class);
        assertThat(store.load().toOptional().orElseThrow().mappingRecords()).hasSize(1);
    }

    private OpenReport open(OneGateway gateway) {
        return new OpenPorts(gateway, store, gateway.timeline, Progress.silent())
                .run(
                        List.of(Samples.tcp(25565)),
                        GatewaySelector.AUTO,
                        Optional.of(Ownership.USER),
                        TimeBudget.of(gateway.timeline, Duration.ofSeconds(10)));
    }

    @Test
    void the_mapping_in_the_way_is_named_with_its_end_and_another_port() {
        store.save(Snapshot.EMPTY.with(earlier(upnp)));
        upnp.presence = listed(MARKED, 10);
        upnp.removed = Result.err(new Failure.Refused(Message.verbatim("not authorised"), Optional.empty()));
        upnp.granted = FormerMappingTest::taken;

        Result<Grant> result = open(upnp).outcomes().getFirst().result();

        assertThat(result).isInstanceOf(Result.Err.class);
        Failure failure = ((Result.Err<Grant>) result).failure();
        assertThat(failure).isInstanceOf(Failure.FormerAddress.class);
        assertThat(failure.kind().exitCode()).isEqualTo(5);
        assertThat(failure.detail().toString()).contains("by ajar's record", "192.168.77.55", "ends in 1h");
        assertThat(((Failure.FormerAddress) failure).remedies().toString()).contains("ajar open 25600:25565");
    }

    /** The device that has the address now may have opened the port: nothing shows that it is ajar's. */
    @Test
    void what_may_be_another_devices_is_not_called_ajars_own() {
        store.save(Snapshot.EMPTY.with(earlier(upnp)));
        upnp.presence = listed("ajar 25565 tcp", 10);
        upnp.granted = FormerMappingTest::taken;

        Result<Grant> result = open(upnp).outcomes().getFirst().result();

        Failure failure = ((Result.Err<Grant>) result).failure();
        assertThat(failure.detail().toString())
                .contains("another device may have now")
                .doesNotContain("ajar's record");
        assertThat(((Failure.FormerAddress) failure).remedies().toString())
                .contains("ajar open 25600:25565", "ajar close 25565 --force")
                .doesNotContain("ajar guide");
        assertThat(upnp.changes).containsExactly("map tcp 25565");
    }

    /** Each search uses up its share, and the request needs the rest. */
    @Test
    void all_that_is_in_the_way_has_one_share_of_the_time() {
        List<Integer> ports = List.of(25565, 25566, 25567, 25568);
        Snapshot snapshot = Snapshot.EMPTY;
        for (int port : ports) {
            snapshot = snapshot.with(earlier(upnp, port));
        }
        upnp.reopened = Result.err(new Failure.TimedOut(Message.verbatim("no router")));
        upnp.slow = true;
        Deadline whole = Deadline.after(upnp.timeline, Duration.ofSeconds(9));

        new FormerMappings(upnp, upnp, upnp.timeline.instant())
                .removed(ports.stream().map(Samples::tcp).toList(), snapshot, whole);

        assertThat(whole.remaining()).isGreaterThanOrEqualTo(Duration.ofSeconds(6));
    }

    /** After a change of address, and each search is a burst of multicast. */
    @ParameterizedTest
    @CsvSource({"false, 0, 1", "true, 0, 1", "false, 11, 4"})
    void one_search_finds_the_table_for_all_former_mappings(boolean absent, int secondsBetween, int searches) {
        RouterTables tables = new RouterTables(pcp);
        pcp.absent = absent;
        upnp.presence = listed("Castle", 3600);

        for (int port = 25565; port < 25569; port++) {
            Deadline deadline = Deadline.after(pcp.timeline, Duration.ofSeconds(10));
            new Removal(pcp, tables, deadline).of(earlier(pcp, port), pcp, pcp.timeline.instant());
            pcp.timeline.advance(Duration.ofSeconds(secondsBetween));
        }

        assertThat(pcp.searches).isEqualTo(searches);
    }

    /** On another network it would ask from an address that is gone. */
    @Test
    void a_change_of_the_network_is_followed_by_a_search_of_its_own() {
        RouterTables tables = new RouterTables(pcp);

        tables.of(pcp.info().id(), pcp.deadline);
        tables.forgetAll();
        tables.of(pcp.info().id(), pcp.deadline);

        assertThat(pcp.searches).isEqualTo(2);
    }

    /** What was not found in too short a time may be there. */
    @Test
    void a_search_that_was_cut_short_is_made_once_more() {
        RouterTables tables = new RouterTables(pcp);
        pcp.absent = true;

        assertThat(tables.of(pcp.info().id(), Deadline.after(pcp.timeline, Duration.ofSeconds(1))))
                .isEmpty();
        pcp.absent = false;

        assertThat(tables.of(pcp.info().id(), pcp.deadline)).contains(upnp);
    }

    private static Result<Grant> taken(Result<Grant> ignored) {
        return Result.err(new Failure.Conflict(
                Message.verbatim("taken"), Optional.empty(), Optional.of(new Port(25600)), Optional.empty()));
    }

    @Test
    void what_could_be_removed_is_removed_before_the_port_is_asked_for() {
        store.save(Snapshot.EMPTY.with(earlier(upnp)));
        upnp.presence = listed(MARKED, 10);

        Result<Grant> result = open(upnp).outcomes().getFirst().result();

        assertThat(result).isInstanceOf(Result.Ok.class);
        assertThat(upnp.changes).containsExactly(UNMAPPED, "map tcp 25565");
        assertThat(store.load().toOptional().orElseThrow().mappingRecords())
                .singleElement()
                .extracting(record -> record.claim().internal().address())
                .isEqualTo(Samples.HERE);
    }

    @Test
    void status_says_it_also_where_no_router_answers() {
        store.save(Snapshot.EMPTY.with(earlier(upnp)).with(other(Samples.HERE)));
        upnp.absent = true;
        StatusInspection inspection = new StatusInspection(upnp, store, upnp.timeline, Progress.silent());

        List<StatusReport> reports = List.of(
                inspection.status(GatewaySelector.AUTO, TimeBudget.of(upnp.timeline, Duration.ofSeconds(10))),
                inspection.recordedStatus());

        // What was asked for and not answered cannot be told; without a question the record counts.
        assertThat(reports)
                .extracting(report -> report.mappings().stream()
                        .map(ReportedMapping::status)
                        .sorted()
                        .toList())
                .containsExactly(
                        List.of(ReportedMapping.Status.FORMER_ADDRESS, ReportedMapping.Status.UNCHECKED),
                        List.of(ReportedMapping.Status.OPEN, ReportedMapping.Status.FORMER_ADDRESS));
    }

    /** With the cable out there is no other address, and the machine may get that one again. */
    @Test
    void without_a_network_no_address_is_called_a_former_one() {
        store.save(Snapshot.EMPTY.with(earlier(upnp)));
        upnp.absent = true;
        upnp.missing = Optional.of(new MissingHome.Unconnected());

        StatusReport report = new StatusInspection(upnp, store, upnp.timeline, Progress.silent())
                .status(GatewaySelector.AUTO, TimeBudget.of(upnp.timeline, Duration.ofSeconds(10)));

        assertThat(report.mappings())
                .extracting(ReportedMapping::status)
                .containsExactly(ReportedMapping.Status.UNCHECKED);
    }

    /** Port 25570 of this machine, opened for the address that it has. */
    private MappingRecord other(InetAddress here) {
        Claim former = earlier(upnp, 25570).claim();
        Claim claim = new Claim(
                former.mapping(),
                former.gateway(),
                former.mapping().target().seenFrom(here),
                former.handle(),
                former.writtenAt());
        return MappingRecord.held(new Lease(
                claim,
                new Port(25570),
                LeaseDuration.ofSeconds(LEASE.toSeconds()),
                upnp.timeline.instant(),
                Optional.empty(),
                Optional.empty(),
                true));
    }

    @Test
    void status_says_that_it_leads_to_a_former_address() {
        store.save(Snapshot.EMPTY.with(earlier(upnp)));
        upnp.presence = listed(MARKED, 10);

        StatusReport report = new StatusInspection(upnp, store, upnp.timeline, Progress.silent())
                .status(GatewaySelector.AUTO, TimeBudget.of(upnp.timeline, Duration.ofSeconds(10)));

        assertThat(report.mappings()).singleElement().satisfies(mapping -> {
            assertThat(mapping.status()).isEqualTo(ReportedMapping.Status.FORMER_ADDRESS);
            assertThat(mapping.expiresAt()).isPresent();
        });
    }

    /** The provider gave the home another prefix: no firewall has a list that would show where the pinhole leads. */
    @Test
    void status_says_that_a_pinhole_is_of_a_former_prefix() {
        store.save(Snapshot.EMPTY.with(other(Addresses.parse("2001:db8:99::10").orElseThrow())));
        StatusInspection inspection = new StatusInspection(upnp, store, upnp.timeline, Progress.silent());

        assertThat(inspection
                        .status(GatewaySelector.AUTO, TimeBudget.of(upnp.timeline, Duration.ofSeconds(10)))
                        .mappings())
                .extracting(ReportedMapping::status)
                .containsExactly(ReportedMapping.Status.FORMER_ADDRESS);
        assertThat(inspection.recordedStatus().mappings())
                .extracting(ReportedMapping::status)
                .containsExactly(ReportedMapping.Status.FORMER_ADDRESS);
    }
}
