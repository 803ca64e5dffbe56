package dev.ajar.app;

import dev.ajar.mapping.request.Progress;
import dev.ajar.service.CommandBackend;
import dev.ajar.service.LocalPorts;
import dev.ajar.state.StateStore;

/** The service of commands that works in this process. Apart from the wiring, so that ajar-core has none of it. */
public final class LocalService {
    private LocalService() {}

    /** It sees the same machine from its first look on. */
    public static LocalPorts on(Wiring wiring, StateStore store, CommandBackend backend, Progress progress) {
        Wiring once = wiring.forOneCommand();
        return new LocalPorts(once.actions(store, progress), backend, once.hostProbe(), wiring.timeline());
    }
}
