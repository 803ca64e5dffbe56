package dev.ajar.web;

/**
 * The limits of the JDK's HTTP server. They hold for the whole process, and the server reads them once, when its first
 * listener is made.
 */
final class HttpLimits {
    /** A thousand idle ones of other users must not keep the owner out. */
    private static final int CONNECTIONS = 2000;

    private static final int REQUEST_SECONDS = 10;

    /** A little longer than the longest command; a client that reads no more is left then. */
    static final int RESPONSE_SECONDS = 720;

    private static final int IDLE_SECONDS = 10;
    private static final int IDLE_CONNECTIONS = 32;
    private static final int HEADERS = 64;
    private static final int HEADER_BYTES = 16 * 1024;

    private HttpLimits() {}

    /** Before the first listener. */
    static void set() {
        put("jdk.httpserver.maxConnections", CONNECTIONS);
        put("sun.net.httpserver.maxReqTime", REQUEST_SECONDS);
        put("sun.net.httpserver.maxRspTime", RESPONSE_SECONDS);
        put("sun.net.httpserver.idleInterval", IDLE_SECONDS);
        put("sun.net.httpserver.maxIdleConnections", IDLE_CONNECTIONS);
        put("sun.net.httpserver.maxReqHeaders", HEADERS);
        put("sun.net.httpserver.maxReqHeaderSize", HEADER_BYTES);
        // Else answers wait for the client's acknowledgement, which is delayed.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static void put(String property, int value) {
        System.setProperty(property, Integer.toString(value));
    }
}
