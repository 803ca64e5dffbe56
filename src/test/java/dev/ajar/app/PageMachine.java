package dev.ajar.app;

import dev.ajar.system.process.SupervisedProcess;
import dev.ajar.testing.TestClassPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@link PageProcess} that runs {@code ajar web}. */
final class PageMachine implements AutoCloseable {
    private static final Pattern LINK = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/#[\\w-]+");

    /** The link that it printed when it began. */
    final String link;

    private final SupervisedProcess process;

    private PageMachine(SupervisedProcess process, String link) {
        this.process = process;
        this.link = link;
    }

    static PageMachine start(Path folder) throws IOException {
        SupervisedProcess process = SupervisedProcess.onPipes(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        TestClassPath.get(),
                        PageProcess.class.getName(),
                        folder.toString(),
                        "web",
                        "--no-browser"),
                Map.of());
        Scanner lines = new Scanner(process.output(), StandardCharsets.UTF_8);
        while (lines.hasNextLine()) {
            Matcher link = LINK.matcher(lines.nextLine());
            if (link.find()) {
                Thread.ofPlatform().daemon().name("page output").start(() -> {
                    while (lines.hasNextLine()) {
                        lines.nextLine();
                    }
                });
                return new PageMachine(process, link.group());
            }
        }
        throw new IOException("ajar web printed no link");
    }

    /** The router forgets every mapping, as after a loss of power. */
    void reboot() throws IOException {
        process.input().write("reboot\n".getBytes(StandardCharsets.US_ASCII));
        process.input().flush();
    }

    @Override
    public void close() throws IOException {
        process.input().close();
        try {
            if (!process.await(Duration.ofSeconds(10))) {
                process.kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
