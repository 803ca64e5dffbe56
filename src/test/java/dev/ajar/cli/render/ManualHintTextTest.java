package dev.ajar.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.catalog.GuideCatalog;
import dev.ajar.catalog.RouterGuide;
import dev.ajar.document.ManualHint;
import dev.ajar.message.Language;
import dev.ajar.message.Message;
import dev.ajar.message.Messages;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualHintTextTest {
    /** What {@code ajar open} says of a router without a page for it. */
    @Test
    void a_router_without_port_forwarding_says_so_in_the_language_of_the_user() {
        RouterGuide guide = new GuideCatalog().find("starlink").orElseThrow();
        ManualHint hint =
                new ManualHint(guide.id(), Message.verbatim(guide.name()), List.of(), guide.instead(), "ajar guide 80");

        assertThat(ManualHintText.line(hint).toString()).contains("The Starlink router has no port forwarding");
        assertThat(Messages.of(Language.GERMAN).text(ManualHintText.line(hint)))
                .contains("Der Starlink-Router hat keine Portweiterleitung");
    }
}
