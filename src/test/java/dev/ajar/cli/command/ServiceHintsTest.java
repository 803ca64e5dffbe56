package dev.ajar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.message.Message;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.RouterScript;
import dev.ajar.state.MemoryStateStore;
import dev.ajar.system.SystemTimeline;
import dev.ajar.system.host.FirewallState;
import dev.ajar.testing.CliHarness;
import dev.ajar.testing.FakeHostProbe;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is said of this machine's own firewall. */
class ServiceHintsTest {
    private static final FirewallState BLOCKED = new FirewallState.Closed("nftables", "sudo nft insert rule");

    private static List<String> hints(FakeHostProbe machine, Set<IpVersion> ipVersions) {
        Mapping open = Samples.tcp(25565);
        return ServiceHints.of(new ServiceCatalog(), List.of(open), machine, Set.of(new Port(25565)), ipVersions)
                .stream()
                .map(Message::toString)
                .toList();
    }

    private static FakeHostProbe blocking(IpVersion... ipVersions) {
        FakeHostProbe machine = new FakeHostProbe(List.of());
        for (IpVersion version : ipVersions) {
            machine.firewalls.put(version, BLOCKED);
        }
        return machine;
    }

    @Test
    void a_firewall_that_blocks_one_version_of_ip_is_named_with_it() {
        Set<IpVersion> both = Set.of(IpVersion.IPV4, IpVersion.IPV6);

        assertThat(hints(blocking(IpVersion.IPV6), both))
                .singleElement()
                .asString()
                .contains("(nftables) blocks tcp 25565 from outside over IPv6.");
        assertThat(hints(blocking(IpVersion.IPV4), both))
                .singleElement()
                .asString()
                .contains("over IPv4.");
        assertThat(hints(blocking(IpVersion.IPV6), Set.of(IpVersion.IPV6)))
                .singleElement()
                .asString()
                .contains("over IPv6.");
    }

    @Test
    void a_firewall_that_blocks_all_that_is_open_is_named_once() {
        assertThat(hints(blocking(IpVersion.values()), Set.of(IpVersion.values())))
                .singleElement()
                .asString()
                .contains("blocks tcp 25565 from outside. ");
        assertThat(hints(blocking(IpVersion.IPV4), Set.of(IpVersion.IPV4)))
                .singleElement()
                .asString()
                .contains("blocks tcp 25565 from outside. ");
        assertThat(hints(blocking(IpVersion.IPV4), Set.of(IpVersion.IPV6))).isEmpty();
    }

    /** A port that this machine's own firewall closes is not one to invite friends to. */
    @Test
    void every_command_says_that_the_firewall_keeps_friends_out_and_none_invites_them() throws IOException {
        try (EmbeddedRouter router = EmbeddedRouter.start(RouterScript.standard(), new SystemTimeline())) {
            FakeHostProbe machine = new FakeHostProbe(router.lan().routes());
            CliHarness ajar = new CliHarness(router, new MemoryStateStore(), machine);
            assertThat(ajar.run("open", "25565").err()).contains("Friends join").doesNotContain("firewall");
            assertThat(ajar.run("status").err()).doesNotContain("firewall");

            machine.firewall = BLOCKED;

            assertThat(ajar.run("open", "25565").err())
                    .contains("(nftables) blocks tcp 25565")
                    .doesNotContain("Friends join");
            assertThat(ajar.run("open", "25565", "--json").out()).contains("\"friends_join\":[]");
            assertThat(ajar.run("status").err()).contains("(nftables) blocks tcp 25565");
            assertThat(ajar.run("check", "25565").out()).contains("own firewall (nftables)");
            assertThat(ajar.run("doctor", "25565").out()).contains("own firewall (nftables)");
        }
    }
}
