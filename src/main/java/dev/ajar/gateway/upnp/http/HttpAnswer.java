package dev.ajar.gateway.upnp.http;

/**
 * A router's answer.
 *
 * @param body as much of it as came, up to the cap
 * @param server the header of that name, empty without one
 */
public record HttpAnswer(int status, String server, byte[] body) {
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    public boolean isRedirect() {
        return status >= 300 && status < 400;
    }
}
