package dev.ajar.gateway.upnp.control;

import dev.ajar.gateway.Gateway.Line;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * A question about the line, asked while something else is asked of the same router. One that bears a single connection
 * at a time refuses one of the two: what was refused is asked again when the other has ended.
 */
final class LineQuestion {
    private final FutureTask<Line> task;

    private LineQuestion(Supplier<Line> question) {
        task = new FutureTask<>(question::get);
    }

    /** @param question ends by its own deadline */
    static LineQuestion start(Supplier<Line> question) {
        LineQuestion started = new LineQuestion(question);
        Thread.ofPlatform().daemon().name("line").start(started.task);
        return started;
    }

    boolean isUnderWay() {
        return !task.isDone();
    }

    /** Waits until it has ended, however that was; false where this thread is interrupted. */
    boolean awaitEnd() {
        try {
            task.get();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            // Told where its answer is asked for.
            return true;
        }
    }

    /** @param alone asks again, with nothing beside it */
    Line answer(Supplier<Line> alone) {
        try {
            Line answer = task.get();
            boolean refused = answer.address() instanceof Result.Err<Optional<InetAddress>>(Failure failure)
                    && mayBeRefusal(failure);
            return refused ? alone.get() : answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Line(Result.err(new Failure.TimedOut(Message.of("upnp.no-time"))), Optional.empty());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a router that had no connection left for a question would have answered it so. */
    private static boolean mayBeRefusal(Failure failure) {
        return failure instanceof Failure.NotAsked
                || failure instanceof Failure.Unreachable
                || PortMappingTable.isBusy(failure.detail());
    }

    /** The same of a mapping. What broke after the router had taken the connection has been tried again by itself. */
    static boolean mayHaveRefused(Failure failure) {
        return mayBeRefusal(failure)
                && !(failure instanceof Failure.Unreachable)
                && !PortMappingTable.wasCutOff(failure.detail());
    }
}
