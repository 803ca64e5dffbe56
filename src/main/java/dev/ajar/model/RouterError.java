package dev.ajar.model;

import dev.ajar.message.Message;
import java.time.Duration;

/**
 * The error code and text in a gateway's answer.
 *
 * @param code UPnP errorCode, NAT-PMP or PCP result code
 * @param text UPnP errorDescription or the code's name in the RFC
 * @param quiet how long the client must not ask again (RFC 6887 section 7.4); zero where the gateway gives no time
 */
public record RouterError(MappingProtocol method, int code, RouterText text, Duration quiet) {
    public RouterError(MappingProtocol method, int code, RouterText text) {
        this(method, code, text, Duration.ZERO);
    }

    /** Whether both are equal except for {@link #quiet}. */
    public boolean isLike(RouterError other) {
        return method.equals(other.method) && code == other.code && text.equals(other.text);
    }

    /** For people: {@code UPnP IGD error 718 (ConflictInMappingEntry)}. */
    public Message message() {
        String shown = text.display();
        return shown.isEmpty()
                ? Message.of("failure.router-error", "protocol", method.title(), "code", code)
                : Message.of("failure.router-error-text", "protocol", method.title(), "code", code, "text", shown);
    }

    @Override
    public String toString() {
        return message().toString();
    }
}
