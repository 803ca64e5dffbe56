package dev.ajar.cli.context;

import dev.ajar.catalog.ApplicationCatalog;
import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.message.Message;
import dev.ajar.model.RouterText;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.NearWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;

/** The dangerous services and applications that the user confirmed with {@code --yes-expose}. */
public final class Consent {
    private Consent() {}

    /** Refuses names of nothing, which confirm nothing. */
    public static Set<String> of(OptionSpec exposed) throws InvalidInputException {
        List<String> names = OptionBuilder.all(exposed);
        if (!names.isEmpty()) {
            List<String> known = new ArrayList<>(new ApplicationCatalog().ids());
            known.addAll(new ServiceCatalog().ids());
            for (String name : names) {
                if (!known.contains(name)) {
                    throw unknown(name, known);
                }
            }
        }
        return Set.copyOf(names);
    }

    private static InvalidInputException unknown(String name, List<String> known) {
        String shown = new RouterText(name).display();
        return new InvalidInputException(NearWord.of(name, known)
                .map(near -> Message.of("open.no-such-danger-but", "name", shown, "near", near))
                .orElse(Message.of("open.no-such-danger", "name", shown)));
    }
}
