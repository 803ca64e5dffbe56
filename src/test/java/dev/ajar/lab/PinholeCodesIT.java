package dev.ajar.lab;

import static dev.ajar.lab.RawPinhole.CONNECTION;
import static dev.ajar.lab.RawPinhole.FIREWALL;
import static dev.ajar.lab.RawPinhole.code;
import static dev.ajar.lab.RawPinhole.hex;
import static dev.ajar.lab.RawPinhole.id;
import static dev.ajar.lab.RawPinhole.soap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.lab.RawPinhole.Granted;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the real daemon, miniupnpd 2.3.1, answers valid and invalid requests, and what it then does; without ajar. */
class PinholeCodesIT extends InLab {
    private static final String OWN = Lab.LAN1_V6;
    private static final RawPinhole PINHOLE = RawPinhole.to(OWN);
    private static final String NONCE = "twelve bytes";
    private static final String OTHER_HOST = "2a0b:11::99";

    @BeforeAll
    static void up() {
        Lab.script("up", "ipv6");
    }

    @BeforeEach
    void with_an_empty_table() {
        Lab.script("restart", "0");
    }

    @ParameterizedTest(name = "{0}: {5}")
    @CsvSource({
        "own address, 2a0b:77::10, 25565, 6, 600, 200",
        "another host's address, 2a0b:77::11, 25565, 6, 600, 606",
        "an address for the home alone, fd00::10, 25565, 6, 600, 606",
        "lease 0, 2a0b:77::10, 25565, 6, 0, 402",
        "a day, 2a0b:77::10, 25565, 6, 86400, 200",
        "a day and a second, 2a0b:77::10, 25565, 6, 86401, 402",
        "UDP, 2a0b:77::10, 25565, 17, 600, 200",
        "SCTP, 2a0b:77::10, 25565, 132, 600, 705",
        "protocol 255, 2a0b:77::10, 25565, 255, 600, 705",
        "any protocol, 2a0b:77::10, 25565, 65535, 600, 707",
        "below the allowed ports, 2a0b:77::10, 80, 6, 600, 606",
        "the last below, 2a0b:77::10, 1023, 6, 600, 606",
        "the first allowed, 2a0b:77::10, 1024, 6, 600, 200"
    })
    void upnp_says(String what, String client, int port, int protocol, long lease, int code) {
        RawPinhole pinhole = new RawPinhole(client, port, protocol, lease);

        assertThat(code(pinhole.byUpnp(OWN))).as(what).isEqualTo(code);
        assertThat(Lab.rules().contains(pinhole.rule())).as(what).isEqualTo(code == 200);
        assertThat(Lab.rules().contains("@nh,192,128")).as(what).isEqualTo(code == 200);
    }

    @ParameterizedTest(name = "{0}: {5}")
    @CsvSource({
        "own address, 2a0b:77::10, 25565, 6, 600, 0, 600",
        "another host's address, 2a0b:77::11, 25565, 6, 600, 12, 0",
        "an address for the home alone, fd00::10, 25565, 6, 600, 12, 0",
        "lease 0 of what is not there, 2a0b:77::10, 25565, 6, 0, 0, 0",
        "a second, 2a0b:77::10, 25565, 6, 1, 0, 120",
        "a day, 2a0b:77::10, 25565, 6, 86400, 0, 86400",
        "a day and a second, 2a0b:77::10, 25565, 6, 86401, 0, 86400",
        "UDP, 2a0b:77::10, 25565, 17, 600, 0, 600",
        "any protocol, 2a0b:77::10, 25565, 0, 600, 3, 0",
        "below the allowed ports, 2a0b:77::10, 80, 6, 600, 0, 600"
    })
    void pcp_says(String what, String client, int port, int protocol, long lease, int code, long given) {
        RawPinhole pinhole = new RawPinhole(client, port, protocol, lease);

        assertThat(pinhole.byPcp(OWN)).as(what).isEqualTo(new Granted(code, given));
        assertThat(Lab.rules().contains(pinhole.rule())).as(what).isEqualTo(given > 0);
        assertThat(Lab.rules().contains("@nh,192,128")).as(what).isEqualTo(given > 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {132, 255})
    void pcp_grants_a_protocol_it_knows_no_ports_of_and_the_rule_names_none(int protocol) {
        RawPinhole pinhole = new RawPinhole(OWN, 25_565, protocol, 600);

        assertThat(pinhole.byPcp(OWN)).isEqualTo(new Granted(0, 600));
        assertThat(Lab.rules())
                .contains("@nh,192,128 0x%s @nh,48,8 0x%x accept".formatted(hex(OWN), protocol))
                .doesNotContain("dport");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UpdatePinhole", "DeletePinhole", "GetPinholePackets", "CheckPinholeWorking"})
    void an_unknown_id_is_a_wrong_argument(String action) {
        assertThat(firewall(action, "UniqueID=4242", "NewLeaseTime=600")).isEqualTo(402);
    }

    @Test
    void a_fresh_pinhole_is_renewed_counted_and_deleted_but_not_called_working() {
        String id = "UniqueID=" + id(PINHOLE.byUpnp(OWN));

        assertThat(id).isEqualTo("UniqueID=1");
        assertThat(firewall("CheckPinholeWorking", id)).isEqualTo(709);
        assertThat(soap(OWN, FIREWALL, "GetPinholePackets", id)).contains("<PinholePackets>0</PinholePackets>");
        assertThat(firewall("UpdatePinhole", id, "NewLeaseTime=0")).isEqualTo(402);
        assertThat(firewall("UpdatePinhole", id, "NewLeaseTime=86401")).isEqualTo(402);
        assertThat(firewall("UpdatePinhole", id, "NewLeaseTime=86400")).isEqualTo(200);
        assertThat(Lab.rules()).contains(PINHOLE.rule());
        assertThat(firewall("DeletePinhole", id)).isEqualTo(200);
        assertThat(Lab.rules()).doesNotContain("@nh,192,128");
        assertThat(firewall("DeletePinhole", id)).isEqualTo(402);
    }

    @Test
    void the_same_pinhole_keeps_its_id_and_each_remote_host_has_its_own() {
        assertThat(id(PINHOLE.byUpnp(OWN))).isEqualTo(1);
        assertThat(id(PINHOLE.byUpnp(OWN))).isEqualTo(1);
        assertThat(id(PINHOLE.byUpnp(OWN, "*"))).isEqualTo(1);
        assertThat(id(PINHOLE.byUpnp(OWN, Lab.INTERNET_V6))).isEqualTo(2);
        assertThat(id(PINHOLE.byUpnp(OWN, OTHER_HOST))).isEqualTo(3);
    }

    @Test
    void over_ipv4_it_only_shows_its_status() {
        String id = "UniqueID=" + id(PINHOLE.byUpnp(OWN));

        assertThat(code(PINHOLE.byUpnp(Lab.LAN1))).isEqualTo(606);
        assertThat(code(soap(Lab.LAN1, FIREWALL, "DeletePinhole", id))).isEqualTo(606);
        assertThat(soap(Lab.LAN1, FIREWALL, "GetFirewallStatus"))
                .contains("<FirewallEnabled>1<", "<InboundPinholeAllowed>1<");
    }

    /** For text that is not an IPv6 address its rule contains whatever bytes were in memory. */
    @ParameterizedTest
    @CsvSource({"2a0b:11::10, true", "2a0b:11::99, false", "::, false", "::/0, false", "11.22.33.10, false"})
    void upnp_grants_any_remote_host_and_lets_no_other_in(String remoteHost, boolean in) {
        assertThat(code(PINHOLE.byUpnp(OWN, remoteHost))).isEqualTo(200);

        assertThat(Lab.rules()).contains("@nh,64,128 0x").doesNotContain(PINHOLE.rule());
        String told = in
                ? Lab.throughOpenPort("tcp", OWN, PINHOLE.port(), PINHOLE.port())
                : Lab.throughClosedPort("tcp", OWN, PINHOLE.port());
        assertThat(told.startsWith("got hello")).isEqualTo(in);
    }

    /** Its most dangerous answer: success, although the port is as open as without the filter. */
    @Test
    void a_filter_of_pcp_is_granted_and_not_applied() {
        assertThat(PINHOLE.byPcp(OWN, NONCE, filter(OTHER_HOST))).isEqualTo(new Granted(0, 600));

        assertThat(Lab.rules()).contains(PINHOLE.rule()).doesNotContain(hex(OTHER_HOST));
        assertThat(Lab.throughOpenPort("tcp", OWN, PINHOLE.port(), PINHOLE.port()))
                .startsWith("got hello from ");
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource({
        "THIRD_PARTY for another host, 01000010 2a0b0077000000000000000000000011, 5",
        "THIRD_PARTY for itself, 01000010 2a0b0077000000000000000000000010, 5",
        "PREFER_FAILURE, 02000000, 0",
        "an unknown mandatory option, 63000000, 5",
        "an unknown optional option, c8000000, 0"
    })
    void pcp_says_to_options(String what, String option, int code) {
        assertThat(PINHOLE.byPcp(OWN, NONCE, option.replace(" ", "")).code())
                .as(what)
                .isEqualTo(code);
        assertThat(Lab.rules().contains(PINHOLE.rule())).as(what).isEqualTo(code == 0);
    }

    @Test
    void pcp_deletes_only_with_the_same_nonce() {
        PINHOLE.byPcp(OWN);

        assertThat(PINHOLE.lasting(0).byPcp(OWN, "other nonces", "").code()).isEqualTo(2);
        assertThat(Lab.rules()).contains(PINHOLE.rule());
        assertThat(PINHOLE.lasting(0).byPcp(OWN, NONCE, "").code()).isZero();
        assertThat(Lab.rules()).doesNotContain("@nh,192,128");
    }

    /** With neither nonce, although it accepts a renewal with any; UPnP gives the id and deletes the pinhole. */
    @ParameterizedTest
    @ValueSource(strings = {NONCE, "other nonces"})
    void a_pinhole_renewed_by_pcp_can_be_deleted_by_upnp_only(String nonce) {
        PINHOLE.byPcp(OWN);
        assertThat(PINHOLE.byPcp(OWN, nonce, "")).isEqualTo(new Granted(0, 600));

        assertThat(PINHOLE.lasting(0).byPcp(OWN, NONCE, "").code()).isEqualTo(2);
        assertThat(PINHOLE.lasting(0).byPcp(OWN, nonce, "").code()).isEqualTo(2);
        assertThat(Lab.rules()).contains(PINHOLE.rule());

        String id = "UniqueID=" + id(PINHOLE.byUpnp(OWN));
        assertThat(firewall("DeletePinhole", id)).isEqualTo(200);
        assertThat(Lab.rules()).doesNotContain("@nh,192,128");
    }

    @Test
    void an_ipv4_remote_host_is_applied_and_not_listed() {
        String[] arguments = {
            "NewRemoteHost=11.22.33.10",
            "NewExternalPort=25565",
            "NewProtocol=TCP",
            "NewInternalPort=25565",
            "NewInternalClient=" + Lab.LAN1,
            "NewLeaseDuration=600"
        };

        assertThat(code(soap(Lab.LAN1, CONNECTION, "AddPortMapping", arguments)))
                .isEqualTo(200);
        assertThat(Lab.rules()).contains("th dport 25565 @nh,128,32 0xc0a84d0a @nh,96,32 0xb16210a @nh,72,8 0x6");
        String[] first = {"NewPortMappingIndex=0"};
        assertThat(soap(Lab.LAN1, CONNECTION, "GetGenericPortMappingEntry", first))
                .contains("<NewRemoteHost></NewRemoteHost><NewExternalPort>25565<");
    }

    @Test
    void a_filter_of_ipv4_is_granted_and_not_applied() {
        Granted granted = RawPinhole.to(Lab.LAN1).byPcp(Lab.LAN1, NONCE, filter("11.22.33.99"));

        assertThat(granted).isEqualTo(new Granted(0, 600));
        assertThat(Lab.rules())
                .contains("th dport 25565 @nh,128,32 0xc0a84d0a @nh,72,8 0x6 accept")
                .doesNotContain("@nh,96,32");
        assertThat(Lab.throughOpenPort("tcp", 25_565, 25_565)).isEqualTo("got hello from 11.22.33.10");
    }

    /** PCP's FILTER for one address. */
    private static String filter(String address) {
        return "03000014" + "0080" + "0000" + HexFormat.of().formatHex(RawPinhole.sixteen(address));
    }

    private static int firewall(String action, String... arguments) {
        return code(soap(OWN, FIREWALL, action, arguments));
    }
}
