package dev.ajar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.ajar.discovery.RecentLocations;
import dev.ajar.gateway.Grant;
import dev.ajar.gateway.pxp.PxpFinder;
import dev.ajar.gateway.pxp.PxpGatewayFactory;
import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.gateway.upnp.search.SsdpTargets;
import dev.ajar.mapping.PortMapper;
import dev.ajar.mapping.report.CloseReport.CloseOutcome;
import dev.ajar.mapping.report.CloseReport.CloseRequest;
import dev.ajar.mapping.report.ListReport;
import dev.ajar.mapping.report.OpenReport;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.mapping.report.ReportedMapping.Status;
import dev.ajar.mapping.report.StatusReport;
import dev.ajar.mapping.request.Ownership;
import dev.ajar.mapping.request.Progress;
import dev.ajar.mapping.request.TimeBudget;
import dev.ajar.model.Addresses;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.Result;
import dev.ajar.model.Target;
import dev.ajar.simulator.LoopbackLan;
import dev.ajar.state.MemoryStateStore;
import dev.ajar.system.NetworkView;
import dev.ajar.testing.ManualTimeline;
import dev.ajar.testing.PxpLink;
import dev.ajar.testing.PxpRewritings;
import dev.ajar.testing.PxpRewritings.Rewriting;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * A server of PCP or NAT-PMP that answers oddly, in one part of a port's life. What ajar says is compared with the
 * server's table: nothing is called open that is not there, nothing closed that is, and what may be there is not
 * forgotten. The network and the time are simulated.
 */
@Tag("hostile")
class RewrittenDatagramsTest {
    private static final int PORT = 25565;

    private static final Target DEVICE =
            new Target.OtherHost(Addresses.ipv4("192.168.1.30").orElseThrow(), new Port(PORT));

    private enum Part {
        OPEN,
        GIVE_BACK,
        RENEW,
        CLOSE,
        CLOSE_AGAIN,
        /** What is asked to tell how a port stands, after each of the others. */
        REPORT
    }

    @TestFactory
    Stream<DynamicTest> pcp() {
        return all(true);
    }

    @TestFactory
    Stream<DynamicTest> nat_pmp() {
        return all(false);
    }

    private static Stream<DynamicTest> all(boolean pcp) {
        return PxpRewritings.all(pcp).entrySet().stream()
                .flatMap(each -> Stream.of(Part.OPEN, Part.GIVE_BACK, Part.RENEW, Part.CLOSE, Part.REPORT)
                        .map(part -> dynamicTest(
                                part + " with " + each.getKey(),
                                () -> new Conversation(pcp, part, each.getValue()).isTrue())));
    }

    /** A port of another device, which is named in an option. */
    @TestFactory
    Stream<DynamicTest> third_party() {
        return PxpRewritings.all(true).entrySet().stream()
                .flatMap(each -> Stream.of(Part.OPEN, Part.CLOSE)
                        .map(part -> dynamicTest(
                                part + " with " + each.getKey(),
                                () -> new Conversation(true, part, each.getValue(), DEVICE).isTrue())));
    }

    /** What each copy of the request is refused, however slowly, is not open, and nothing is kept of it. */
    @TestFactory
    Stream<DynamicTest> slow_no() {
        return Stream.of(true, false)
                .flatMap(pcp -> PxpRewritings.all(pcp).entrySet().stream()
                        .filter(each -> each.getKey().startsWith(PxpRewritings.SLOW_NO))
                        .map(each -> dynamicTest(
                                (pcp ? "PCP " : "NAT-PMP ") + each.getKey(),
                                () -> new Conversation(pcp, Part.OPEN, each.getValue()).isRefused())));
    }

    private static final class Conversation {
        private final ManualTimeline clock = new ManualTimeline();
        private final MemoryStateStore store = new MemoryStateStore();
        private final List<Object> story = new ArrayList<>();
        private final NetworkView lan = new LoopbackLan();
        private final PxpLink link;
        private final Part part;
        private final Rewriting rewriting;
        private final Mapping mapping;
        private final PortMapper ports;

        Conversation(boolean pcp, Part part, Rewriting rewriting) throws IOException {
            this(pcp, part, rewriting, new Target.ThisHost(new Port(PORT)));
        }

        Conversation(boolean pcp, Part part, Rewriting rewriting, Target target) throws IOException {
            this.mapping = Samples.tcp(PORT).to(target);
            this.part = part;
            this.rewriting = rewriting;
            this.link = new PxpLink(clock, InetAddress.getLoopbackAddress(), pcp);
            this.ports = wiring().actions(store, Progress.silent());
        }

        void isTrue() {
            open(Part.OPEN);
            clock.advance(Duration.ofMinutes(40));
            open(Part.RENEW);
            clock.advance(Duration.ofMinutes(15));
            close(Part.CLOSE);
            close(Part.CLOSE_AGAIN);
            assertThat(link.isOpen(PORT)).as(() -> story + "stays open").isFalse();
        }

        void isRefused() {
            open(Part.OPEN);
            assertThat(store.peek().mappingRecords())
                    .as(() -> story + "may be open")
                    .isEmpty();
        }

        private void open(Part now) {
            answer(now);
            OpenReport report = ports.open(List.of(mapping), GatewaySelector.AUTO, Ownership.USER, TimeBudget.DEFAULT);
            tell(now, report);
            boolean said = report.outcomes().stream()
                    .anyMatch(outcome -> outcome.result() instanceof Result.Ok<Grant>(Grant.Granted ignored));
            if (said) {
                assertThat(link.isOpen(PORT)).as(() -> story + "is called open").isTrue();
            }
            isNotForgotten();
            isReported(now);
        }

        private void close(Part now) {
            answer(now);
            Port port = new Port(PORT);
            CloseRequest wanted = new CloseRequest(Samples.tcp(PORT).protocol(), port, port);
            CloseOutcome outcome = ports.close(List.of(wanted), GatewaySelector.AUTO, false, TimeBudget.DEFAULT)
                    .outcomes()
                    .getFirst();
            tell(now, outcome);
            if (!(outcome instanceof CloseOutcome.Failed)) {
                assertThat(link.isOpen(PORT))
                        .as(() -> story + "is called closed")
                        .isFalse();
            }
            isNotForgotten();
            isReported(now);
        }

        /** What {@code list} and {@code status} say, with a look at the router and without. */
        private void isReported(Part now) {
            boolean tells = now == part || part == Part.GIVE_BACK || (part == Part.REPORT && now != Part.CLOSE_AGAIN);
            if (!tells) {
                return;
            }
            link.answers(Optional.empty());
            link.answersQuestions(part == Part.REPORT ? Optional.of(rewriting) : Optional.empty());
            StatusReport status = ports.status(GatewaySelector.AUTO, TimeBudget.DEFAULT);
            ListReport list = ports.list(GatewaySelector.AUTO, TimeBudget.DEFAULT);
            link.answersQuestions(Optional.empty());
            isTrue("status --check", status.mappings());
            if (list.failure().isEmpty()) {
                isTrue("list --check", list.unlisted());
            }
            isAsNoted("status", ports.recordedStatus().mappings());
            isAsNoted("list", ports.recordedList().unlisted());
        }

        private void isTrue(String command, List<ReportedMapping> said) {
            isAsNoted(command, said);
            if (!link.isOpen(PORT)) {
                assertThat(said).as(() -> story + "is called open").noneMatch(one -> one.status() == Status.OPEN);
            }
        }

        /** What nothing was asked for may be called as it was, but not verified after a closing that failed. */
        private void isAsNoted(String command, List<ReportedMapping> said) {
            story.add(command);
            story.add(said.stream().map(ReportedMapping::status).toList());
            if (link.isOpen(PORT)) {
                assertThat(said).as(() -> story + "is called gone").noneMatch(one -> one.status() == Status.GONE);
                // The router's word is all that is known of the time that a lease has.
                boolean over = store.peek().mappingRecords().stream().allMatch(one -> one.hasExpired(clock.instant()));
                assertThat(said.isEmpty() && !over)
                        .as(() -> story + "is kept back")
                        .isFalse();
            } else {
                assertThat(said).as(() -> story + "is called verified").noneMatch(ReportedMapping::verified);
            }
        }

        private void isNotForgotten() {
            if (link.isOpen(PORT)) {
                assertThat(store.peek().mappingRecords())
                        .as(() -> story + "is forgotten")
                        .isNotEmpty();
            }
        }

        private void answer(Part now) {
            link.answers(now == part ? Optional.of(rewriting) : Optional.empty());
            if (part == Part.GIVE_BACK && now == Part.OPEN) {
                link.answersWhatItTakesBack(rewriting);
            }
        }

        private void tell(Part now, Object said) {
            story.add("\n" + now);
            story.add(said);
            story.add(link.table());
            story.add(store.peek().mappingRecords());
        }

        private Wiring wiring() {
            return new Wiring(
                    lan,
                    new SsdpTargets(List.of(), 1),
                    PxpGatewayFactory.SERVER_PORT,
                    clock,
                    List.of(new ProtocolPlugin(List.of(PxpProtocols.PCP, PxpProtocols.NAT_PMP), wiring -> finder())),
                    new RecentLocations());
        }

        private PxpFinder finder() {
            return new PxpFinder(new PxpGatewayFactory(
                    link, PxpGatewayFactory.SERVER_PORT, clock, new Random(1), address -> Optional.empty()));
        }
    }
}
