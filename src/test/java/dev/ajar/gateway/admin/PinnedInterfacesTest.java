package dev.ajar.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.admin.enrolment.Enrolment;
import dev.ajar.gateway.admin.enrolment.Enrolments;
import dev.ajar.gateway.admin.enrolment.RouterAdministration;
import dev.ajar.gateway.admin.fake.FakeInterface;
import dev.ajar.gateway.admin.fake.TlsFront;
import dev.ajar.http.CertificatePin;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.Port;
import dev.ajar.model.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every interface behind TLS: the key is pinned when the router is enrolled, and another key gets nothing. */
@Tag("hostile")
class PinnedInterfacesTest extends AdminGatewayFixture {
    private static <T> T ok(Result<T> result) {
        return result instanceof Result.Ok<T>(T value) ? value : fails(result);
    }

    private static <T> T fails(Result<T> result) {
        throw new AssertionError("a failure: " + result);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"OLDEST_FORM_CGI", "FORM_CGI", "NEWER_FORM_CGI"})
    void a_key_is_pinned_at_first_use_and_another_gets_nothing_until_it_is_trusted(Make make) throws IOException {
        FakeInterface fake = start(make);
        TlsFront front = new TlsFront(fake.base());
        open.add(front);
        Enrolments enrolments = enrolments();
        RouterAdministration administration = administration(enrolments);

        RouterAdministration.Router router = ok(administration.look(Optional.of(front.base()), deadline()));
        // Signs of other makes were looked for, too.
        List<String> notItsOwn = fake.misunderstood();
        assertThat(router.detected().map(found -> found.make().id())).contains(fake.make());
        CertificatePin pin = router.detected().orElseThrow().pin().orElseThrow();
        Enrolment enrolment = ok(administration.enrol(
                router, make.user(), new Secret(password.toCharArray()), Optional.empty(), deadline()));
        assertThat(enrolment.pin()).contains(pin);

        Gateway gateway = enrolled(enrolments);
        Claim claim = claim(gateway);
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).hasSize(1);

        assertThat(written()).doesNotContain(FakeInterface.PASSWORD);
        front.changes();
        List<String> before = fake.requests();
        for (Result<?> result : List.of(
                map(gateway, claim), gateway.unmap(claim, new Port(25565), deadline()), gateway.list(deadline()))) {
            assertThat(failure(result)).isInstanceOf(Failure.Refused.class);
            assertThat(failure(result).detail().toString()).contains("another key than the one confirmed");
        }
        assertThat(fake.requests()).isEqualTo(before);

        CertificatePin changed = ok(administration.certificate(enrolment, deadline()));
        assertThat(changed).isNotEqualTo(pin);
        assertThat(fake.requests()).isEqualTo(before);
        assertThat(ok(administration.trust(enrolment, changed)).pin()).contains(changed);
        assertThat(enrolled(enrolments).unmap(claim, new Port(25565), deadline()))
                .isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).isEmpty();
        assertThat(fake.misunderstood()).isEqualTo(notItsOwn);
    }

    /** All that ajar wrote: the enrolment, and what it asked. */
    private String written() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    /** What its maker serves by plain HTTP alone is not looked for by TLS. */
    @ParameterizedTest
    @EnumSource(names = {"OLDEST_FORM_CGI", "FORM_CGI", "NEWER_FORM_CGI"})
    void a_make_without_tls_is_not_taken_for_one_with_it(Make make) {
        FakeInterface fake = start(make);
        TlsFront front = new TlsFront(fake.base());
        open.add(front);
        assertThat(ok(administration(enrolments()).look(Optional.of(front.base()), deadline()))
                        .detected())
                .isEmpty();
    }
}
