package dev.ajar.model;

import java.time.Duration;

/**
 * The error as the gateway put it.
 *
 * @param code UPnP errorCode, NAT-PMP or PCP result code
 * @param text UPnP errorDescription or the code's name in the RFC
 * @param quiet how long it wants not to be asked again (RFC 6887 section 7.4); zero where it does not say
 */
public record RouterError(MappingProtocol method, int code, RouterText text, Duration quiet) {
    public RouterError(MappingProtocol method, int code, RouterText text) {
        this(method, code, text, Duration.ZERO);
    }

    /** Whether it says the same, however long that is to last. */
    public boolean isLike(RouterError other) {
        return method == other.method && code == other.code && text.equals(other.text);
    }

    @Override
    public String toString() {
        String shown = text.display();
        return method.title() + " error " + code + (shown.isEmpty() ? "" : " (" + shown + ")");
    }
}
