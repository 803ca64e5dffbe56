package dev.ajar.gateway.upnp.http;

/**
 * A router's answer.
 *
 * @param body as much of it as came, up to the cap
 */
public record HttpAnswer(int status, byte[] body) {
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    public boolean isRedirect() {
        return status >= 300 && status < 400;
    }
}
