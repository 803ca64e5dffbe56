package dev.ajar.system.capture;

import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.model.Addresses;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A kernel that answers as a real one did when {@code test-fixtures/machines/record.sh} asked it. */
final class RecordedKernel implements LinuxKernel {
    static final Path FOLDER = Path.of("test-fixtures/machines/recorded");

    private final JsonObject machine;
    private final Program program;
    private int questions;

    /** The program {@code ip} of the machine. */
    enum Program {
        AS_RECORDED,
        MISSING,
        /** That of BusyBox, or an old one: it ends with an error, since it does not know the options. */
        WITHOUT_OPTIONS,
        /** One that knows {@code -j} for some questions only: it answers others as text for people. */
        WITHOUT_JSON
    }

    /** @param hasProgram whether the machine has the program {@code ip} */
    RecordedKernel(String name, boolean hasProgram) throws IOException {
        this(name, hasProgram ? Program.AS_RECORDED : Program.MISSING);
    }

    RecordedKernel(String name, Program program) throws IOException {
        this.machine = JsonReader.read(Files.readAllBytes(FOLDER.resolve(name + ".json")));
        this.program = program;
    }

    /** How many times the program was started. */
    int questions() {
        return questions;
    }

    @Override
    public Optional<String> file(String path) {
        return machine.object("files").orElseThrow().optionalText(path);
    }

    @Override
    public List<String> names(String folder) {
        return machine.object("folders").orElseThrow().optionalTexts(folder);
    }

    @Override
    public Optional<String> linkTarget(String path) {
        return machine.object("links").orElseThrow().optionalText(path);
    }

    @Override
    public List<Assigned> addresses() {
        return machine.objects("addresses").stream()
                .map(address -> new Assigned(
                        address.text("interface"),
                        Addresses.ipv4(address.text("address")).orElseThrow(),
                        (int) address.number("prefix_length")))
                .toList();
    }

    @Override
    public Optional<InetAddress> sourceTowards(InetAddress destination) {
        return machine.object("sources")
                .orElseThrow()
                .optionalText(Addresses.text(destination))
                .flatMap(Addresses::parse);
    }

    @Override
    public Optional<String> ip(String... arguments) {
        questions++;
        return switch (program) {
            case AS_RECORDED -> machine.object("ip").orElseThrow().optionalText(String.join(" ", arguments));
            case MISSING -> Optional.empty();
            case WITHOUT_OPTIONS -> Optional.of("");
            case WITHOUT_JSON -> Optional.of("default via 192.168.77.1 dev eth0\n");
        };
    }
}
