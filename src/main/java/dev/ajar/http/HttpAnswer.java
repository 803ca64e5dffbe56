package dev.ajar.http;

/**
 * An answer to an HTTP request.
 *
 * @param body the part that arrived, up to the limit
 * @param whole whether the body ended as it should; a body that ended early may lack what decides
 * @param server the SERVER header; empty where there is none
 * @param challenge the WWW-Authenticate header; empty where there is none
 */
public record HttpAnswer(int status, byte[] body, boolean whole, String server, String challenge) {
    public HttpAnswer(int status, byte[] body) {
        this(status, body, true, "", "");
    }

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    public boolean isRedirect() {
        return status >= 300 && status < 400;
    }
}
