package dev.ajar.app;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.text.Normalizer;

/**
 * Writes to a terminal that cannot show every character: in the place of one that it lacks come plain ones that it has,
 * and never a question mark.
 */
final class PlainWriter extends Writer {
    private static final String MARKS = "\\p{M}+";

    private final Writer out;
    private final CharsetEncoder encoder;

    private PlainWriter(Writer out, CharsetEncoder encoder) {
        this.out = out;
        this.encoder = encoder;
    }

    static PrintWriter on(OutputStream stream, Charset charset) {
        return new PrintWriter(new PlainWriter(new OutputStreamWriter(stream, charset), charset.newEncoder()), true);
    }

    @Override
    public void write(char[] characters, int from, int length) throws IOException {
        String text = new String(characters, from, length);
        out.write(encoder.canEncode(text) ? text : plain(text));
    }

    private String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length() + 16);
        text.codePoints().mapToObj(Character::toString).forEach(one -> plain.append(character(one)));
        return plain.toString();
    }

    private String character(String one) {
        if (encoder.canEncode(one)) {
            return one;
        }
        String replaced = replacement(one.codePointAt(0));
        if (replaced.isEmpty()) {
            replaced = Normalizer.normalize(one, Normalizer.Form.NFKD).replaceAll(MARKS, "");
        }
        return encoder.canEncode(replaced) ? replaced : "\\u%04x".formatted(one.codePointAt(0));
    }

    /** For those that Unicode does not take apart; empty for all others. */
    private static String replacement(int character) {
        return switch (character) {
            case '→' -> "->";
            case '“', '”', '„', '«', '»' -> "\"";
            case '‘', '’', '‚', '‹', '›' -> "'";
            case '–', '—', '−', '‐' -> "-";
            case '×' -> "x";
            case '•', '·' -> "*";
            case '¿', '¡' -> " ";
            case 'ß' -> "ss";
            case 'œ' -> "oe";
            case 'Œ' -> "OE";
            case 'æ' -> "ae";
            case 'Æ' -> "AE";
            case 'ø' -> "o";
            case 'Ø' -> "O";
            case 'ł' -> "l";
            case 'Ł' -> "L";
            case 'ı' -> "i";
            default -> "";
        };
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
