package dev.ajar.gateway.admin;

import dev.ajar.gateway.Capability;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayHistory;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.Grant;
import dev.ajar.gateway.HealthCheck;
import dev.ajar.gateway.MappingTable;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Claim;
import dev.ajar.model.EntryName;
import dev.ajar.model.Failure;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.LeaseHandle;
import dev.ajar.model.Mapping;
import dev.ajar.model.PartialEntry;
import dev.ajar.model.Port;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.model.Subnet;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.Deadline;
import dev.ajar.system.Timeline;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * A router whose rules are made through its own interface. Each operation is one login: read, write, read again, log
 * out.
 */
public final class AdminGateway implements Gateway {
    /** Stands for the rules that cannot be read, which may be for any port. */
    private static final PartialEntry UNREADABLE = new PartialEntry(
            Optional.empty(), Optional.empty(), RouterText.EMPTY, Optional.empty(), RouterText.EMPTY, RouterText.EMPTY);

    private static final Duration EXCHANGE_TIME = AdminProtocol.ROUTER.traits().exchangeTime();

    private final GatewayInfo info;
    private final String make;
    private final boolean tellsAddress;
    private final RuleName names;
    private final RouterLogin login;
    private final Timeline timeline;
    private final RandomGenerator random;

    /** After a silence, what is asked next is not waited for as long. */
    private volatile boolean silent;

    /** So is a turn, after one that did not come. */
    private volatile boolean busy;

    /**
     * @param make the id of the router's profile
     * @param tellsAddress whether the interface tells the address on the internet side
     */
    public AdminGateway(
            GatewayInfo info,
            String make,
            boolean tellsAddress,
            RuleName names,
            RouterLogin login,
            Timeline timeline,
            RandomGenerator random) {
        this.info = info;
        this.make = make;
        this.tellsAddress = tellsAddress;
        this.names = names;
        this.login = login;
        this.timeline = timeline;
        this.random = random;
    }

    @Override
    public GatewayInfo info() {
        return info;
    }

    @Override
    public Claim claim(Mapping mapping, Optional<LeaseHandle> earlier) {
        LeaseHandle handle = earlier.filter(AdminEntry.class::isInstance).orElseGet(() -> entry(mapping));
        return new Claim(
                mapping, info.id(), mapping.target().seenFrom(info.localAddress()), handle, timeline.instant());
    }

    @Override
    public Claim claim(Mapping mapping, RouterText listedName) {
        return claim(mapping, Optional.of(new AdminEntry(make, listedName.raw())));
    }

    private AdminEntry entry(Mapping mapping) {
        byte[] bytes = EntryName.room();
        random.nextBytes(bytes);
        return new AdminEntry(make, names.of(mapping.description(), EntryName.mark(bytes)));
    }

    /** One exchange, which is let end where the caller has no limit of its own, as is the one before it. */
    private <T> Result<T> exchanged(Deadline usual, Function<Deadline, Result<T>> exchange) {
        Result<RouterLogin.Turn> taken = login.turn(busy ? usual : patient(usual));
        busy = taken instanceof Result.Err;
        return taken.flatMap(turn -> {
            try (turn) {
                Result<T> result = exchange.apply(patient(usual));
                silent = result instanceof Result.Err<T>(Failure failure) && failure.isSilence();
                return result;
            }
        });
    }

    private Deadline patient(Deadline usual) {
        return silent ? usual : usual.forExchange(EXCHANGE_TIME);
    }

    /** The work begins with a read, so it can be done again where the router ended the session in its middle. */
    private <T> Result<T> during(Deadline usual, BiFunction<RuleTable, Deadline, Result<T>> work) {
        return exchanged(usual, deadline -> {
            Result<T> first = once(deadline, work);
            return first instanceof Result.Err<T>(Failure failure) && AdminFailures.isSessionLost(failure)
                    ? once(deadline, (table, end) -> table.settle(end).flatMap(settled -> work.apply(table, end)))
                    : first;
        });
    }

    private <T> Result<T> once(Deadline deadline, BiFunction<RuleTable, Deadline, Result<T>> work) {
        return switch (login.login(deadline)) {
            case Result.Err<RuleTable>(Failure failure) -> Result.err(failure);
            case Result.Ok<RuleTable>(RuleTable table) -> {
                try (table) {
                    yield work.apply(table, deadline);
                }
            }
        };
    }

    @Override
    public Result<Grant> map(Claim claim, GatewayHistory history, Deadline deadline) {
        RuleRequest request = request(claim);
        boolean ownHost = claim.internal().address().equals(info.localAddress());
        if (!ownHost && !info.capabilities().contains(Capability.OTHER_HOSTS)) {
            return Result.err(new Failure.NotAsked(
                    new Failure.ForeignHostRefused(claim.internal().address(), Optional.empty())));
        }
        RuleWish wish = new RuleWish(request, claim.mapping().portPolicy(), history);
        return exchanged(deadline, patient -> {
                    Result<Port> first = made(
                            wish,
                            history.granted() ? AdminGateway::firstRead : surely(wish),
                            AdminGateway::unasked,
                            patient);
                    boolean again =
                            first instanceof Result.Err<Port>(Failure failure) && AdminFailures.isSessionLost(failure);
                    return again ? made(wish, AdminGateway::settled, UnaryOperator.identity(), patient) : first;
                })
                .map(made -> grant(claim, made));
    }

    /** Silence and nonsense before the first change leave nothing that may be open. */
    private static Failure unasked(Failure failure) {
        return failure.mayHaveHappened() ? new Failure.NotAsked(failure) : failure;
    }

    private static Result<RuleList> firstRead(RuleTable table, Deadline deadline) {
        return switch (table.read(deadline)) {
            case Result.Ok<RuleList> read -> read;
            case Result.Err<RuleList>(Failure failure) -> Result.err(unasked(failure));
        };
    }

    /** What is there already, and was never granted, may have been left before it was saved, applied or confirmed. */
    private static BiFunction<RuleTable, Deadline, Result<RuleList>> surely(RuleWish wish) {
        return (table, deadline) -> firstRead(table, deadline)
                .flatMap(list -> wish.in(list) instanceof RulePlan.Done ? settled(table, deadline) : Result.ok(list));
    }

    /** What an earlier login changed may not last: only what is settled is read. */
    private static Result<RuleList> settled(RuleTable table, Deadline deadline) {
        return table.settle(deadline).flatMap(settled -> table.read(deadline));
    }

    /** @param unwritten of a login that fails before anything is written: nothing can be open then */
    private Result<Port> made(
            RuleWish wish,
            BiFunction<RuleTable, Deadline, Result<RuleList>> read,
            UnaryOperator<Failure> unwritten,
            Deadline deadline) {
        return switch (login.login(deadline)) {
            case Result.Err<RuleTable>(Failure failure) -> Result.err(unwritten.apply(failure));
            case Result.Ok<RuleTable>(RuleTable table) -> {
                try (table) {
                    yield read.apply(table, deadline).flatMap(list -> carryOut(wish, list, table, deadline));
                }
            }
        };
    }

    private static Result<Port> carryOut(RuleWish wish, RuleList list, RuleTable table, Deadline deadline) {
        RulePlan plan = wish.in(list);
        Result<Port> made = carryOut(plan, table, deadline);
        Optional<RuleWish> next =
                made instanceof Result.Err<Port>(Failure refusal) ? wish.after(plan, refusal) : Optional.empty();
        return next.isPresent() && table.read(deadline) instanceof Result.Ok<RuleList>(RuleList now)
                ? carryOut(next.get(), now, table, deadline)
                : made;
    }

    private static RuleRequest request(Claim claim) {
        return new RuleRequest(
                claim.entryName(),
                claim.mapping().protocol(),
                claim.externalPort(),
                claim.internal(),
                claim.mapping().remote());
    }

    private Grant grant(Claim claim, Port external) {
        return new Grant.Granted(new Lease(
                claim,
                external,
                LeaseDuration.PERMANENT,
                timeline.instant(),
                Optional.empty(),
                Optional.empty(),
                true,
                Optional.of(claim.entryName())));
    }

    private static Result<Port> carryOut(RulePlan plan, RuleTable table, Deadline deadline) {
        return switch (plan) {
            case RulePlan.Done(Port external) -> Result.ok(external);
            case RulePlan.Taken(Failure conflict) -> Result.err(conflict);
            case RulePlan.Changed(RouterRule rule, RuleRequest request) ->
                unlessHindered(request, table, () -> AdminFailures.changedByOwner(rule));
            case RulePlan.Add(RuleRequest request) ->
                unlessHindered(request, table, () -> add(request, table, deadline));
            case RulePlan.Replace(RouterRule old, RuleRequest request) ->
                unlessHindered(
                        request,
                        table,
                        () -> table.remove(old, deadline).flatMap(gone -> add(request, table, deadline)));
        };
    }

    private static Result<Port> unlessHindered(RuleRequest request, RuleTable table, Supplier<Result<Port>> write) {
        Optional<Failure> obstacle = table.obstacle(request);
        return obstacle.isPresent() ? Result.err(obstacle.get()) : write.get();
    }

    /** The rule counts once the router lists it as it was asked for. */
    private static Result<Port> add(RuleRequest request, RuleTable table, Deadline deadline) {
        return switch (table.add(request, deadline)) {
            case Result.Ok<RuleTable.Written> ignored ->
                table.read(deadline).flatMap(after -> verified(request, after, table, deadline));
            case Result.Err<RuleTable.Written>(Failure failure) -> afterFailure(failure, request, table, deadline);
        };
    }

    private static Result<Port> verified(RuleRequest request, RuleList after, RuleTable table, Deadline deadline) {
        return after.rules().stream().anyMatch(rule -> request.isNameOf(rule) && request.isMetBy(rule))
                ? Result.ok(request.external())
                : otherwise(request, after, table, deadline);
    }

    /**
     * Where the answer was lost, the list tells whether the router made the rule. A router may also refuse after it has
     * made the rule: when it saves its configuration, or when it is seen to have lost another rule. The state file
     * drops the claim of what was refused, so such a rule must not stay.
     */
    private static Result<Port> afterFailure(Failure failure, RuleRequest request, RuleTable table, Deadline deadline) {
        boolean settled = failure.mayHaveHappened() && table.settle(deadline) instanceof Result.Ok;
        return switch (table.read(deadline)) {
            // The claim is kept with a failure of which the end is unknown.
            case Result.Err<RuleList>(Failure unread) ->
                Result.err(!failure.mayHaveHappened() && unread.mayHaveHappened() ? unread : failure);
            case Result.Ok<RuleList>(RuleList now) -> {
                Optional<RouterRule> made = now.named(request);
                if (made.isEmpty()) {
                    yield Result.err(failure);
                }
                yield settled
                        ? verified(request, now, table, deadline)
                        : Result.err(without(made.get(), failure, request, table, deadline));
            }
        };
    }

    /** What was made instead must not stay. */
    private static Result<Port> otherwise(RuleRequest request, RuleList after, RuleTable table, Deadline deadline) {
        Optional<RouterRule> other = after.named(request);
        Failure failure = new Failure.Malformed(
                Message.of(other.isPresent() ? "admin.made-otherwise" : "admin.not-made"), Optional.empty());
        return Result.err(other.isPresent() ? without(other.get(), failure, request, table, deadline) : failure);
    }

    /** @return {@code failure}, or that the port is left open because of it */
    private static Failure without(
            RouterRule made, Failure failure, RuleRequest request, RuleTable table, Deadline deadline) {
        boolean stays = table.remove(made, deadline) instanceof Result.Err
                && !(table.read(deadline) instanceof Result.Ok<RuleList>(RuleList now)
                        && now.legible()
                        && now.named(request).isEmpty());
        return stays ? new Failure.LeftOpen(failure, List.of(request.external())) : failure;
    }

    /** A rule counts as ours by its name, which holds a mark from the state file. */
    @Override
    public Result<Removed> unmap(Claim claim, Port externalPort, Deadline usual) {
        RuleRequest request = request(claim).onExternalPort(externalPort);
        return during(
                usual,
                (table, deadline) -> table.read(deadline).flatMap(list -> {
                    Optional<RouterRule> ours = list.named(request);
                    if (ours.isPresent() && !request.isUnchangedIn(ours.get())) {
                        return AdminFailures.changedByOwner(ours.get());
                    }
                    if (ours.isEmpty()) {
                        // An earlier removal may have ended before it was saved: the rule would be back after a
                        // restart.
                        return list.legible()
                                ? table.settle(deadline).map(settled -> new Removed())
                                : AdminFailures.listUnknown();
                    }
                    return removed(request, list, table, deadline);
                }));
    }

    /** A copy that its owner or the router made is removed as well, one at a time. */
    private static Result<Removed> removed(RuleRequest request, RuleList list, RuleTable table, Deadline deadline) {
        long copies = list.copies(request);
        return table.remove(list.named(request).orElseThrow(), deadline)
                .flatMap(gone -> table.read(deadline))
                .flatMap(after -> {
                    long left = after.copies(request);
                    if (left == 0) {
                        return Result.ok(new Removed());
                    }
                    return left < copies
                            ? removed(request, after, table, deadline)
                            : Result.err(new Failure.Malformed(Message.of("admin.not-removed"), Optional.empty()));
                });
    }

    /** Where no version of the interface is known to tell it, there is no login. */
    @Override
    public Result<Optional<InetAddress>> externalAddress(Deadline deadline) {
        return tellsAddress ? during(deadline, RuleTable::externalAddress) : AdminFailures.addressNotTold();
    }

    /** A login and a read, so that a changed password shows before a rule is needed. */
    @Override
    public Result<HealthCheck> checkHealth(Deadline deadline) {
        return during(deadline, RuleTable::read)
                .map(list -> new HealthCheck(Optional.empty(), Optional.empty(), false));
    }

    @Override
    public Presence look(TransportProtocol protocol, Port externalPort, Optional<Subnet> remote, Deadline deadline) {
        return switch (during(deadline, RuleTable::read)) {
            case Result.Err<RuleList>(Failure failure) -> new Presence.Unknown(failure.detail(), false);
            case Result.Ok<RuleList>(RuleList list) ->
                list.rules().stream()
                        .filter(rule -> rule.takes(protocol, externalPort))
                        .min(Comparator.comparing(rule -> !rule.enabled()))
                        .<Presence>map(rule -> new Presence.Present(rule.observed(protocol, externalPort.number())))
                        .orElseGet(() -> list.legible()
                                ? new Presence.Absent()
                                : new Presence.Unknown(Message.of("admin.list-unknown"), false));
        };
    }

    @Override
    public Result<MappingTable> list(Deadline deadline) {
        return during(deadline, RuleTable::read)
                .map(list -> new MappingTable(
                        list.rules().stream()
                                .flatMap(rule -> rule.observed().stream())
                                .toList(),
                        true,
                        list.legible() ? List.of() : List.of(UNREADABLE)));
    }

    @Override
    public String toString() {
        return info.title() + " (" + Addresses.text(info.id().address()) + ")";
    }
}
