package dev.ajar.lab;

import java.math.BigDecimal;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads numbers at the bounds as {@code int} and {@code long} that were read as {@code BigDecimal} before. */
final class NumberSample {
    private NumberSample() {}

    /** @param args a whole number, read as nothing else; without it the others */
    public static void main(String[] args) {
        if (args.length > 0) {
            System.out.println(whole(args[0]));
            return;
        }
        for (String text : List.of(
                "0",
                "-1.5",
                "2147483647.0",
                "2147483648.0",
                "-2147483648.0",
                "-2147483649.0",
                "9223372036854775807.0",
                "9223372036854775808.0",
                "-9223372036854775808.0",
                "-9223372036854775809.0",
                "1e400")) {
            System.out.println(text + " " + read(text, false) + " " + read(text, true));
        }
    }

    private static int whole(String text) {
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            return parser.getIntValue();
        }
    }

    private static String read(String text, boolean asLong) {
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            BigDecimal exact = parser.getDecimalValue();
            return exact + "=" + (asLong ? parser.getLongValue() : parser.getIntValue());
        } catch (JacksonException e) {
            return e.getOriginalMessage();
        }
    }
}
