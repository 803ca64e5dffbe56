package dev.ajar.system.host;

import dev.ajar.message.Message;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The firewall of Windows, from what the registry has of it. */
final class WindowsFirewall {
    static final String NAME = "Windows Firewall";

    static final String ALL_RULES = "netsh advfirewall firewall show rule name=all dir=in";

    /** Its window, which shows all rules and who has set them: for what netsh cannot change. */
    static final String WINDOW = "wf.msc";

    private final Map<WindowsNetwork, WindowsProfile> profiles = new EnumMap<>(WindowsNetwork.class);
    private final List<WindowsRule> rules = new ArrayList<>();

    private WindowsFirewall(List<RegistryValue> own, List<RegistryValue> policy) {
        for (WindowsNetwork network : WindowsNetwork.values()) {
            profiles.put(network, WindowsProfile.of(network, own, policy));
        }
        policy.forEach(value -> add(value, true));
        own.forEach(value -> add(value, false));
    }

    private void add(RegistryValue value, boolean ofPolicy) {
        if (value.folder().equals("FirewallRules")) {
            WindowsRule.parse(value.text(), ofPolicy).ifPresent(rules::add);
        }
    }

    /**
     * Empty where that is not a firewall of Windows.
     *
     * @param own what {@code reg query} prints of this machine's own settings
     * @param policy the same of an organisation's; empty where there are none
     */
    static Optional<WindowsFirewall> parse(String own, String policy) {
        List<RegistryValue> all = RegistryValue.parse(own);
        List<RegistryValue> values = RegistryValue.below("FirewallPolicy", all);
        boolean any = values.stream()
                .anyMatch(value ->
                        value.name().equals("EnableFirewall") || value.folder().equals("FirewallRules"));
        if (!any) {
            return Optional.empty();
        }
        // Group policy comes before what a management service (MDM) has set; neither is this machine's own.
        // What else is called FirewallRules is about containers of the store's programs.
        List<RegistryValue> set = new ArrayList<>(RegistryValue.below("WindowsFirewall", RegistryValue.parse(policy)));
        set.addAll(RegistryValue.below("Mdm", all));
        return Optional.of(new WindowsFirewall(values, set));
    }

    /**
     * What it does with a connection from the internet. Where no program is known, no answer but a yes is certain: one
     * that has the port later may be let in, and answers to its own questions always are.
     *
     * @param networks the kinds that the home network may be of
     */
    FirewallState judge(WindowsRule.Incoming incoming, Set<WindowsNetwork> networks) {
        FirewallState state = onEach(incoming, networks);
        return state.bars() && !incoming.program().isKnown()
                ? new FirewallState.Unknown(Message.of("system.firewall-by-program"), ALL_RULES)
                : state;
    }

    private FirewallState onEach(WindowsRule.Incoming incoming, Set<WindowsNetwork> networks) {
        Set<FirewallState> states = new LinkedHashSet<>();
        networks.forEach(network -> states.add(judge(incoming, network)));
        FirewallState first = states.iterator().next();
        if (states.size() == 1 || states.stream().allMatch(FirewallState::bars)) {
            return first;
        }
        return states.stream()
                .filter(FirewallState.Unknown.class::isInstance)
                .findFirst()
                .orElseGet(() -> new FirewallState.Unknown(
                        Message.of("system.firewall-by-network"), "netsh advfirewall show currentprofile"));
    }

    /** A rule that blocks goes before one that lets in; without either, the profile decides. */
    private FirewallState judge(WindowsRule.Incoming incoming, WindowsNetwork network) {
        WindowsProfile profile = Objects.requireNonNull(profiles.get(network));
        if (!profile.on()) {
            return new FirewallState.Open();
        }
        if (profile.shut()) {
            return new FirewallState.Closed(NAME, profile.heeding());
        }
        Optional<WindowsRule> unclear = Optional.empty();
        boolean letIn = profile.letsIn();
        for (WindowsRule rule : rules) {
            WindowsMatch match = rule.isFor(network) && (rule.ofPolicy() || profile.ownRules())
                    ? rule.matches(incoming)
                    : WindowsMatch.NO;
            if (match == WindowsMatch.YES && rule.blocks()) {
                return new FirewallState.Closed(NAME, unblocking(rule));
            }
            letIn |= match == WindowsMatch.YES;
            if (match == WindowsMatch.MAYBE
                    && unclear.filter(WindowsRule::blocks).isEmpty()) {
                unclear = Optional.of(rule);
            }
        }
        if (unclear.isPresent() && (!letIn || unclear.get().blocks())) {
            return unknown(unclear.get(), incoming.program());
        }
        return letIn
                ? new FirewallState.Open()
                : new FirewallState.Closed(
                        NAME, profile.ownRules() ? adding(incoming.protocol(), incoming.port()) : WINDOW);
    }

    private static FirewallState unknown(WindowsRule rule, WindowsProgram program) {
        return program.isKnown()
                ? new FirewallState.Unknown(
                        Message.of("system.windows-rule-unclear"),
                        rule.named()
                                .map(named -> "netsh advfirewall firewall show rule "
                                        + named.replaceFirst(" program=.*", "") + " verbose")
                                .orElse(ALL_RULES))
                : new FirewallState.Unknown(Message.of("system.firewall-by-program"), ALL_RULES);
    }

    /** The rule that Windows makes when its question at a program's start is answered with No. */
    private static String unblocking(WindowsRule rule) {
        return rule.named()
                .filter(named -> !rule.ofPolicy())
                .map(named -> "netsh advfirewall firewall set rule " + named + " new action=allow")
                .orElse(WINDOW);
    }

    /** The line that lets a port in, on every kind of network. */
    private static String adding(TransportProtocol protocol, Port port) {
        return "netsh advfirewall firewall add rule name=\"ajar " + port + "\" dir=in action=allow protocol="
                + protocol.name() + " localport=" + port;
    }
}
