package dev.ajar.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Ways to answer a request of PCP or NAT-PMP oddly. */
public final class PxpRewritings {
    /** What arrives after a request: a datagram or, where that is empty, the word that no program listens. */
    public record Arrival(Optional<byte[]> bytes, Duration after) {
        static Arrival of(byte[] bytes) {
            return new Arrival(Optional.of(bytes), Duration.ZERO);
        }

        Arrival late(Duration time) {
            return new Arrival(bytes, time);
        }
    }

    /** What happens to the request of that number, counted from 1. */
    @FunctionalInterface
    public interface Rewriting {
        List<Arrival> arrivals(int nth, Asked asked);
    }

    /** A request, what a correct server answers, and what it answers that refuses. */
    public interface Asked {
        byte[] request();

        /** Does it. */
        Optional<byte[]> done();

        byte[] refused(int code);
    }

    /** How the names of those begin that refuse each request, and take their time for each answer. */
    public static final String SLOW_NO = "slow no ";

    private static final Arrival UNREACHABLE = new Arrival(Optional.empty(), Duration.ZERO);

    private final Map<String, Rewriting> all = new LinkedHashMap<>();
    private final int epoch;
    private final int lifetime;
    private final int internal;
    private final int external;
    private final int full;

    private PxpRewritings(boolean pcp) {
        epoch = pcp ? 8 : 4;
        lifetime = pcp ? 4 : 12;
        internal = pcp ? 40 : 8;
        external = pcp ? 42 : 10;
        full = pcp ? 60 : 16;
        lengths();
        fields(pcp);
        codes(pcp);
        losses();
        if (pcp) {
            pcp();
        }
    }

    /** Each by what it does. */
    public static Map<String, Rewriting> all(boolean pcp) {
        return new PxpRewritings(pcp).all;
    }

    private static List<Arrival> right(Asked asked) {
        return asked.done().map(Arrival::of).stream().toList();
    }

    private void bytes(String name, UnaryOperator<byte[]> change) {
        all.put(
                name,
                (nth, asked) ->
                        asked.done().map(change).map(Arrival::of).stream().toList());
        all.put(name + ", then right", (nth, asked) -> {
            Optional<byte[]> right = asked.done();
            return right.stream()
                    .flatMap(bytes -> List.of(Arrival.of(change.apply(bytes)), Arrival.of(bytes)).stream())
                    .toList();
        });
        all.put(
                name + ", once",
                (nth, asked) -> asked.done().map(nth == 1 ? change : UnaryOperator.identity()).map(Arrival::of).stream()
                        .toList());
    }

    private void at(String name, int offset, int... others) {
        bytes(name, right -> right.length < full ? right : PxpTable.with(right, offset, others));
    }

    private void lengths() {
        for (int length : new int[] {0, 1, 2, 3, 4, 7, 8, 10, 11, 12, 15, 16, 23, 24, 35, 40, 44, 59}) {
            if (length < full) {
                bytes("cut to " + length, right -> Arrays.copyOf(right, Math.min(length, right.length)));
            }
        }
        for (int more : new int[] {1, 2, 4, 16, 1000, 1100, 8000}) {
            bytes("longer by " + more, right -> Arrays.copyOf(right, right.length + more));
        }
        bytes("with junk behind", right -> PxpTable.with(right, right.length, 0x7f, 0, 0, 4, 1, 2, 3, 4));
        bytes("twice in one", right -> {
            byte[] two = Arrays.copyOf(right, right.length * 2);
            System.arraycopy(right, 0, two, right.length, right.length);
            return two;
        });
    }

    private void fields(boolean pcp) {
        for (int version : new int[] {pcp ? 0 : 2, 1, 3, 255}) {
            at("version " + version, 0, version);
        }
        for (int opcode : new int[] {0, 1, 2, 3, 0x80, 0x83, 0xff}) {
            at("opcode " + opcode, 1, opcode);
        }
        at("lifetime 0", lifetime, 0, 0, 0, 0);
        at("lifetime 1", lifetime, 0, 0, 0, 1);
        at("lifetime 20", lifetime, 0, 0, 0, 20);
        at("lifetime of a minute", lifetime, 0, 0, 0, 60);
        at("lifetime of a year", lifetime, 1, 0xe1, 0x33, 0x80);
        at("lifetime of 68 years", lifetime, 0x7f, 0xff, 0xff, 0xff);
        at("lifetime without end", lifetime, 0xff, 0xff, 0xff, 0xff);
        at("epoch 0", epoch, 0, 0, 0, 0);
        at("epoch 1", epoch, 0, 0, 0, 1);
        at("epoch ahead", epoch, 0x40, 0, 0, 0);
        at("the last epoch", epoch, 0xff, 0xff, 0xff, 0xff);
        at("internal port 0", internal, 0, 0);
        at("another internal port", internal, 0x1f, 0x90);
        at("external port 0", external, 0, 0);
    }

    private void codes(boolean pcp) {
        int[] codes = pcp
                ? new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 127, 255}
                : new int[] {1, 2, 3, 4, 5, 6, 255};
        Set<Integer> never = pcp ? Set.of(1, 3, 4, 5, 6, 9, 12) : Set.of(1, 5);
        for (int code : codes) {
            // What a code means that no RFC knows is not clear.
            if (code <= (pcp ? 13 : 5)) {
                slow(code);
            }
            all.put("refused " + code, (nth, asked) -> List.of(Arrival.of(asked.refused(code))));
            all.put(
                    "refused once " + code,
                    (nth, asked) -> nth == 1 ? List.of(Arrival.of(asked.refused(code))) : right(asked));
            if (never.contains(code)) {
                // It says that the request is none, so a server that has done it cannot mean it.
                continue;
            }
            slowAndTorn(code);
            all.put("done, unanswered, then refused " + code, (nth, asked) -> {
                if (nth == 1) {
                    asked.done();
                    return List.of();
                }
                return List.of(Arrival.of(asked.refused(code)));
            });
            all.put(
                    "done, said late, refused meanwhile " + code,
                    (nth, asked) -> nth == 1
                            ? right(asked).stream()
                                    .map(arrival -> arrival.late(Duration.ofMillis(900)))
                                    .toList()
                            : List.of(Arrival.of(asked.refused(code))));
            all.put("yes and no " + code, (nth, asked) -> {
                List<Arrival> both = new ArrayList<>(right(asked));
                both.add(Arrival.of(asked.refused(code)));
                return both;
            });
        }
        for (int late : new int[] {600, 900, 1300}) {
            all.put("done, unanswered, then refused late by " + late, (nth, asked) -> {
                if (nth == 1) {
                    asked.done();
                    return List.of();
                }
                return List.of(Arrival.of(asked.refused(8)).late(Duration.ofMillis(late)));
            });
        }
        all.put("short refusal", (nth, asked) -> List.of(Arrival.of(Arrays.copyOf(asked.refused(2), pcp ? 24 : 8))));
        all.put("shorter refusal", (nth, asked) -> List.of(Arrival.of(Arrays.copyOf(asked.refused(2), pcp ? 20 : 4))));
        all.put("its own words back", (nth, asked) -> List.of(Arrival.of(asked.request())));
    }

    private void slow(int code) {
        for (int late : new int[] {600, 900, 1300}) {
            all.put(
                    SLOW_NO + code + " after " + late,
                    (nth, asked) -> List.of(Arrival.of(asked.refused(code)).late(Duration.ofMillis(late))));
        }
        // A question with a preference is given up by then, and put without it.
        for (int late : new int[] {1700, 2600}) {
            all.put(
                    "slower no " + code + " after " + late,
                    (nth, asked) -> List.of(Arrival.of(asked.refused(code)).late(Duration.ofMillis(late))));
        }
    }

    /** Some copies of the request are done, and others refused. */
    private void slowAndTorn(int code) {
        for (int late : new int[] {1700, 2600}) {
            all.put(
                    "slower no to the first " + code + " after " + late,
                    (nth, asked) -> late(nth < 5 ? List.of(Arrival.of(asked.refused(code))) : right(asked), late));
            all.put(
                    "done, slower no to the rest " + code + " after " + late,
                    (nth, asked) -> late(nth == 1 ? right(asked) : List.of(Arrival.of(asked.refused(code))), late));
        }
    }

    private static List<Arrival> late(List<Arrival> all, int late) {
        return all.stream()
                .map(arrival -> arrival.late(Duration.ofMillis(late)))
                .toList();
    }

    private void lost(String name, Supplier<List<Arrival>> instead) {
        for (int times : new int[] {1, 2, 4, 100}) {
            all.put(name + ", not done, times " + times, (nth, asked) -> nth <= times ? instead.get() : right(asked));
            all.put(name + ", done, times " + times, (nth, asked) -> {
                List<Arrival> right = right(asked);
                return nth <= times ? instead.get() : right;
            });
        }
    }

    private void losses() {
        lost("lost", List::of);
        lost("unreachable", () -> List.of(UNREACHABLE));
        all.put("twice", (nth, asked) -> {
            List<Arrival> right = right(asked);
            return right.stream()
                    .flatMap(one -> List.of(one, one, one).stream())
                    .toList();
        });
        for (int late : new int[] {100, 400, 600, 1300, 2600, 3900, 9000}) {
            all.put(
                    "late by " + late,
                    (nth, asked) -> right(asked).stream()
                            .map(arrival -> arrival.late(Duration.ofMillis(late)))
                            .toList());
        }
        List<Arrival> earlier = new ArrayList<>();
        all.put("always the one before", (nth, asked) -> {
            List<Arrival> before = List.copyOf(earlier);
            earlier.clear();
            earlier.addAll(right(asked));
            return before;
        });
        all.put("right, then unreachable", (nth, asked) -> {
            List<Arrival> both = new ArrayList<>(right(asked));
            both.add(UNREACHABLE);
            return both;
        });
    }

    private void pcp() {
        at("another nonce", 24, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        at("no nonce", 24, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        at("one bit of the nonce", 35, 0x55);
        at("no protocol", 36, 0);
        at("another protocol", 36, 17);
        at("reserved bytes", 12, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9);
        at("more reserved bytes", 37, 9, 9, 9);
        at("no address", 44, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        at("address 0.0.0.0", 56, 0, 0, 0, 0);
        at("a private address", 56, 10, 0, 0, 7);
        at("a carrier's address", 56, 100, 64, 0, 7);
        at("a group's address", 56, 224, 0, 0, 1);
        at("everybody's address", 56, 255, 255, 255, 255);
        at("loopback", 56, 127, 0, 0, 1);
        at("an address of IPv6", 44, 0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
        bytes("an unknown option", right -> PxpTable.with(right, right.length, 0x70, 0, 0, 0));
        bytes("an option that must be known", right -> PxpTable.with(right, right.length, 0x90, 0, 0, 4, 0, 0, 0, 0));
        bytes("an option that is too long", right -> PxpTable.with(right, right.length, 1, 0, 0xff, 0xff));
        bytes("a third party", right -> Arrays.copyOf(PxpTable.with(right, right.length, 1, 0, 0, 16), 80));
    }
}
