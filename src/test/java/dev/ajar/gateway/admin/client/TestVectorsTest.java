package dev.ajar.gateway.admin.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.admin.Credentials;
import dev.ajar.gateway.admin.Secret;
import org.junit.jupiter.api.Test;

/** Answers to challenges, computed independently of this code. */
class TestVectorsTest {
    @Test
    void digest() {
        DigestAnswer challenge = DigestAnswer.challenge(
                        "Digest realm=\"HTTPS Access\", nonce=\"0123456789ABCDEF\", algorithm=MD5, qop=\"auth,auth-int\"")
                .orElseThrow();
        Credentials ajar = new Credentials("ajar", new Secret("good pass".toCharArray()));
        assertThat(challenge.response(
                        challenge.user(ajar), "POST", "/upnp/control/wanipconnection1", "00000001", "deadbeef"))
                .isEqualTo("a7c531383d9f646d3e1e9121cb07e6a9");
        assertThat(challenge.header(challenge.user(ajar), "POST", "/upnp/control/wanipconnection1", 1, "deadbeef"))
                .contains("nc=00000001", "response=\"a7c531383d9f646d3e1e9121cb07e6a9\"");
    }

    @Test
    void only_digest_is_answered() {
        assertThat(DigestAnswer.challenge("Basic realm=\"x\"")).isEmpty();
        assertThat(DigestAnswer.challenge("Digest realm=\"x\"")).isEmpty();
        assertThat(DigestAnswer.challenge("Digest realm=\"x\", nonce=\"y\", qop=\"auth\", algorithm=SHA-256"))
                .isEmpty();
        assertThat(DigestAnswer.challenge("Digest realm=\"x\", nonce=\"y\", qop=\"auth-int\""))
                .isEmpty();
        assertThat(DigestAnswer.challenge("Digest realm=\"x\", nonce=\"y\", qop=\"auth\", stale=TRUE"))
                .hasValueSatisfying(challenge -> assertThat(challenge.stale()).isTrue());
    }

    @Test
    void challenge_with_a_cookie() {
        Credentials admin = new Credentials("admin", new Secret("good pass".toCharArray()));
        assertThat(ChallengeCookieClient.answer(admin, "Keenetic Test", "0123456789ABCDEF"))
                .isEqualTo("7430a1978f7ea692a7561e71ec826b1c0755b77f5bb63f2cf3ac0a28f1cd1ce8");
    }

    @Test
    void application_token() {
        assertThat(ChallengeTokenClient.answer("app-token-abc", "challenge-123"))
                .isEqualTo("2deeca9dca1aaf255756ab189cdc729370bf8934");
    }
}
