package dev.ajar.keeper;

import dev.ajar.model.GatewayId;
import java.net.InetAddress;
import java.util.Optional;

/**
 * A gateway that holds mappings.
 *
 * @param silent whether it did not answer the last request
 * @param externalAddress its address on the internet side, as it told it last
 */
public record GatewayStatus(GatewayId gateway, boolean silent, Optional<InetAddress> externalAddress) {}
