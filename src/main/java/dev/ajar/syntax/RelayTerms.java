package dev.ajar.syntax;

import dev.ajar.message.Message;
import dev.ajar.model.RouterText;
import dev.ajar.model.Subnet;
import dev.ajar.model.TransportProtocol;
import dev.ajar.relay.RelayLimits;
import dev.ajar.relay.RelayRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The options of a relay. An empty one means its default.
 *
 * @param allow the addresses that may connect; empty for all
 */
public record RelayTerms(
        List<Subnet> allow,
        Optional<Integer> maxConnections,
        Optional<Integer> perSource,
        Optional<Integer> rate,
        Optional<Duration> idle,
        Optional<RelayRule.ProxyHeader> proxy) {
    /** The defaults. */
    public static final RelayTerms USUAL = new RelayTerms(
            List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static final int MOST = 100_000;

    public RelayTerms {
        allow = List.copyOf(allow);
    }

    /** Reads networks; one word may name several, separated by commas. */
    public static List<Subnet> allow(List<String> words) throws InvalidInputException {
        List<Subnet> subnets = new ArrayList<>();
        for (String word : words) {
            for (String text : word.split(",", -1)) {
                subnets.add(AddressSyntax.subnet(text));
            }
        }
        return subnets;
    }

    public static Integer count(OptionName option, String text) throws InvalidInputException {
        String digits = text.strip();
        if (!digits.matches("\\d{1,6}") || Integer.parseInt(digits) < 1 || Integer.parseInt(digits) > MOST) {
            throw new InvalidInputException(
                    Message.of("syntax.count", "option", option, "text", new RouterText(text).display(), "most", MOST));
        }
        return Integer.valueOf(digits);
    }

    /** New connections a second; {@code off} for no limit. */
    public static Integer rate(String text) throws InvalidInputException {
        return text.strip().equalsIgnoreCase("off") ? Integer.valueOf(0) : count(OptionName.RATE, text);
    }

    public static RelayRule.ProxyHeader proxy(String text) throws InvalidInputException {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "v1" -> RelayRule.ProxyHeader.V1;
            case "v2" -> RelayRule.ProxyHeader.V2;
            default ->
                throw new InvalidInputException(Message.of(
                        "syntax.proxy", "option", OptionName.PROXY_PROTOCOL, "text", new RouterText(text).display()));
        };
    }

    /** @throws InvalidInputException if an option does not fit the protocol */
    public RelayRule rule(RelayPortRequest request) throws InvalidInputException {
        boolean udp = request.protocol() == TransportProtocol.UDP;
        if (udp && proxy.isPresent()) {
            throw new InvalidInputException(Message.of("syntax.proxy-udp", "option", OptionName.PROXY_PROTOCOL));
        }
        RelayLimits usual = RelayLimits.standard(idle.orElse(RelayLimits.idle(request.protocol())));
        int most = maxConnections.orElse(usual.maxConnections());
        RelayLimits limits = usual.withConnections(most, Math.min(most, perSource.orElse(usual.perSource())))
                .withRate(rate.orElse(usual.rate()));
        return new RelayRule(
                request.protocol(), request.external(), request.listen(), request.device(), allow, limits, proxy);
    }
}
