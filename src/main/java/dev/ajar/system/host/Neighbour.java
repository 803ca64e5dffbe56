package dev.ajar.system.host;

import java.net.InetAddress;
import java.util.Optional;

/**
 * A device with which this machine has exchanged packets lately.
 *
 * @param card the MAC address of its network card, such as {@code b8:27:eb:01:02:03}
 * @param interfaceName this machine's interface on that network; empty where the system does not name it
 */
public record Neighbour(InetAddress address, String card, Optional<String> interfaceName) {}
