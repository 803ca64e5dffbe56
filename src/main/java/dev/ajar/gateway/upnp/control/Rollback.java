package dev.ajar.gateway.upnp.control;

import dev.ajar.gateway.upnp.soap.SoapReply;
import dev.ajar.model.Failure;
import dev.ajar.model.Port;
import dev.ajar.model.Result;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.Deadline;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Removes what a failed opening has opened on its way, and reports the ports where that did not work. */
final class Rollback {
    private final WanConnection wan;
    private final TransportProtocol protocol;
    private final Deadline deadline;
    private final SortedSet<Port> ports = new TreeSet<>();
    private final SortedSet<Port> noted = new TreeSet<>();

    Rollback(WanConnection wan, TransportProtocol protocol, Deadline deadline) {
        this.wan = wan;
        this.protocol = protocol;
        this.deadline = deadline;
    }

    /** Removes it too if the opening fails in the end. */
    void note(Port port) {
        noted.add(port);
    }

    void remove(Port port) {
        boolean gone = switch (wan.deletePortMapping(protocol, port, deadline)) {
            case SoapReply.Success<WanConnection.Success> ignored -> true;
            case SoapReply.Fault<WanConnection.Success>(int code, var text) -> UpnpErrors.isNoSuchEntry(code);
            case SoapReply.Broken<WanConnection.Success> ignored -> false;
        };
        noted.remove(port);
        if (gone) {
            ports.remove(port);
        } else {
            ports.add(port);
        }
    }

    /** A failure, with the ports it left open. */
    <T> Result<T> toldWith(Result<T> result) {
        if (result instanceof Result.Err) {
            List.copyOf(noted).forEach(this::remove);
        }
        return ports.isEmpty() || !(result instanceof Result.Err<T>(Failure failure))
                ? result
                : Result.err(new Failure.LeftOpen(failure, List.copyOf(ports)));
    }
}
