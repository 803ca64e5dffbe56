package dev.ajar.relay.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** A device that answers on loopback: each connection is handed to the test's own code, on a thread of its own. */
final class Device implements AutoCloseable {
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** What the device does with a connection. */
    @FunctionalInterface
    interface Behaviour {
        void handle(Socket socket) throws IOException;
    }

    private Device(ServerSocket server) {
        this.server = server;
    }

    static Device with(Behaviour behaviour) throws IOException {
        return on(new ServerSocket(0, 4096, RelayRig.LOOPBACK), behaviour);
    }

    static Device at(int port, Behaviour behaviour) throws IOException {
        return on(new ServerSocket(port, 4096, RelayRig.LOOPBACK), behaviour);
    }

    private static Device on(ServerSocket server, Behaviour behaviour) {
        Device device = new Device(server);
        Thread.ofVirtual().start(() -> device.accept(behaviour));
        return device;
    }

    /** Sends back what it gets, to the end. */
    static Device echo() throws IOException {
        return with(socket -> {
            socket.getInputStream().transferTo(socket.getOutputStream());
            socket.shutdownOutput();
        });
    }

    /** Reads everything, writes nothing, and never closes. */
    static Device silent() throws IOException {
        return silent(() -> {});
    }

    /** @param ended told when the other side has ended */
    static Device silent(Runnable ended) throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        return with(socket -> {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            ended.run();
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void accept(Behaviour behaviour) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setSoTimeout(20_000);
                open.add(socket);
                Thread.ofVirtual().start(() -> handle(socket, behaviour));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void handle(Socket socket, Behaviour behaviour) {
        try (socket) {
            behaviour.handle(socket);
        } catch (IOException e) {
            // The test checks the client's side.
            return;
        } finally {
            open.remove(socket);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
