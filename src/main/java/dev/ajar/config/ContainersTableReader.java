package dev.ajar.config;

import dev.ajar.container.ContainerSettings;
import dev.ajar.container.EngineAddress;
import dev.ajar.container.EngineSyntax;
import dev.ajar.model.LeaseDuration;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.TimeSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the {@code [containers]} table. Without any key it means: the engines in the usual places. */
final class ContainersTableReader {
    private ContainersTableReader() {}

    static ContainerSettings read(TableReader reader, OptionDefaults settings) throws InvalidInputException {
        List<String> names = reader.has("engines") ? reader.names("engines", "unix:///var/run/docker.sock") : List.of();
        Optional<LeaseDuration> lease = reader.value("lease", TimeSyntax::lease);
        reader.refuseOthers();
        List<EngineAddress> engines = new ArrayList<>();
        for (String name : names) {
            engines.add(EngineSyntax.parse(name));
        }
        return new ContainerSettings(engines, lease.orElse(settings.lease()), settings.selection());
    }
}
