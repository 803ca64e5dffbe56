package dev.ajar.simulator;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Changes the text of outgoing messages as the script says. */
final class TextEdits {
    private final Supplier<List<FaultScript.Edit>> edits;
    private final UnaryOperator<String> placeholders;
    private final Set<FaultScript.Edit> tried = ConcurrentHashMap.newKeySet();
    private final Set<FaultScript.Edit> effective = ConcurrentHashMap.newKeySet();

    /** @param edits those of the moment */
    TextEdits(Supplier<List<FaultScript.Edit>> edits, UnaryOperator<String> placeholders) {
        this.edits = edits;
        this.placeholders = placeholders;
    }

    /** Edits that changed none of their messages: most likely mistakes in the script. */
    List<FaultScript.Edit> idle() {
        return tried.stream().filter(edit -> !effective.contains(edit)).toList();
    }

    byte[] apply(Request request, String message) {
        return apply(request, message.getBytes(StandardCharsets.UTF_8));
    }

    /** Each byte is one character, so that the rest of the message stays as it is. */
    byte[] apply(Request request, byte[] message) {
        String text = new String(message, StandardCharsets.ISO_8859_1);
        for (FaultScript.Edit edit : edits.get()) {
            if (request.is(edit.on())) {
                byte[] put = placeholders.apply(edit.put()).getBytes(StandardCharsets.UTF_8);
                String changed = edit.find().matcher(text).replaceAll(new String(put, StandardCharsets.ISO_8859_1));
                tried.add(edit);
                if (!changed.equals(text)) {
                    effective.add(edit);
                }
                text = changed;
            }
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
