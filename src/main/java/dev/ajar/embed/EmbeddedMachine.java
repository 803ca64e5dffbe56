package dev.ajar.embed;

import dev.ajar.doctor.Diagnosis;
import dev.ajar.keeper.Keeper;
import dev.ajar.keeper.exchange.KeeperStore;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.model.Mapping;
import dev.ajar.model.Result;
import dev.ajar.state.Owner;
import dev.ajar.state.StateStore;
import dev.ajar.system.Timeline;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The machine a program with ajar inside runs on.
 *
 * @param disk the state file, which other processes of ajar share
 * @param written whether a process has written the state file since the last question
 * @param owner of the program's mappings; no two keepers of one process have an equal one
 * @param keepers makes a keeper of that owner's mappings
 * @param history receives every change
 * @param address asks the router for its address on the internet side, and blocks meanwhile
 * @param doctor finds out why a port cannot be reached, and blocks meanwhile
 */
public record EmbeddedMachine(
        Timeline timeline,
        StateStore disk,
        BooleanSupplier written,
        Owner.Launch owner,
        BiFunction<KeeperStore, Consumer<KeeperEvent>, Keeper> keepers,
        Consumer<KeeperEvent> history,
        Supplier<Result<Optional<InetAddress>>> address,
        Function<Optional<Mapping>, Diagnosis> doctor) {}
