package dev.ajar.history;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.model.Addresses;
import dev.ajar.model.RouterText;
import java.util.Locale;

/** What may be known of an event, each under its name in JSON. */
public enum EventMember {
    /** Protocol and external port, as people read them: {@code tcp 25565}. */
    MAPPING(Kind.TEXT),
    /** The gateway's address. */
    GATEWAY(Kind.ADDRESS),
    METHOD(Kind.TEXT),
    EXTERNAL_PORT(Kind.PORT),
    EXTERNAL_ADDRESS(Kind.ADDRESS),
    INTERNAL_ADDRESS(Kind.ADDRESS),
    INTERNAL_PORT(Kind.PORT),
    /** As granted; missing for a permanent lease. */
    LEASE_SECONDS(Kind.SECONDS),
    PERMANENT(Kind.FLAG),
    /** The device that has the port. */
    HOLDER_ADDRESS(Kind.ADDRESS),
    HOLDER_PORT(Kind.PORT),
    /** This machine's address. */
    LOCAL_ADDRESS(Kind.ADDRESS),
    REACHABILITY(Kind.TEXT),
    /** Whether the gateway lost its mappings. */
    RESTARTED(Kind.FLAG);

    private enum Kind {
        TEXT,
        ADDRESS,
        PORT,
        SECONDS,
        FLAG
    }

    private static final long HIGHEST_PORT = 65535;

    /** The longest lease duration of any protocol: 32 bits. */
    private static final long LONGEST = 0xFFFF_FFFFL;

    private final Kind kind;

    EventMember(Kind kind) {
        this.kind = kind;
    }

    /** Its name in JSON. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Its value in {@code json}: a string, a long or a boolean.
     *
     * @throws JsonException if there is none, or one that makes no sense
     */
    Object read(JsonObject json) {
        return switch (kind) {
            case TEXT -> new RouterText(json.text(key())).display();
            case ADDRESS ->
                Addresses.parse(json.text(key()))
                        .map(Addresses::text)
                        .orElseThrow(() -> new JsonException(key() + " is not an address"));
            case PORT -> number(json, 1, HIGHEST_PORT);
            case SECONDS -> number(json, 0, LONGEST);
            case FLAG -> json.flag(key());
        };
    }

    private long number(JsonObject json, long least, long most) {
        long value = json.number(key());
        if (value < least || value > most) {
            throw new JsonException(key() + " is out of range");
        }
        return value;
    }
}
