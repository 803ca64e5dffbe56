package dev.ajar.gateway.upnp.control;

import dev.ajar.gateway.MappingTable;
import dev.ajar.gateway.upnp.soap.SoapReply;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.PartialEntry;
import dev.ajar.model.Port;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.Deadline;
import dev.ajar.system.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads a router's table of port mappings, and asks again where an answer is not clear. */
final class PortMappingTable {
    private static final int MOST_ENTRIES = 500;

    private static final String ILLEGIBLE = "upnp.entry-unreadable";
    private static final String BUSY = "upnp.busy";
    private static final Message CUT_OFF = Message.of("upnp.list-cut-off");

    private final WanConnection wan;
    private final UnshownEntries unshown;

    /** Whether the last answer about one entry was none, or an error that need not mean "no such entry". */
    private boolean vague;

    /** Whether the last list was one entry over and over: the router may heed no index, and have more. */
    private boolean stuck;

    /** Whether the last list had no entry and ended in such an error, too, or was not shown. */
    private boolean showedNothing;

    PortMappingTable(WanConnection wan) {
        this(wan, new UnshownEntries());
    }

    /** @param unshown entries that are not looked for */
    PortMappingTable(WanConnection wan, UnshownEntries unshown) {
        this.wan = wan;
        this.unshown = unshown;
    }

    /**
     * One entry. Some routers ignore the remote host and keep or show an entry for one host as one for all, so an entry
     * that is not there for one host may be there for all.
     */
    Presence look(TransportProtocol protocol, Port externalPort, Deadline deadline) {
        Optional<Presence> expected = unshown.expected(protocol, externalPort);
        if (expected.isPresent()) {
            return expected.get();
        }
        Presence asAsked = lookAsAsked(protocol, externalPort, deadline);
        if (!(asAsked instanceof Presence.Absent)) {
            return asAsked;
        }
        return wan.remoteHost().isEmpty()
                ? new Presence.Absent(vague && showedNothing)
                : new PortMappingTable(wan.forRemote("")).look(protocol, externalPort, deadline);
    }

    /**
     * One entry, by GetSpecificPortMappingEntry. Where its answer is not clear, the whole list decides: 402 and 501
     * mean "no such entry" on some routers (lontivero/Open.NAT#28) and "no such action" on others.
     */
    private Presence lookAsAsked(TransportProtocol protocol, Port externalPort, Deadline deadline) {
        vague = true;
        if (unshown.singleLooks().areFalse()) {
            return lookInList(protocol, externalPort, deadline, false);
        }
        return switch (wan.getSpecificPortMappingEntry(protocol, externalPort, deadline)) {
            case SoapReply.Success<EntryReading>(EntryReading.Whole(ObservedMapping entry)) ->
                new Presence.Present(entry);
            case SoapReply.Success<EntryReading>(EntryReading.Partial(PartialEntry entry)) ->
                partlyShown(entry, lookInList(protocol, externalPort, deadline, false));
            case SoapReply.Fault<EntryReading>(int code, RouterText text) ->
                switch (code) {
                    case UpnpErrors.NO_SUCH_ENTRY, UpnpErrors.NOT_FOUND_IN_RANGE, UpnpErrors.INDEX_INVALID -> {
                        vague = false;
                        yield new Presence.Absent();
                    }
                    case UpnpErrors.INVALID_ARGS, UpnpErrors.ACTION_FAILED, UpnpErrors.NOT_SAID ->
                        lookInList(protocol, externalPort, deadline, true);
                    case UpnpErrors.INVALID_ACTION, UpnpErrors.OPTIONAL_ACTION_MISSING ->
                        lookInList(protocol, externalPort, deadline, false);
                    // Its list may show it all the same; where it does not, it may hide it there, too.
                    case UpnpErrors.NOT_AUTHORIZED ->
                        lookInList(protocol, externalPort, deadline, false) instanceof Presence.Present present
                                ? present
                                : hidden(code, text, List.of());
                    default ->
                        switch (lookInList(protocol, externalPort, deadline, false)) {
                            case Presence.Unknown unknown -> hidden(code, text, unknown.partial());
                            case Presence.Present present -> present;
                            case Presence.Absent absent -> absent;
                        };
                };
            case SoapReply.Broken<EntryReading> ignored -> lookInList(protocol, externalPort, deadline, false);
        };
    }

    /** @param compared whether what surprises is compared with the list */
    Presence lookTwice(PortMappingRequest request, boolean compared, Deadline deadline) {
        Presence single = look(request.protocol(), request.externalPort(), deadline);
        return compared && single instanceof Presence.Absent ? compared(single, request, deadline) : single;
    }

    Presence compared(Presence single, PortMappingRequest request, Deadline deadline) {
        return compared(single, request.protocol(), request.externalPort(), false, deadline);
    }

    private static Presence hidden(int code, RouterText text, List<PartialEntry> partial) {
        return new Presence.Unknown(Message.of("upnp.entry-hidden", "code", code, "text", text), true, partial);
    }

    /** The same after the router has said yes. */
    Presence comparedAfterYes(Presence single, PortMappingRequest request, Deadline deadline) {
        return provesNothing(single) ? withheld() : compared(single, request, deadline);
    }

    /** One entry of which the router has been told something: that no look shows it may prove nothing. */
    Presence lookForProof(TransportProtocol protocol, Port externalPort, Deadline deadline) {
        Presence seen = look(protocol, externalPort, deadline);
        return provesNothing(seen) ? withheld() : seen;
    }

    /** Where the router answers each look with an error that may mean anything, it may know neither action. */
    private static boolean provesNothing(Presence seen) {
        return seen instanceof Presence.Absent(boolean doubtful) && doubtful;
    }

    private static Presence withheld() {
        return new Presence.Unknown(Message.of("upnp.no-list"), true);
    }

    /**
     * A look whose answer surprises, compared with the list if that was not done before: an entry that should be there
     * and is not, or one that is there and should not be.
     */
    Presence compared(Presence single, TransportProtocol protocol, Port externalPort, Deadline deadline) {
        return compared(single, protocol, externalPort, false, deadline);
    }

    /** @param listed whether a list that works must have it: an entry that leads to this machine */
    Presence compared(
            Presence single, TransportProtocol protocol, Port externalPort, boolean listed, Deadline deadline) {
        if (single instanceof Presence.Unknown || !unshown.singleLooks().isWorthATrial(single)) {
            return single;
        }
        Duration begun = deadline.timeline().elapsed();
        Optional<MappingTable> whole = list(deadline).toOptional().filter(list -> !showedNothing);
        Presence now = aged(single, deadline.timeline().elapsed().minus(begun));
        return whole.map(
                        list -> unshown.singleLooks().compared(now, inList(list, protocol, externalPort), list, listed))
                .orElse(now);
    }

    private static Presence aged(Presence seen, Duration passed) {
        return seen instanceof Presence.Present(ObservedMapping entry)
                ? new Presence.Present(entry.aged(passed))
                : seen;
    }

    /**
     * An answer without a single field shows no entry, so the list decides, and where that shows nothing either, the
     * router withholds its entries; any other answer shows that there is one.
     */
    private static Presence partlyShown(PartialEntry entry, Presence inList) {
        if (inList instanceof Presence.Present) {
            return inList;
        }
        if (!entry.isBlank()) {
            return illegible(List.of(entry));
        }
        return inList instanceof Presence.Unknown unknown
                ? new Presence.Unknown(unknown.reason(), true, unknown.partial())
                : inList;
    }

    /** @param saidNo whether the first answer may mean "no such entry", which counts where the list does not decide */
    private Presence lookInList(TransportProtocol protocol, Port externalPort, Deadline deadline, boolean saidNo) {
        return switch (list(deadline)) {
            case Result.Ok<MappingTable>(MappingTable listing) ->
                !(inList(listing, protocol, externalPort) instanceof Presence.Present) && stuck && !saidNo
                        ? new Presence.Unknown(Message.of("upnp.no-list"), true)
                        : inList(listing, protocol, externalPort);
            // The first answer counts where the list is not shown, but not where it did not arrive in time.
            case Result.Err<MappingTable>(Failure.Unsupported failure) ->
                saidNo ? new Presence.Absent() : new Presence.Unknown(failure.detail(), true);
            case Result.Err<MappingTable>(Failure failure) -> new Presence.Unknown(failure.detail(), false);
        };
    }

    private Presence inList(MappingTable listing, TransportProtocol protocol, Port externalPort) {
        return listing.entries().stream()
                .filter(entry -> entry.protocol() == protocol
                        && entry.externalPort().equals(externalPort)
                        && entry.isFor(wan.remoteHost()))
                .findFirst()
                .<Presence>map(Presence.Present::new)
                .orElseGet(() -> notListed(listing, protocol, externalPort));
    }

    /** The entry that leads where {@code request} would, under its name, on whichever port. */
    Presence named(PortMappingRequest request, Deadline deadline) {
        Optional<MappingTable> list = list(deadline).toOptional();
        return list.stream()
                .flatMap(listing -> listing.entries().stream())
                .filter(entry -> entry.protocol() == request.protocol())
                .filter(entry -> entry.pointsTo(request.internal()))
                .filter(entry -> entry.description().raw().equals(request.description()))
                .findFirst()
                .<Presence>map(Presence.Present::new)
                .orElseGet(() -> list.filter(MappingTable::whole).isPresent() ? new Presence.Absent() : withheld());
    }

    /** What cannot be read is not known to be absent, be it the rest of a list or one of its entries. */
    private static Presence notListed(MappingTable listing, TransportProtocol protocol, Port externalPort) {
        // Some list every entry as one of the same protocol; the name tells which it is.
        Stream<PartialEntry> disguised = listing.entries().stream()
                .filter(entry -> entry.protocol() != protocol && SingleLooks.isNamedForAnother(entry))
                .map(PortMappingTable::ofAnyProtocol);
        List<PartialEntry> perhaps = Stream.concat(listing.partial().stream(), disguised)
                .filter(entry -> entry.mayBe(protocol, externalPort))
                .toList();
        if (!listing.whole()) {
            return new Presence.Unknown(CUT_OFF, false, certainly(perhaps));
        }
        return perhaps.isEmpty() ? new Presence.Absent() : illegible(perhaps);
    }

    private static PartialEntry ofAnyProtocol(ObservedMapping entry) {
        return new PartialEntry(
                Optional.empty(),
                Optional.of(entry.externalPort()),
                entry.internalClient(),
                Optional.of(entry.internalPort()),
                entry.remoteHost(),
                entry.description());
    }

    /** Of a list that is cut off, only an entry of the very port says something. */
    private static List<PartialEntry> certainly(List<PartialEntry> perhaps) {
        return perhaps.stream()
                .filter(entry ->
                        entry.protocol().isPresent() && entry.externalPort().isPresent())
                .toList();
    }

    private static Presence illegible(List<PartialEntry> entries) {
        return new Presence.Unknown(Message.of(ILLEGIBLE), true, entries);
    }

    /** Whether the router did show its list, with an entry that cannot be read. */
    static boolean isIllegible(Presence.Unknown unknown) {
        return unknown.reason().key().equals(ILLEGIBLE);
    }

    /** Whether the router answered at once that it cannot answer now. */
    static boolean isBusy(Presence.Unknown unknown) {
        return isBusy(unknown.reason());
    }

    /** Whether it began with its list and did not end. */
    static boolean wasCutOff(Message reason) {
        return reason.values().stream().anyMatch(value -> value.value().equals(CUT_OFF));
    }

    static boolean isBusy(Message reason) {
        return reason.key().equals(BUSY);
    }

    /** The list of WANIPConnection:2 says more of each entry, and that of version 1 may have more entries. */
    Result<MappingTable> list(Deadline deadline) {
        Timeline clock = deadline.timeline();
        Optional<MappingTable> first = wan.hasSecondEdition() ? listAtOnce(deadline) : Optional.empty();
        Duration begun = clock.elapsed();
        Result<MappingTable> oneByOne = listOneByOne(deadline);
        Optional<MappingTable> atOnce =
                first.map(table -> table.aged(clock.elapsed().minus(begun)));
        showedNothing &= atOnce.isEmpty();
        return switch (oneByOne) {
            case Result.Ok<MappingTable>(MappingTable rest) ->
                Result.ok(atOnce.map(MappingTable::entries).map(rest::under).orElse(rest));
            case Result.Err<MappingTable>(Failure failure) ->
                atOnce.map(Result::ok).orElseGet(() -> Result.err(failure));
        };
    }

    /** Empty when the router cannot, or shows nothing: a public role may hide what GetGeneric shows. */
    private Optional<MappingTable> listAtOnce(Deadline deadline) {
        List<EntryReading> all = new ArrayList<>();
        boolean whole = true;
        for (TransportProtocol protocol : TransportProtocol.values()) {
            switch (wan.getListOfPortMappings(protocol, deadline)) {
                case SoapReply.Success<List<EntryReading>>(List<EntryReading> some) -> {
                    all.addAll(some);
                    whole &= some.size() < MappingFields.LONGEST_LISTING;
                }
                case SoapReply.Fault<List<EntryReading>> fault -> {
                    boolean none =
                            fault.code() == UpnpErrors.NOT_FOUND_IN_RANGE || fault.code() == UpnpErrors.NO_SUCH_ENTRY;
                    if (!none) {
                        return Optional.empty();
                    }
                }
                case SoapReply.Broken<List<EntryReading>> ignored -> {
                    return Optional.empty();
                }
            }
        }
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(new MappingTable(
                        all.stream().flatMap(one -> one.whole().stream()).toList(),
                        whole,
                        all.stream().flatMap(one -> one.partial().stream()).toList()));
    }

    /**
     * Routers disagree on the error that ends a list, so any error does, if the next index brings one too: an error in
     * the middle must not make what follows absent.
     */
    private Result<MappingTable> listOneByOne(Deadline deadline) {
        showedNothing = false;
        stuck = false;
        ListedEntries entries = new ListedEntries(deadline.timeline());
        Set<PartialEntry> partial = new LinkedHashSet<>();
        Set<ObservedMapping> seen = new HashSet<>();
        int repeated = 0;
        boolean gaps = false;
        for (int index = 0; index < MOST_ENTRIES && !deadline.hasPassed(); index++) {
            switch (wan.getGenericPortMappingEntry(index, deadline)) {
                case SoapReply.Success<EntryReading>(EntryReading reading) -> {
                    Optional<ObservedMapping> entry = reading.whole();
                    boolean isNew = entry.map(ObservedMapping::withoutLease)
                                    .filter(seen::add)
                                    .isPresent()
                            || reading.partial().filter(partial::add).isPresent();
                    repeated = isNew ? 0 : repeated + 1;
                    // Some show every entry twice, and some begin again at the end: then all come again.
                    if (repeated > seen.size() + partial.size()) {
                        stuck = index == 2;
                        return Result.ok(new MappingTable(entries.asOfNow(), !gaps && !stuck, List.copyOf(partial)));
                    }
                    entry.filter(one -> isNew).ifPresent(entries::add);
                }
                case SoapReply.Fault<EntryReading>(int code, var text) -> {
                    boolean noSuchAction =
                            code == UpnpErrors.INVALID_ACTION || code == UpnpErrors.OPTIONAL_ACTION_MISSING;
                    boolean unclear = !UpnpErrors.endsList(code) && entries.isEmpty() && partial.isEmpty();
                    showedNothing = unclear;
                    if (index == 0 && (noSuchAction || code == UpnpErrors.NOT_AUTHORIZED)) {
                        return Result.err(
                                new Failure.Unsupported(Message.of("upnp.no-list"), UpnpErrors.error(code, text)));
                    }
                    // Some routers count from 1 (node-nat-upnp).
                    if (index > 0 && (UpnpErrors.endsList(code) || !goesOnAfter(index, deadline))) {
                        return Result.ok(new MappingTable(entries.asOfNow(), !gaps, List.copyOf(partial)));
                    }
                    gaps |= index > 0;
                }
                case SoapReply.Broken<EntryReading>(Failure failure) -> {
                    return index == 0
                            ? Result.err(failure)
                            : Result.ok(new MappingTable(entries.asOfNow(), false, List.copyOf(partial)));
                }
            }
        }
        return Result.ok(new MappingTable(entries.asOfNow(), false, List.copyOf(partial)));
    }

    private boolean goesOnAfter(int index, Deadline deadline) {
        return !(wan.getGenericPortMappingEntry(index + 1, deadline) instanceof SoapReply.Fault);
    }
}
