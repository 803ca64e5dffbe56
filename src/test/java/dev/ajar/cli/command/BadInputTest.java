package dev.ajar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.RouterScript;
import dev.ajar.state.MemoryStateStore;
import dev.ajar.system.SystemTimeline;
import dev.ajar.testing.CliHarness;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input: each gets one line that helps and the right exit code, and no router is asked. */
class BadInputTest {
    private EmbeddedRouter router;
    private CliHarness ajar;

    @BeforeEach
    void start() throws IOException {
        router = EmbeddedRouter.start(RouterScript.standard(), new SystemTimeline());
        ajar = new CliHarness(router, new MemoryStateStore());
    }

    @AfterEach
    void stop() {
        router.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "open 0 | 2 | ports go from 1 to 65535",
                "open 65536 | 2 | ports go from 1 to 65535",
                "open 99999999999999999999 | 2 | is not a port",
                "open -1 | 2 | -1",
                "open abc | 2 | is not a port",
                "open 25565-25560 | 2 | runs backwards",
                "open 10000-11999 | 2 | more than 100 ports",
                "open 1-100 200-250 | 2 | more than 100 ports",
                "open 25565 25565 | 2 | named twice",
                "open 25565/both 25565/udp | 2 | named twice",
                "open 25565/sctp | 2 | tcp, udp or both",
                "open 25565/ | 2 | tcp, udp or both",
                "open 100-102:200-202 | 2 | same ports inside and outside",
                "open : | 2 | is not a port",
                "open 25565 --to camera.local | 2 | not a name",
                "open 25565 --to 127.0.0.1 | 2 | not another device",
                "open 25565 --to 224.0.0.1 | 2 | not the address of a device",
                "open 25565 --to 8.8.8.8 | 2 | not another device",
                "open 25565 --lease -1 | 2 | --lease",
                "open 25565 --lease 1y | 2 | 30m, 2h, 7d or permanent",
                "open 25565 --lease 0 | 2 | 30m, 2h, 7d or permanent",
                "open 25565 --lease 0s | 2 | longer than zero",
                "open 25565 --lease 3600 | 2 | 30m, 2h, 7d or permanent",
                "open 25565 --lease 8d | 2 | 7d at most",
                "open 25565 --external-port 25566 | 2 | only takes",
                "open 25565 --method telepathy | 2 | auto, upnp, nat-pmp or pcp",
                "open 25565 --gateway router.lan | 2 | not a name",
                "open 25565 --gateway 8.8.8.8 | 9 | on the internet",
                "open 25565 --location http://8.8.8.8/d.xml | 9 | on the internet",
                "open 25565 --location https://192.168.1.1/d.xml | 2 | rootDesc.xml",
                "open 25565 --location http://192.168.1.1/d.xml --method pcp | 2 | is for UPnP",
                "open 25565 --gateway 192.168.1.1 --location http://8.8.8.8/d.xml | 2 | two different routers",
                "open 25565 --timeout 0s | 2 | longer than zero",
                "open 25565 --timeout 1h | 2 | 10m is the most",
                "open 25565 --from example | 2 | write an address or a network",
                "open 25565 --from 0.0.0.0/0 | 2 | is every address",
                "open 25565 --from ::/0 | 2 | is every address",
                "open 25565 --from 127.0.0.1 | 2 | is not an internet address",
                "open 25565 --from 224.0.0.1 | 2 | is not an internet address",
                "open 25565 --from 203.0.113.7 --ipv6 | 2 | the same IP version",
                "open 25565 --to 2001:db8::1 --ipv4 | 2 | the same IP version",
                "open 25565 --to 2001:db8::1 --from 203.0.113.7 | 2 | the same IP version",
                "open 25565 --to fe80::1 | 2 | not the address of a device",
                "open 25565 --upstream-gateway 8.8.8.8 | 2 | cannot be the router in front",
                "open 25565 --upstream --ipv6 | 2 | --upstream is for IPv4",
                "open 25565 --upstream-gateway next | 2 | not a name",
                "open 25565 --interface nowhere0 | 2 | no router is reached through it",
                "open 25565 --interface lo --gateway all | 2 | goes with neither",
                "close 25565 --gateway all | 2 | is for ajar open",
                "list --gateway all | 2 | is for ajar open",
                "open rdp --yes-expose nonsense | 2 | nothing called",
                "open rdp --yes-expose rpd | 2 | did you mean rdp?",
                "run --open 25565 --yes-expose rpd -- true | 2 | did you mean rdp?",
                "relay 8554:192.168.1.20:554 --yes-expose rstp | 2 | did you mean rtsp?",
                "open | 2 | something is missing: PORT",
                "close 25565 --all | 2 | --all closes everything",
                "close minecrft | 2 | is not a port",
                "close x | 2 | is not a port",
                "open 25565 --nonsense | 2 | --nonsense",
                "status extra | 2 | extra",
                "open ftp --passive abc | 2 | --passive takes a range",
                "open minecraft --passive 1-2 | 2 | --passive is for applications with a range",
                "open teamviewer | 2 | needs no port",
                "presets show | 2 | ajar presets show NAME",
                "presets no-such-game | 2 | no application called",
                "routers one two | 2 | ajar routers WORD",
                "router upnp maybe | 2 | ajar router upnp on",
                "routers show no-such-make | 2 | no router called",
                "guide 25565 --router no-such-make | 2 | ajar routers lists them",
                "guide totolink | 2 | ajar guide 25565 --router totolink",
                "guide 8080 totolink | 2 | ajar guide 8080 --router totolink",
                "presets list extra words | 2 | ajar presets WORD",
                "doctor 1 2 | 2 | one port at a time",
                "25565 | 2 | did you mean ajar open 25565?",
                "minecraft | 2 | did you mean ajar open minecraft?",
                "open minecrft | 2 | did you mean minecraft?",
                "open 25565 --udp | 2 | 25565/udp",
                "open 25565,,1 | 2 | is not a port",
                "open 25565, 1,2x | 2 | 2x",
                "open sctp/25565 | 2 | tcp, udp or both",
                "guide 25565 --router totlink | 2 | did you mean totolink",
                "guide 25565 --router frtz | 2 | did you mean fritz",
                "frobnicate | 2 | there is no command",
                "opne 25565 | 2 | did you mean ajar open?",
                "stop 25565 | 2 | did you mean ajar close?",
                "devices | 2 | did you mean ajar web?",
                "check 25565 --to 192.168.1.9 | 2 | where ports of other devices lead: ajar list",
                "doctor 25565 --ip 192.168.1.9 | 2 | where ports of other devices lead: ajar list",
                "open Fortnite | 2 | Fortnite has no server that players run",
                "check nat type | 2 | the NAT type of a game",
                "presets strict-nat | 2 | the NAT type of a game",
                "upnpc -a 192.168.1.20 25565 25565 tcp | 2 | did you mean ajar open?",
                "-a 192.168.1.20 25565 25565 tcp | 2 | did you mean ajar open?",
                "-l | 2 | no option -l here; did you mean ajar list?",
                "-d 25565 tcp | 2 | did you mean ajar close?",
                "-P | 2 | did you mean ajar address?",
                "-q open 25565 | 2 | did you mean ajar open -q?",
                "-v status | 2 | did you mean ajar status -v?",
                "--nonsense status | 2 | there is no option --nonsense here (examples",
                "--port=25565 | 2 | did you mean ajar open?",
                "open --port=25565 | 2 | no option --port; write the port without it",
                "open 25565 --permanent | 2 | did you mean --lease permanent?",
                "open 25565/tcp+udp | 2 | did you mean 25565/both?",
                "open 25565;25566 | 2 | did you mean 25565 25566?",
                "open 25565to25570 | 2 | did you mean 25565-25570?",
                "open 25565 - 25570 | 2 | \"25565 - 25570\" is not a port; did you mean 25565-25570?",
                "open 25565 to 25570 | 2 | did you mean 25565-25570?",
                "open 25_565 | 2 | did you mean 25565?",
                "open \u0662\u0665\u0665\u0666\u0665 | 2 | did you mean 25565?",
                "open 8080->80 | 2 | did you mean 8080:80?",
                "open 8080:192.168.1.20:80 | 2 | did you mean 8080:80 --to 192.168.1.20?",
                "open 80 192.168.1.20 | 2 | did you mean --to 192.168.1.20?",
                "open home assistant | 2 | did you mean home-assistant?",
                "open minecraft server | 2 | did you mean minecraft?",
                "open 25565 25566 and 25567 | 2 | did you mean 25565 25566 25567?",
                "open , | 2 | is not a port",
                "status 25565 | 2 | did you mean ajar check 25565?",
                "renew 25565 | 2 | did you mean ajar extend 25565 --for 2h?",
                "daemon stop | 2 | did you mean ajar service remove?",
                "list all | 2 | nothing can be done with \"all\" (",
                "\u043e\u0442\u043a\u0440\u044b\u0442\u044c 25565 | 2 | did you mean ajar open?",
                "\u6253\u5f00 25565 | 2 | did you mean ajar open?",
                "login | 2 | did you mean ajar router add?",
                "scan | 2 | did you mean ajar discover?",
                "delete 25565 | 2 | did you mean ajar close?",
                "forward 25565 | 2 | did you mean ajar open?",
                "LS | 2 | did you mean ajar list?",
                "test 25565 | 2 | did you mean ajar check?",
                "diagnose | 2 | did you mean ajar doctor?",
                "ip | 2 | did you mean ajar address?",
                "exit | 2 | there is no command \"exit\" (examples",
                "update | 2 | there is no command \"update\" (examples",
                "open --port 25565 | 2 | write the port without it: ajar open 25565",
                "open -p 25565 | 2 | there is no option -p; write the port without it",
                "open 25565 --protocol udp | 2 | write the protocol behind the port",
                "open 25565 --time 2h | 2 | did you mean --for?",
                "open 25565 --host 192.168.1.20 | 2 | did you mean --to?",
                "list --time 2h | 2 | there is no option --time here (examples",
                "list --udp | 2 | there is no option --udp here (examples",
                "open 25565 --tiemout 2s | 2 | did you mean --timeout?",
                "open 25565 -t 2s | 2 | there is no option -t here (examples",
                "open 25565 udp | 2 | did you mean 25565/udp?",
                "open udp 25565 | 2 | did you mean 25565/udp?",
                "open port 25565 | 2 | did you mean 25565?",
                "open 25565 for 2h | 2 | did you mean --for 2h?",
                "open 25565 2hours | 2 | did you mean --for 2h?",
                "open 25565 to 192.168.1.20 | 2 | did you mean --to 192.168.1.20?",
                "open help | 2 | did you mean --help?",
                "open udp25565 | 2 | did you mean 25565/udp?",
                "open port25565 | 2 | did you mean 25565?",
                "open :25565 | 2 | is not a port; did you mean 25565?",
                "open #25565. | 2 | did you mean 25565?",
                "open 25565:udp | 2 | did you mean 25565/udp?",
                "open 25565udp | 2 | did you mean 25565/udp?",
                "open 25565--25570 | 2 | did you mean 25565-25570?",
                "open 25565..25570/udp | 2 | did you mean 25565-25570/udp?",
                "open 25565–25570 | 2 | did you mean 25565-25570?",
                "open ２５５６５ | 2 | did you mean 25565?",
                "open minecraft:25566 | 2 | did you mean 25566:25565?",
                "open minecraft-bedrock:19133 | 2 | did you mean 19133:19132/udp?",
                "open 192.168.1.20:25565 | 2 | did you mean 25565 --to 192.168.1.20?",
                "open localhost:3000 | 2 | did you mean 3000?",
                "open https://example.org:8443 | 2 | did you mean 8443?",
                "open example.org:99999 | 2 | write a number such as 25565",
            })
    void one_line_and_the_right_code(String command, int exitCode, String says) {
        CliHarness.Outcome outcome = ajar.run(command.split(" "));

        assertThat(outcome.exitCode()).isEqualTo(exitCode);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().lines().findFirst().orElse(""))
                .startsWith("ajar: ")
                .contains(says);
        if (exitCode == 2 && !outcome.err().contains("What to do")) {
            assertThat(outcome.err().lines()).hasSize(1);
        }
        assertThat(router.asked()).noneMatch(asked -> asked.contains("Add"));
        assertThat(router.table()).isEmpty();
    }

    @Test
    void descriptions_that_routers_garble() {
        assertThat(ajar.run("open", "25565", "--name", "a\u001b[31mb").exitCode())
                .isEqualTo(2);
        assertThat(ajar.run("open", "25565", "--name", "x".repeat(10_000)).exitCode())
                .isEqualTo(2);
        assertThat(ajar.run("open", "25565", "--name", "Spaß").exitCode()).isEqualTo(2);
        assertThat(ajar.run("open", "25565", "--name", "").exitCode()).isEqualTo(2);
        assertThat(router.asked()).isEmpty();
    }

    @Test
    void escapes_in_arguments_do_not_reach_the_terminal() {
        CliHarness.Outcome outcome = ajar.run("open", "\u001b]0;pwned\u0007");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).doesNotContain("\u001b").doesNotContain("\u0007");
    }
}
