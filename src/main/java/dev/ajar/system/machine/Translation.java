package dev.ajar.system.machine;

import dev.ajar.model.IpVersion;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A network inside one computer, whose NAT stands between this machine and the home's router. No router maps a port
 * into it; only the computer around it can.
 */
public enum Translation {
    /** Of containers, through a bridge of the host. */
    CONTAINER,
    /** Of a pod of Kubernetes, through the network of its cluster. */
    POD,
    /** Of a Windows machine's virtual switch, as Hyper-V makes it. */
    VIRTUAL_SWITCH,
    /** The same around Linux inside Windows (WSL). */
    WSL,
    /** Of another hypervisor. */
    HYPERVISOR;

    private static final List<String> VIRTUAL_SWITCH_CARDS = List.of("00:15:5d");

    /** The cards that hypervisors give to the NAT that they play themselves. */
    private static final List<String> HYPERVISOR_CARDS = List.of("52:54:00", "52:55:", "00:50:56", "0a:00:27");

    /** pasta, which is the network of a container without privileges, answers with it for every address. */
    private static final String PASTA_CARD = "9a:55:9a:55:9a:55";

    private static final int CONTAINERS_NETWORK = 16;

    private static final String BRIDGE_CARD = "02:42:";

    /** LXC's and LXD's bridges have it, which are networks of any size. */
    private static final String LXC_CARD = "00:16:3e:";

    private static final int LOCALLY_ADMINISTERED = 0x02;

    /**
     * Recognised by the card of the default gateway and the kind of link that leads there. A sign and no proof: asked
     * only where the gateway answers nothing.
     *
     * @param gateway the default gateway
     */
    public static Optional<Translation> of(Machine machine, String interfaceName, InetAddress gateway) {
        String card = machine.neighbours().getOrDefault(gateway, "").toLowerCase(Locale.ROOT);
        LinkKind kind = machine.kind(interfaceName);
        // A pair whose ends have one number in two namespaces is not known as a pair.
        boolean maybePair = kind == LinkKind.CONTAINER_END || kind == LinkKind.UNKNOWN;
        if (machine.around().equals(Optional.of(POD))) {
            return Optional.of(POD);
        }
        if (maybePair && (card.startsWith(LXC_CARD) || card.equals(PASTA_CARD))) {
            return Optional.of(CONTAINER);
        }
        if (maybePair
                && (card.isEmpty() || isMadeUp(card))
                && (card.startsWith(BRIDGE_CARD)
                        || (isOfContainers(gateway) && hasNetworkOf(machine, interfaceName)))) {
            return Optional.of(CONTAINER);
        }
        if (VIRTUAL_SWITCH_CARDS.stream().anyMatch(card::startsWith)) {
            return Optional.of(machine.around().filter(WSL::equals).orElse(VIRTUAL_SWITCH));
        }
        if (maybePair && HYPERVISOR_CARDS.stream().anyMatch(card::startsWith)) {
            // The program that plays the network of a container without privileges is a hypervisor's, too.
            return Optional.of(CONTAINER);
        }
        return HYPERVISOR_CARDS.stream().anyMatch(card::startsWith) ? Optional.of(HYPERVISOR) : Optional.empty();
    }

    /** A home's network, or that of a telephone that shares its line, is smaller. */
    private static boolean hasNetworkOf(Machine machine, String interfaceName) {
        return machine.addresses(interfaceName, IpVersion.IPV4).stream()
                .allMatch(own -> own.prefixLength() == CONTAINERS_NETWORK);
    }

    /** From 172.17.0.0/16 to 172.31.0.0/16 is what Docker gives its bridges, 10.88.0.0/16 what Podman does. */
    private static boolean isOfContainers(InetAddress gateway) {
        byte[] bytes = gateway.getAddress();
        int first = bytes[0] & 0xFF;
        int second = bytes[1] & 0xFF;
        return (first == 172 && second >= 17 && second <= 31) || (first == 10 && second == 88);
    }

    /** A network card that was bought has an address of its maker's. */
    private static boolean isMadeUp(String card) {
        try {
            return (Integer.parseInt(card.substring(0, Math.min(2, card.length())), 16) & LOCALLY_ADMINISTERED) != 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
