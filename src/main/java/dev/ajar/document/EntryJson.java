package dev.ajar.document;

import dev.ajar.json.JsonObject;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.model.Addresses;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.PartialEntry;
import dev.ajar.model.Port;
import dev.ajar.model.RouterText;
import dev.ajar.model.Subnet;
import dev.ajar.model.TransportProtocol;
import java.util.Map;
import java.util.Optional;

/** An entry of a gateway's table, in the document of {@code list}. */
final class EntryJson {
    private EntryJson() {}

    static JsonMembers write(ObservedMapping mapping) {
        return new JsonMembers()
                .with("protocol", mapping.protocol().label())
                .with("external_port", mapping.externalPort().number())
                .with("internal_address", mapping.internalClient().display())
                .with("internal_port", mapping.internalPort().number())
                .with(
                        "remote_host",
                        mapping.isForAnySource() ? Optional.empty() : JsonMembers.text(mapping.remoteHost()))
                .with("description", mapping.description().display())
                .with("enabled", mapping.enabled())
                .with("lease_seconds", JsonMembers.seconds(mapping.lease()))
                .with("permanent", JsonMembers.isPermanent(mapping.lease()));
    }

    static ObservedMapping read(JsonObject json) {
        return new ObservedMapping(
                ValueJson.transport(json),
                ValueJson.port(json, "external_port"),
                new RouterText(ValueJson.line(json, "internal_address")),
                ValueJson.port(json, "internal_port"),
                ValueJson.text(json, "remote_host"),
                new RouterText(ValueJson.line(json, "description")),
                json.flag("enabled"),
                ValueJson.lease(json));
    }

    /** A mapping that the table does not show, in the same form. */
    static JsonMembers write(ReportedMapping mapping) {
        return new JsonMembers()
                .with("protocol", mapping.protocol().label())
                .with("external_port", mapping.externalPort().number())
                .with("internal_address", Addresses.text(mapping.internal().address()))
                .with("internal_port", mapping.internal().port().number())
                .with("remote_host", mapping.from().map(Subnet::text))
                .with("description", mapping.description())
                .with("enabled", true)
                .with("lease_seconds", JsonMembers.seconds(mapping.duration()))
                .with("permanent", JsonMembers.isPermanent(mapping.duration()));
    }

    /** An entry of which something cannot be read. */
    static Map<String, Object> write(PartialEntry entry) {
        return new JsonMembers()
                .with("protocol", entry.protocol().map(TransportProtocol::label))
                .with("external_port", entry.externalPort().map(Port::number))
                .with("internal_address", JsonMembers.text(entry.internalClient()))
                .with("internal_port", entry.internalPort().map(Port::number))
                .with("remote_host", JsonMembers.text(entry.remoteHost()))
                .with("description", entry.description().display())
                .map();
    }

    static PartialEntry readPartial(JsonObject json) {
        return new PartialEntry(
                json.has("protocol") ? Optional.of(ValueJson.transport(json)) : Optional.empty(),
                ValueJson.optionalPort(json, "external_port"),
                ValueJson.text(json, "internal_address"),
                ValueJson.optionalPort(json, "internal_port"),
                ValueJson.text(json, "remote_host"),
                ValueJson.text(json, "description"));
    }
}
