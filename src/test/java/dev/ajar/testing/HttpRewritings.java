package dev.ajar.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Ways to write the same HTTP answer oddly, all of them readable. An answer is a text of which each character is a
 * byte.
 */
public final class HttpRewritings {
    private static final int CHUNK = 64;

    private record Answer(String head, String body) {
        static Answer of(byte[] bytes) {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\r\n\r\n");
            return new Answer(text.substring(0, end), text.substring(end + 4));
        }

        Answer head(UnaryOperator<String> change) {
            return new Answer(change.apply(head), body);
        }

        Answer with(String header) {
            return new Answer(head + "\r\n" + header, body);
        }

        Answer without(String name) {
            return new Answer(head.replaceAll("(?i)\r\n" + name + ":[^\r]*", ""), body);
        }

        /** With the right length. */
        Answer body(String other) {
            return new Answer(without("Content-Length").head, other).with("Content-Length: " + other.length());
        }

        Answer unframed(String other) {
            return new Answer(without("Content-Length").head, other);
        }

        Answer chunked(String chunks) {
            return unframed(chunks).with("Transfer-Encoding: chunked");
        }

        String bytes() {
            return head + "\r\n\r\n" + body;
        }
    }

    private final Map<String, UnaryOperator<byte[]>> all = new LinkedHashMap<>();

    private HttpRewritings() {
        codings();
        chunks();
        heads();
        lengths();
        texts();
    }

    /** Each by what it does. */
    public static Map<String, UnaryOperator<byte[]>> all() {
        return new HttpRewritings().all;
    }

    private void add(String name, UnaryOperator<Answer> change) {
        all.put(name, bytes -> latin(change.apply(Answer.of(bytes)).bytes()));
    }

    private void head(String name, UnaryOperator<String> change) {
        add(name, answer -> answer.head(change));
    }

    private void status(String name, String line) {
        add(
                name,
                answer -> answer.head().startsWith("HTTP/1.1 200 ")
                        ? answer.head(head -> head.replaceFirst("[^\r]*", line))
                        : answer);
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private interface Packer {
        OutputStream over(OutputStream out) throws IOException;
    }

    private static String packed(String body, Packer packer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream packing = packer.over(bytes)) {
            packing.write(latin(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private void packing(String name, String header, Packer packer) {
        add(name, answer -> answer.body(packed(answer.body(), packer)).with(header));
    }

    private void codings() {
        packing("gzip", "Content-Encoding: gzip", GZIPOutputStream::new);
        packing("gzip by its old name", "Content-Encoding: x-gzip", GZIPOutputStream::new);
        packing("gzip in capitals", "CONTENT-ENCODING: GZIP", GZIPOutputStream::new);
        packing("gzip without saying so", "X-Nothing: to say", GZIPOutputStream::new);
        packing("deflate", "Content-Encoding: deflate", DeflaterOutputStream::new);
        packing(
                "deflate without its frame",
                "Content-Encoding: deflate",
                out -> new DeflaterOutputStream(out, new Deflater(9, true)));
        add(
                "gzip of another length",
                answer -> answer.unframed(packed(answer.body(), GZIPOutputStream::new))
                        .with("Content-Encoding: gzip")
                        .with("Content-Length: " + answer.body().length()));
        add(
                "gzip in chunks",
                answer -> answer.chunked(
                                chunks(packed(answer.body(), GZIPOutputStream::new), "%x\r\n", "\r\n", "0\r\n\r\n"))
                        .with("Content-Encoding: gzip"));
        add(
                "gzip to the end of the connection",
                answer -> answer.unframed(packed(answer.body(), GZIPOutputStream::new))
                        .with("Content-Encoding: gzip"));
        add("gzip said and not done", answer -> answer.with("Content-Encoding: gzip"));
        add("identity said", answer -> answer.with("Content-Encoding: identity"));
        add(
                "gzip named as the transfer",
                answer -> answer.unframed(packed(answer.body(), GZIPOutputStream::new))
                        .with("Transfer-Encoding: gzip"));
        add(
                "gzip and chunks named as the transfer",
                answer -> answer.unframed(
                                chunks(packed(answer.body(), GZIPOutputStream::new), "%x\r\n", "\r\n", "0\r\n\r\n"))
                        .with("Transfer-Encoding: gzip, chunked"));
    }

    private static String chunks(String body, String size, String gap, String end) {
        StringBuilder all = new StringBuilder();
        for (int at = 0; at < body.length(); at += CHUNK) {
            String part = body.substring(at, Math.min(at + CHUNK, body.length()));
            all.append(String.format(size, part.length())).append(part).append(gap);
        }
        return all.append(end).toString();
    }

    private void chunking(String name, String size, String gap, String end) {
        add(name, answer -> answer.chunked(chunks(answer.body(), size, gap, end)));
    }

    private void chunks() {
        chunking("chunks", "%x\r\n", "\r\n", "0\r\n\r\n");
        chunking("chunks without the last", "%x\r\n", "\r\n", "");
        chunking("chunks with capitals", "%X\r\n", "\r\n", "0\r\n\r\n");
        chunking("chunks with an extension", "%x;name=value\r\n", "\r\n", "0\r\n\r\n");
        chunking("chunks with a long extension", "%x;name=" + "v".repeat(300) + "\r\n", "\r\n", "0\r\n\r\n");
        chunking("chunks with a quoted extension", "%x ; a=\"b;c\"\r\n", "\r\n", "0\r\n\r\n");
        chunking("chunks with bare line feeds", "%x\n", "\n", "0\n\n");
        chunking("chunks with zeros in front", "%08x\r\n", "\r\n", "0\r\n\r\n");
        chunking("chunks with a prefix", "0x%x\r\n", "\r\n", "0\r\n\r\n");
        chunking("chunks with blanks", "%x   \r\n", "\r\n", "0  \r\n\r\n");
        chunking("chunks with blanks in front", "  %x\r\n", "\r\n", "0\r\n\r\n");
        chunking("chunks without gaps", "%x\r\n", "", "0\r\n\r\n");
        chunking("chunks with trailers", "%x\r\n", "\r\n", "0\r\nX-Sum: 1\r\n\r\n");
        chunking("chunks and junk behind", "%x\r\n", "\r\n", "0\r\n\r\njunk");
        chunking("chunks and two gaps", "%x\r\n", "\r\n\r\n", "0\r\n\r\n");
        add(
                "chunks of one",
                answer -> answer.chunked(answer.body().replaceAll("(?s)(.)", "1\r\n$1\r\n") + "0\r\n\r\n"));
        add(
                "one chunk",
                answer -> answer.chunked(
                        String.format("%x\r\n%s\r\n0\r\n\r\n", answer.body().length(), answer.body())));
        add(
                "one chunk too short",
                answer -> answer.chunked(
                        String.format("%x\r\n%s\r\n0\r\n\r\n", answer.body().length() - 2, answer.body())));
        add(
                "one chunk too long",
                answer -> answer.chunked(
                        String.format("%x\r\n%s\r\n0\r\n\r\n", answer.body().length() + 200, answer.body())));
        add("chunks announced alone", answer -> answer.with("Transfer-Encoding: chunked"));
        add("chunks announced and no length", answer -> answer.chunked(answer.body()));
        add(
                "chunks sent and not announced",
                answer -> answer.unframed(chunks(answer.body(), "%x\r\n", "\r\n", "0\r\n\r\n")));
        add(
                "one chunk sent and not announced",
                answer -> answer.unframed(
                        String.format("%x\r\n%s\r\n0\r\n\r\n", answer.body().length(), answer.body())));
        add(
                "chunks and a length",
                answer -> answer.chunked(chunks(answer.body(), "%x\r\n", "\r\n", "0\r\n\r\n"))
                        .with("Content-Length: " + answer.body().length()));
        add(
                "chunks in quotes",
                answer -> answer.unframed(chunks(answer.body(), "%x\r\n", "\r\n", "0\r\n\r\n"))
                        .with("Transfer-Encoding: \"chunked\""));
        add(
                "chunks announced twice",
                answer -> answer.chunked(chunks(answer.body(), "%x\r\n", "\r\n", "0\r\n\r\n"))
                        .with("Transfer-Encoding: chunked"));
        add(
                "identity and chunks announced",
                answer -> answer.unframed(chunks(answer.body(), "%x\r\n", "\r\n", "0\r\n\r\n"))
                        .with("Transfer-Encoding: identity, chunked"));
        add(
                "the body after chunks that are empty",
                answer -> answer.chunked("\r\n"
                        + String.format("%x\r\n%s\r\n0\r\n\r\n", answer.body().length(), answer.body())));
    }

    private void heads() {
        status("no blank before the reason", "HTTP/1.1 200OK");
        status("no reason", "HTTP/1.1 200");
        status("a blank for a reason", "HTTP/1.1 200 ");
        status("many blanks", "HTTP/1.1   200   OK");
        status("tabs", "HTTP/1.1\t200\tOK");
        status("no blank before the number", "HTTP/1.1200 OK");
        status("HTTP 1.0", "HTTP/1.0 200 OK");
        status("HTTP 1", "HTTP/1 200 OK");
        status("HTTP 2.0", "HTTP/2.0 200 OK");
        status("no version", "HTTP 200 OK");
        status("small letters", "http/1.1 200 ok");
        status("status 200.0", "HTTP/1.1 200.0 OK");
        status("a comma for the point", "HTTP/1,1 200 OK");
        status("a colon", "HTTP/1.1: 200 OK");
        status("another good status", "HTTP/1.1 202 Accepted");
        status("status 203", "HTTP/1.1 203 Non-Authoritative Information");
        status("status 206", "HTTP/1.1 206 Partial Content");
        status("status 500", "HTTP/1.1 500 Internal Server Error");
        status("status 299", "HTTP/1.1 299 Fine");
        status("a reason of two lines", "HTTP/1.1 200 OK\r\n it is");
        status("ICY", "ICY 200 OK");
        status("empty lines in front", "\r\n\r\nHTTP/1.1 200 OK");
        status("a line of junk in front", "junk\r\nHTTP/1.1 200 OK");
        status("continue in front", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK");
        status("continue three times", "HTTP/1.1 100 Continue\r\n\r\n".repeat(3) + "HTTP/1.1 200 OK");
        status("processing in front", "HTTP/1.1 102 Processing\r\nX: y\r\n\r\nHTTP/1.1 200 OK");
        status("early hints in front", "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK");
        head("names in capitals", head -> mapped(head, name -> name.toUpperCase(java.util.Locale.ROOT)));
        head("names in small letters", head -> mapped(head, name -> name.toLowerCase(java.util.Locale.ROOT)));
        head("blanks before the colons", head -> mapped(head, name -> name + " "));
        head("blanks before the names", head -> head.replaceAll("\r\n(?=Content)", "\r\nX: y\r\n "));
        head("no blanks after the colons", head -> head.replace(": ", ":"));
        head("tabs after the colons", head -> head.replace(": ", ":\t"));
        head("folded values", head -> head.replace("charset=", "\r\n charset="));
        head("folded lengths", head -> head.replace("Content-Length: ", "Content-Length:\r\n "));
        head("a line without a colon", head -> head + "\r\nnonsense");
        head("a line that is a colon", head -> head + "\r\n: nothing");
        head("a name of blanks", head -> head + "\r\nX Y Z: nothing");
        head("a line of two kibibytes", head -> head + "\r\nX-Long: " + "x".repeat(2048));
        head("a line of ten kibibytes", head -> head + "\r\nX-Long: " + "x".repeat(10_240));
        head("sixty lines", head -> head + "\r\nX-More: y".repeat(60));
        head("two hundred lines", head -> head + "\r\nX-More: y".repeat(200));
        head("letters of another alphabet", head -> head + "\r\nServer: \u00e9\u00ff");
        head("zero bytes", head -> head + "\r\nX-Zero: \0\0");
        head("status once more", head -> head + "\r\nHTTP/1.1 200 OK");
        head("two servers", head -> head + "\r\nServer: another");
        head("keep-alive", head -> head.replace("Connection: close", "Connection: keep-alive"));
        head("upgrade", head -> head + "\r\nUpgrade: h2c\r\nConnection: Upgrade");
        head("cookies", head -> head + "\r\nSet-Cookie: a=b; Expires=never");
        head("trailer announced", head -> head + "\r\nTrailer: X-Sum");
        head("no content type", head -> head.replaceAll("(?i)\r\nContent-Type:[^\r]*", ""));
        head("a web page's type", head -> head.replaceAll("text/xml", "text/html"));
        head("an unknown charset", head -> head.replaceAll("utf-8", "x-unknown"));
        head("a wrong charset", head -> head.replaceAll("utf-8", "utf-16"));
        add("bare line feeds", answer -> answer.head(head -> head.replace("\r\n", "\n")));
        all.put("only bare line feeds", bytes -> {
            Answer answer = Answer.of(bytes);
            return latin(answer.head().replace("\r\n", "\n") + "\n\n" + answer.body());
        });
        all.put("two carriage returns", bytes -> {
            Answer answer = Answer.of(bytes);
            return latin(answer.head().replace("\r\n", "\r\r\n") + "\r\r\n\r\r\n" + answer.body());
        });
        all.put("blanks in the empty line", bytes -> {
            Answer answer = Answer.of(bytes);
            return latin(answer.head() + "\r\n  \r\n" + answer.body());
        });
        all.put("no empty line", bytes -> {
            Answer answer = Answer.of(bytes);
            return latin(answer.head() + "\r\n" + answer.body());
        });
        all.put("no head at all", bytes -> latin(Answer.of(bytes).body()));
        all.put("two heads", bytes -> {
            Answer answer = Answer.of(bytes);
            return latin(answer.head() + "\r\n\r\n" + answer.bytes());
        });
    }

    private static String mapped(String head, UnaryOperator<String> name) {
        return java.util.regex.Pattern.compile("(?<=\r\n)[^:\r]+(?=:)")
                .matcher(head)
                .replaceAll(match -> name.apply(match.group()));
    }

    private void length(String name, String header) {
        add(
                name,
                answer -> header.isEmpty()
                        ? answer.unframed(answer.body())
                        : answer.unframed(answer.body())
                                .with(header.replace(
                                        "{n}", Integer.toString(answer.body().length()))));
    }

    private void lengths() {
        length("no length", "");
        length("length 0", "Content-Length: 0");
        length("length 1", "Content-Length: 1");
        length("a negative length", "Content-Length: -1");
        length("a length with a sign", "Content-Length: +{n}");
        length("a length with zeros", "Content-Length: 0000{n}");
        length("a length in hexadecimal", "Content-Length: 0x20");
        length("a length with a comma", "Content-Length: {n}, {n}");
        length("a length with a unit", "Content-Length: {n} bytes");
        length("a length of words", "Content-Length: unknown");
        length("a huge length", "Content-Length: 99999999999999999999");
        length("a length too long", "Content-Length: 9{n}");
        length("a length in quotes", "Content-Length: \"{n}\"");
        length("two lengths", "Content-Length: {n}\r\nContent-Length: 5");
        length("two lengths, the wrong first", "Content-Length: 5\r\nContent-Length: {n}");
        length("a wrong name", "Content-Lenght: {n}");
        add(
                "a length too short by ten",
                answer -> answer.unframed(answer.body())
                        .with("Content-Length: " + Math.max(0, answer.body().length() - 10)));
        add(
                "a length too long by two",
                answer -> answer.unframed(answer.body())
                        .with("Content-Length: " + (answer.body().length() + 2)));
    }

    private void body(String name, UnaryOperator<String> change) {
        add(name, answer -> answer.body(change.apply(answer.body())));
    }

    private static String encoded(String body, java.nio.charset.Charset charset) {
        return new String(body.getBytes(charset), StandardCharsets.ISO_8859_1);
    }

    private void texts() {
        body("UTF-16 with a mark", text -> "\u00ff\u00fe" + encoded(text, StandardCharsets.UTF_16LE));
        body("UTF-16 with the other mark", text -> "\u00fe\u00ff" + encoded(text, StandardCharsets.UTF_16BE));
        body("UTF-16 without a mark", text -> encoded(text, StandardCharsets.UTF_16LE));
        body("UTF-16, big end first, without a mark", text -> encoded(text, StandardCharsets.UTF_16BE));
        body("UTF-16 without a mark and a declaration", text -> encoded(bare(text), StandardCharsets.UTF_16LE));
        body("a mark of UTF-8", text -> "\u00ef\u00bb\u00bf" + text);
        body("two marks of UTF-8", text -> "\u00ef\u00bb\u00bf\u00ef\u00bb\u00bf" + text);
        body("a mark of UTF-8 after blanks", text -> "\r\n\u00ef\u00bb\u00bf" + text);
        body("blank lines in front", text -> "\r\n\r\n  " + text);
        body("blank lines behind", text -> text + "\r\n\r\n\r\n");
        body("zero bytes behind", text -> text + "\0\0\0\0");
        body("zero bytes in front", text -> "\0\0" + text);
        body("junk in front", text -> "OK: " + text);
        body("junk behind", text -> text + "<!-- done --> 0.01s");
        body("a second document behind", text -> text + bare(text));
        body("two declarations", text -> "<?xml version=\"1.0\"?>" + text);
        body("no declaration", HttpRewritings::bare);
        body("a declaration of XML 1.1", text -> "<?xml version=\"1.1\" standalone='yes'?>" + bare(text));
        body("a declaration without quotes", text -> "<?xml version=1.0?>" + bare(text));
        body("a broken declaration", text -> "<?xml version=\"1.0\">" + bare(text));
        body("an unknown encoding", text -> "<?xml version=\"1.0\" encoding=\"x-none\"?>" + bare(text));
        body("a wrong encoding", text -> "<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + bare(text));
        body("a style sheet", text -> "<?xml-stylesheet href=\"x.xsl\"?>" + bare(text));
        body("comments", text -> text.replace("><", "><!-- < > & --><"));
        body("stray namespaces", text -> text.replaceFirst("<(root|s:Envelope)", "<$1 xmlns:q=\"urn:q\" q:a='b'"));
        body(
                "other prefixes",
                text -> text.replaceAll("(</?)s:", "$1SOAP-ENV:").replace("xmlns:s=", "xmlns:SOAP-ENV="));
        body("no prefixes", text -> text.replaceAll("(</?)[su]:", "$1"));
        body("no last tag", text -> text.replaceAll("</[^<>]+>\\s*$", ""));
        body("no last two tags", text -> text.replaceAll("</[^<>]+>\\s*</[^<>]+>\\s*$", ""));
        body("a last tag cut short", text -> text.replaceAll(">\\s*$", ""));
        body("blanks inside tags", text -> text.replaceAll("(?<=[a-zA-Z])>", " >"));
        body("line breaks between tags", text -> text.replaceAll(">\\s*<", ">\r\n  <"));
        body("blanks around values", text -> text.replaceAll(">([^<>\\s]+)</", "> $1 </"));
        body("values in CDATA", text -> text.replaceAll(">([^<>\\s]+)</", "><![CDATA[$1]]></"));
        body("characters as numbers", text -> text.replaceAll(">(\\d)(?=[^<>]*</)", ">&#x3$1;"));
        body("attributes without quotes", text -> text.replaceAll("=\"([^\"\\s]+)\"", "=$1"));
        body("attributes in single quotes", text -> text.replaceAll("=\"([^\"]*)\"", "='$1'"));
        body("capitals", text -> text.replaceAll("(?i)envelope", "ENVELOPE").replaceAll("Body>", "BODY>"));
    }

    private static String bare(String text) {
        return text.replaceFirst("^\\s*<\\?xml[^>]*>\\s*", "");
    }
}
