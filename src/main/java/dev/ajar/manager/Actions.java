package dev.ajar.manager;

import dev.ajar.discovery.Discovery;
import dev.ajar.discovery.Selection;
import dev.ajar.model.Mapping;
import dev.ajar.state.StateStore;
import dev.ajar.system.Timeline;

import java.time.Duration;
import java.util.List;

/** Everything ajar can be asked to do, one method each. Each call is on its own and leaves nothing running. */
public final class Actions {
    private final Discovery discovery;
    private final StateStore store;
    private final Timeline timeline;
    private final Progress progress;

    public Actions(Discovery discovery, StateStore store, Timeline timeline, Progress progress) {
        this.discovery = discovery;
        this.store = store;
        this.timeline = timeline;
        this.progress = progress;
    }

    public OpenReport open(List<Mapping> mappings, Selection selection, Duration time) {
        return new OpenPorts(discovery, store, timeline, progress)
                .run(mappings, selection, Budget.of(timeline, time));
    }

    /** @param force also what ajar did not open */
    public CloseReport close(
            List<CloseReport.Wanted> ports, Selection selection, boolean force, Duration time) {
        return new ClosePorts(discovery, store, timeline, progress)
                .run(ports, selection, force, Budget.of(timeline, time));
    }

    public ListReport list(Selection selection, Duration time) {
        return new Inspection(discovery, store, timeline, progress)
                .list(selection, Budget.of(timeline, time));
    }

    public StatusReport status(Selection selection, Duration time) {
        return new Inspection(discovery, store, timeline, progress)
                .status(selection, Budget.of(timeline, time));
    }

    public DiscoverReport discover(Selection selection, Duration time) {
        progress.begins("listening for routers");
        return DiscoverReport.of(discovery.explore(selection, Budget.of(timeline, time).search()));
    }
}
