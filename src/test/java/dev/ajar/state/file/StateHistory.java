package dev.ajar.state.file;

import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.keeper.exchange.KeeperStore;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.GatewayId;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Port;
import dev.ajar.model.Result;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.testing.Samples;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Command line, {@code ajar run}, {@code ajar renew} and daemon take turns on one state file, on a disk with faults,
 * and are killed. In the end no desired mapping, lease or nonce is lost, and no port is open that the file does not
 * name.
 */
final class StateHistory {
    private static final int FEWEST_STEPS = 5;
    private static final int MORE_STEPS = 26;
    private static final int PORTS = 4;
    private static final Owner RUN = new Owner.Launch(4711, Instant.parse("2026-11-23T11:00:00Z"));

    /** How often each kind of step ended in each way. */
    private final Map<String, Integer> outcomes;

    private final Random random;
    private final SimStateFiles files;
    private final boolean claimFirst;

    /** The router's table: the nonce of each open port. */
    private final Map<Integer, String> router = new HashMap<>();

    /** Ports that the user was told are kept open. */
    private final Set<Integer> promised = new HashSet<>();

    /** Ports that the user was told are closed. */
    private final Set<Integer> closed = new HashSet<>();

    private FileStateStore daemonDisk;
    private KeeperStore daemon;
    private Instant now = Instant.parse("2026-11-23T12:00:00Z");

    /**
     * @param claimFirst whether a process writes the claim before it asks the router
     * @param outcomes counts the steps
     */
    StateHistory(long seed, boolean claimFirst, Map<String, Integer> outcomes) {
        this.outcomes = outcomes;
        this.random = new Random(seed);
        this.files = new SimStateFiles(random);
        this.claimFirst = claimFirst;
        this.daemonDisk = store();
        this.daemon = new KeeperStore(daemonDisk, event -> {});
    }

    private FileStateStore store() {
        return new FileStateStore(files, Path.of("state"), Samples.PROTOCOLS, BootTime.Clock.NONE, warning -> {});
    }

    /** What was lost or left open; empty when nothing was. */
    Optional<String> run() {
        int steps = FEWEST_STEPS + random.nextInt(MORE_STEPS);
        for (int i = 0; i < steps; i++) {
            now = now.plusSeconds(1);
            files.disk = random.nextInt(4) > 0
                    ? SimStateFiles.Disk.GOOD
                    : List.of(SimStateFiles.Disk.values()).get(random.nextInt(4));
            files.killedAfter = random.nextInt(5) == 0 ? random.nextInt(8) : -1;
            int port = 20_000 + random.nextInt(PORTS);
            int step = random.nextInt(6);
            try {
                step(step, port);
                files.killedAfter = -1;
            } catch (SimStateFiles.Killed e) {
                count("killed");
                files.processEnded();
                promised.remove(port);
                closed.remove(port);
                if (step == 4) {
                    restartDaemon();
                }
            }
        }
        files.disk = SimStateFiles.Disk.GOOD;
        renew(daemon);
        renew(store());
        return violation();
    }

    private void restartDaemon() {
        daemonDisk = store();
        daemon = new KeeperStore(daemonDisk, event -> {});
    }

    private void step(int step, int port) {
        switch (step) {
            case 0 -> open(store(), port, new Owner.User());
            case 1 -> open(store(), port, RUN);
            case 2 -> close(store(), port);
            case 3 -> renew(store());
            case 4 -> renew(daemon);
            default -> {
                if (files.disk == SimStateFiles.Disk.GOOD) {
                    daemonDisk.sweep();
                }
                open(daemon.strict(), port, new Owner.User());
            }
        }
    }

    private void count(String outcome) {
        outcomes.merge(outcome, 1, Integer::sum);
    }

    private void open(StateStore store, int port, Owner owner) {
        if (!(store.lock() instanceof Result.Ok<StateStore.Lock>(StateStore.Lock lock))) {
            return;
        }
        try (lock) {
            Snapshot before = loaded(store);
            Snapshot snapshot = before.with(desired(port, owner));
            snapshot = asked(store, snapshot, port);
            if (store.save(snapshot) instanceof Result.Ok && router.containsKey(port)) {
                count("opened");
                promised.add(port);
                closed.remove(port);
            } else {
                count("refused");
                promised.remove(port);
                closed.remove(port);
            }
        }
    }

    /** As GatewaySession does: the claim, then the router, then the lease. */
    private Snapshot asked(StateStore store, Snapshot before, int port) {
        Claim fresh = claim(port);
        Optional<MappingRecord> known = before.of(fresh);
        Claim claim = known.map(MappingRecord::claim).orElse(fresh);
        Snapshot claimed = known.isPresent() ? before : before.with(MappingRecord.claimed(claim));
        if (claimFirst && store.save(claimed) instanceof Result.Err) {
            return before;
        }
        router.put(port, nonce(claim));
        return claimed.with(MappingRecord.held(lease(claim)));
    }

    private void close(StateStore store, int port) {
        if (!(store.lock() instanceof Result.Ok<StateStore.Lock>(StateStore.Lock lock))) {
            return;
        }
        try (lock) {
            Snapshot snapshot = loaded(store);
            for (DesiredMapping desired : snapshot.desiredMappings()) {
                snapshot = desired.externalPort().number() == port ? snapshot.without(desired) : snapshot;
            }
            for (MappingRecord record : snapshot.mappingRecords()) {
                if (record.externalPort().number() == port) {
                    router.remove(port);
                    snapshot = snapshot.without(record);
                }
            }
            promised.remove(port);
            closed.remove(port);
            if (store.save(snapshot) instanceof Result.Ok) {
                count("closed");
                closed.add(port);
            }
        }
    }

    /** A pass: ends what is leaving, opens what is desired, and extends what is open. */
    private void renew(StateStore store) {
        if (!(store.lock() instanceof Result.Ok<StateStore.Lock>(StateStore.Lock lock))) {
            return;
        }
        try (lock) {
            Snapshot snapshot = loaded(store);
            for (MappingRecord record : snapshot.mappingRecords()) {
                if (!snapshot.isWanted(record)) {
                    router.remove(record.externalPort().number());
                    snapshot = snapshot.without(record);
                }
            }
            for (DesiredMapping desired : snapshot.desiredMappings()) {
                snapshot = asked(store, snapshot, desired.externalPort().number());
            }
            store.save(snapshot);
            count("renewed");
        }
    }

    private static Snapshot loaded(StateStore store) {
        return store.load().toOptional().orElseThrow();
    }

    private Optional<String> violation() {
        Snapshot last = loaded(store());
        for (Map.Entry<Integer, String> open : router.entrySet()) {
            boolean named = last.mappingRecords().stream()
                    .anyMatch(record -> record.externalPort().number() == open.getKey()
                            && nonce(record.claim()).equals(open.getValue()));
            if (!named) {
                return Optional.of(open.getKey() + " is open, and the state file does not name it");
            }
        }
        for (int port : promised) {
            boolean kept = last.desiredMappings().stream()
                    .anyMatch(desired -> desired.externalPort().number() == port);
            if (!kept || !router.containsKey(port)) {
                return Optional.of(port + " was promised and is lost");
            }
        }
        for (int port : closed) {
            if (router.containsKey(port)) {
                return Optional.of(port + " was closed and has come back");
            }
        }
        return Optional.empty();
    }

    private DesiredMapping desired(int port, Owner owner) {
        return new DesiredMapping(Samples.tcp(port), GatewaySelector.AUTO, owner, now, Optional.empty());
    }

    private Claim claim(int port) {
        return new Claim(
                Samples.tcp(port),
                new GatewayId(PxpProtocols.PCP, Samples.GATEWAY),
                new Endpoint(Samples.HERE, new Port(port)),
                Samples.pcpHandle("%024x".formatted(random.nextInt(Integer.MAX_VALUE))),
                now);
    }

    private Lease lease(Claim claim) {
        return new Lease(
                claim,
                claim.mapping().externalPort(),
                LeaseDuration.ofSeconds(3600),
                now,
                Optional.empty(),
                Optional.empty(),
                true);
    }

    private static String nonce(Claim claim) {
        return String.valueOf(claim.handle().members().get("nonce"));
    }
}
