package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** A camera at home (GStreamer's RTSP server on a device without ajar), watched from the internet through the relay. */
class CameraIT extends RelayLab {
    /** What the friend sees is kept for the reader of the build. */
    private static final Path PICTURE = Path.of("target/real-programs/camera.png");

    private static final String RULE = "8554:" + Lab.LAN2 + ":554";

    private static Shell.Outcome watch(String password) {
        return Lab.in(
                "internet",
                "ffmpeg",
                "-nostdin",
                "-loglevel",
                "error",
                "-rtsp_transport",
                "tcp",
                "-timeout",
                "10000000",
                "-i",
                "rtsp://friend:" + password + "@" + Lab.WAN + ":8554/garden",
                "-frames:v",
                "1",
                "-y",
                PICTURE.toString());
    }

    @Test
    void a_friend_sees_the_picture_of_a_camera_and_no_more_after_the_relay() throws IOException {
        RealPrograms.require("/usr/bin/ffmpeg", "/usr/lib/python3/dist-packages/gi");
        Files.createDirectories(PICTURE.getParent());
        Files.deleteIfExists(PICTURE);
        List<String> command = List.of("/usr/bin/python3", "test-fixtures/lab/camera.py", "secret");
        try (LabProcess camera = LabProcess.program("lan2", Map.of(), command).await("ready", SOON);
                LabProcess relay = relaying("8554", RULE)) {
            assertThat(watch("guess").err()).contains("401 Unauthorized");
            assertThat(PICTURE).doesNotExist();

            Shell.Outcome watched = watch("secret");

            assertThat(watched.exitCode())
                    .as(watched.err() + relay.output() + camera.output())
                    .isZero();
            assertThat(bars(ImageIO.read(PICTURE.toFile())))
                    .containsExactly("white", "yellow", "cyan", "green", "magenta", "red", "blue");
            relay.signal("TERM");
            assertThat(relay.end(SOON)).as(relay.output()).isZero();
            assertThat(watch("secret").exitCode()).isNotZero();
        }
    }

    /** The colours of a television's test picture, from left to right. */
    private static List<String> bars(BufferedImage picture) {
        assertThat(picture.getWidth()).isEqualTo(320);
        List<String> names = List.of("black", "blue", "green", "cyan", "red", "magenta", "yellow", "white");
        return List.of(0, 1, 2, 3, 4, 5, 6).stream()
                .map(bar -> picture.getRGB(22 + bar * 46, 80))
                .map(rgb -> names.get((bright(rgb >> 16) * 4) + (bright(rgb >> 8) * 2) + bright(rgb)))
                .toList();
    }

    private static int bright(int colour) {
        return (colour & 0xFF) > 128 ? 1 : 0;
    }
}
