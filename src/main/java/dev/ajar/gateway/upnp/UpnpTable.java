package dev.ajar.gateway.upnp;

import dev.ajar.gateway.upnp.soap.SoapReply;
import dev.ajar.model.Failure;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.Presence;
import dev.ajar.model.Protocol;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks into a router's table, which is to say: asks until it is clear what the router means. */
final class UpnpTable {
    private static final int MOST_ENTRIES = 500;

    private final WanConnection wan;

    UpnpTable(WanConnection wan) {
        this.wan = wan;
    }

    /** One entry, by GetSpecificPortMappingEntry; by the whole list where the router has no such action. */
    Presence look(Protocol protocol, Port externalPort, Deadline deadline) {
        return switch (wan.getSpecificPortMappingEntry(protocol, externalPort, deadline)) {
            case SoapReply.Done<Optional<ObservedMapping>>(Optional<ObservedMapping> entry) ->
                entry.<Presence>map(Presence.Present::new)
                        .orElseGet(() -> new Presence.Unknown("the router answered without saying anything"));
            case SoapReply.Fault<Optional<ObservedMapping>>(int code, var text) ->
                switch (code) {
                    // 402 and 501 are some routers' words for "no such entry" (lontivero/Open.NAT#28).
                    case UpnpErrors.NO_SUCH_ENTRY,
                            UpnpErrors.INDEX_INVALID,
                            UpnpErrors.INVALID_ARGS,
                            UpnpErrors.ACTION_FAILED -> new Presence.Absent();
                    case UpnpErrors.INVALID_ACTION, UpnpErrors.OPTIONAL_ACTION_MISSING ->
                        lookInList(protocol, externalPort, deadline);
                    default -> new Presence.Unknown("the router would not show it (error " + code + ")");
                };
            case SoapReply.Broken<Optional<ObservedMapping>>(Failure failure) ->
                new Presence.Unknown(failure.detail());
        };
    }

    private Presence lookInList(Protocol protocol, Port externalPort, Deadline deadline) {
        return switch (list(deadline)) {
            case Result.Ok<List<ObservedMapping>>(List<ObservedMapping> entries) ->
                entries.stream()
                        .filter(entry -> entry.protocol() == protocol
                                && entry.externalPort().equals(externalPort)
                                && entry.remoteHost().isBlank())
                        .findFirst()
                        .<Presence>map(Presence.Present::new)
                        .orElseGet(Presence.Absent::new);
            case Result.Err<List<ObservedMapping>>(Failure failure) -> new Presence.Unknown(failure.detail());
        };
    }

    Result<List<ObservedMapping>> list(Deadline deadline) {
        Optional<List<ObservedMapping>> atOnce =
                wan.hasSecondEdition() ? listAtOnce(deadline) : Optional.empty();
        return atOnce.map(Result::ok).orElseGet(() -> listOneByOne(deadline));
    }

    /** Empty when the router cannot, or shows nothing: a public role may hide what GetGeneric shows. */
    private Optional<List<ObservedMapping>> listAtOnce(Deadline deadline) {
        List<ObservedMapping> all = new ArrayList<>();
        for (Protocol protocol : Protocol.values()) {
            switch (wan.getListOfPortMappings(protocol, deadline)) {
                case SoapReply.Done<List<ObservedMapping>>(List<ObservedMapping> some) -> all.addAll(some);
                case SoapReply.Fault<List<ObservedMapping>> fault -> {
                    boolean none = fault.code() == UpnpErrors.NOT_FOUND_IN_RANGE || fault.code() == UpnpErrors.NO_SUCH_ENTRY;
                    if (!none) {
                        return Optional.empty();
                    }
                }
                case SoapReply.Broken<List<ObservedMapping>> ignored -> {
                    return Optional.empty();
                }
            }
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(all));
    }

    /** Any error ends the list: routers disagree on which it should be. Entries that make no sense are left out. */
    private Result<List<ObservedMapping>> listOneByOne(Deadline deadline) {
        List<ObservedMapping> entries = new ArrayList<>();
        Optional<ObservedMapping> previous = Optional.empty();
        for (int index = 0; index < MOST_ENTRIES && !deadline.hasPassed(); index++) {
            switch (wan.getGenericPortMappingEntry(index, deadline)) {
                case SoapReply.Done<Optional<ObservedMapping>>(Optional<ObservedMapping> entry) -> {
                    if (entry.isPresent() && entry.equals(previous)) {
                        return Result.ok(List.copyOf(entries));
                    }
                    entry.ifPresent(entries::add);
                    previous = entry;
                }
                case SoapReply.Fault<Optional<ObservedMapping>> fault -> {
                    // Some routers count from 1 (node-nat-upnp).
                    if (index > 0) {
                        return Result.ok(List.copyOf(entries));
                    }
                }
                case SoapReply.Broken<Optional<ObservedMapping>>(Failure failure) -> {
                    return index == 0 ? Result.err(failure) : Result.ok(List.copyOf(entries));
                }
            }
        }
        return Result.ok(List.copyOf(entries));
    }
}
