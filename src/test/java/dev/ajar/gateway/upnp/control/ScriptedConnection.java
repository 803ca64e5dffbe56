package dev.ajar.gateway.upnp.control;

import dev.ajar.gateway.upnp.soap.SoapReply;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.PartialEntry;
import dev.ajar.model.Port;
import dev.ajar.model.RouterText;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.Deadline;
import dev.ajar.testing.ManualTimeline;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A router's service: a table of entries, and faults that a test switches on. */
final class ScriptedConnection implements WanConnection {
    private static final RouterText NONE = RouterText.EMPTY;

    final Map<String, ObservedMapping> table = new HashMap<>();
    final List<PortMappingRequest> added = new ArrayList<>();
    final List<String> deleted = new ArrayList<>();
    boolean second;
    boolean pretends;
    boolean connected = true;
    Optional<InetAddress> external = Optional.empty();

    /** The code of the fault for a request; 0 to grant it. */
    Function<PortMappingRequest, Integer> refusal = request -> 0;

    /** Whether a refused request is granted nevertheless. */
    boolean doesAnyway;

    /** Whether new entries are switched off. */
    boolean switchesOff;

    /** The code of the fault when an entry is to be removed; 0 to remove it. */
    int deleteFault;

    /** How many removals are refused with that fault. */
    int deleteFaults = Integer.MAX_VALUE;

    /** How many looks still show an entry that has been removed. */
    int lagsBehind;

    private Optional<ObservedMapping> removed = Optional.empty();

    /** Whether the answers about single entries and about the list are unreadable. */
    boolean looksBroken;

    /** Whether the answer to AddAnyPortMapping gets lost. */
    boolean losesAny;

    /** The port that the router says it reserved, whichever it really reserved. */
    Optional<Port> claimsToReserve = Optional.empty();

    /** Whether its list shows every entry twice. */
    boolean listsTwice;

    /** Whether its list begins again behind its last entry. */
    boolean listsRound;

    /** Where each answer of its list takes two seconds, which its leases count. */
    Optional<ManualTimeline> slowly = Optional.empty();

    private ObservedMapping after(ObservedMapping entry) {
        slowly.ifPresent(clock -> clock.advance(Duration.ofSeconds(2)));
        return slowly.map(clock -> entry.aged(clock.uptime())).orElse(entry);
    }

    /** The index at which its list has an error although it goes on; negative for none. */
    int gapAt = -1;

    /** Whether the answers about the list are unreadable. */
    boolean listBroken;

    /** The code of the fault when an entry is looked for; 0 to show it. */
    int lookFault;

    /** The code of the fault that the list of version 1 has at every index; 0 to show it. */
    int listFault;

    /** Whether the list of version 2 shows the entries. */
    boolean listsAtOnce;

    /** How often it was looked for. */
    int looks;

    /** How many entries of its list were asked for. */
    int listed;

    /** The remote host that the last question was about; empty for entries that are for all. */
    private String remoteHost = "";

    /** Whether its list shows every entry as one for all remote hosts. */
    boolean ignoresRemoteHosts;

    @Override
    public WanConnection forRemote(String other) {
        remoteHost = other;
        return this;
    }

    @Override
    public String remoteHost() {
        return remoteHost;
    }

    /** Whether it keeps an entry for one remote host as one for all, and finds it only as such. */
    boolean keepsForAll;

    private ObservedMapping asListed(ObservedMapping entry) {
        return new ObservedMapping(
                entry.protocol(),
                entry.externalPort(),
                entry.internalClient(),
                entry.internalPort(),
                new RouterText(ignoresRemoteHosts ? "" : remoteHost),
                entry.description(),
                entry.enabled(),
                entry.lease());
    }

    /** Whether its entries are shown with an internal port that is none. */
    boolean hidesInternalPorts;

    private EntryReading asRead(ObservedMapping entry) {
        return hidesInternalPorts
                ? new EntryReading.Partial(new PartialEntry(
                        Optional.of(entry.protocol()),
                        Optional.of(entry.externalPort()),
                        entry.internalClient(),
                        Optional.empty(),
                        entry.remoteHost(),
                        entry.description()))
                : new EntryReading.Whole(entry);
    }

    private static String key(TransportProtocol protocol, Port port) {
        return protocol.label() + port;
    }

    void has(ObservedMapping entry) {
        table.put(key(entry.protocol(), entry.externalPort()), entry);
    }

    @Override
    public boolean hasSecondEdition() {
        return second;
    }

    @Override
    public SoapReply<Success> addPortMapping(PortMappingRequest request, Deadline deadline) {
        added.add(request);
        int code = refusal.apply(request);
        if (doesAnyway || (code == 0 && !pretends)) {
            has(switchesOff ? off(entry(request)) : entry(request));
        }
        if (code != 0) {
            return new SoapReply.Fault<>(code, NONE);
        }
        return new SoapReply.Success<>(new Success());
    }

    private static ObservedMapping off(ObservedMapping entry) {
        return new ObservedMapping(
                entry.protocol(),
                entry.externalPort(),
                entry.internalClient(),
                entry.internalPort(),
                entry.remoteHost(),
                entry.description(),
                false,
                entry.lease());
    }

    static ObservedMapping entry(PortMappingRequest request) {
        return new ObservedMapping(
                request.protocol(),
                request.externalPort(),
                new RouterText(request.internal().address().getHostAddress()),
                request.internal().port(),
                NONE,
                new RouterText(request.description()),
                true,
                Optional.of(request.lease()));
    }

    @Override
    public SoapReply<Port> addAnyPortMapping(PortMappingRequest request, Deadline deadline) {
        Port free = request.externalPort();
        while (table.containsKey(key(request.protocol(), free))) {
            free = new Port(free.number() + 1);
        }
        PortMappingRequest granted = request.withExternalPort(free);
        added.add(granted);
        if (!pretends) {
            has(entry(granted));
        }
        if (claimsToReserve.isPresent()) {
            table.remove(key(granted.protocol(), granted.externalPort()));
            return new SoapReply.Success<>(claimsToReserve.get());
        }
        return losesAny
                ? new SoapReply.Broken<>(new Failure.TimedOut(Message.verbatim("lost")))
                : new SoapReply.Success<>(free);
    }

    @Override
    public SoapReply<Success> deletePortMapping(TransportProtocol protocol, Port externalPort, Deadline deadline) {
        deleted.add(key(protocol, externalPort));
        if (deleteFault != 0 && deleteFaults-- > 0) {
            return new SoapReply.Fault<>(deleteFault, NONE);
        }
        removed = Optional.ofNullable(table.get(key(protocol, externalPort)));
        return table.remove(key(protocol, externalPort)) == null
                ? new SoapReply.Fault<>(714, NONE)
                : new SoapReply.Success<>(new Success());
    }

    @Override
    public SoapReply<EntryReading> getSpecificPortMappingEntry(
            TransportProtocol protocol, Port externalPort, Deadline deadline) {
        looks++;
        if (looksBroken) {
            return new SoapReply.Broken<>(new Failure.Malformed(Message.verbatim("garbled"), Optional.empty()));
        }
        if (lookFault != 0) {
            return new SoapReply.Fault<>(lookFault, NONE);
        }
        if (keepsForAll && !remoteHost.isEmpty()) {
            return new SoapReply.Fault<>(714, NONE);
        }
        if (removed.isPresent() && lagsBehind-- > 0) {
            return new SoapReply.Success<>(asRead(removed.get()));
        }
        ObservedMapping entry = table.get(key(protocol, externalPort));
        return entry == null ? new SoapReply.Fault<>(714, NONE) : new SoapReply.Success<>(asRead(entry));
    }

    @Override
    public SoapReply<EntryReading> getGenericPortMappingEntry(int index, Deadline deadline) {
        listed++;
        if (looksBroken || listBroken) {
            return new SoapReply.Broken<>(new Failure.Malformed(Message.verbatim("garbled"), Optional.empty()));
        }
        if (listFault != 0) {
            return new SoapReply.Fault<>(listFault, NONE);
        }
        List<ObservedMapping> all = new ArrayList<>(table.values());
        if (listsTwice) {
            all.addAll(table.values());
            all.sort(Comparator.comparingInt(entry -> entry.externalPort().number()));
        }
        if (index == gapAt) {
            return new SoapReply.Fault<>(501, NONE);
        }
        int shown = listsRound ? index % all.size() : index;
        return shown < all.size()
                ? new SoapReply.Success<>(asRead(asListed(after(all.get(shown)))))
                : new SoapReply.Fault<>(713, NONE);
    }

    @Override
    public SoapReply<List<EntryReading>> getListOfPortMappings(TransportProtocol protocol, Deadline deadline) {
        List<EntryReading> entries = table.values().stream()
                .filter(entry -> entry.protocol() == protocol)
                .map(this::asRead)
                .toList();
        return listsAtOnce && !entries.isEmpty()
                ? new SoapReply.Success<>(entries)
                : new SoapReply.Fault<>(listsAtOnce ? 730 : 401, NONE);
    }

    @Override
    public SoapReply<Optional<InetAddress>> getExternalIpAddress(Deadline deadline) {
        return new SoapReply.Success<>(external);
    }

    @Override
    public SoapReply<Optional<Boolean>> isConnected(Deadline deadline) {
        return new SoapReply.Success<>(Optional.of(connected));
    }
}
