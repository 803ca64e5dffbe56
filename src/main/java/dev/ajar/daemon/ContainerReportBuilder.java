package dev.ajar.daemon;

import dev.ajar.container.Container;
import dev.ajar.container.ContainerPlan;
import dev.ajar.container.ContainerReport;
import dev.ajar.container.ContainerReport.Place;
import dev.ajar.container.ContainerReport.PortStatus;
import dev.ajar.container.ContainerReport.Row;
import dev.ajar.keeper.Keeper;
import dev.ajar.keeper.model.GatewayStatus;
import dev.ajar.keeper.model.MappingState;
import dev.ajar.keeper.model.TrackedMapping;
import dev.ajar.model.Failure;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts together how the mappings of containers stand: what is wanted from the state file, the rest from the keeper. */
final class ContainerReportBuilder {
    private ContainerReportBuilder() {}

    static ContainerReport of(
            Map<String, List<Container>> heard,
            List<ContainerPlan.Refusal> refusals,
            Snapshot snapshot,
            Keeper keeper) {
        List<Row> rows = snapshot.desiredMappings().stream()
                .flatMap(desired -> row(desired, keeper).stream())
                .toList();
        Set<Owner.Container> names = heard.entrySet().stream()
                .flatMap(engine -> engine.getValue().stream()
                        .map(container -> new Owner.Container(engine.getKey(), container.name())))
                .collect(Collectors.toSet());
        Set<Place> leaving = snapshot.mappingRecords().stream()
                .filter(MappingRecord::leaving)
                .map(mappingRecord -> new Place(mappingRecord.protocol(), mappingRecord.externalPort()))
                .collect(Collectors.toSet());
        return new ContainerReport(names, rows, refusals, leaving);
    }

    private static Optional<Row> row(DesiredMapping desired, Keeper keeper) {
        return desired.owner() instanceof Owner.Container owner
                ? Optional.of(new Row(owner, desired.mapping(), standing(desired, keeper)))
                : Optional.empty();
    }

    private static PortStatus standing(DesiredMapping desired, Keeper keeper) {
        return keeper.tracked().stream()
                .filter(one -> one.desired().isSameDesire(desired))
                .findFirst()
                .map(TrackedMapping::state)
                .map(state -> standing(state, keeper))
                .orElseGet(PortStatus.Waiting::new);
    }

    private static PortStatus standing(MappingState state, Keeper keeper) {
        return switch (state) {
            case MappingState.Active active -> new PortStatus.Open(address(active, keeper));
            case MappingState.Inactive inactive ->
                inactive.why()
                        .map(Failure::detail)
                        .<PortStatus>map(PortStatus.Failed::new)
                        .orElseGet(PortStatus.Waiting::new);
        };
    }

    private static Optional<InetAddress> address(MappingState.Active active, Keeper keeper) {
        return keeper.gateways().stream()
                .filter(status -> status.gateway().equals(active.lease().claim().gateway()))
                .flatMap((GatewayStatus status) -> status.externalAddress().stream())
                .findFirst()
                .or(active.lease()::externalAddress);
    }
}
