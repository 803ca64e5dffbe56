package dev.ajar.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "its card is 00:0c:42:11:22:33 | its card is [network card]",
                "00-0C-42-11-22-33 | [network card]",
                "uuid:75802409-bccb-40e7-8e6c-fa095ecce13e::x | [id]::x",
                "address 84.17.22.9 is public | address 84.17.x.x is public",
                "100.72.1.2 and 203.0.113.7 | 100.72.x.x and 203.0.x.x",
                "192.168.1.20 10.0.0.1 172.20.1.1 127.0.0.1 239.255.255.250 | 192.168.1.20 10.0.0.1 172.20.1.1 127.0.0.1 239.255.255.250",
                "2001:db8:12:34::5 | 2001:[hidden]",
                "fe80::1 stays | fe80::1 stays",
                "Serial number: AB12-CD34 | Serial number: [hidden]",
                "http://192.168.1.1:5000/a1b2c3d4e5f6a7b8c9d0/rootDesc.xml | http://192.168.1.1:5000/[hidden]/rootDesc.xml",
                "points_to_former_address stays | points_to_former_address stays",
                "FRITZ!Box 7590 | FRITZ!Box 7590",
                "enx00e04c680123 and wlx74da38123456 | enx[hidden] and wlx[hidden]",
                "S/N: AB12CD34 | S/N: [hidden]",
                "card a0b1c2d3e4f5 and a0b1.c2d3.e4f5 | card [network card] and [network card]",
                "fe80::a2b1:c2ff:fed3:e4f5 | fe80::[network card]",
                "2a02::1 | 2a02:[hidden]",
                "johns-macbook.local nas.example.nl home.smith.family | [host name] [host name] [host name]",
                "SN AB12CD34 | SN [hidden]",
                "mac:00:0c:42:11:22:33, eth0-00:0c:42:11:22:33, 00_0c_42_11_22_33 | mac:[network card], eth0-[network card], [network card]",
                "00:0c:42:11:22:33-ajar and 0x000c42112233 | [network card]-ajar and 0x[network card]",
                "MAC=00:0c:42:11:22:33:00:1d:aa:bb:cc:dd:08:00 SRC=84.17.22.9 | MAC=[network card] SRC=84.17.x.x",
                "/home/gamer/.config/ajar/ajar.toml and file:///Users/first.last/x | /home/[name]/.config/ajar/ajar.toml and file:///Users/[name]/x",
                "C:\\Users\\John Doe\\x and C:\\\\Users\\\\John\\\\x and ~otto/x | C:\\Users\\[name]\\x and C:\\\\Users\\\\[name]\\\\x and ~[name]/x",
                "DESKTOP-OTTO, JOHNS-PC, \\\\JOHN\\share | [host name], [host name], \\\\[host name]\\share",
                "SSID: MyHome, \"ssid\":\"My Home\", bssid=x1 | SSID: [hidden], \"ssid\":\"[hidden]\", bssid=[hidden]",
                "password=hunter2 \"token\":\"abc\" Authorization: Bearer abcd | password=[hidden] \"token\":\"[hidden]\" Authorization: Bearer [hidden]",
                "http://john:hunter2@192.168.1.1/x?key=abc&id=1 | http://192.168.1.1/x?key=[hidden]&id=1",
                "john.doe@mail.example | [hidden]",
                "uuid:IGD-Anna::upnp:rootdevice | [id]::upnp:rootdevice",
                "Seriennummer: 12345 | Seriennummer: [hidden]",
                "asks for the password. Then ajar open 25565 | asks for the password. Then ajar open 25565",
                "220 myhome.dyndns.org ESMTP | 220 [host name] ESMTP",
            })
    void what_identifies_a_user_or_device_is_removed(String text, String redacted) {
        assertThat(Redaction.of(text, List.of())).isEqualTo(redacted);
    }
}
