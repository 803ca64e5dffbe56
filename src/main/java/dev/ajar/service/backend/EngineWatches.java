package dev.ajar.service.backend;

import dev.ajar.container.Container;
import dev.ajar.container.ContainerSettings;
import dev.ajar.container.EngineAddress;
import dev.ajar.container.engine.EngineWatch;
import dev.ajar.daemon.ContainerController;
import dev.ajar.message.Message;
import dev.ajar.system.Timeline;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Watches the engines of this machine. */
final class EngineWatches implements ContainerController {
    private final Map<String, String> environment;
    private final Timeline timeline;
    private List<EngineWatch> watches = List.of();

    EngineWatches(Map<String, String> environment, Timeline timeline) {
        this.environment = environment;
        this.timeline = timeline;
    }

    @Override
    public synchronized Set<String> watch(Optional<ContainerSettings> settings, Listener listener) {
        stop();
        List<EngineAddress> engines = settings.map(ContainerSettings::engines)
                .map(named -> named.isEmpty() ? EngineLocations.of(environment) : named)
                .orElse(List.of());
        Set<EngineAddress> once = new LinkedHashSet<>(engines);
        List<EngineWatch> fresh = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (EngineAddress engine : once) {
            names.add(engine.toString());
            fresh.add(new EngineWatch(engine, timeline, EngineWatch.Pace.USUAL, passedOn(listener)));
        }
        watches = fresh;
        watches.forEach(EngineWatch::start);
        return names;
    }

    private static EngineWatch.Listener passedOn(Listener listener) {
        return new EngineWatch.Listener() {
            @Override
            public void containers(String engine, List<Container> containers) {
                listener.containers(engine, containers);
            }

            @Override
            public void told(Message sentence) {
                listener.told(sentence);
            }
        };
    }

    @Override
    public synchronized void stop() {
        watches.forEach(EngineWatch::stop);
        watches = List.of();
    }
}
