package dev.ajar.mapping.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.discovery.NetworkHints;
import dev.ajar.gateway.Capability;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.gateway.ProbeAttempt.ProbeOutcome;
import dev.ajar.gateway.ProbeAttempt.Stage;
import dev.ajar.gateway.admin.AdminProtocol;
import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.MappingProtocol;
import dev.ajar.system.MissingHome;
import dev.ajar.system.machine.Translation;
import dev.ajar.testing.Samples;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which failure a search that found no usable gateway ends with. */
class FailureRulesTest {
    private static final ProbeAttempt SEARCH = attempt(Stage.DISCOVERY, UpnpProtocol.UPNP, ProbeOutcome.ANSWERED);

    private static ProbeAttempt attempt(Stage stage, MappingProtocol protocol, ProbeOutcome outcome) {
        return new ProbeAttempt(
                "eth0", stage, protocol, Message.verbatim("asked 192.168.1.1"), outcome, Message.verbatim("was late"));
    }

    private static final NetworkHints NONE = new NetworkHints() {};

    private static NetworkHints hints(Optional<Translation> translation, Optional<MissingHome> missing) {
        return new NetworkHints() {
            @Override
            public Optional<Translation> translation() {
                return translation;
            }

            @Override
            public Optional<MissingHome> missingHome() {
                return missing;
            }
        };
    }

    private static ProbeAttempt keptIn(String gateway) {
        return new ProbeAttempt(
                "eth0",
                Stage.PROBE,
                PxpProtocols.PCP,
                Message.of("pxp.asked", "protocol", "PCP", "address", gateway, "port", 5351),
                ProbeOutcome.KEPT_IN,
                Message.of("system.kept-in"));
    }

    private static Failure noGateway(ProbeAttempt... attempts) {
        return FailureRules.noGateway(List.of(attempts), Set.of(), NONE);
    }

    @Test
    void a_gateway_that_cannot_do_what_is_needed_is_not_called_absent() {
        List<ProbeAttempt> attempts =
                List.of(SEARCH, attempt(Stage.PROBE, PxpProtocols.NAT_PMP, ProbeOutcome.ANSWERED));

        assertThat(FailureRules.noGateway(attempts, Set.of(Capability.OTHER_HOSTS), NONE))
                .isInstanceOf(Failure.Unsupported.class);
        assertThat(FailureRules.noGateway(List.of(SEARCH), Set.of(Capability.OTHER_HOSTS), NONE))
                .isInstanceOf(Failure.NoGateway.class);
    }

    @Test
    void a_router_without_port_forwarding_is_unsupported() {
        assertThat(noGateway(SEARCH, attempt(Stage.DESCRIPTION, UpnpProtocol.UPNP, ProbeOutcome.INCAPABLE)))
                .isInstanceOf(Failure.Unsupported.class);
    }

    @Test
    void the_reason_of_a_rejected_answer_is_part_of_the_failure() {
        assertThat(noGateway(SEARCH, attempt(Stage.DESCRIPTION, UpnpProtocol.UPNP, ProbeOutcome.REJECTED))
                        .detail()
                        .toString())
                .contains("asked 192.168.1.1", "was late");
    }

    @Test
    void without_a_network_neither_upnp_nor_a_rule_by_hand_is_the_next_step() {
        Failure none = noGateway();

        assertThat(none)
                .isInstanceOfSatisfying(
                        Failure.NoGateway.class,
                        failure -> assertThat(failure.remedies())
                                .extracting(Message::key)
                                .containsExactly("advice.join-network", "advice.find-out"));
        assertThat(none.isHelpedByHand()).isFalse();
        assertThat(noGateway(attempt(Stage.PROBE, PxpProtocols.PCP, ProbeOutcome.SILENT))
                        .isHelpedByHand())
                .isTrue();
    }

    @Test
    void silence_and_no_network_are_two_sentences() {
        Failure silent = noGateway(attempt(Stage.PROBE, PxpProtocols.PCP, ProbeOutcome.SILENT));

        assertThat(silent).isInstanceOf(Failure.NoGateway.class);
        assertThat(noGateway()).isInstanceOf(Failure.NoGateway.class);
        assertThat(silent.detail().toString()).isNotEqualTo(noGateway().detail().toString());
    }

    @Test
    void a_search_that_did_not_end_says_nothing_of_the_router() {
        ProbeAttempt silent = attempt(Stage.DISCOVERY, UpnpProtocol.UPNP, ProbeOutcome.SILENT);
        ProbeAttempt unfinished = attempt(Stage.PROBE, PxpProtocols.PCP, ProbeOutcome.UNFINISHED);

        assertThat(noGateway(silent, unfinished)).isInstanceOfSatisfying(Failure.NoGateway.class, none -> {
            assertThat(none.detail().key()).isEqualTo("mapping.search-unfinished");
            assertThat(none.remedies()).extracting(Message::key).containsExactly("advice.search-longer");
        });
        assertThat(noFirewall(List.of(unfinished)).detail().key()).isEqualTo("mapping.search-unfinished");
    }

    @Test
    void without_an_attempt_over_ipv6_this_machine_has_no_ipv6() {
        assertThat(noFirewall(List.of())).isInstanceOf(Failure.NoIpv6.class);
        assertThat(noFirewall(List.of(attempt(Stage.PROBE, PxpProtocols.PCP, ProbeOutcome.SILENT))))
                .isInstanceOf(Failure.NoFirewall.class);
    }

    /** A rule of this machine that lets nothing out over IPv6 looks like silence, or like a connection that breaks. */
    @ParameterizedTest
    @CsvSource({"SILENT, true", "UNREACHABLE, true", "ANSWERED, true", "REJECTED, true", "INCAPABLE, false"})
    void where_nothing_leaves_over_ipv6_this_machine_is_the_cause(ProbeOutcome outcome, boolean own) {
        NetworkHints shut = new NetworkHints() {
            @Override
            public Optional<InetAddress> shutOverIpv6() {
                return Addresses.parse("2001:db8::20");
            }
        };
        ProbeAttempt silent = attempt(Stage.PROBE, PxpProtocols.PCP, ProbeOutcome.SILENT);

        Failure failure =
                FailureRules.noFirewall(List.of(silent, attempt(Stage.PROBE, PxpProtocols.PCP, outcome)), shut);

        assertThat(failure.detail().key().equals("mapping.nothing-out")).isEqualTo(own);
        assertThat(failure instanceof Failure.NoGateway none
                        && none.remedies().contains(Message.of("answers.nowhere-next")))
                .isEqualTo(own);
    }

    private static Failure noFirewall(List<ProbeAttempt> attempts) {
        return FailureRules.noFirewall(attempts, new NetworkHints() {});
    }

    /** A rule for one version of IP says nothing of the other. */
    @Test
    void an_own_firewall_is_named_with_the_version_of_ip_that_it_keeps_in() {
        assertThat(noGateway(keptIn("192.168.1.1")).detail().toString()).contains("over IPv4");
        assertThat(noGateway(keptIn("fe80::1")).detail().toString()).contains("over IPv6");
        assertThat(noFirewall(List.of(keptIn("fe80::1"))).detail().toString()).contains("over IPv6");
    }

    @Test
    void an_own_firewall_another_router_and_a_nat_around_this_machine_are_named() {
        ProbeAttempt silent = attempt(Stage.PROBE, PxpProtocols.PCP, ProbeOutcome.SILENT);
        ProbeAttempt other = attempt(Stage.DISCOVERY, UpnpProtocol.UPNP, ProbeOutcome.OTHER_ROUTER)
                .by(Samples.ip("192.168.77.2"));

        assertThat(noGateway(attempt(Stage.PROBE, PxpProtocols.PCP, ProbeOutcome.KEPT_IN)))
                .isInstanceOf(Failure.KeptIn.class);
        assertThat(noGateway(silent, other))
                .isInstanceOfSatisfying(
                        Failure.NoGateway.class,
                        none -> assertThat(none.remedies().getFirst().toString())
                                .contains("--gateway 192.168.77.2"));
        for (Translation translation : Translation.values()) {
            assertThat(FailureRules.noGateway(
                            List.of(silent), Set.of(), hints(Optional.of(translation), Optional.empty())))
                    .isInstanceOfSatisfying(
                            Failure.NoGateway.class,
                            none -> assertThat(none.remedies()).hasSize(2));
        }
    }

    @Test
    void a_machine_without_a_home_router_is_told_which_way_it_goes_instead() {
        ProbeAttempt silent = attempt(Stage.PROBE, PxpProtocols.PCP, ProbeOutcome.SILENT);
        ProbeAttempt answered = attempt(Stage.DISCOVERY, UpnpProtocol.UPNP, ProbeOutcome.REJECTED);
        NetworkHints direct = hints(
                Optional.empty(), Optional.of(new MissingHome.OnTheInternet("ppp0", Samples.ip("11.22.33.44"), false)));

        for (List<ProbeAttempt> attempts : List.of(List.<ProbeAttempt>of(), List.of(silent))) {
            assertThat(FailureRules.noGateway(attempts, Set.of(), direct))
                    .isInstanceOfSatisfying(Failure.NoGateway.class, none -> {
                        assertThat(none.detail().toString()).contains("11.22.33.44", "ppp0");
                        assertThat(none.remedies())
                                .extracting(Message::key)
                                .containsExactly("advice.not-behind-nat", "advice.find-out");
                    });
        }
        // An answer that is of no use says more.
        assertThat(FailureRules.noGateway(List.of(answered), Set.of(), direct)
                        .detail()
                        .key())
                .isEqualTo("mapping.not-usable");
    }

    /** The router hears what goes to a group, and its answers arrive; what is sent to itself does not. */
    @Test
    void what_goes_past_the_router_is_told_although_a_search_was_answered() {
        ProbeAttempt silent = attempt(Stage.PROBE, PxpProtocols.PCP, ProbeOutcome.SILENT);
        ProbeAttempt answered = attempt(Stage.DISCOVERY, UpnpProtocol.UPNP, ProbeOutcome.ANSWERED);
        ProbeAttempt missing = attempt(Stage.DESCRIPTION, UpnpProtocol.UPNP, ProbeOutcome.SILENT);
        ProbeAttempt refused = attempt(Stage.PROBE, PxpProtocols.PCP, ProbeOutcome.UNREACHABLE);
        NetworkHints tunnel = hints(
                Optional.empty(),
                Optional.of(new MissingHome.RouterBehindTunnel(Samples.GATEWAY, "eth0", "tun0", false)));
        NetworkHints card = hints(
                Optional.empty(), Optional.of(new MissingHome.FixedCard(Samples.GATEWAY, "02:00:00:00:00:99", "eth0")));

        assertThat(told(tunnel, silent, answered, missing)).isEqualTo("mapping.router-behind-tunnel");
        assertThat(told(tunnel, refused)).isEqualTo("mapping.router-behind-tunnel");
        assertThat(told(card, silent, answered, missing)).isEqualTo("mapping.fixed-card");
        // A refusal comes from the router.
        assertThat(told(card, silent, refused)).isEqualTo("mapping.no-router");
    }

    private static String told(NetworkHints hints, ProbeAttempt... attempts) {
        return FailureRules.noGateway(List.of(attempts), Set.of(), hints)
                .detail()
                .key();
    }

    /** 'Name the router' is no answer to a user who did. */
    @Test
    void why_there_is_no_router_at_home_is_not_told_of_a_named_one() {
        NetworkHints all = hints(Optional.of(Translation.CONTAINER), Optional.of(new MissingHome.BehindTunnel("tun0")));

        assertThat(all.of(false).missingHome()).isPresent();
        assertThat(all.of(true).missingHome()).isEmpty();
        assertThat(all.of(true).translation()).contains(Translation.CONTAINER);
    }

    /** As the doctor has it: one answer is enough for these, whatever the rest of the search would have found. */
    @Test
    void an_unfinished_search_hides_no_certain_cause() {
        ProbeAttempt unfinished = attempt(Stage.DESCRIPTION, UpnpProtocol.UPNP, ProbeOutcome.UNFINISHED);

        assertThat(noGateway(unfinished).detail().key()).isEqualTo("mapping.search-unfinished");
        assertThat(noGateway(unfinished, keptIn("192.168.1.1"))).isInstanceOf(Failure.KeptIn.class);
        assertThat(noGateway(
                                unfinished,
                                attempt(Stage.PROBE, PxpProtocols.PCP, ProbeOutcome.OTHER_ROUTER)
                                        .by(Samples.NEIGHBOUR))
                        .detail()
                        .key())
                .isEqualTo("mapping.other-router");
        assertThat(noGateway(unfinished, attempt(Stage.PROBE, AdminProtocol.ROUTER, ProbeOutcome.REJECTED))
                        .detail())
                .isEqualTo(Message.verbatim("was late"));
    }
}
