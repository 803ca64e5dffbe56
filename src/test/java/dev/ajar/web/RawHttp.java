package dev.ajar.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** Sends requests byte by byte as they are given, also those that no client library sends. */
record RawHttp(int port) {
    private static final int PATIENCE_MILLIS = 20_000;

    String get(String path, String... headers) throws IOException {
        return send("GET", path, headers);
    }

    String send(String method, String path, String... headers) throws IOException {
        return request(method, path, "localhost:" + port, "", headers);
    }

    String post(String path, String body, String... headers) throws IOException {
        return request("POST", path, "localhost:" + port, body, headers);
    }

    String withHost(String host, String path) throws IOException {
        return request("GET", path, host, "");
    }

    String request(String method, String path, String host, String body, String... headers) throws IOException {
        StringBuilder head =
                new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0) {
            head.append("Content-Length: ").append(bytes.length).append("\r\n");
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        all.write(bytes);
        return raw(all.toByteArray());
    }

    /** All that comes back until the server closes the connection. */
    String raw(byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(request);
                InputStream in = socket.getInputStream();
                for (int next = in.read(); next >= 0; next = in.read()) {
                    answer.write(next);
                }
            } catch (SocketException e) {
                // The server refused the rest.
            }
            return answer.toString(StandardCharsets.UTF_8);
        }
    }
}
