package dev.ajar.testing;

import dev.ajar.message.Language;
import dev.ajar.message.Messages;
import java.util.stream.Stream;

/** The languages that ajar speaks. */
public final class Languages {
    private Languages() {}

    /** English, and all others. */
    public static Stream<Messages> all() {
        return Stream.concat(
                Stream.of(Messages.ENGLISH), Stream.of(Language.values()).map(Messages::of));
    }
}
