package dev.ajar.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.admin.fake.FakeInterface;
import dev.ajar.gateway.admin.fake.FakeInterface.Fault;
import dev.ajar.gateway.admin.fake.FakeInterface.Rule;
import dev.ajar.model.Claim;
import dev.ajar.model.Port;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The password is in no answer of ajar and in no file that it writes, whatever the router does. */
@Execution(ExecutionMode.CONCURRENT)
class SecretsNowhereTest extends AdminGatewayFixture {
    @ParameterizedTest
    @EnumSource
    void a_password_is_told_by_no_failure_and_written_nowhere(Make make) throws IOException {
        List<String> told = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            for (String given : List.of(FakeInterface.PASSWORD, "marker-good pass")) {
                FakeInterface fake = start(make);
                password = given;
                // A router can repeat what it was sent, in the name of a rule too.
                fake.addForeign(new Rule("camera", "tcp", 8080, "192.168.1.9", 80));
                fake.suffer(fault);
                Gateway gateway = gateway(make, fake);
                Claim claim = claim(gateway);
                told.add(claim.toString() + gateway);
                told.add(map(gateway, claim).toString());
                told.add(gateway.unmap(claim, new Port(25565), deadline()).toString());
                told.add(gateway.list(deadline()).toString());
                told.add(gateway.look(claim.mapping().protocol(), new Port(25565), deadline())
                        .toString());
                fake.close();
                told.add(failure(gateway.checkHealth(deadline())).toString());
            }
        }
        assertThat(told).isNotEmpty().noneMatch(SecretsNowhereTest::hasSecret);
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file))
                        .as("%s", file)
                        .satisfies(text -> assertThat(hasSecret(text)).isFalse());
            }
        }
    }

    /** As it is, in a form, and as HTTP Basic carries it. */
    private static boolean hasSecret(String text) {
        return text.contains(FakeInterface.PASSWORD)
                || text.contains("good+pass")
                || text.contains("good%20pass")
                || Stream.of("admin", "root", "key", "ajar", "")
                        .map(user -> user + ":" + FakeInterface.PASSWORD)
                        .map(pair -> Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                        .anyMatch(text::contains);
    }
}
