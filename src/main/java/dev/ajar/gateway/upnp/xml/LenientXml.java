package dev.ajar.gateway.upnp.xml;

import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads a document in one pass over its characters.
 *
 * <p>Forgiven: a byte order mark, anything before the first and after the last tag, undeclared prefixes, raw
 * ampersands, unknown entities, CDATA, end tags that match nothing, a missing end. Refused: DOCTYPE, which is how
 * external entities and entity bombs come in; too deep, too many elements, too long.
 */
public final class LenientXml {
    private static final int LONGEST = 1 << 18;
    private static final int LONGEST_SHOWN = 20;

    private final String text;
    private final XmlTreeBuilder tree = new XmlTreeBuilder();
    private int at;

    private LenientXml(String text) {
        this.text = text;
    }

    /** Reads bytes that are UTF-8 or UTF-16, or at least ASCII where it matters. */
    public static Result<XmlNode> read(byte[] bytes) {
        return read(decode(bytes));
    }

    public static Result<XmlNode> read(String text) {
        if (text.length() > LONGEST) {
            return malformed(Message.of("upnp.xml-too-long"));
        }
        return new LenientXml(text).parse();
    }

    private static String decode(byte[] bytes) {
        if (bytes.length >= 2 && bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF) {
            return new String(bytes, StandardCharsets.UTF_16BE);
        }
        if (bytes.length >= 2 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE) {
            return new String(bytes, StandardCharsets.UTF_16LE);
        }
        // Without a mark, the zeros of the first characters show the encoding (XML 1.0, appendix F).
        if (hasZeros(bytes, 0)) {
            return new String(bytes, StandardCharsets.UTF_16BE);
        }
        if (hasZeros(bytes, 1)) {
            return new String(bytes, StandardCharsets.UTF_16LE);
        }
        return utf8(bytes).orElseGet(() -> new String(bytes, StandardCharsets.ISO_8859_1));
    }

    /** Whether of each of the first two pairs of bytes that one alone is zero. */
    private static boolean hasZeros(byte[] bytes, int at) {
        return bytes.length >= 4 && bytes[at] == 0 && bytes[at + 2] == 0 && bytes[1 - at] != 0 && bytes[3 - at] != 0;
    }

    /** Empty for bytes that are not UTF-8, whatever they declare; old routers then mean Latin-1. */
    private static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static Result<XmlNode> malformed(Message why) {
        return Result.err(new Failure.Malformed(why, Optional.empty()));
    }

    private Result<XmlNode> parse() {
        at = Math.max(0, text.indexOf('<'));
        while (at < text.length() && tree.isOpen()) {
            int tag = text.indexOf('<', at);
            tree.addText(XmlEntities.decode(text.substring(at, tag < 0 ? text.length() : tag)));
            if (tag < 0) {
                break;
            }
            at = tag;
            Optional<Message> refusal = readMarkup();
            if (refusal.isPresent()) {
                return malformed(refusal.get());
            }
        }
        return tree.root().map(Result::ok).orElseGet(() -> malformed(Message.of("upnp.xml-no-element")));
    }

    /** Reads what begins with the {@code <} at the current place; gives the reason if the document must be refused. */
    private Optional<Message> readMarkup() {
        if (text.startsWith("<!--", at)) {
            at = after("-->", at + 4);
        } else if (text.startsWith("<![CDATA[", at)) {
            int end = after("]]>", at + 9);
            boolean closed = text.startsWith("]]>", end - 3);
            tree.addText(text.substring(at + 9, closed ? end - 3 : end));
            at = end;
        } else if (text.startsWith("<?", at)) {
            // Some end it like a tag.
            int end = after("?>", at + 2);
            int next = text.indexOf('<', at + 2);
            at = next >= 0 && next < end ? next : end;
        } else if (text.startsWith("<!", at)) {
            return Optional.of(Message.of("upnp.xml-declaration", "name", declaration()));
        } else if (text.startsWith("</", at)) {
            int end = after(">", at + 2);
            tree.close(localName(text.substring(at + 2, nameEnd(at + 2))));
            at = end;
        } else if (at + 1 < text.length() && isNameStart(text.charAt(at + 1))) {
            return readStartTag();
        } else {
            tree.addText("<");
            at++;
        }
        return Optional.empty();
    }

    private String declaration() {
        int end = Math.min(nameEnd(at + 2), at + 2 + LONGEST_SHOWN);
        return text.substring(at + 2, end).toUpperCase(Locale.ROOT);
    }

    private Optional<Message> readStartTag() {
        int nameEnd = nameEnd(at + 1);
        String name = localName(text.substring(at + 1, nameEnd));
        int end = tagEnd(nameEnd);
        boolean empty = end >= 2 && text.charAt(end - 1) == '>' && text.charAt(end - 2) == '/';
        at = end;
        Optional<Message> refusal = tree.open(name);
        if (refusal.isEmpty() && empty) {
            tree.close(name);
        }
        return refusal;
    }

    /**
     * The place behind a start tag's {@code >}, which may not be one inside a quoted attribute. A quotation that runs
     * into the next tag was never closed; then the first {@code >} is the end.
     */
    private int tagEnd(int from) {
        char quote = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0 && c == '<') {
                return after(">", from);
            }
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '>') {
                return i + 1;
            }
        }
        return text.length();
    }

    private int after(String mark, int from) {
        int found = text.indexOf(mark, from);
        return found < 0 ? text.length() : found + mark.length();
    }

    private int nameEnd(int from) {
        int i = Math.min(from, text.length());
        while (i < text.length() && isNamePart(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isNameStart(char c) {
        return Character.isLetter(c) || c == '_' || c == ':';
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == ':' || c == '-' || c == '.';
    }

    private static String localName(String name) {
        return name.substring(name.lastIndexOf(':') + 1);
    }
}
