package dev.ajar.app;

import dev.ajar.relay.controller.RelayStart;
import dev.ajar.relay.worker.RelayWorker;
import dev.ajar.relay.worker.StatusServer;
import dev.ajar.system.process.SupervisedProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Runs the relay in this process instead of one of its own, where no port is opened on a router: nothing of a router is
 * read here then, and a second Java would take as much memory as the first. It has the same two pipes as a process, so
 * its controller does not tell them apart.
 */
final class InProcessRelay extends Process {
    /** Said by the launcher, which then puts the relay's libraries on the class path. */
    static final String PROPERTY = "ajar.relay-here";

    private static final int BROKEN = 1;

    private final OutputStream orders;
    private final InputStream told;
    private final RelayWorker worker;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile int exitCode = BROKEN;

    private InProcessRelay(OutputStream orders, InputStream told, RelayWorker worker) {
        this.orders = orders;
        this.told = told;
        this.worker = worker;
    }

    static RelayStart in(Wiring wiring) {
        return (socket, environment) -> SupervisedProcess.of(start(wiring, socket));
    }

    static InProcessRelay start(Wiring wiring, Path socket) throws IOException {
        Pipe orders = Pipe.open();
        Pipe told = Pipe.open();
        OutputStream out = Channels.newOutputStream(told.sink());
        InProcessRelay relay = new InProcessRelay(
                Channels.newOutputStream(orders.sink()),
                Channels.newInputStream(told.source()),
                RelayMain.worker(wiring, out));
        Thread.ofPlatform()
                .daemon()
                .name("relay-here")
                .start(() -> relay.run(socket, Channels.newInputStream(orders.source()), out));
        return relay;
    }

    private void run(Path socket, InputStream in, OutputStream out) {
        StatusServer status = StatusServer.start(socket, worker);
        try {
            worker.run(in);
            exitCode = 0;
        } finally {
            status.close();
            close(out);
            ended.countDown();
        }
    }

    private static void close(OutputStream out) {
        try {
            out.close();
        } catch (IOException e) {
            // The controller has closed its end.
            return;
        }
    }

    @Override
    public OutputStream getOutputStream() {
        return orders;
    }

    @Override
    public InputStream getInputStream() {
        return told;
    }

    @Override
    public @Nullable InputStream getErrorStream() {
        return null;
    }

    @Override
    public int waitFor() throws InterruptedException {
        ended.await();
        return exitCode;
    }

    @Override
    public int exitValue() {
        if (ended.getCount() > 0) {
            throw new IllegalThreadStateException();
        }
        return exitCode;
    }

    /** Cuts off what still goes on. */
    @Override
    public void destroy() {
        worker.cutOff();
    }

    @Override
    public long pid() {
        return ProcessHandle.current().pid();
    }
}
