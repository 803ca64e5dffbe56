package dev.ajar.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdviceTest {
    /** Which devices may open which ports is no matter of a login. */
    @ParameterizedTest
    @CsvSource({
        "admin.wrong-password, advice.router-password",
        "admin.no-right, advice.router-rights",
        "admin.locked, advice.again",
        "admin.apply-pending, advice.again",
        "upnp.refused, advice.allow",
    })
    void what_a_login_meets_has_advice_of_its_own(String reason, String advice) {
        List<Message> all = Advice.of(new Failure.Refused(Message.of(reason), Optional.empty()));
        assertThat(all).extracting(Message::key).contains(advice);
        assertThat(all.stream().anyMatch(one -> one.key().equals("advice.allow")))
                .isEqualTo(advice.equals("advice.allow"));
    }
}
