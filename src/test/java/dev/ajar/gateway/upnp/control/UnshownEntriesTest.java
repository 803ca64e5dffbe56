package dev.ajar.gateway.upnp.control;

import static dev.ajar.testing.Samples.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.message.Message;
import dev.ajar.model.PartialEntry;
import dev.ajar.model.Port;
import dev.ajar.model.Presence;
import dev.ajar.model.RouterText;
import dev.ajar.model.TransportProtocol;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnshownEntriesTest extends OpeningTestBase {
    private static final Port PORT = new Port(25565);

    private int looksOfOneMore() {
        int before = router.looks;
        opened(open(tcp(25565)));
        return router.looks - before;
    }

    private void lookedFor(Presence presence) {
        unshown.seen(TransportProtocol.TCP, PORT, presence);
    }

    private static Presence withheld(PartialEntry... partial) {
        return new Presence.Unknown(Message.verbatim("not shown"), true, List.of(partial));
    }

    @Test
    void what_two_looks_did_not_show_is_asked_for_again_by_one_request() {
        router.lookFault = 606;
        router.listFault = 606;
        assertThat(looksOfOneMore()).isEqualTo(2);
        unshown.granted(TransportProtocol.TCP, PORT, false);
        assertThat(looksOfOneMore()).isEqualTo(2);

        lookedFor(withheld());

        assertThat(looksOfOneMore()).isZero();
        assertThat(router.added).hasSize(3);
    }

    @Test
    void a_router_that_shows_its_table_again_is_believed_again() {
        unshown.granted(TransportProtocol.TCP, PORT, false);
        lookedFor(withheld());

        lookedFor(new Presence.Absent());

        assertThat(looksOfOneMore()).isEqualTo(2);
    }

    /** Such an entry may be another device's. */
    @Test
    void an_entry_that_cannot_be_read_is_looked_at_each_time() {
        unshown.granted(TransportProtocol.TCP, PORT, false);
        lookedFor(withheld(new PartialEntry(
                Optional.of(TransportProtocol.TCP),
                Optional.of(PORT),
                RouterText.EMPTY,
                Optional.empty(),
                RouterText.EMPTY,
                RouterText.EMPTY)));

        assertThat(unshown.expected(TransportProtocol.TCP, PORT)).isEmpty();
    }

    /** Before the grant the router may have hidden only what is not there. */
    @Test
    void a_look_before_the_grant_says_nothing() {
        lookedFor(withheld());
        unshown.granted(TransportProtocol.TCP, PORT, false);

        assertThat(unshown.expected(TransportProtocol.TCP, PORT)).isEmpty();
    }

    /** The keeper looks at one entry of many, and asks for all of them again. */
    @Test
    void what_a_look_at_one_entry_does_not_show_is_not_looked_for_in_another() {
        router.lookFault = 606;
        router.listFault = 606;
        unshown.granted(TransportProtocol.TCP, PORT, false);
        unshown.granted(TransportProtocol.UDP, PORT, false);

        unshown.seen(TransportProtocol.UDP, PORT, withheld());
        assertThat(looksOfOneMore()).isZero();

        unshown.seen(TransportProtocol.UDP, PORT, new Presence.Absent());
        assertThat(looksOfOneMore()).isEqualTo(2);
    }

    @Test
    void an_entry_that_is_shown_at_its_grant_ends_it_for_all() {
        unshown.granted(TransportProtocol.TCP, PORT, false);
        lookedFor(withheld());

        unshown.granted(TransportProtocol.UDP, PORT, true);

        assertThat(unshown.expected(TransportProtocol.TCP, PORT)).isEmpty();
    }

    @Test
    void a_removed_entry_is_looked_for_before_it_is_asked_for_again() {
        unshown.granted(TransportProtocol.TCP, PORT, false);
        lookedFor(withheld());

        unshown.removed(TransportProtocol.TCP, PORT);

        assertThat(unshown.expected(TransportProtocol.TCP, PORT)).isEmpty();
    }
}
