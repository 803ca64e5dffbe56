package dev.ajar.api;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A port that is open, or is to be. It is renewed in the background until it is closed. For any thread. */
public final class OpenPort implements AutoCloseable {
    private final Ajar ajar;
    private final PortRequest request;
    private final boolean alone;
    private final CompletableFuture<OpenPort> settled = new CompletableFuture<>();
    private volatile PortState state = new PortState.Opening();

    /** @param alone whether the {@link Ajar} is to be closed with it */
    OpenPort(Ajar ajar, PortRequest request, boolean alone) {
        this.ajar = ajar;
        this.request = request;
        this.alone = alone;
    }

    /**
     * Opens a port for as long as a block lasts. Blocks until it is open, for twenty seconds at most, and usually for
     * less than one.
     *
     * @param request what to open
     * @return the open port; closing it ends ajar's threads
     * @throws AjarException if the port is not open; then nothing is left of the request
     * @throws InterruptedException if the thread is interrupted; then nothing is left of the request either
     */
    public static OpenPort openAndWait(PortRequest request) throws AjarException, InterruptedException {
        return Ajar.builder().build().openAndWait(request, true);
    }

    /** {@return what was asked for} */
    public PortRequest request() {
        return request;
    }

    /** {@return how it stands now} */
    public PortState state() {
        return state;
    }

    /** {@return whether it is open now} */
    public boolean isOpen() {
        return state instanceof PortState.Open;
    }

    /**
     * What friends type: the router's address on the internet side and the external port, of TCP if both protocols are
     * open.
     *
     * @return empty while the port is not open, and if the router tells no address
     */
    public Optional<InetSocketAddress> external() {
        if (!(state instanceof PortState.Open open)) {
            return Optional.empty();
        }
        OptionalInt port = open.tcp().isPresent() ? open.tcp() : open.udp();
        return open.address().map(address -> new InetSocketAddress(address, port.orElseThrow()));
    }

    /**
     * {@link #external} as text to show: {@code 203.0.113.7:25565}.
     *
     * @return empty while the port is not open, and if the router tells no address
     */
    public Optional<String> joinAddress() {
        return external().map(to -> to.getAddress().getHostAddress() + ":" + to.getPort());
    }

    /** {@return whether the internet reaches the router; {@link Reachability#UNKNOWN} while the port is not open} */
    public Reachability reachability() {
        return state instanceof PortState.Open open ? open.reachability() : Reachability.UNKNOWN;
    }

    /**
     * Closes it on the router. Waits for that, for two seconds at most; what the router has not removed by then is
     * removed in the background, or by the next process of ajar. Closing twice does nothing more.
     */
    @Override
    public void close() {
        if (alone) {
            ajar.close();
        } else {
            ajar.closeAndWait(this);
        }
    }

    /**
     * Closes it on the router, and does not wait.
     *
     * @return completed when the router has removed it
     */
    public CompletionStage<Void> closeAsync() {
        return alone ? ajar.closeAsync() : ajar.closeAsync(this);
    }

    /** @return whether it is another one */
    boolean become(PortState now) {
        boolean changed = !state.equals(now);
        state = now;
        return changed;
    }

    CompletableFuture<OpenPort> settled() {
        return settled;
    }

    /** For logs: {@code 25565 tcp, Opening[]}. */
    @Override
    public String toString() {
        return request + ", " + state;
    }
}
