package dev.ajar.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.admin.fake.FakeChallengeToken;
import dev.ajar.gateway.admin.fake.FakeFormCgi;
import dev.ajar.gateway.admin.fake.FakeHookForm;
import dev.ajar.gateway.admin.fake.FakeInterface;
import dev.ajar.gateway.admin.fake.FakeRest;
import dev.ajar.gateway.admin.fake.FakeSessionRpc;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code ajar router upnp}: the one change beyond rules, with consent, and undone. */
@Execution(ExecutionMode.CONCURRENT)
class RouterUpnpTest extends RouterCommandFixture {
    RouterUpnpTest() throws IOException {}

    /** The makes whose interface has a switch. */
    enum Switching {
        SESSION_RPC,
        BASIC_REST,
        CHALLENGE_TOKEN,
        OLDEST_FORM_CGI,
        HOOK_FORM;

        FakeInterface start() {
            return switch (this) {
                case SESSION_RPC -> new FakeSessionRpc();
                case BASIC_REST -> new FakeRest();
                case CHALLENGE_TOKEN -> new FakeChallengeToken();
                case OLDEST_FORM_CGI -> new FakeFormCgi(FakeFormCgi.Dialect.OLDEST);
                case HOOK_FORM -> new FakeHookForm();
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_router_without_a_password_is_told_how_to_get_one(Switching make) {
        try (FakeInterface fake = make.start()) {
            assertThat(fake.upnp()).isNotNull();
            InProcess.Outcome outcome = ajar("router", "upnp");
            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.err()).contains("ajar router add");
        }
    }

    @ParameterizedTest
    @EnumSource
    void upnp_is_switched_on_after_a_yes_and_off_again(Switching make) throws IOException {
        try (FakeInterface fake = make.start()) {
            fake.hasUpnp(false);
            enrol(fake);
            assertThat(ajar("router", "upnp").out()).contains("UPnP is off");

            InProcess.Outcome unasked = ajar("router", "upnp", "on");
            assertThat(unasked.exitCode()).isEqualTo(9);
            assertThat(unasked.err()).contains("every device in the home may open ports");
            assertThat(fake.upnp()).isEqualTo(Optional.of(false));

            assertThat(ajar("router", "upnp", "on", "--yes").out()).contains("switched on  UPnP");
            assertThat(fake.upnp()).isEqualTo(Optional.of(true));
            assertThat(ajar("router", "upnp").out()).contains("ajar switched UPnP on there on");
            assertThat(ajar("router", "--url", fake.base().toString()).out()).contains("ajar router upnp off");
            assertThat(ajar("router", "upnp", "--json").out()).contains("\"upnp\":true");
            assertThat(Files.readString(home.resolve("router-changes.jsonl"))).doesNotContain(FakeInterface.PASSWORD);

            assertThat(ajar("router", "upnp", "off").exitCode()).isZero();
            assertThat(fake.upnp()).isEqualTo(Optional.of(false));
            assertThat(fake.openSessions()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_the_owner_switched_on_is_not_switched_off(Switching make) {
        try (FakeInterface fake = make.start()) {
            fake.hasUpnp(true);
            enrol(fake);
            assertThat(ajar("router", "upnp", "on", "--yes").out()).contains("UPnP is on");
            assertThat(ajar("router", "upnp", "off").exitCode()).isEqualTo(2);
            assertThat(fake.upnp()).isEqualTo(Optional.of(true));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_yes_that_switched_nothing_is_a_failure_and_leaves_no_record(Switching make) {
        try (FakeInterface fake = make.start()) {
            fake.hasUpnp(false);
            enrol(fake);
            fake.suffer(FakeInterface.Fault.IGNORES_WRITES);
            assertThat(ajar("router", "upnp", "on", "--yes").err()).contains("its switch for UPnP is as it was");
            fake.suffer(FakeInterface.Fault.NONE);
            assertThat(ajar("router", "upnp", "off").exitCode()).isEqualTo(2);
        }
    }

    @Test
    void the_steps_by_hand_end_with_what_ajar_can_do_and_how_it_knows() {
        assertThat(ajar("guide", "25565", "--router", "totolink").out())
                .contains("Or let ajar do it: ajar router add", "not tried on the hardware");
        assertThat(ajar("guide", "25565", "--router", "tenda").out()).doesNotContain("ajar router add");
    }

    @Test
    void the_doctor_tells_how_the_interface_is_known() {
        try (FakeInterface fake = new FakeFormCgi(true)) {
            enrol(fake);
            assertThat(ajar("doctor").out()).contains("by its own interface", "not tried on the hardware");
        }
    }

    @Test
    void it_is_undone_before_the_password_is_forgotten() {
        try (FakeInterface fake = new FakeSessionRpc()) {
            fake.hasUpnp(false);
            enrol(fake);
            assertThat(ajar("router", "upnp", "on", "--yes").exitCode()).isZero();
            InProcess.Outcome forgotten = ajar("router", "forget", "--yes");
            assertThat(forgotten.exitCode()).isZero();
            assertThat(forgotten.err()).contains("is as it was before");
            assertThat(fake.upnp()).isEqualTo(Optional.of(false));
        }
    }

    /** There is nothing left to change on the router, and the record must not stay for ever. */
    @ParameterizedTest
    @EnumSource
    void what_the_owner_has_switched_off_since_is_undone(Switching make) {
        try (FakeInterface fake = make.start()) {
            fake.hasUpnp(false);
            enrol(fake);
            assertThat(ajar("router", "upnp", "on", "--yes").exitCode()).isZero();
            fake.hasUpnp(false);
            InProcess.Outcome off = ajar("router", "upnp", "off");
            assertThat(off.exitCode()).as(off.err()).isZero();
            assertThat(ajar("router", "upnp", "off").exitCode()).isEqualTo(2);
            assertThat(fake.upnp()).isEqualTo(Optional.of(false));
        }
    }

    /** The record tells how the router had it, and the password is what undoes it. */
    @ParameterizedTest
    @EnumSource
    void an_undo_that_did_nothing_can_be_done_again(Switching make) {
        try (FakeInterface fake = make.start()) {
            fake.hasUpnp(false);
            enrol(fake);
            assertThat(ajar("router", "upnp", "on", "--yes").exitCode()).isZero();
            fake.suffer(FakeInterface.Fault.IGNORES_WRITES);
            assertThat(ajar("router", "upnp", "off").err()).contains("its switch for UPnP is as it was");
            InProcess.Outcome forgotten = ajar("router", "forget", "--yes");
            assertThat(forgotten.exitCode()).isEqualTo(8);
            assertThat(forgotten.err()).contains("ajar keeps the password", "its switch for UPnP is as it was");
            fake.suffer(FakeInterface.Fault.NONE);
            assertThat(ajar("router", "upnp", "off").exitCode()).isZero();
            assertThat(fake.upnp()).isEqualTo(Optional.of(false));
        }
    }

    @Test
    void a_card_that_the_kernel_has_forgotten_is_asked_for() {
        try (FakeInterface fake = new FakeSessionRpc()) {
            fake.hasUpnp(false);
            enrol(fake);
            forgetsCard = true;
            assertThat(ajar("router", "upnp").out()).contains("UPnP is off");
        }
    }

    @Test
    void without_a_yes_it_stays_on_and_that_is_told() {
        try (FakeInterface fake = new FakeSessionRpc()) {
            fake.hasUpnp(false);
            enrol(fake);
            assertThat(ajar("router", "upnp", "on", "--yes").exitCode()).isZero();
            assertThat(ajar("router", "forget").err()).contains("only the router's page switches it off now");
            assertThat(fake.upnp()).isEqualTo(Optional.of(true));
        }
    }

    @Test
    void a_router_without_a_server_or_a_known_switch_says_so() {
        for (FakeInterface one : List.of(new FakeSessionRpc(), new FakeRest(), new FakeFormCgi(true))) {
            try (FakeInterface fake = one) {
                enrol(fake);
                assertThat(ajar("router", "upnp", "on", "--yes").exitCode()).isEqualTo(4);
                assertThat(fake.upnp().orElse(false)).isFalse();
            }
        }
    }
}
