package dev.ajar.relay.engine;

import dev.ajar.relay.RelayRule;
import dev.ajar.relay.Tally;

import java.io.IOException;

/** One rule at work. */
sealed interface Door permits TcpDoor, UdpDoor {
    RelayRule rule();

    Tally tally();

    /** Begins to listen. */
    void open() throws IOException;

    /** Whether {@code fresh} can be had by changing limits and permissions alone. */
    default boolean canBecome(RelayRule fresh) {
        RelayRule now = rule();
        return now.protocol() == fresh.protocol()
                && now.listen().equals(fresh.listen())
                && now.device().equals(fresh.device());
    }

    /** Changes limits and permissions; whoever is no longer allowed is put out. */
    void become(RelayRule fresh);

    /** No more come in; those that are there may stay. */
    void shut();

    /** Puts out whoever is there. */
    void clear();

    /** How many there are. */
    int present();
}
