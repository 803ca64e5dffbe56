package dev.ajar.cli.router;

import static picocli.CommandLine.Model.CommandSpec;
import static picocli.CommandLine.Model.OptionSpec;
import static picocli.CommandLine.Model.PositionalParamSpec;

import dev.ajar.cli.context.CliCommand;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.option.Quiet;
import dev.ajar.cli.render.FailureText;
import dev.ajar.cli.render.RouterReport;
import dev.ajar.document.ExitCode;
import dev.ajar.document.JsonReports;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.admin.AdminProtocol;
import dev.ajar.gateway.admin.enrolment.Enrolment;
import dev.ajar.gateway.admin.enrolment.RouterAdministration;
import dev.ajar.mapping.request.Progress;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.Result;
import dev.ajar.service.ServiceRequest;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.system.Deadline;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** {@code ajar router}: the router's own interface, and the password that its owner has given. */
public final class RouterCommand implements CliCommand {
    private static final Duration TIME = Duration.ofSeconds(20);

    /** For the protocols, which a router on this network answers within a second. */
    private static final Duration TO_ASK = Duration.ofSeconds(2);

    private final CliContext given;
    private final PositionalParamSpec words =
            OptionBuilder.words("add | list | forget | trust | upnp", Message.of("help.router.words"));
    private final OptionSpec url = OptionBuilder.text("--url", "URL", Message.of("help.router.url"));
    private final OptionSpec user = OptionBuilder.text("--user", "NAME", Message.of("help.router.user"));
    private final OptionSpec stdin = OptionBuilder.flag(Message.of("help.router.password-stdin"), "--password-stdin");
    private final OptionSpec yes = OptionBuilder.flag(Message.of("help.router.yes"), "--yes");
    private final OptionSpec json = OptionBuilder.json();
    private final OptionSpec quiet = OptionBuilder.quiet(Quiet.NOTHING);

    public RouterCommand(CliContext context) {
        this.given = context;
    }

    private CliContext context() {
        return given.heard(quiet, json);
    }

    @Override
    public void define(CommandSpec empty) {
        empty.addPositional(words);
        List.of(url, user, stdin, yes, json, quiet).forEach(empty::addOption);
        OptionBuilder.describe(
                empty, Message.of("help.router"), Message.of("help.router.examples"), Message.of("help.router.end"));
    }

    @Override
    public Integer call() throws InvalidInputException {
        List<String> given = OptionBuilder.all(words);
        String verb = given.isEmpty() ? "" : given.getFirst();
        Optional<String> which = given.size() > 1 ? Optional.of(given.get(1)) : Optional.empty();
        boolean named = verb.equals("forget") || verb.equals("trust") || verb.equals("upnp");
        boolean wrongSwitch =
                verb.equals("upnp") && which.filter(RouterUpnp::isNoVerb).isPresent();
        if (given.size() > (named ? 2 : 1) || wrongSwitch) {
            throw new InvalidInputException(Message.of("router.usage"));
        }
        Optional<URI> at = OptionBuilder.value(url, RouterCommand::base);
        return switch (context().routers().administration().get()) {
            case Result.Err<RouterAdministration>(Failure failure) -> fail(failure);
            case Result.Ok<RouterAdministration>(RouterAdministration administration) ->
                run(administration, verb, which, at);
        };
    }

    private int run(RouterAdministration administration, String verb, Optional<String> which, Optional<URI> at)
            throws InvalidInputException {
        Deadline deadline = administration.within(TIME);
        return switch (verb) {
            case "" -> show(administration.look(at, deadline), administration);
            case "add" ->
                new RouterEnroller(context(), administration, given.terminal(), OptionBuilder.isSet(yes))
                        .add(
                                at,
                                Optional.ofNullable(OptionBuilder.given(user)),
                                OptionBuilder.isSet(stdin),
                                asJson(),
                                deadline);
            case "list" -> list(administration);
            case "forget" -> forget(administration, which);
            case "trust" -> trust(administration, which, deadline);
            case "upnp" -> upnp(administration).run(known(administration), which.orElse(""));
            default -> throw new InvalidInputException(Message.of("router.usage"));
        };
    }

    private RouterUpnp upnp(RouterAdministration administration) {
        return new RouterUpnp(
                context(), administration, OptionBuilder.isSet(yes), asJson(), OptionBuilder.isSet(quiet));
    }

    private static Enrolment known(RouterAdministration administration) throws InvalidInputException {
        return administration
                .known()
                .orElseThrow(() -> new InvalidInputException(Message.of("router.without-password")));
    }

    private static URI base(String text) throws InvalidInputException {
        try {
            URI given = new URI(text);
            boolean usable = ("http".equals(given.getScheme()) || "https".equals(given.getScheme()))
                    && given.getHost() != null
                    && Addresses.ipv4(given.getHost()).isPresent()
                    && given.getUserInfo() == null;
            if (usable) {
                return new URI(given.getScheme(), null, given.getHost(), given.getPort(), null, null, null);
            }
        } catch (URISyntaxException e) {
            // Told below.
        }
        throw new InvalidInputException(Message.of("router.url"));
    }

    private boolean asJson() {
        return OptionBuilder.isSet(json);
    }

    private int show(Result<RouterAdministration.Router> looked, RouterAdministration administration) {
        return switch (looked) {
            case Result.Err<RouterAdministration.Router>(Failure failure) -> fail(failure);
            case Result.Ok<RouterAdministration.Router>(RouterAdministration.Router router) -> {
                Optional<Failure> unknown =
                        router.detected().isEmpty() && router.enrolment().isEmpty()
                                ? Optional.of(RouterEnroller.noInterface(router))
                                : Optional.empty();
                ExitCode exitCode = unknown.map(ExitCode::of).orElse(ExitCode.DONE);
                List<MappingProtocol> protocols = protocols();
                if (asJson()) {
                    context().terminal().document(RouterReport.json(router, protocols, unknown, exitCode));
                } else if (unknown.isPresent()) {
                    FailureText.print(context().terminal(), unknown.get());
                } else {
                    RouterReport.print(context().terminal(), router, protocols, administration::title);
                    router.enrolment().ifPresent(upnp(administration)::printChange);
                }
                yield exitCode.number();
            }
        };
    }

    /** What the default gateway speaks now, beside its own interface. */
    private List<MappingProtocol> protocols() {
        return context().services().here(Progress.silent()).toOptional().stream()
                .map(service -> service.discover(new ServiceRequest.Look(GatewaySelector.AUTO, true, TO_ASK)))
                .flatMap(report -> report.gateways().stream())
                .filter(GatewayInfo::isDefault)
                .map(info -> info.id().method())
                .filter(protocol -> !protocol.equals(AdminProtocol.ROUTER))
                .distinct()
                .sorted(Comparator.comparingInt(MappingProtocol::rank))
                .toList();
    }

    private int list(RouterAdministration administration) {
        return switch (administration.enrolled()) {
            case Result.Err<List<Enrolment>>(Failure failure) -> fail(failure);
            case Result.Ok<List<Enrolment>>(List<Enrolment> all) -> {
                if (asJson()) {
                    context().terminal().document(RouterReport.json(all));
                } else {
                    RouterReport.print(context().terminal(), all, administration::title);
                }
                yield ExitCode.DONE.number();
            }
        };
    }

    private int forget(RouterAdministration administration, Optional<String> which) throws InvalidInputException {
        return switch (administration.enrolled()) {
            case Result.Err<List<Enrolment>>(Failure failure) -> fail(failure);
            case Result.Ok<List<Enrolment>>(List<Enrolment> all) -> {
                Enrolment one = one(all, which);
                Optional<Failure> failure = upnp(administration).offerUndo(one).or(() -> administration.forget(one));
                if (failure.isPresent()) {
                    yield fail(failure.get());
                }
                done("router.forgotten", administration.title(one), one);
                yield ExitCode.DONE.number();
            }
        };
    }

    private int trust(RouterAdministration administration, Optional<String> which, Deadline deadline)
            throws InvalidInputException {
        return switch (administration.enrolled()) {
            case Result.Err<List<Enrolment>>(Failure failure) -> fail(failure);
            case Result.Ok<List<Enrolment>>(List<Enrolment> all) -> {
                Enrolment one = one(all, which);
                Optional<String> otherCard =
                        administration.cardNow(one, deadline).filter(card -> !one.isOf(one.address(), card));
                if (otherCard.isEmpty() && one.pin().isEmpty()) {
                    throw new InvalidInputException(Message.of("router.no-certificate"));
                }
                boolean agreed = OptionBuilder.isSet(yes);
                Result<Enrolment> card = otherCard.isEmpty()
                        ? Result.ok(one)
                        : RouterEnroller.confirmedCard(context(), one, otherCard.get(), agreed)
                                .map(confirmed -> one);
                Result<Enrolment> trusted = card.flatMap(same -> keyed(administration, same, agreed, deadline))
                        .flatMap(keyed ->
                                otherCard.isEmpty() ? Result.ok(keyed) : administration.trust(keyed, otherCard.get()));
                yield switch (trusted) {
                    case Result.Err<Enrolment>(Failure failure) -> fail(failure);
                    case Result.Ok<Enrolment>(Enrolment now) ->
                        done(
                                otherCard.isEmpty() ? "router.trusted" : "router.trusted-card",
                                administration.title(now),
                                now);
                };
            }
        };
    }

    /**
     * With the key that its certificate has now, once that is confirmed; as it is where it has no certificate, or the
     * same.
     */
    private Result<Enrolment> keyed(
            RouterAdministration administration, Enrolment one, boolean agreed, Deadline deadline) {
        return one.pin().isEmpty()
                ? Result.ok(one)
                : administration
                        .certificate(one, deadline)
                        .flatMap(pin -> one.pin().equals(Optional.of(pin))
                                ? Result.ok(pin)
                                : RouterEnroller.confirmed(context(), pin, agreed))
                        .flatMap(pin -> administration.trust(one, pin));
    }

    private int done(String key, String title, Enrolment one) {
        if (asJson()) {
            context().terminal().document(RouterReport.json(List.of(one)));
        } else {
            context()
                    .terminal()
                    .say(context().terminal().text(key, "router", title, "address", Addresses.text(one.address())));
        }
        return ExitCode.DONE.number();
    }

    /** The enrolled router that the user named by its address, or the only one. */
    private static Enrolment one(List<Enrolment> all, Optional<String> which) throws InvalidInputException {
        List<Enrolment> fitting = all.stream()
                .filter(one -> which.filter(name ->
                                !name.equals(Addresses.text(one.address())) && !name.equalsIgnoreCase(one.card()))
                        .isEmpty())
                .toList();
        if (fitting.size() != 1) {
            throw new InvalidInputException(Message.of(fitting.isEmpty() ? "router.none-enrolled" : "router.which"));
        }
        return fitting.getFirst();
    }

    private int fail(Failure failure) {
        if (asJson()) {
            context().terminal().document(JsonReports.failed("router", failure));
        } else {
            FailureText.print(context().terminal(), failure);
        }
        return ExitCode.of(failure).number();
    }
}
