package dev.ajar.keeper.model;

import dev.ajar.model.GatewayId;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * A gateway that holds mappings.
 *
 * @param silent whether it did not answer the last request
 * @param externalAddress its address on the internet side, as it told it last
 * @param wholeAt when its epoch last showed that it still has what it granted; empty where it has none to go by
 */
public record GatewayStatus(
        GatewayId gateway, boolean silent, Optional<InetAddress> externalAddress, Optional<Duration> wholeAt) {}
