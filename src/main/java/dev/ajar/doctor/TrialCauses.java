package dev.ajar.doctor;

import dev.ajar.gateway.Grant;
import dev.ajar.mapping.OpenReport;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Port;
import dev.ajar.model.Result;
import dev.ajar.model.RouterError;
import dev.ajar.model.RouterText;
import java.net.InetAddress;
import java.util.Optional;
import java.util.stream.Stream;

/** What the router said when it was asked for the port. */
final class TrialCauses {
    private static final int NOT_AUTHORISED = 606;

    private TrialCauses() {}

    static Optional<Verdict> of(Facts facts, Facts.OfPort port, OpenReport report) {
        Optional<Failure> failure = report.failure().or(report::firstFailure);
        return failure.isPresent()
                ? refusal(facts, port, failure.get())
                : report.outcomes().stream()
                        .flatMap(outcome ->
                                outcome.result() instanceof Result.Ok<Grant>(Grant.Granted(var lease, var learned))
                                                && lease.granted() instanceof LeaseDuration.Permanent
                                        ? Stream.of(forEver())
                                        : Stream.<Verdict>empty())
                        .findFirst();
    }

    private static Verdict forEver() {
        return Verdict.certain(
                "keeps_it_for_ever",
                "This router keeps ports open until somebody closes them.",
                "Close what you no longer need: ajar close PORT",
                "it refused a time and took one without end");
    }

    private static Optional<Verdict> refusal(Facts facts, Facts.OfPort port, Failure failure) {
        Port external = port.wanted().externalPort();
        String words =
                failure.router().map(RouterError::text).map(RouterText::display).orElse("");
        String[] because = words.isEmpty()
                ? new String[] {failure.detail().toString()}
                : new String[] {failure.detail().toString(), "in its own words: " + words};
        boolean device = external.number() >= 1024
                && failure.router()
                        .filter(error -> error.code() == NOT_AUTHORISED)
                        .isPresent();
        String byHand = "ajar guide " + port.wanted().typed() + " shows how to do it by hand.";
        return switch (failure) {
            case Failure.Conflict conflict
            when conflict.holder().isEmpty() ->
                Optional.of(Verdict.likely(
                        "port_taken",
                        "External port "
                                + external
                                + " is taken, and the router does not say by whom: another device, or a rule made by hand on its page.",
                        "If you made the rule, tell ajar: ajar open "
                                + port.wanted().typed()
                                + " --method manual. Otherwise take another: ajar open OTHER:"
                                + port.wanted().target().port(),
                        because));
            case Failure.Conflict conflict ->
                Optional.of(Verdict.certain(
                        "port_taken",
                        "External port "
                                + external
                                + " already belongs to "
                                + conflict.holder()
                                        .map(Endpoint::address)
                                        .map(InetAddress::getHostAddress)
                                        .orElse("somebody else")
                                + ".",
                        "Close it there, or take another external port: ajar open "
                                + (external.number() % Port.MAX + 1)
                                + ":"
                                + port.wanted().target().port(),
                        because));
            case Failure.Refused ignored
            when device ->
                Optional.of(Verdict.certain(
                        "refused_for_this_device",
                        "The router does not let this device open ports.",
                        "Allow it in the router's own page (a switch for each device, or UPnP's secure mode). "
                                + SilenceCauses.switchOn(facts.guide()),
                        because));
            case Failure.Refused ignored
            when external.number() < 1024 ->
                Optional.of(Verdict.open(
                        "refused_low_port",
                        "The router refuses port "
                                + external
                                + ": many refuse all below 1024, others everything. From inside both look alike.",
                        "Try a higher one: ajar open "
                                + (external.number() + 8000)
                                + ":"
                                + port.wanted().target().port()
                                + ". Otherwise "
                                + byHand,
                        because));
            case Failure.Refused ignored ->
                Optional.of(Verdict.certain(
                        "refused",
                        "The router refuses to open port " + external + ".",
                        "Look in its own page for rules on who may open which ports. " + byHand,
                        because));
            case Failure.ForeignHostRefused ignored ->
                Optional.of(Verdict.certain(
                        "refused_for_another_device",
                        "The router opens ports only for the device that asks.",
                        "Run ajar on that device, or " + byHand,
                        because));
            case Failure.NoResources ignored ->
                Optional.of(Verdict.certain(
                        "table_full",
                        "The router's list of open ports is full.",
                        "Close what nobody needs: ajar list, then ajar close PORT; a restart of the router often helps too.",
                        because));
            case Failure.Malformed ignored ->
                Optional.of(Verdict.likely(
                        "accepted_but_not_there",
                        "The router says yes and does not do it, or answers nonsense.",
                        "Restart the router and try again; if it stays like this, " + byHand,
                        because));
            case Failure.LeftOpen left -> refusal(facts, port, left.cause());
            case Failure.Unsupported ignored ->
                Optional.of(Verdict.certain(
                        "cannot_do_it", "This router has no way to open that port by itself.", byHand, because));
            case Failure.TimedOut ignored -> Optional.of(stopped(because));
            case Failure.Unreachable ignored -> Optional.of(stopped(because));
            case Failure.SecondNat ignored ->
                Optional.of(Verdict.certain(
                        "second_router",
                        "The router says that its own address is not public: there is a second router in front of it.",
                        "Put the provider's box into bridge mode, or forward the port there too.",
                        because));
            case Failure.NoGateway ignored -> Optional.of(stopped(because));
            case Failure.NoFirewall ignored -> Optional.of(stopped(because));
            case Failure.NoIpv6 ignored -> Optional.empty();
            case Failure.Unsafe ignored -> Optional.empty();
            case Failure.Usage ignored -> Optional.empty();
            case Failure.Busy ignored ->
                Optional.of(Verdict.open(
                        "not_tried",
                        "Another ajar is at work, so the port was not tried.",
                        "Run ajar doctor again in a moment.",
                        because));
            case Failure.LocalPort ignored -> Optional.empty();
            case Failure.BadConfiguration ignored -> Optional.empty();
            case Failure.BadState ignored ->
                Optional.of(Verdict.certain(
                        "notes_unwritable",
                        "ajar cannot write its notes, and opens nothing that it could not close again.",
                        "Make the folder writable, or name another: XDG_STATE_HOME=/some/folder ajar open " + external,
                        because));
        };
    }

    private static Verdict stopped(String... because) {
        return Verdict.likely(
                "stops_answering",
                "The router was found and then stopped answering.",
                "Restart it. A slow one needs more time: ajar open PORT --timeout 30s",
                because);
    }
}
