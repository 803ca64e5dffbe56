package dev.ajar.gateway.upnp.search;

import dev.ajar.gateway.DiscoveryResult;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.gateway.SearchScope;
import dev.ajar.gateway.SearchWatch;
import dev.ajar.gateway.upnp.description.LocationRule;
import dev.ajar.gateway.upnp.description.RouterUrl;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.udp.DatagramPort;
import dev.ajar.system.udp.ReceiveResult;
import dev.ajar.system.udp.SendResult;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jupnp.model.message.header.RootDeviceHeader;
import org.jupnp.model.message.header.UpnpHeader;

/** One search on one interface: rounds of requests, and every answer followed until the gateway is known. */
final class SsdpSearch {
    /** More failures in the gateway's name are told in one line. */
    private static final int MOST_FAILURES_TOLD = 8;

    private static final int MOST_REJECTIONS = 16;
    private static final int MOST_OTHERS = 4;

    /** Some routers answer nonsense when IPv4 and IPv6 search at the same moment (syncthing, lib/upnp). */
    private static final Duration IPV6_LATER = Duration.ofMillis(120);

    /** How long a better description may still turn up after one with only the old service names. */
    private static final Duration BETTER_MAY_COME = Duration.ofMillis(400);

    private final SsdpMessages messages;
    private final SsdpTargets targets;
    private final SearchScope scope;
    private final DatagramPort port;
    private final SearchWatch watch;
    private final DescriptionFetcher fetches;
    private final List<Gateway> found = new ArrayList<>();
    private final List<ProbeAttempt> attempts = new ArrayList<>();
    private final DescriptionQueue descriptions;
    private final Set<String> rejected = new HashSet<>();
    private Deadline deadline;
    private final Set<InetAddress> others = new HashSet<>();

    /** Those of them that say that they are a gateway: a television answers a search for any device, too. */
    private final Set<InetAddress> otherRouters = new HashSet<>();

    private final UpnpGatewayFactory gateways;
    private boolean keptIn;

    /** Whether it asked while an answer could still be heard. */
    private boolean inTime;

    private boolean sure;
    private boolean listening;

    SsdpSearch(
            SsdpMessages messages,
            SsdpTargets targets,
            UpnpGatewayFactory gateways,
            SearchScope scope,
            DatagramPort port,
            Deadline deadline,
            SearchWatch watch) {
        this.watch = watch;
        this.messages = messages;
        this.targets = targets;
        this.gateways = gateways;
        this.scope = scope;
        this.port = port;
        this.deadline = deadline;
        this.fetches = new DescriptionFetcher(
                location -> gateways.describe(location, routeTo(location.host()), deadline),
                port::wake,
                deadline.timeline());
        this.descriptions = new DescriptionQueue(fetches);
    }

    DiscoveryResult run() {
        SearchSchedule schedule = new SearchSchedule(deadline.timeline()
                .uptime()
                .plus(scope.route().ipVersion() == IpVersion.IPV6 ? IPV6_LATER : Duration.ZERO));
        boolean cancelled = false;
        boolean asked = false;
        // On a busy machine the time may be over by now; one question still tells whether this machine lets it out.
        do {
            Duration now = deadline.timeline().uptime();
            if (schedule.nextAt().filter(at -> at.compareTo(now) <= 0).isPresent()) {
                inTime |= !deadline.hasPassed();
                keptIn = ask(schedule) && !asked;
                asked |= !keptIn;
                watch.asked();
                if (keptIn) {
                    break;
                }
            }
            Duration wait = schedule.nextAt().map(at -> at.minus(now)).orElse(deadline.remaining());
            Duration bounded = wait.compareTo(deadline.remaining()) < 0 ? wait : deadline.remaining();
            switch (port.receive(bounded.isNegative() ? Duration.ZERO : fetches.soon(bounded))) {
                case ReceiveResult.Packet packet -> hear(packet);
                case ReceiveResult.Silence ignored -> {}
                // On an unconnected socket this is one device's ICMP error, which says nothing of the others.
                case ReceiveResult.Unreachable ignored -> {}
                case ReceiveResult.Interrupted ignored -> cancelled = true;
            }
            fetches.take().forEach(this::learn);
            watch.reading(descriptions.unfinished().stream().anyMatch(url -> isTheGateway(url.host())));
        } while (!deadline.hasPassed() && !sure && !cancelled);
        fetches.cancel();
        return report(cancelled);
    }

    /** Some routers take a second to answer a search, and answer at once where they were last time. */
    private void askWhereItWas() {
        scope.remembered().stream()
                .flatMap(location -> RouterUrl.parse(location.toString()).stream())
                .filter(url -> isTheGateway(url.host()))
                .forEach(descriptions::addRemembered);
    }

    /** @return whether this machine's own firewall kept all of it in */
    private boolean ask(SearchSchedule schedule) {
        if (schedule.isLate() && !listening) {
            listening = true;
            groups().forEach(port::alsoHear);
        }
        // Beside other protocols a round later, because a router that speaks a better one has answered by then.
        if (schedule.isRound(scope.rememberedFirst() ? 0 : 1)) {
            askWhereItWas();
        }
        boolean anySent = false;
        for (UpnpHeader<?> target : schedule.next()) {
            anySent |= send(target);
        }
        return !anySent;
    }

    /** To the gateway first, so that this machine's own firewall lets its answer in; then to the groups. */
    private boolean send(UpnpHeader<?> target) {
        boolean anySent = scope.gateway()
                .map(gateway -> new InetSocketAddress(gateway, targets.unicastPort()))
                .filter(device -> sendToGateway(target, device))
                .isPresent();
        for (InetSocketAddress group : groups()) {
            anySent |= port.send(toAll(target, group), group) != SendResult.KEPT_IN;
        }
        return anySent;
    }

    private boolean sendToGateway(UpnpHeader<?> target, InetSocketAddress device) {
        boolean sent = port.send(messages.searchAt(target, device), device) != SendResult.KEPT_IN;
        if (scope.route().ipVersion() == IpVersion.IPV4) {
            // Some drop requests that do not name the group as host (moonlight-stream/Internet-Hosting-Tool).
            sent |= port.send(messages.multicastSearch(target), device) != SendResult.KEPT_IN;
        }
        return sent;
    }

    private byte[] toAll(UpnpHeader<?> target, InetSocketAddress group) {
        return scope.route().ipVersion() == IpVersion.IPV4
                ? messages.multicastSearch(target)
                : messages.searchAt(target, group);
    }

    private List<InetSocketAddress> groups() {
        return targets.groups(scope.route().ipVersion());
    }

    private void hear(ReceiveResult.Packet packet) {
        messages.read(packet.bytes(), packet.sender()).forEach(heard -> {
            var sender = packet.sender().getAddress();
            switch (LocationRule.check(heard.location(), sender, scope.route(), scope.gateway())) {
                case Result.Ok<RouterUrl>(RouterUrl url) -> follow(url, heard.namesGateway());
                case Result.Err<RouterUrl>(Failure failure) -> reject(Addresses.text(sender), failure.detail());
            }
        });
    }

    private void follow(RouterUrl location, boolean namesGateway) {
        descriptions.named(location);
        if (isTheGateway(location.host())) {
            watch.reading(true);
            // Until its card was known it was taken for another one.
            others.remove(location.host());
            otherRouters.remove(location.host());
            descriptions.addOfTheGateway(location);
            return;
        }
        if (scope.gateway().isPresent()) {
            heardOther(location.host(), namesGateway);
        }
        if (scope.gateway().isEmpty() || scope.thorough()) {
            descriptions.addOfAnother(location);
        }
    }

    /** The gateway itself, or another address of its card: behind a floating address, a router answers from its own. */
    private boolean isTheGateway(InetAddress host) {
        return scope.gateway()
                .filter(gateway -> gateway.equals(host) || gateways.isOneCard(gateway, host))
                .isPresent();
    }

    /** The same network; a router that answers for the gateway is this machine's way to the internet. */
    private LocalRoute routeTo(InetAddress host) {
        LocalRoute route = scope.route();
        return route.leadsOut() && isTheGateway(host)
                ? new LocalRoute(
                        route.interfaceName(),
                        route.localAddress(),
                        route.prefixLength(),
                        Optional.of(host),
                        route.isOnLink())
                : route;
    }

    /** The network card of a device is known once this machine has sent it something. */
    private void heardOther(InetAddress host, boolean namesGateway) {
        if (namesGateway && otherRouters.size() < MOST_OTHERS) {
            otherRouters.add(host);
        }
        if (others.size() < MOST_OTHERS && others.add(host) && !gateways.isCardKnown(host)) {
            InetSocketAddress device = new InetSocketAddress(host, targets.unicastPort());
            port.send(messages.searchAt(new RootDeviceHeader(), device), device);
        }
    }

    private List<ProbeAttempt> toldOtherRouters() {
        List<ProbeAttempt> heard = new ArrayList<>();
        for (InetAddress host : otherRouters) {
            InetAddress gateway = scope.gateway().orElseThrow();
            String address = Addresses.text(gateway);
            heard.add(UpnpFinder.search(
                            scope,
                            Message.of("upnp.answer-of", "address", Addresses.text(host)),
                            ProbeAttempt.ProbeOutcome.OTHER_ROUTER,
                            gateways.isFloating(gateway)
                                    ? Message.of("upnp.floating-gateway", "gateway", address)
                                    : Message.of("upnp.other-router", "gateway", address))
                    .by(host));
        }
        return heard;
    }

    private void learn(DescriptionFetcher.Fetched fetched) {
        URI location = fetched.location().toUri();
        switch (fetched.result()) {
            case Result.Ok<UpnpGatewayFactory.Described>(UpnpGatewayFactory.Described described) -> {
                attempts.add(KnownLocation.answered(scope, location, described));
                keep(described);
            }
            // It says nothing: no router has named it.
            case Result.Err<UpnpGatewayFactory.Described> ignored
            when descriptions.forgotRemembered(fetched.location()) -> {}
            case Result.Err<UpnpGatewayFactory.Described>(Failure failure) -> {
                boolean ofTheGateway = isTheGateway(fetched.location().host());
                if (ofTheGateway) {
                    descriptions.giveRoom();
                }
                if (!ofTheGateway || descriptions.failedOfTheGateway() <= MOST_FAILURES_TOLD) {
                    attempts.add(KnownLocation.failed(scope, location, failure));
                }
                if (failure instanceof Failure.Unreachable) {
                    descriptions.forgive(fetched.location());
                }
            }
        }
    }

    private void keep(UpnpGatewayFactory.Described described) {
        Gateway gateway = described.gateway();
        found.add(described.legacy() ? found.size() : 0, gateway);
        boolean theGateway =
                scope.gateway().isEmpty() || isTheGateway(gateway.info().id().address());
        if (scope.thorough() || !theGateway) {
            return;
        }
        if (described.legacy()) {
            deadline = deadline.within(BETTER_MAY_COME);
        } else {
            sure = true;
        }
    }

    private void reject(String sender, Message why) {
        if (rejected.size() < MOST_REJECTIONS && rejected.add(sender + why.key())) {
            attempts.add(UpnpFinder.search(
                    scope, Message.of("upnp.answer-of", "address", sender), ProbeAttempt.ProbeOutcome.REJECTED, why));
        }
    }

    private DiscoveryResult report(boolean cancelled) {
        boolean heard = !found.isEmpty() || descriptions.isAnyNamed() || !rejected.isEmpty();
        ProbeAttempt.ProbeOutcome outcome = heard
                ? ProbeAttempt.ProbeOutcome.ANSWERED
                : inTime ? ProbeAttempt.ProbeOutcome.SILENT : ProbeAttempt.ProbeOutcome.UNFINISHED;
        Message detail = heard
                ? Message.of("upnp.answered")
                : cancelled
                        ? Message.of("upnp.search-cancelled")
                        : Message.of(inTime ? "upnp.no-answer" : "discovery.unfinished");
        List<ProbeAttempt> all = new ArrayList<>();
        all.add(
                keptIn
                        ? UpnpFinder.search(
                                scope,
                                UpnpFinder.asked(scope, groups()),
                                ProbeAttempt.ProbeOutcome.KEPT_IN,
                                Message.of("system.kept-in"))
                        : UpnpFinder.search(scope, UpnpFinder.asked(scope, groups()), outcome, detail));
        all.addAll(toldOtherRouters());
        all.addAll(attempts);
        if (descriptions.failedOfTheGateway() > MOST_FAILURES_TOLD) {
            all.add(UpnpFinder.search(
                    scope,
                    Message.of("upnp.answers-in-its-name"),
                    ProbeAttempt.ProbeOutcome.REJECTED,
                    Message.of("upnp.flood", "count", descriptions.failedOfTheGateway())));
        }
        descriptions.unfinished().stream()
                .limit(MOST_FAILURES_TOLD)
                .forEach(url -> all.add(KnownLocation.attempt(
                        scope, url.toUri(), ProbeAttempt.ProbeOutcome.SILENT, Message.of("upnp.unfinished"))));
        return new DiscoveryResult(List.copyOf(found), List.copyOf(all));
    }
}
