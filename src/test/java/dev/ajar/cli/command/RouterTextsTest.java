package dev.ajar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.message.Language;
import dev.ajar.message.Messages;
import dev.ajar.simulator.RouterScript;
import dev.ajar.testing.CliHarness;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Where the commands show what the profiles of routers say, they say it in the language of the user. */
class RouterTextsTest extends CommandTestBase {
    private String shown(String... arguments) throws IOException {
        CliHarness ajar = behind(RouterScript.standard()).speaking(Messages.of(Language.GERMAN));
        return ajar.run(arguments).out().replaceAll("\\s+", " ");
    }

    @Test
    void the_page_of_a_router() throws IOException {
        assertThat(shown("routers", "show", "totolink"))
                .contains(
                        "Benutzername und Passwort stehen auf dem Aufkleber unter dem Router",
                        "Hinweis Totolink-Router (Hersteller: Zioncom). Die Seite Port Forwarding hat",
                        "Ältere Software hat es unter")
                .doesNotContain("The user name", "Older software", "maker");
        assertThat(shown("routers", "show", "starlink"))
                .contains("Der Starlink-Router hat keine Portweiterleitung")
                .doesNotContain("has no port forwarding and");
    }

    @Test
    void the_steps_of_a_guide() throws IOException {
        assertThat(shown("guide", "25565", "--router", "totolink"))
                .contains(
                        "Benutzername und Passwort stehen auf dem Aufkleber unter dem Router; bei älteren admin und admin.",
                        "Stellen Sie den Schalter On/Off oben auf der Seite Port Forwarding auf On.",
                        "so sind die Regeln aufgeführt und tun nichts.",
                        "dieses Computers unter Static DHCP hinzu.",
                        "Ältere Software hat es unter Advanced Setup > NAT/Firewall > Port Forwarding")
                .doesNotContain("this computer", "Older software", "The user name");
        assertThat(shown("guide", "25565", "--router", "totolink", "--markdown"))
                .contains("Ältere Software hat es unter");
        assertThat(shown("guide", "25565", "--router", "starlink"))
                .contains("Der Starlink-Router hat keine Portweiterleitung");
    }

    @Test
    void json_stays_english() throws IOException {
        assertThat(shown("guide", "25565", "--router", "totolink", "--json"))
                .contains("Set the On/Off switch", "The user name and password are on the label under the router")
                .doesNotContain("Benutzername", "Schalter");
    }
}
