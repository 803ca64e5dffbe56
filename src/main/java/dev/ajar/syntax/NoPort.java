package dev.ajar.syntax;

import dev.ajar.catalog.ApplicationCatalog;
import dev.ajar.message.Message;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What people ask ports for that needs none: games whose players run no server, and the NAT type that they complain of.
 */
public final class NoPort {
    private static final Set<String> NAT_TYPE = Set.of(
            "nat", "nat-type", "nattype", "nat-typ", "open-nat", "strict-nat", "moderate-nat", "natfix", "nat-test");

    private NoPort() {}

    /** @return what helps instead; empty for any other word */
    public static Optional<Message> of(String word, ApplicationCatalog catalog) {
        String name = word.strip().toLowerCase(Locale.ROOT);
        return NAT_TYPE.contains(name)
                ? Optional.of(Message.of("open.nat-type"))
                : catalog.gameWithoutServer(name).map(game -> Message.of("open.no-server", "application", game));
    }
}
