package dev.ajar.config;

import dev.ajar.container.ContainerSettings;
import dev.ajar.container.EngineAddress;
import dev.ajar.container.EngineSyntax;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.ProtocolChoice;
import dev.ajar.syntax.AddressSyntax;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.MappingProtocolSyntax;
import dev.ajar.syntax.MappingTerms;
import dev.ajar.syntax.TimeSyntax;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the {@code [containers]} table. Without any key it means: the engines in the usual places. */
final class ContainersTableReader {
    private ContainersTableReader() {}

    static ContainerSettings read(TableReader reader, OptionDefaults settings, MappingProtocolSyntax protocols)
            throws InvalidInputException {
        List<String> names = reader.has("engines") ? reader.names("engines", "unix:///var/run/docker.sock") : List.of();
        Optional<LeaseDuration> lease = reader.value("lease", TimeSyntax::lease);
        reader.refuseOthers();
        List<EngineAddress> engines = new ArrayList<>();
        for (String name : names) {
            engines.add(EngineSyntax.parse(name));
        }
        // They have been checked where they were read.
        Optional<String> usualLease = settings.of("lease");
        Optional<String> method = settings.of("method");
        Optional<String> gateway = settings.of("gateway");
        Optional<InetAddress> router =
                gateway.isPresent() ? Optional.of(AddressSyntax.gateway(gateway.get())) : Optional.empty();
        return new ContainerSettings(
                engines,
                lease.isPresent()
                        ? lease.get()
                        : usualLease.isPresent() ? TimeSyntax.lease(usualLease.get()) : MappingTerms.CONFIGURED_LEASE,
                new GatewaySelector(
                        method.isPresent() ? protocols.choice(method.get()) : ProtocolChoice.AUTOMATIC,
                        router,
                        Optional.empty()));
    }
}
