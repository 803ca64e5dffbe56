package dev.ajar.mapping.report;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.Grant;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.InternetSide;
import dev.ajar.model.Result;
import dev.ajar.model.RouterError;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Tells what a router says of its line to the internet, once it has opened a port, in each protocol in which it is
 * known.
 *
 * @param own the answer to the question in the gateway's own protocol, which may be under way
 */
public record LineReport(Gateway gateway, Supplier<Gateway.Line> own) {
    /**
     * @param address on the internet side; empty where it told none
     * @param line why the internet cannot reach what is open; empty where nothing says so
     */
    public record Told(Optional<InetAddress> address, Optional<Failure> line) {}

    /**
     * A grant with an address needs no question of its own: then what was heard, or is being asked beside it, has to
     * do.
     *
     * @param granted the address in the grant
     * @param beside the question to the same router in another protocol
     */
    public Told told(Optional<InetAddress> granted, Optional<Supplier<Gateway.Line>> beside) {
        Optional<Gateway.Line> first = granted.isPresent() ? gateway.heardLine() : Optional.of(own.get());
        Optional<Failure> line = first.flatMap(LineReport::lineOf);
        Optional<InetAddress> address = granted.or(() -> first.flatMap(LineReport::addressOf));
        if (line.isPresent() || beside.isEmpty()) {
            return new Told(address, line);
        }
        Gateway.Line second = beside.get().get();
        return new Told(address.or(() -> addressOf(second)), lineOf(second));
    }

    /** A refusal for the line that does not show the address: the same router may tell it when it is asked. */
    public OpenReport.PortOutcome explained(OpenReport.PortOutcome outcome, Optional<Supplier<Gateway.Line>> beside) {
        return outcome.result() instanceof Result.Err<Grant>(Failure failure)
                        && failure instanceof Failure.SecondNat refusal
                ? new OpenReport.PortOutcome(
                        outcome.mapping(), outcome.gateway(), Result.err(explained(refusal, beside)))
                : outcome;
    }

    private Failure explained(Failure.SecondNat refusal, Optional<Supplier<Gateway.Line>> beside) {
        if (InternetSide.of(refusal).isByAddress()) {
            return refusal;
        }
        List<InternetSide> sides = Stream.concat(Stream.of(own), beside.stream())
                .map(asked -> InternetSide.of(asked.get().address()))
                .toList();
        InternetSide said = InternetSide.mostTelling(sides);
        return switch (said.kind()) {
            case SECOND_ROUTER, SECOND_ROUTER_OR_PROVIDER, CARRIER_GRADE_NAT, DS_LITE ->
                new Failure.SecondNat(refusal.detail(), said.address(), refusal.router());
            case LINE_DOWN -> new Failure.LineDown(refusal.detail(), true, refusal.router());
            case PUBLIC, NO_ADDRESS, UNKNOWN -> refusal;
        };
    }

    private static Optional<InetAddress> addressOf(Gateway.Line told) {
        return told.address().toOptional().flatMap(address -> address);
    }

    /**
     * A gateway that says it has no address, or no network, says that its line is down. One that says nothing does not.
     */
    private static Optional<Failure> lineOf(Gateway.Line told) {
        Optional<Failure> byAddress = lineOf(told.address());
        boolean down = told.connected().filter(connected -> !connected).isPresent();
        return byAddress.isEmpty() && down
                ? Optional.of(lineDown(Message.of("mapping.disconnected"), true, Optional.empty()))
                : byAddress;
    }

    private static Optional<Failure> lineOf(Result<Optional<InetAddress>> answer) {
        return switch (answer) {
            case Result.Ok<Optional<InetAddress>>(Optional<InetAddress> address) ->
                address.isPresent()
                        ? Optional.empty()
                        : Optional.of(lineDown(Message.of("mapping.no-external-address"), false, Optional.empty()));
            case Result.Err<Optional<InetAddress>>(Failure.SecondNat none) ->
                Optional.of(lineDown(none.detail(), false, none.router()));
            case Result.Err<Optional<InetAddress>>(Failure.LineDown down) ->
                Optional.of(lineDown(down.detail(), down.certain(), down.router()));
            case Result.Err<Optional<InetAddress>> ignored -> Optional.empty();
        };
    }

    private static Failure lineDown(Message why, boolean certain, Optional<RouterError> router) {
        Message detail = certain
                ? Message.of("mapping.line-down", "why", why)
                : Message.of("mapping.line-down-or-private", "why", why);
        return new Failure.LineDown(detail, certain, router);
    }
}
