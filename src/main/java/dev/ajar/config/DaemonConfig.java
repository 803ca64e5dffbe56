package dev.ajar.config;

import dev.ajar.container.ContainerSettings;
import dev.ajar.container.EngineAddress;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.relay.RelayRule;
import dev.ajar.relay.RuleKey;
import dev.ajar.syntax.MappingProtocolSyntax;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The parts of the configuration file that a daemon needs.
 *
 * @param mappings those to keep open, including those of the relays
 * @param relays the rules of the relay process
 * @param containers present where containers are watched
 * @param metrics what listens for monitoring systems; empty where nothing does
 * @param web the page, where it is to be on
 * @param defaults of the options of commands
 */
public record DaemonConfig(
        KeptConfiguration mappings,
        List<RelayRule> relays,
        Optional<ContainerSettings> containers,
        Optional<MetricsSettings> metrics,
        Optional<WebSettings> web,
        OptionDefaults defaults) {
    public static final DaemonConfig NONE = new DaemonConfig(KeptConfiguration.EMPTY, List.of());

    public DaemonConfig {
        relays = List.copyOf(relays);
    }

    /** Without containers and anything that listens for HTTP. */
    public DaemonConfig(KeptConfiguration mappings, List<RelayRule> relays) {
        this(mappings, relays, Optional.empty(), Optional.empty(), Optional.empty(), OptionDefaults.EMPTY);
    }

    /**
     * The same, watching containers: as configured, or else the usual engines; where {@code engines} are named, those.
     */
    public DaemonConfig watching(List<EngineAddress> engines) {
        return new DaemonConfig(
                mappings,
                relays,
                Optional.of(containers.orElse(ContainerSettings.USUAL).with(engines)),
                metrics,
                web,
                defaults);
    }

    /** The same, watching the Services of a cluster: with that lease and those gateways, and no engine. */
    public DaemonConfig watchingServices(Optional<InetAddress> to) {
        ContainerSettings usual = containers.orElse(ContainerSettings.USUAL);
        return new DaemonConfig(mappings, relays, Optional.of(usual.to(to)), metrics, web, defaults);
    }

    /**
     * Reads the configuration file.
     *
     * @param named the file the user named, which has to exist
     * @param usual the file to read otherwise, which need not exist
     * @param protocols that a mapping may name
     */
    public static Result<DaemonConfig> load(
            Optional<Path> named, Optional<Path> usual, MappingProtocolSyntax protocols) {
        Optional<Path> place = named.or(() -> usual);
        String name =
                place.map(file -> file.toAbsolutePath().normalize().toString()).orElse("");
        Optional<ConfigFile> read = place.flatMap(file -> ConfigFile.read(file, protocols));
        if (read.isEmpty()) {
            return named.isPresent()
                    ? Result.err(new Failure.BadConfiguration(Message.of("config.no-file", "file", named.get())))
                    : Result.ok(new DaemonConfig(KeptConfiguration.EMPTY.in(name), List.of()));
        }
        ConfigFile file = read.get();
        return file.problems().isEmpty()
                ? Result.ok(new DaemonConfig(
                        file.configuration().in(name),
                        file.relays(),
                        file.containers(),
                        file.metrics(),
                        file.web(),
                        file.settings()))
                : Result.err(
                        new Failure.BadConfiguration(file.problems().getFirst().in(name)));
    }

    /**
     * The mappings without those of relays that do not listen, as another program may use their port on this machine.
     */
    public KeptConfiguration mappings(Set<RuleKey> relayed) {
        Set<RuleKey> idle = relays.stream()
                .map(RelayRule::key)
                .filter(rule -> !relayed.contains(rule))
                .collect(Collectors.toSet());
        return mappings.where(line -> !idle.contains(
                new RuleKey(line.mapping().protocol(), line.mapping().externalPort())));
    }

    /** The mappings that need no relay process. */
    public KeptConfiguration withoutRelays() {
        return mappings(Set.of());
    }
}
