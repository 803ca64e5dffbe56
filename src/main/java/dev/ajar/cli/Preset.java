package dev.ajar.cli;

import dev.ajar.cli.input.BadInput;
import dev.ajar.cli.input.PortWish;
import dev.ajar.model.Failure;
import dev.ajar.model.Port;
import dev.ajar.model.Protocol;
import dev.ajar.model.RouterText;
import dev.ajar.profile.Application;
import dev.ajar.profile.ApplicationCatalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An application's ports, taken by its name. */
final class Preset {
    private final Application application;

    private Preset(Application application) {
        this.application = application;
    }

    static Preset named(String name) throws BadInput {
        return new Preset(
                new ApplicationCatalog()
                        .find(name)
                        .orElseThrow(
                                () ->
                                        new BadInput(
                                                "ajar knows no application called \""
                                                        + new RouterText(name).display()
                                                        + "\"; name its ports with --open 25565")));
    }

    /** What it needs; not what it can also do with. */
    List<PortWish> wishes() {
        List<PortWish> wishes = new ArrayList<>();
        for (Application.Use use : application.ports()) {
            for (int number = use.first().number();
                    use.required() && number <= use.last().number();
                    number++) {
                for (Protocol protocol : use.protocols()) {
                    wishes.add(new PortWish(protocol, new Port(number), new Port(number)));
                }
            }
        }
        return List.copyOf(wishes);
    }

    Optional<String> warning() {
        return application.warning();
    }

    /** @param agreed the application somebody is sure about; empty for none */
    Optional<Failure> objection(Optional<String> agreed) {
        boolean sure = agreed.filter(application.id()::equals).isPresent();
        return switch (application.danger()) {
            case PUBLIC, CAREFUL -> Optional.empty();
            case DANGEROUS -> sure ? Optional.empty() : Optional.of(unsafe(true));
            case REFUSED -> Optional.of(unsafe(false));
        };
    }

    private Failure unsafe(boolean mayAgree) {
        return new Failure.Unsafe(
                application.name()
                        + " would be open to the whole internet: "
                        + application.warning().orElse("it is not made for that"),
                application.safer().orElse("Use a VPN such as WireGuard instead")
                        + (mayAgree ? " If you are sure: --yes-expose " + application.id() : ""));
    }
}
