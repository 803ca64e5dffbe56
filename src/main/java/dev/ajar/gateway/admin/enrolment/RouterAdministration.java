package dev.ajar.gateway.admin.enrolment;

import dev.ajar.catalog.RouterInterface;
import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.gateway.admin.Approval;
import dev.ajar.gateway.admin.Credentials;
import dev.ajar.gateway.admin.RouterLogin;
import dev.ajar.gateway.admin.Secret;
import dev.ajar.gateway.admin.client.AppAuthorization;
import dev.ajar.gateway.admin.client.Conversations;
import dev.ajar.gateway.admin.client.InterfaceDetection;
import dev.ajar.gateway.admin.connection.AdminConnection;
import dev.ajar.http.AdminHttp;
import dev.ajar.http.CertificatePin;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NeighbourTable;
import dev.ajar.system.NetworkView;
import dev.ajar.system.Timeline;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Enrols the default gateway, shows what is enrolled, and forgets it. Only the default gateway is ever contacted. */
public final class RouterAdministration {
    private static final Failure NO_GATEWAY = new Failure.NoGateway(
            Message.of("admin.no-default-gateway"),
            List.of(Message.of("advice.join-network"), Message.of("advice.find-out")));

    private static final Duration TO_FIND_CARD = Duration.ofSeconds(1);
    private static final Duration TO_TRY = Duration.ofSeconds(10);

    private final NetworkView network;
    private final NeighbourTable neighbours;
    private final AdminHttp http;
    private final List<RouterInterface> makes;
    private final Enrolments enrolments;
    private final Secrets secrets;
    private final RouterChanges changes;
    private final EnrolledLogin logins;
    private final Timeline timeline;

    public RouterAdministration(
            NetworkView network,
            NeighbourTable neighbours,
            List<RouterInterface> makes,
            Enrolments enrolments,
            Secrets secrets,
            RouterChanges changes,
            Timeline timeline) {
        this.network = network;
        this.neighbours = neighbours;
        this.http = new AdminHttp();
        this.makes = List.copyOf(makes);
        this.enrolments = enrolments;
        this.secrets = secrets;
        this.changes = changes;
        this.timeline = timeline;
        this.logins = new EnrolledLogin(enrolments, secrets, neighbours, Approval.NONE, timeline);
    }

    /**
     * The default gateway and its interface.
     *
     * @param card the hardware address of its network card
     * @param detected empty where ajar knows no interface of it
     * @param enrolment empty where its owner has given no password
     * @param former the enrolment of a router that had this address and another network card
     */
    public record Router(
            LocalRoute route,
            InetAddress address,
            String card,
            Optional<InterfaceDetection.Detected> detected,
            Optional<Enrolment> enrolment,
            Optional<Enrolment> former) {
        public Router(
                LocalRoute route,
                InetAddress address,
                String card,
                Optional<InterfaceDetection.Detected> detected,
                Optional<Enrolment> enrolment) {
            this(route, address, card, detected, enrolment, Optional.empty());
        }

        /** Whether it is reached otherwise than when its owner gave the password: with TLS, or at another port. */
        public boolean isMoved() {
            return enrolment
                    .filter(one -> detected.filter(now -> !now.base().equals(one.base()))
                            .isPresent())
                    .isPresent();
        }

        /** Whether its certificate has another key than the one its owner has confirmed. */
        public boolean hasOtherKey() {
            return !isMoved()
                    && enrolment
                            .filter(one -> detected.filter(now -> !now.pin().equals(one.pin()))
                                    .isPresent())
                            .isPresent();
        }
    }

    /**
     * Looks at the default gateway. Nothing is changed, and no password sent.
     *
     * @param at scheme, address and port of its interface; empty for the usual ones
     */
    public Result<Router> look(Optional<URI> at, Deadline deadline) {
        Optional<LocalRoute> route = gatewayRoute();
        if (route.isEmpty()) {
            return Result.err(NO_GATEWAY);
        }
        InetAddress address = route.get().gateway().orElseThrow();
        if (at.flatMap(url -> Addresses.ipv4(url.getHost()))
                .filter(other -> !other.equals(address))
                .isPresent()) {
            return Result.err(
                    new Failure.Usage(Message.of("admin.not-the-gateway", "address", Addresses.text(address))));
        }
        Optional<InterfaceDetection.Detected> detected = new InterfaceDetection(http, makes)
                .detect(address, at, route.get().localAddress(), deadline);
        // The kernel knows the card once a packet has gone there.
        String card = neighbours.card(address).orElse("");
        return enrolments
                .find(address, card)
                .map(enrolment -> new Router(
                        route.get(),
                        address,
                        card,
                        detected,
                        enrolment,
                        enrolment.isPresent() || card.isEmpty()
                                ? Optional.empty()
                                : enrolments.onOtherCard(address, card)));
    }

    private Optional<LocalRoute> gatewayRoute() {
        return network.routes().stream()
                .filter(one -> one.gateway().isPresent())
                .findFirst();
    }

    /**
     * Tries a password once, with a login and a read of the list, and keeps it if the router accepts it.
     *
     * @param stays where the secret is and stays, instead of being kept; empty to keep it
     */
    public Result<Enrolment> enrol(
            Router router, String user, Secret secret, Optional<Enrolment.SecretPlace> stays, Deadline deadline) {
        if (router.card().isEmpty()) {
            return Result.err(new Failure.Unsupported(
                    Message.of("admin.card-unknown", "address", Addresses.text(router.address())), Optional.empty()));
        }
        InterfaceDetection.Detected detected = router.detected().orElseThrow();
        AdminConnection connection = new AdminConnection(
                http, detected.base(), detected.pin(), router.route().localAddress());
        RouterLogin once = Conversations.login(
                detected.make(), connection, new Credentials(user, secret), Approval.NONE, timeline);
        Supplier<Result<Enrolment>> keeps = () -> keep(router, detected, user, secret, stays);
        // The right to a token is granted after it, on the router's page, and a second press would be in vain.
        return detected.make().secret() == RouterInterface.SecretKind.APP_TOKEN
                ? keeps.get().flatMap(kept -> tried(router, once, deadline).map(count -> kept))
                : tried(router, once, deadline).flatMap(count -> keeps.get());
    }

    private Result<Integer> tried(Router router, RouterLogin once, Deadline deadline) {
        return enrolments.turns().take(router.card(), deadline).flatMap(turn -> {
            try (turn) {
                return read(once, deadline.atLeast(TO_TRY));
            }
        });
    }

    private Result<Enrolment> keep(
            Router router,
            InterfaceDetection.Detected detected,
            String user,
            Secret secret,
            Optional<Enrolment.SecretPlace> stays) {
        return stays.map(Result::ok)
                .orElseGet(() -> secrets.keep(router.card(), secret))
                .flatMap(place -> save(new Enrolment(
                        detected.make().id(),
                        detected.base(),
                        router.card(),
                        detected.pin(),
                        user,
                        place,
                        router.enrolment().map(Enrolment::knownAs).orElse(router.card()))));
    }

    /**
     * Asks the router for a token, which its owner grants by a press on it.
     *
     * @param press called when the owner has to press
     * @return the token, which the caller closes
     */
    public Result<Secret> authorize(Router router, Runnable press, Deadline deadline) {
        InterfaceDetection.Detected detected = router.detected().orElseThrow();
        AdminConnection connection = new AdminConnection(
                http, detected.base(), detected.pin(), router.route().localAddress());
        return new AppAuthorization(detected.make(), connection).ask("ajar", press, deadline);
    }

    private static Result<Integer> read(RouterLogin login, Deadline deadline) {
        return login.login(deadline).flatMap(table -> {
            try (table) {
                return table.read(deadline).map(list -> list.rules().size());
            }
        });
    }

    private Result<Enrolment> save(Enrolment enrolment) {
        return enrolments.save(enrolment).<Result<Enrolment>>map(Result::err).orElseGet(() -> Result.ok(enrolment));
    }

    /**
     * The enrolment of the default gateway. No request is sent; the kernel may have to ask for the gateway's network
     * card.
     */
    public Optional<Enrolment> known() {
        return gatewayRoute()
                .flatMap(route -> logins.find(route.gateway().orElseThrow(), route.localAddress(), within(TO_FIND_CARD))
                        .toOptional()
                        .flatMap(found -> found));
    }

    public Result<List<Enrolment>> enrolled() {
        return enrolments.all();
    }

    /** Forgets the router and its secret. Rules that are open stay: they are closed before, by {@code ajar close}. */
    public Optional<Failure> forget(Enrolment enrolment) {
        Optional<Failure> failure = secrets.forget(enrolment);
        return failure.isPresent() ? failure : enrolments.remove(enrolment);
    }

    /** The key that the router's certificate has now. */
    public Result<CertificatePin> certificate(Enrolment enrolment, Deadline deadline) {
        return network.towards(enrolment.address())
                .map(route -> http.certificate(enrolment.base(), route.localAddress(), deadline))
                .orElseGet(() -> Result.err(NO_GATEWAY));
    }

    /** Trusts another key from now on. */
    public Result<Enrolment> trust(Enrolment enrolment, CertificatePin pin) {
        return save(enrolment.trusting(pin));
    }

    /** The network card that is at the enrolled address now; empty where it does not show itself. */
    public Optional<String> cardNow(Enrolment enrolment, Deadline deadline) {
        return gatewayRoute()
                .filter(route -> route.gateway().equals(Optional.of(enrolment.address())))
                .map(route -> logins.card(enrolment.address(), route.localAddress(), deadline))
                .filter(card -> !card.isEmpty());
    }

    /**
     * Trusts the same router with another network card: the password is kept for that card, and what ajar opened there
     * stays its own.
     */
    public Result<Enrolment> trust(Enrolment enrolment, String card) {
        boolean carried =
                enrolment.place() == Enrolment.SecretPlace.KEYRING || enrolment.place() == Enrolment.SecretPlace.FILE;
        Result<Enrolment.SecretPlace> kept = carried
                ? secrets.read(enrolment).flatMap(secret -> {
                    try (Secret once = secret) {
                        return secrets.keep(card, once);
                    }
                })
                : Result.ok(enrolment.place());
        // First what ajar has to undo there: once the card is trusted, only its own changes are looked for.
        return kept.flatMap(place -> changes.move(enrolment.card(), card)
                        .<Result<Enrolment>>map(Result::err)
                        .orElseGet(() -> save(enrolment.onCard(card, place))))
                .flatMap(moved ->
                        forget(enrolment).<Result<Enrolment>>map(Result::err).orElseGet(() -> Result.ok(moved)));
    }

    /** The switch for UPnP of enrolled routers. */
    public UpnpConsent upnp() {
        return new UpnpConsent(this::login, changes, timeline);
    }

    /** Whether the interface of that make has a switch for UPnP. */
    public boolean hasUpnpSwitch(Enrolment enrolment) {
        return make(enrolment).filter(RouterInterface::upnpSwitch).isPresent();
    }

    private Result<RouterLogin> login(Enrolment enrolment) {
        Optional<LocalRoute> route = network.routes().stream()
                .filter(one -> one.gateway().equals(Optional.of(enrolment.address())))
                .findFirst();
        if (route.isEmpty()) {
            return Result.err(NO_GATEWAY);
        }
        return make(enrolment)
                .map(make -> Result.ok(logins.to(enrolment, make, route.get().localAddress())))
                .orElseGet(AdminFailures::notUnderstood);
    }

    private Optional<RouterInterface> make(Enrolment enrolment) {
        return makes.stream().filter(make -> make.id().equals(enrolment.make())).findFirst();
    }

    /** The name of a make. */
    public String title(Enrolment enrolment) {
        return make(enrolment).map(RouterInterface::title).orElse(enrolment.make());
    }

    /** A deadline for one operation. */
    public Deadline within(Duration time) {
        return Deadline.after(timeline, time);
    }
}
