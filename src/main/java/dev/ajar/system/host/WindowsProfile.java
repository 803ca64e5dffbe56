package dev.ajar.system.host;

import java.util.List;
import java.util.Optional;

/**
 * What the firewall of Windows does on networks of one kind.
 *
 * @param on whether it is on at all
 * @param shut whether it keeps out all that comes, whatever the rules say
 * @param shutByPolicy whether an organisation wants that, and no command undoes it
 * @param letsIn whether it lets in what no rule is about
 * @param letsOut whether it lets out what no rule is about
 * @param ownRules whether this machine's own rules count beside those of an organisation
 */
record WindowsProfile(
        WindowsNetwork network,
        boolean on,
        boolean shut,
        boolean shutByPolicy,
        boolean letsIn,
        boolean letsOut,
        boolean ownRules) {
    /**
     * @param own this machine's own settings
     * @param policy those of an organisation, which come first
     */
    static WindowsProfile of(WindowsNetwork network, List<RegistryValue> own, List<RegistryValue> policy) {
        return new WindowsProfile(
                network,
                !is(network, "EnableFirewall", 0, own, policy),
                is(network, "DoNotAllowExceptions", 1, own, policy),
                is(network, "DoNotAllowExceptions", 1, List.of(), policy),
                is(network, "DefaultInboundAction", 0, own, policy),
                !is(network, "DefaultOutboundAction", 1, own, policy),
                !is(network, "AllowLocalPolicyMerge", 0, List.of(), policy));
    }

    private static boolean is(
            WindowsNetwork network, String name, int number, List<RegistryValue> own, List<RegistryValue> policy) {
        return number(network, name, policy)
                .or(() -> number(network, name, own))
                .equals(Optional.of(number));
    }

    private static Optional<Integer> number(WindowsNetwork network, String name, List<RegistryValue> values) {
        return values.stream()
                .filter(value -> value.name().equals(name) && network.isIn(value.folder()))
                .findFirst()
                .flatMap(RegistryValue::number);
    }

    /** The command that lets rules count again. */
    String heeding() {
        return shutByPolicy
                ? WindowsFirewall.WINDOW
                : "netsh advfirewall set " + network.profile() + " firewallpolicy blockinbound,"
                        + (letsOut ? "allowoutbound" : "blockoutbound");
    }
}
