package dev.ajar.keeper;

import dev.ajar.model.Family;
import dev.ajar.model.GatewayId;
import dev.ajar.model.Port;
import dev.ajar.model.Protocol;
import dev.ajar.state.Owner;
import dev.ajar.state.Wish;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that is wanted, held and known, in the hands of the one thread that owns it. */
final class Book {
    private final Map<Key, Kept> kept = new LinkedHashMap<>();
    private final List<Leaver> leavers = new ArrayList<>();
    private final Map<GatewayId, Watch> watches = new LinkedHashMap<>();

    /** Addresses that gateways had on the internet side, and have no more. */
    private final Map<InetAddress, InetAddress> readdressed = new LinkedHashMap<>();

    /** What makes two wishes the same ({@link Wish#isSameWish}). */
    private record Key(Protocol protocol, Port external, Optional<InetAddress> gateway, Family family, Owner owner) {
        static Key of(Wish wish) {
            return new Key(
                    wish.protocol(),
                    wish.externalPort(),
                    wish.selection().gateway(),
                    wish.selection().family(),
                    wish.owner());
        }
    }

    Collection<Kept> kept() {
        return kept.values();
    }

    List<Leaver> leavers() {
        return leavers;
    }

    Map<InetAddress, InetAddress> readdressed() {
        return readdressed;
    }

    Map<GatewayId, Watch> watches() {
        return watches;
    }

    Optional<Kept> of(Wish wish) {
        return Optional.ofNullable(kept.get(Key.of(wish)));
    }

    /** In the place of what was known of the same wish. */
    void put(Kept now) {
        kept.put(Key.of(now.wish()), now);
    }

    void replace(Leaver old, Optional<Leaver> now) {
        leavers.remove(old);
        now.ifPresent(leavers::add);
    }

    void replaceAll(Collection<Kept> others) {
        List<Kept> copy = List.copyOf(others);
        kept.clear();
        copy.forEach(this::put);
    }

    /** Those that are open on {@code gateway}. */
    List<Kept> openOn(GatewayId gateway) {
        return kept.values().stream().filter(one -> isOpenOn(one, gateway)).toList();
    }

    static boolean isOpenOn(Kept one, GatewayId gateway) {
        return one.standing() instanceof Standing.Open open
                && open.lease().claim().gateway().equals(gateway);
    }
}
