package dev.ajar.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A line to a server on loopback that the test cuts and mends. */
final class CutLine implements AutoCloseable {
    private final ServerSocket here;
    private final int server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    CutLine(int server) throws IOException {
        this.server = server;
        this.here = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return here.getLocalPort();
    }

    /** Ends every connection, and takes no new one. */
    void cut() {
        cut = true;
        open.forEach(CutLine::end);
    }

    void mend() {
        cut = false;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = here.accept();
                open.add(client);
                if (cut) {
                    end(client);
                } else {
                    Socket there = new Socket(InetAddress.getLoopbackAddress(), server);
                    open.add(there);
                    pass(client, there);
                    pass(there, client);
                }
            }
        } catch (IOException e) {
            // It has been closed.
        }
    }

    private static void pass(Socket from, Socket to) {
        Thread.ofVirtual().start(() -> {
            try (from;
                    to) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                in.transferTo(out);
            } catch (IOException e) {
                // One side has ended it.
            }
        });
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more in any case.
        }
    }

    @Override
    public void close() throws IOException {
        here.close();
        cut();
    }
}
