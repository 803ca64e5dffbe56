package dev.ajar.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.admin.fake.FakeContextRpc;
import dev.ajar.gateway.admin.fake.FakeDigestSoap;
import dev.ajar.gateway.admin.fake.FakeHookForm;
import dev.ajar.gateway.admin.fake.FakeInterface;
import dev.ajar.gateway.admin.fake.FakeSessionRpc;
import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.RouterScript;
import dev.ajar.system.SystemTimeline;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What {@code ajar router} tells of a router before any login. */
@Execution(ExecutionMode.CONCURRENT)
class RouterShownTest extends RouterCommandFixture {
    RouterShownTest() throws IOException {}

    private String shown(FakeInterface fake, String... more) {
        String url = fake.base().toString();
        return more.length == 0
                ? ajar("router", "--url", url).out()
                : ajar("router", "--url", url, more[0]).out();
    }

    @Test
    void the_model_and_the_version_that_an_element_tells() {
        try (FakeInterface fake = new FakeDigestSoap()) {
            assertThat(shown(fake)).contains("Model: FRITZ!Box 7590", "Its software: 154.07.10");
            assertThat(shown(fake, "--json")).contains("\"model\":\"FRITZ!Box 7590\",\"version\":\"154.07.10\"");
        }
    }

    @Test
    void the_model_and_the_version_that_a_member_tells() {
        try (FakeContextRpc fake = new FakeContextRpc()) {
            assertThat(shown(fake)).contains("Model: Livebox 4", "Its software: SG40_sip-fr-4.4");
            fake.isModel("\u001b[2J\r\nLivebox\u202e");
            assertThat(shown(fake)).doesNotContain("\u001b", "\r", "\u202e").contains("Livebox");
        }
    }

    @Test
    void what_it_does_not_tell_is_left_out() {
        try (FakeInterface fake = new FakeHookForm()) {
            assertThat(shown(fake)).contains("ASUS at 127.0.0.1").doesNotContain("Model:", "Its software:");
            assertThat(shown(fake, "--json")).contains("\"model\":null,\"version\":null");
        }
    }

    @Test
    void the_protocols_that_it_answers() throws IOException {
        RouterScript silent = RouterScript.standard().speaking();
        try (EmbeddedRouter off = EmbeddedRouter.start(silent, new SystemTimeline());
                FakeInterface fake = new FakeHookForm()) {
            assertThat(shown(fake)).contains("Protocols that it answers: PCP, NAT-PMP, UPnP IGD");
            assertThat(shown(fake, "--json")).contains("\"protocols\":[\"pcp\",\"nat_pmp\",\"upnp\"]");
            String url = fake.base().toString();
            assertThat(ajar(off, "router", "--url", url).out()).contains("answers no protocol for opening ports");
            assertThat(ajar(off, "router", "--url", url, "--json").out()).contains("\"protocols\":[]");
        }
    }

    @Test
    void the_rights_are_told_in_the_language_of_the_user() {
        try (FakeInterface fake = new FakeSessionRpc()) {
            assertThat(shown(fake, "--lang=de"))
                    .contains("- root darf alles.", "- Die Datei /usr/share/rpcd/acl.d/ajar.json gibt der Gruppe ajar:")
                    .doesNotContain("may do everything");
        }
    }
}
