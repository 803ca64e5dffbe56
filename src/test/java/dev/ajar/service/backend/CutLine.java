package dev.ajar.service.backend;

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
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final Set<Socket> servers = ConcurrentHashMap.newKeySet();
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
        clients.forEach(CutLine::end);
    }

    void mend() {
        cut = false;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = here.accept();
                clients.add(client);
                if (cut) {
                    end(client);
                } else {
                    Socket there = new Socket(InetAddress.getLoopbackAddress(), server);
                    servers.add(there);
                    Thread.ofVirtual().start(() -> ask(client, there));
                    Thread.ofVirtual().start(() -> answer(there, client));
                }
            }
        } catch (IOException e) {
            // It has been closed.
        }
    }

    /**
     * The server does not notice the client's end, as where a cable is pulled: the simulated one hangs for half a
     * minute then.
     */
    private static void ask(Socket client, Socket there) {
        try {
            client.getInputStream().transferTo(there.getOutputStream());
        } catch (IOException e) {
            // The client's side has ended.
        }
    }

    private static void answer(Socket there, Socket client) {
        try (client) {
            InputStream in = there.getInputStream();
            try {
                in.transferTo(client.getOutputStream());
            } catch (IOException e) {
                in.transferTo(OutputStream.nullOutputStream());
            }
        } catch (IOException e) {
            // The server's side has ended.
        }
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
        servers.forEach(CutLine::end);
    }
}
