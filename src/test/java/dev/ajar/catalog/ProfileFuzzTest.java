package dev.ajar.catalog;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ajar.json.JsonException;
import dev.ajar.testing.WorkLimit;
import org.junit.jupiter.api.Tag;

/** Any bytes are read as a profile or refused with a JsonException. */
@Tag("fuzz")
class ProfileFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void profile(byte[] bytes) {
        WorkLimit.run(() -> read(bytes));
    }

    private static void read(byte[] bytes) {
        RouterProfile profile;
        try {
            profile = ProfileReader.read(bytes);
        } catch (JsonException e) {
            return;
        }
        profile.recognises("maker", "model");
    }
}
