package dev.ajar.mapping.removal;

import dev.ajar.discovery.GatewaySource;
import dev.ajar.gateway.Gateway;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Mapping;
import dev.ajar.model.Result;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Snapshot;
import dev.ajar.system.Deadline;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;

/**
 * A port that is open already, to another address of this machine than the one it would be asked for from now: cable
 * and Wi-Fi on one router. The router would call that a conflict with another client.
 *
 * @param gateway the one to ask: from the address of the existing mapping, unless the user named another address
 * @param snapshot without the mapping that was closed because the user named another address
 */
public record OwnClients(Gateway gateway, Snapshot snapshot) {
    public static OwnClients of(
            GatewaySource gateways,
            GatewaySelector selection,
            List<Mapping> mappings,
            OwnClients found,
            Instant now,
            Deadline deadline) {
        OwnClients clients = found;
        for (MappingRecord record : found.snapshot.mappingRecords()) {
            if (isElsewhereHere(gateways, mappings, record, found.gateway)
                    && gateways.reopen(record.claim(), deadline) instanceof Result.Ok<Gateway>(Gateway itsOwn)) {
                clients = selection.from().isEmpty()
                        ? new OwnClients(itsOwn, clients.snapshot)
                        : clients.without(record, new Removal(gateways, deadline).of(record, itsOwn, now));
            }
        }
        return clients;
    }

    private static boolean isElsewhereHere(
            GatewaySource gateways, List<Mapping> mappings, MappingRecord record, Gateway gateway) {
        InetAddress client = record.claim().internal().address();
        return !record.leaving()
                && record.lease().isPresent()
                && record.claim().ipVersion() == IpVersion.IPV4
                && record.claim().isMisdirected(gateway.info().localAddress())
                && record.claim().gateway().address().equals(gateway.info().id().address())
                && gateways.isThisMachine(client)
                && mappings.stream()
                        .anyMatch(mapping -> mapping.protocol() == record.protocol()
                                && mapping.externalPort().equals(record.externalPort())
                                && mapping.target()
                                        .equals(record.claim().mapping().target()));
    }

    private OwnClients without(MappingRecord record, Removal.RemovalOutcome outcome) {
        return switch (outcome) {
            case Removal.RemovalOutcome.Removed ignored -> new OwnClients(gateway, snapshot.without(record));
            case Removal.RemovalOutcome.NotThere ignored -> new OwnClients(gateway, snapshot.without(record));
            case Removal.RemovalOutcome.Failed ignored -> this;
        };
    }
}
