package dev.ajar.cli.render;

import dev.ajar.document.Advice;
import dev.ajar.document.ManualHint;
import dev.ajar.document.OpenSummary;
import dev.ajar.document.RelayRules;
import dev.ajar.mapping.report.OpenResult;
import dev.ajar.mapping.report.OpenedPort;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.IpVersion;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The lines of {@code ajar open}: what is open, what is not and what that means, remarks, and what to do next. */
public final class OpenText {
    private OpenText() {}

    /**
     * What belongs to the result and is not of it.
     *
     * @param end when what was opened closes again
     * @param warnings what can go wrong now that the ports are open
     * @param barriers what keeps friends from getting an answer, although the router lets them in: it belongs to the
     *     result
     * @param hints what else is unexpected on this machine; asked for once the result is shown, as it takes a moment
     * @param byHand the way by hand, where no protocol opened the port
     * @param byRouter what ajar could do instead of the steps by hand
     */
    public record Aside(
            ClosingTime end,
            List<Message> warnings,
            Supplier<List<Message>> barriers,
            Supplier<List<Message>> hints,
            Optional<ManualHint> byHand,
            Optional<Message> byRouter) {
        public Aside {
            warnings = List.copyOf(warnings);
        }
    }

    public static void print(Terminal terminal, OpenResult report, boolean quiet, Aside aside) {
        if (!quiet) {
            OpenLine.of(terminal, report).forEach(terminal::say);
            for (OpenResult hop : report.beyond()) {
                OpenLine.of(terminal, hop).forEach(line -> terminal.say(terminal.text(inFront(line, hop))));
            }
        }
        failures(terminal, report, false);
        for (OpenResult hop : report.beyond()) {
            failures(terminal, hop, true);
            hop.failure().ifPresent(failure -> FailureText.printLine(terminal, failure));
        }
        report.failure().ifPresent(failure -> FailureText.printLine(terminal, failure));
        if (OpenSummary.unreachable(report).isPresent()) {
            String unreachable = report.isOpenOver(IpVersion.IPV6) ? "show.unreachable-over-ipv4" : "show.unreachable";
            terminal.tell(terminal.bad("ajar: ") + terminal.text(unreachable));
        }
        if (!quiet) {
            partly(report).ifPresent(sentence -> terminal.tell(terminal.text(sentence)));
            aside.barriers().get().forEach(barrier -> terminal.tell(terminal.text(barrier)));
            remarks(terminal, report, aside.end());
            aside.warnings().forEach(warning -> terminal.tell(terminal.text(warning)));
            aside.hints().get().forEach(hint -> terminal.tell(terminal.text(hint)));
        }
        FailureText.advice(terminal, advice(report, aside));
    }

    /** The failures of ports that follow each other, for the same reason, are one line. */
    private static void failures(Terminal terminal, OpenResult result, boolean inFront) {
        for (PortRuns.Run<OpenedPort> run : failed(result)) {
            OpenedPort port = run.first();
            Mapping wanted = port.wanted();
            String label = wanted.protocol().label() + " " + ports(run);
            Message ofThe = port.ipVersion() == IpVersion.IPV6
                    ? Message.of("show.port-over-ipv6", "port", label)
                    : Message.verbatim(label);
            FailureText.printPort(
                    terminal,
                    inFront ? inFront(label, result) : ofThe,
                    port.failure().orElseThrow());
        }
    }

    private static List<PortRuns.Run<OpenedPort>> failed(OpenResult result) {
        List<OpenedPort> failed =
                result.ports().stream().filter(port -> !port.isOpen()).toList();
        return PortRuns.of(failed, OpenText::failsLike);
    }

    private static String ports(PortRuns.Run<OpenedPort> run) {
        return Port.range(
                run.first().wanted().externalPort(), run.last().wanted().externalPort());
    }

    private static Stream<Message> advice(OpenResult result, PortRuns.Run<OpenedPort> run) {
        OpenedPort first = run.first();
        Failure failure = stillFree(result, first, first.failure().orElseThrow());
        return Advice.of(failure, first.wanted(), ports(run), RelayRules.of(result)).stream();
    }

    /** The port that a router offers for one of several may be the next of them, which is open by now. */
    private static Failure stillFree(OpenResult result, OpenedPort refused, Failure failure) {
        boolean taken = failure instanceof Failure.Conflict conflict
                && result.ports().stream()
                        .filter(OpenedPort::isOpen)
                        .filter(port ->
                                port.wanted().protocol() == refused.wanted().protocol())
                        .anyMatch(port -> conflict.offered()
                                .equals(Optional.of(port.reported().externalPort())));
        return taken && failure instanceof Failure.Conflict(var detail, var holder, var ignored, var router)
                ? new Failure.Conflict(detail, holder, Optional.empty(), router)
                : failure;
    }

    private static boolean failsLike(OpenedPort before, OpenedPort after) {
        Port inside = before.wanted().target().port();
        return before.failure().equals(after.failure())
                && before.ipVersion() == after.ipVersion()
                && before.wanted().protocol() == after.wanted().protocol()
                && PortRuns.follows(
                        before.wanted().externalPort(), after.wanted().externalPort())
                && PortRuns.follows(inside, after.wanted().target().port());
    }

    private static Message inFront(String what, OpenResult hop) {
        String router =
                hop.gateway().map(one -> Addresses.text(one.id().address())).orElse("");
        return Message.of("show.in-front", "what", what, "router", router);
    }

    /** What a success in part means for friends. */
    private static Optional<Message> partly(OpenResult report) {
        List<OpenedPort> overIpv4 = report.over(IpVersion.IPV4);
        long open = overIpv4.stream().filter(OpenedPort::isOpen).count();
        if (open > 0 && open < overIpv4.size()) {
            return Optional.of(Message.of("show.some-open", "open", open, "all", overIpv4.size()));
        }
        boolean ipv6Alone =
                open == 0 && !(overIpv4.isEmpty() && report.failure().isEmpty());
        boolean reached = OpenSummary.unreachable(report).isEmpty();
        return (ipv6Alone || !reached) && report.isOpenOver(IpVersion.IPV6)
                ? Optional.of(Message.of("show.only-over-ipv6"))
                : Optional.empty();
    }

    private static void remarks(Terminal terminal, OpenResult report, ClosingTime end) {
        report.ipv6()
                .filter(why -> report.isAnyOpen())
                .ifPresent(why -> terminal.tell(terminal.text("show.not-over-ipv6", "failure", FailureText.line(why))));
        OpenWarnings.of(report).forEach(warning -> terminal.tell(terminal.text(warning)));
        boolean keptOpen = report.ports().stream()
                .anyMatch(port -> port.granted()
                                .filter(LeaseDuration.Permanent.class::isInstance)
                                .isPresent()
                        && port.wanted().lease() instanceof LeaseDuration.Finite);
        if (keptOpen) {
            terminal.tell(terminal.text("show.kept-open"));
        }
        end.remarks(all(report).filter(port -> port.granted().isPresent()).toList())
                .forEach(remark -> terminal.tell(terminal.text(remark)));
    }

    /** Each once, the most useful first. */
    private static List<Message> advice(OpenResult report, Aside aside) {
        List<Message> all = new ArrayList<>();
        aside.byHand().map(ManualHintText::line).ifPresent(all::add);
        report.failure()
                .map(failure -> aside.byHand().isPresent() ? Advice.besideByHand(failure) : Advice.of(failure))
                .ifPresent(all::addAll);
        if (OpenSummary.unreachable(report).isPresent()) {
            all.addAll(Advice.of(report));
        }
        Stream.concat(Stream.of(report), report.beyond().stream())
                .flatMap(result -> failed(result).stream().flatMap(run -> advice(result, run)))
                .forEach(all::add);
        aside.byRouter().ifPresent(all::add);
        return together(all.stream().distinct().toList());
    }

    /** One line for all ports that a router may refuse for their numbers. */
    private static List<Message> together(List<Message> all) {
        String key = Message.of("advice.higher-port", "ports", "").key();
        List<Message> higher = all.stream().filter(one -> one.key().equals(key)).toList();
        if (higher.size() < 2) {
            return all;
        }
        String ports = higher.stream()
                .map(one -> one.values().getFirst().value().toString())
                .collect(Collectors.joining(" "));
        Message first = Message.of("advice.higher-port", "ports", ports);
        return all.stream()
                .filter(one -> !higher.contains(one) || one.equals(higher.getFirst()))
                .map(one -> one.equals(higher.getFirst()) ? first : one)
                .toList();
    }

    /** On this router and on those in front of it. */
    private static Stream<OpenedPort> all(OpenResult result) {
        return Stream.concat(result.ports().stream(), result.beyond().stream().flatMap(hop -> hop.ports().stream()));
    }
}
