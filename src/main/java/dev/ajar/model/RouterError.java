package dev.ajar.model;

/**
 * The error as the gateway put it.
 *
 * @param code UPnP errorCode, NAT-PMP or PCP result code
 * @param text UPnP errorDescription or the code's name in the RFC
 */
public record RouterError(Method method, int code, RouterText text) {
    @Override
    public String toString() {
        String shown = text.display();
        return method.title() + " error " + code + (shown.isEmpty() ? "" : " (" + shown + ")");
    }
}
