package dev.ajar.manager;

import dev.ajar.gateway.Attempt;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.MappingTable;
import dev.ajar.model.Result;
import dev.ajar.state.HandMade;
import dev.ajar.state.Holding;
import dev.ajar.state.Wish;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Every gateway there is, and what each says of itself.
 *
 * @param seen best first
 * @param wishes what ajar's notes say is wanted
 * @param holdings what they say it holds
 * @param handMade what they say somebody forwarded by hand
 */
public record Survey(
        List<Seen> seen, List<Attempt> attempts, List<Wish> wishes, List<Holding> holdings, List<HandMade> handMade) {
    public Survey {
        seen = List.copyOf(seen);
        attempts = List.copyOf(attempts);
        wishes = List.copyOf(wishes);
        holdings = List.copyOf(holdings);
        handMade = List.copyOf(handMade);
    }

    /**
     * One gateway.
     *
     * @param external its address on the internet side, or why it did not tell
     * @param table its list of mappings; empty where it has none to show
     */
    public record Seen(GatewayInfo info, Result<Optional<InetAddress>> external, Optional<MappingTable> table) {
        /** Its address on the internet side, where it told one. */
        public Optional<InetAddress> address() {
            return external.toOptional().flatMap(told -> told);
        }
    }
}
