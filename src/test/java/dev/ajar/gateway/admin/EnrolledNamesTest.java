package dev.ajar.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.admin.enrolment.EnrolledNames;
import dev.ajar.gateway.admin.enrolment.Enrolment;
import dev.ajar.gateway.admin.enrolment.Enrolments;
import dev.ajar.gateway.admin.fake.FakeInterface;
import dev.ajar.gateway.admin.fake.FakeInterface.Device;
import dev.ajar.gateway.admin.fake.FakeInterface.Fault;
import dev.ajar.model.Addresses;
import dev.ajar.system.LocalRoute;
import dev.ajar.testing.ManualTimeline;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the owner's own router calls the devices at home, asked with its password. */
class EnrolledNamesTest extends AdminGatewayFixture {
    private static final Inet4Address CAMERA = device("127.0.0.20");
    private static final Inet4Address PRINTER = device("127.0.0.21");
    private static final Inet4Address UNKNOWN = device("127.0.0.22");
    private static final LocalRoute HOME = new LocalRoute("lo", LOOPBACK, 8, Optional.of(LOOPBACK));
    private static final Set<Make> TELLING =
            Set.of(Make.SESSION_RPC, Make.DIGEST_SOAP, Make.BASIC_REST, Make.KEYED_REST, Make.COOKIE_CSRF);

    private static Inet4Address device(String address) {
        return (Inet4Address) Addresses.ipv4(address).orElseThrow();
    }

    private final ManualTimeline clock = new ManualTimeline();
    private boolean allowed = true;

    private EnrolledNames names(Make make, FakeInterface fake) {
        Enrolments enrolments = enrolments();
        assertThat(enrolments.save(new Enrolment(
                        fake.make(), fake.base(), CARD, Optional.empty(), make.user(), Enrolment.SecretPlace.FILE)))
                .isEmpty();
        return new EnrolledNames(
                () -> allowed,
                enrolments,
                new OneSecret(),
                id -> MAKES.stream().filter(one -> one.id().equals(id)).findFirst(),
                address -> Optional.of(card),
                clock);
    }

    private static void knowsTwo(FakeInterface fake) {
        fake.knows(
                new Device("127.0.0.20", "02:00:00:00:00:20", "garden-<b>camera"),
                new Device("127.0.0.21", "02:00:00:00:00:21", "\u001b[2Jprinter" + "r".repeat(99)),
                new Device("127.0.0.99", "02:00:00:00:00:99", "not asked for"));
    }

    private static Map<Inet4Address, String> of(EnrolledNames names) {
        return names.of(HOME, List.of(CAMERA, PRINTER, UNKNOWN));
    }

    /** A make that tells no names is not asked: each question is a login, which its owner sees in the log. */
    @ParameterizedTest
    @EnumSource
    void a_router_tells_them_where_its_interface_has_a_list(Make make) {
        FakeInterface fake = start(make);
        knowsTwo(fake);
        List<String> writes = new ArrayList<>();
        fake.beforeWriting(() -> writes.add("a change"));

        Map<Inet4Address, String> told = of(names(make, fake));

        if (TELLING.contains(make)) {
            assertThat(told).containsOnlyKeys(CAMERA, PRINTER).containsEntry(CAMERA, "garden-<b>camera");
            assertThat(told.get(PRINTER)).hasSizeLessThanOrEqualTo(60).doesNotContain("\u001b");
        } else {
            assertThat(told).isEmpty();
            assertThat(fake.requests()).isEmpty();
        }
        assertThat(writes).isEmpty();
        assertThat(fake.openSessions()).isZero();
        assertThat(fake.misunderstood()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"SESSION_RPC", "DIGEST_SOAP", "BASIC_REST", "KEYED_REST"})
    void what_is_no_list_names_nothing(Make make) {
        FakeInterface fake = start(make);
        knowsTwo(fake);
        EnrolledNames names = names(make, fake);
        for (Fault fault : List.of(Fault.LOGIN_PAGE, Fault.REDIRECTS)) {
            fake.suffer(fault);
            assertThat(of(names)).as("%s", fault).isEmpty();
            clock.advance(Duration.ofMinutes(10));
        }
        fake.suffer(Fault.NONE);
        assertThat(of(names)).isNotEmpty();
    }

    @Test
    void it_is_asked_ten_minutes_apart_and_never_without_a_yes_or_before_another_card() {
        FakeInterface fake = start(Make.SESSION_RPC);
        knowsTwo(fake);
        EnrolledNames names = names(Make.SESSION_RPC, fake);
        allowed = false;
        assertThat(of(names)).isEmpty();
        assertThat(names.of(HOME, List.of())).isEmpty();
        allowed = true;
        card = "02:00:00:00:00:66";
        assertThat(of(names)).isEmpty();
        assertThat(fake.requests()).isEmpty();

        card = CARD;
        clock.advance(Duration.ofMinutes(10));
        assertThat(of(names)).hasSize(2);
        int asked = fake.requests().size();
        assertThat(names.of(HOME, List.of(CAMERA))).containsOnlyKeys(CAMERA);
        clock.advance(Duration.ofMinutes(9));
        assertThat(of(names)).hasSize(2);
        assertThat(fake.requests()).hasSize(asked);
        fake.knows();
        clock.advance(Duration.ofMinutes(1));
        assertThat(of(names)).isEmpty();
    }

    /** A router can put what it was sent into a name. */
    @Test
    void a_name_with_the_password_in_it_is_not_told() {
        FakeInterface fake = start(Make.SESSION_RPC);
        fake.knows(new Device("127.0.0.20", "02:00:00:00:00:20", "camera " + FakeInterface.PASSWORD));
        assertThat(of(names(Make.SESSION_RPC, fake))).isEmpty();
    }
}
