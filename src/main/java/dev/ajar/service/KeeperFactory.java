package dev.ajar.service;

import dev.ajar.keeper.Keeper;
import dev.ajar.keeper.exchange.KeeperStore;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.keeper.model.OwnerScope;
import java.util.function.Consumer;

/** Makes a keeper for the networks of this machine. */
@FunctionalInterface
public interface KeeperFactory {
    /** @param scope which owners' mappings the keeper looks after */
    Keeper keeper(KeeperStore store, OwnerScope scope, Consumer<KeeperEvent> events);
}
