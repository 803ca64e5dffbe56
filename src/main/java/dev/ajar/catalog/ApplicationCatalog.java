package dev.ajar.catalog;

import dev.ajar.json.JsonObject;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The applications that ajar knows, by their names. */
public final class ApplicationCatalog {
    /** All of them, once a name was looked for among their aliases. */
    private volatile List<Application> known = List.of();

    /** The ids of all applications, in order. */
    public List<String> ids() {
        return read("index").orElseThrow().texts("applications");
    }

    /** All applications, in the order of their ids. */
    public List<Application> all() {
        return ids().stream()
                .flatMap(id -> read(id).map(ApplicationCatalog::application).stream())
                .toList();
    }

    /** @param name an id or an alias, in any letter case */
    public Optional<Application> find(String name) {
        String word = name.strip().toLowerCase(Locale.ROOT);
        if (!word.matches("[a-z0-9]+(-[a-z0-9]+)*") || word.equals("index")) {
            return Optional.empty();
        }
        Optional<Application> byId = read(word).map(ApplicationCatalog::application);
        return byId.isPresent() ? byId : byAlias(word);
    }

    private Optional<Application> byAlias(String word) {
        List<Application> all = known.isEmpty() ? all() : known;
        known = all;
        return all.stream()
                .filter(application -> application.aliases().contains(word))
                .findFirst();
    }

    /** A game of that name, where its players have no server to run, so that no port has to be open. */
    public Optional<String> gameWithoutServer(String name) {
        String word = name.strip().toLowerCase(Locale.ROOT);
        return index("no_server").stream()
                .filter(game -> game.texts("words").contains(word))
                .map(game -> game.text("name"))
                .findFirst();
    }

    /** The applications that need the port over UDP, where none is known that takes it over TCP; mostly games. */
    public List<String> overUdpAlone(Port port) {
        return index("udp_alone").stream()
                .filter(run -> run.number("first") <= port.number() && port.number() <= run.number("last"))
                .flatMap(run -> run.texts("applications").stream())
                .flatMap(id -> find(id).map(Application::name).stream())
                .toList();
    }

    /** Empty in ajar-core, which has no applications. */
    private static List<JsonObject> index(String list) {
        return read("index").map(all -> all.objects(list)).orElse(List.of());
    }

    private static Application application(JsonObject json) {
        return new Application(
                json.text("id"),
                json.text("name"),
                json.texts("aliases"),
                json.text("category"),
                json.has("device") && json.flag("device"),
                json.objects("ports").stream().map(ApplicationCatalog::use).toList(),
                json.objects("never").stream().map(ApplicationCatalog::use).toList(),
                Application.Danger.valueOf(json.text("danger").toUpperCase(Locale.ROOT)),
                json.optionalText("warning"),
                json.optionalText("safer"),
                json.optionalText("nothing_to_open"),
                json.has("join_port") ? Optional.of(new Port((int) json.number("join_port"))) : Optional.empty(),
                json.object("detect").map(ApplicationCatalog::detection).orElse(Detection.NONE),
                json.optionalText("verified"),
                json.texts("source"));
    }

    private static Detection detection(JsonObject json) {
        return new Detection(
                json.has("files")
                        ? json.objects("files").stream()
                                .map(ApplicationCatalog::setting)
                                .toList()
                        : List.of(),
                json.optionalTexts("command_line"));
    }

    private static Detection.Setting setting(JsonObject json) {
        return new Detection.Setting(
                json.text("path"),
                Detection.Format.valueOf(json.text("format").toUpperCase(Locale.ROOT)),
                json.text("key"),
                Math.toIntExact(json.number("port_index")));
    }

    private static Application.PortUse use(JsonObject json) {
        return new Application.PortUse(
                new Port(Math.toIntExact(json.number("first"))),
                new Port(Math.toIntExact(json.number("last"))),
                protocols(json.text("protocol")),
                json.has("required") && json.flag("required"),
                json.text("purpose"));
    }

    /** @param text {@code tcp}, {@code udp} or {@code both} */
    static List<TransportProtocol> protocols(String text) {
        return text.equals("both")
                ? List.of(TransportProtocol.TCP, TransportProtocol.UDP)
                : List.of(TransportProtocol.valueOf(text.toUpperCase(Locale.ROOT)));
    }

    private static Optional<JsonObject> read(String name) {
        return ProfileFile.find("applications/" + name);
    }
}
