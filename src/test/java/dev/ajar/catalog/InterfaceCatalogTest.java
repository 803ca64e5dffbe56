package dev.ajar.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The profiles' interfaces. */
class InterfaceCatalogTest {
    @Test
    void a_key_is_asked_for_unless_a_user_is_named() {
        RouterInterface unifi = new InterfaceCatalog().find("unifi").orElseThrow();
        assertThat(unifi.secretFor(Optional.empty())).isEqualTo(RouterInterface.SecretKind.API_KEY);
        assertThat(unifi.secretFor(Optional.of(""))).isEqualTo(RouterInterface.SecretKind.API_KEY);
        assertThat(unifi.secretFor(Optional.of("owner"))).isEqualTo(RouterInterface.SecretKind.PASSWORD);
        RouterInterface opnsense = new InterfaceCatalog().find("opnsense").orElseThrow();
        assertThat(opnsense.secretFor(Optional.of("key"))).isEqualTo(RouterInterface.SecretKind.API_KEY);
    }
}
