package dev.ajar.keeper.model;

import dev.ajar.model.GatewaySelector;
import java.net.InetAddress;

/** What has one exchange at a time: a router, in whichever protocol. Lanes do not wait for each other. */
public sealed interface ExchangeKey {
    record Router(InetAddress address) implements ExchangeKey {}

    /** A search for a gateway that has not been found yet. */
    record Search(GatewaySelector selection) implements ExchangeKey {}
}
