package dev.ajar.discovery;

import static dev.ajar.testing.Samples.GATEWAY;
import static dev.ajar.testing.Samples.NEIGHBOUR;
import static dev.ajar.testing.Samples.ROUTE;
import static dev.ajar.testing.Samples.ip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ajar.gateway.Capability;
import dev.ajar.gateway.DiscoveryResult;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayFinder;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.gateway.SearchScope;
import dev.ajar.gateway.SearchWatch;
import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.MappingProtocol;
import dev.ajar.system.Deadline;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NetworkView;
import dev.ajar.system.SystemTimeline;
import dev.ajar.system.Timeline;
import dev.ajar.testing.FakeGateway;
import dev.ajar.testing.ManualTimeline;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SearchTest {
    private final NetworkView network = new NetworkView() {
        @Override
        public List<LocalRoute> routes() {
            return List.of(ROUTE);
        }

        @Override
        public Optional<LocalRoute> towards(InetAddress destination) {
            return ROUTE.reaches(destination) ? Optional.of(ROUTE) : Optional.empty();
        }
    };

    private static Deadline soon() {
        return Deadline.after(new SystemTimeline(), Duration.ofSeconds(3));
    }

    /** Answers when the latch opens, or ends without an answer when it is interrupted. */
    private static GatewayFinder finder(MappingProtocol method, CountDownLatch latch, Gateway... gateways) {
        return new GatewayFinder() {
            @Override
            public Set<MappingProtocol> methods() {
                return Set.of(method);
            }

            @Override
            public DiscoveryResult find(SearchScope scope, Deadline deadline) {
                try {
                    boolean opened = latch.await(deadline.remaining().toMillis(), TimeUnit.MILLISECONDS);
                    return opened ? new DiscoveryResult(List.of(gateways), List.of()) : DiscoveryResult.NOTHING;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return DiscoveryResult.NOTHING;
                }
            }
        };
    }

    private static GatewayFinder at(MappingProtocol method, Gateway... gateways) {
        return finder(method, new CountDownLatch(0), gateways);
    }

    private Search search(GatewayFinder... finders) {
        return new Discovery(network, List.of(finders)).search(GatewaySelector.AUTO, soon());
    }

    /** Reading it may take a moment, and a look at the whole network has no use for it. */
    @Test
    void where_a_router_was_is_asked_for_by_finders_that_can_use_it() {
        List<String> asked = new CopyOnWriteArrayList<>();
        List<GatewayFinder> finders = Stream.of(PxpProtocols.PCP, UpnpProtocol.UPNP)
                .<GatewayFinder>map(method -> new GatewayFinder() {
                    @Override
                    public Set<MappingProtocol> methods() {
                        return Set.of(method);
                    }

                    @Override
                    public DiscoveryResult find(SearchScope scope, Deadline deadline) {
                        asked.add(method.key() + " " + scope.remembered() + (scope.rememberedFirst() ? " first" : ""));
                        return DiscoveryResult.NOTHING;
                    }
                })
                .toList();
        URI there = URI.create("http://192.168.77.1:5000/rootDesc.xml");
        Discovery discovery =
                new Discovery(network, finders, Optional::empty, new RecentLocations().and(() -> List.of(there)));

        try (Search search = discovery.search(GatewaySelector.AUTO, soon())) {
            assertThat(search.next(Set.of())).isEmpty();
        }
        assertThat(asked).containsExactlyInAnyOrder("pcp []", "upnp [" + there + "]");

        asked.clear();
        try (Search search = discovery.search(GatewaySelector.AUTO, EnumSet.of(Capability.LISTS_MAPPINGS), soon())) {
            assertThat(search.next(Set.of())).isEmpty();
        }
        assertThat(asked).contains("upnp [" + there + "] first");

        asked.clear();
        discovery.explore(GatewaySelector.AUTO, soon());
        assertThat(asked).contains("upnp []").doesNotContain("upnp [" + there + "]");
    }

    /** Its thread got the processor when the time was nearly over: a router could not have answered in the rest. */
    @Test
    void a_finder_that_begins_late_still_has_time_to_hear_an_answer() {
        List<Duration> had = new CopyOnWriteArrayList<>();
        GatewayFinder late = new GatewayFinder() {
            @Override
            public Set<MappingProtocol> methods() {
                return Set.of(PxpProtocols.PCP);
            }

            @Override
            public DiscoveryResult find(SearchScope scope, Deadline deadline) {
                had.add(deadline.remaining());
                return DiscoveryResult.NOTHING;
            }
        };
        ManualTimeline quiet = new ManualTimeline();
        Timeline busy = new Timeline() {
            @Override
            public Instant instant() {
                return quiet.instant();
            }

            @Override
            public Duration uptime() {
                boolean finder = Thread.currentThread().getName().startsWith("search-");
                return finder ? quiet.uptime().plusMillis(3990) : quiet.uptime();
            }
        };
        for (long millis : List.of(4_000L, 10_000L, 100L)) {
            Deadline deadline = Deadline.after(busy, Duration.ofMillis(millis));
            try (Search search = new Discovery(network, List.of(late)).search(GatewaySelector.AUTO, deadline)) {
                assertThat(search.next(Set.of())).isEmpty();
            }
        }
        assertThat(had).containsExactly(Duration.ofMillis(250), Duration.ofMillis(6_010), Duration.ofMillis(100));
    }

    /** Without it, a busy machine would be told that it is on no network. */
    @Test
    void a_finder_that_does_not_end_in_time_counts_as_tried() {
        CountDownLatch end = new CountDownLatch(1);
        GatewayFinder busy = new GatewayFinder() {
            @Override
            public Set<MappingProtocol> methods() {
                return Set.of(PxpProtocols.PCP);
            }

            @Override
            public DiscoveryResult find(SearchScope scope, Deadline deadline) {
                while (end.getCount() > 0) {
                    Thread.onSpinWait();
                }
                return DiscoveryResult.NOTHING;
            }
        };
        Deadline passed = Deadline.after(new SystemTimeline(), Duration.ZERO);
        try (Search search = new Discovery(network, List.of(busy)).search(GatewaySelector.AUTO, passed)) {
            assertThat(search.next(Set.of())).isEmpty();
            assertThat(search.attempts())
                    .extracting(ProbeAttempt::outcome)
                    .containsExactly(ProbeAttempt.ProbeOutcome.UNFINISHED);
            end.countDown();
        }
    }

    @Test
    void the_better_protocol_comes_first_even_if_the_worse_answered_too() {
        Gateway pcp = new FakeGateway(PxpProtocols.PCP);
        Gateway upnp = new FakeGateway(UpnpProtocol.UPNP);
        try (Search search = search(at(UpnpProtocol.UPNP, upnp), at(PxpProtocols.PCP, pcp))) {
            assertThat(search.next(Set.of())).containsSame(pcp);
            assertThat(search.next(Set.of())).containsSame(upnp);
            assertThat(search.next(Set.of())).isEmpty();
        }
    }

    @Test
    void a_search_that_needs_upnp_skips_the_other_protocols() {
        Gateway upnp = new FakeGateway(UpnpProtocol.UPNP);
        try (Search search =
                search(at(PxpProtocols.PCP, new FakeGateway(PxpProtocols.PCP)), at(UpnpProtocol.UPNP, upnp))) {
            assertThat(search.next(EnumSet.of(Capability.OTHER_HOSTS))).containsSame(upnp);
        }
    }

    @Test
    void a_better_protocol_that_never_answers_is_not_waited_for_long() {
        Gateway upnp = new FakeGateway(UpnpProtocol.UPNP);
        Deadline start = soon();
        try (Search search = search(finder(PxpProtocols.PCP, new CountDownLatch(1)), at(UpnpProtocol.UPNP, upnp))) {
            assertThat(search.next(Set.of())).containsSame(upnp);
            assertThat(start.remaining()).isGreaterThan(Duration.ofSeconds(2));
        }
    }

    /**
     * The same router by PCP, which has answered, and by UPnP, which takes {@code millis} beyond what it tells.
     *
     * @param before what the finder of UPnP does before the time passes
     * @return whether its table was waited for
     */
    private boolean isTableAwaited(Consumer<SearchWatch> before, Duration late, long millis) {
        ManualTimeline time = new ManualTimeline();
        CountDownLatch passed = new CountDownLatch(1);
        CountDownLatch looked = new CountDownLatch(1);
        Thread main = Thread.currentThread();
        AtomicInteger glances = new AtomicInteger();
        Timeline counted = new Timeline() {
            @Override
            public Instant instant() {
                return time.instant();
            }

            @Override
            public Duration uptime() {
                boolean waiting = Thread.currentThread().equals(main) && passed.getCount() == 0;
                if (waiting && glances.incrementAndGet() > 3) {
                    looked.countDown();
                }
                return time.uptime();
            }
        };
        Gateway pcp = new FakeGateway(PxpProtocols.PCP);
        Gateway upnp = new FakeGateway(UpnpProtocol.UPNP);
        GatewayFinder slow = new GatewayFinder() {
            @Override
            public Set<MappingProtocol> methods() {
                return Set.of(UpnpProtocol.UPNP);
            }

            @Override
            public DiscoveryResult find(SearchScope scope, Deadline deadline) {
                throw new AssertionError("unwatched");
            }

            @Override
            public DiscoveryResult find(SearchScope scope, Deadline deadline, SearchWatch watch) {
                time.advance(late);
                before.accept(watch);
                time.advance(Duration.ofMillis(millis));
                passed.countDown();
                return finder(UpnpProtocol.UPNP, looked, upnp).find(scope, soon());
            }
        };
        Deadline deadline = Deadline.after(counted, Duration.ofMillis(2750));
        try (Search search = new Discovery(network, List.of(at(PxpProtocols.PCP, pcp), slow))
                .search(GatewaySelector.AUTO, deadline)) {
            assertThat(search.next(Set.of())).containsSame(pcp);
            await().atMost(Duration.ofSeconds(30)).until(() -> passed.getCount() == 0);
            return search.showingTable(pcp).isPresent();
        }
    }

    /**
     * A silence means nothing before the question, while an answer is being read, and on a machine that is slow itself.
     */
    @Test
    void the_table_is_waited_for_until_the_silence_of_its_protocol_means_something() {
        Duration none = Duration.ZERO;
        assertThat(isTableAwaited(watch -> {}, none, 400)).isTrue();
        assertThat(isTableAwaited(SearchWatch::asked, none, 200)).isTrue();
        assertThat(isTableAwaited(SearchWatch::asked, none, 400)).isFalse();
        Consumer<SearchWatch> reading = watch -> {
            watch.asked();
            watch.reading(true);
        };
        assertThat(isTableAwaited(reading, none, 400)).isTrue();
        assertThat(isTableAwaited(reading.andThen(watch -> watch.reading(false)), none, 400))
                .isFalse();
        assertThat(isTableAwaited(SearchWatch::asked, Duration.ofMillis(500), 400))
                .isTrue();
        assertThat(isTableAwaited(watch -> {}, none, 3000)).isFalse();
    }

    @Test
    void a_search_that_is_closed_leaves_no_thread_behind() {
        AtomicReference<Thread> searcher = new AtomicReference<>();
        GatewayFinder patient = finder(PxpProtocols.PCP, new CountDownLatch(1));
        Search search = search(new GatewayFinder() {
            @Override
            public Set<MappingProtocol> methods() {
                return patient.methods();
            }

            @Override
            public DiscoveryResult find(SearchScope scope, Deadline deadline) {
                searcher.set(Thread.currentThread());
                return patient.find(scope, deadline);
            }
        });
        await().atMost(Duration.ofSeconds(30)).until(() -> searcher.get() != null);

        search.close();

        await().atMost(Duration.ofSeconds(30)).until(() -> !searcher.get().isAlive());
    }

    @Test
    void a_bug_in_a_finder_ends_only_that_finder_and_is_reported() {
        GatewayFinder broken = new GatewayFinder() {
            @Override
            public Set<MappingProtocol> methods() {
                return Set.of(UpnpProtocol.UPNP);
            }

            @Override
            public DiscoveryResult find(SearchScope scope, Deadline deadline) {
                throw new IllegalStateException("planted");
            }
        };
        try (Search search = search(broken)) {
            assertThat(search.next(Set.of())).isEmpty();
            assertThat(search.attempts())
                    .extracting(ProbeAttempt::detail)
                    .anyMatch(detail -> detail.toString().contains("planted"));
        }
    }

    @Test
    void only_devices_of_the_network_can_be_targets() {
        Discovery discovery = new Discovery(network, List.of());

        assertThat(discovery.mayBeDevice(NEIGHBOUR, GatewaySelector.AUTO)).isTrue();
        assertThat(discovery.mayBeDevice(ip("192.168.78.1"), GatewaySelector.AUTO))
                .isFalse();
        assertThat(discovery.mayBeDevice(ip("192.168.77.255"), GatewaySelector.AUTO))
                .isFalse();
        assertThat(discovery.mayBeDevice(GATEWAY, GatewaySelector.AUTO)).isFalse();
    }

    @Test
    void networks_without_a_gateway_are_only_searched_when_all_are() {
        LocalRoute other = new LocalRoute("eth1", ip("10.0.0.5"), 24, Optional.empty());
        NetworkView two = new NetworkView() {
            @Override
            public List<LocalRoute> routes() {
                return List.of(ROUTE, other);
            }

            @Override
            public Optional<LocalRoute> towards(InetAddress destination) {
                return Optional.empty();
            }
        };

        assertThat(ScopeSelector.of(GatewaySelector.AUTO, two, false))
                .extracting(SearchScope::route)
                .containsExactly(ROUTE);
        assertThat(ScopeSelector.of(GatewaySelector.AUTO, two, true))
                .extracting(SearchScope::route)
                .containsExactly(ROUTE, other);
    }
}
