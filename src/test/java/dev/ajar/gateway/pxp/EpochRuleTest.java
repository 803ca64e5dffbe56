package dev.ajar.gateway.pxp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.EpochRule.Reading;
import dev.ajar.testing.MeasurementLog;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the rule with the formulas of the two RFCs in another arithmetic. */
class EpochRuleTest {
    private static Reading at(long epoch, long seconds) {
        return new Reading(epoch, Duration.ofSeconds(seconds));
    }

    private static BigDecimal times(long value, String factor) {
        return BigDecimal.valueOf(value).multiply(new BigDecimal(factor));
    }

    private static boolean natPmp(long epochBefore, long epochNow, long passed) {
        BigDecimal expected =
                BigDecimal.valueOf(epochBefore).add(times(passed, "0.875").setScale(0, java.math.RoundingMode.DOWN));
        return BigDecimal.valueOf(epochNow).compareTo(expected.subtract(BigDecimal.TWO)) < 0;
    }

    private static boolean pcp(long epochBefore, long epochNow, long client) {
        if (epochNow + 1 < epochBefore) {
            return true;
        }
        long server = epochNow - epochBefore;
        return client + 2 < server - server / 16 || server + 2 < client - client / 16;
    }

    @Test
    void a_hundred_thousand_readings_are_judged_as_the_formulas_say() {
        Random random = new Random(6887);
        long[] edges = {0, 1, 2, 3, 15, 16, 17, 3600, 86_400, 4_294_967_295L};
        for (int i = 0; i < 100_000; i++) {
            long before = random.nextBoolean() ? edges[random.nextInt(edges.length)] : random.nextInt(1_000_000);
            long passed = random.nextBoolean() ? edges[random.nextInt(9)] : random.nextInt(100_000);
            long drift = random.nextInt(9) - 4 + (random.nextInt(5) == 0 ? passed / 16 * (random.nextInt(3) - 1) : 0);
            long now = random.nextInt(8) == 0 ? random.nextInt(100) : Math.max(0, before + passed + drift);
            assertThat(PxpProtocols.isLostByPcp(at(before, 100), at(now, 100 + passed)))
                    .as("PCP %d then %d after %d s", before, now, passed)
                    .isEqualTo(pcp(before, now, passed));
            assertThat(PxpProtocols.isLostByNatPmp(at(before, 100), at(now, 100 + passed)))
                    .as("NAT-PMP %d then %d after %d s", before, now, passed)
                    .isEqualTo(natPmp(before, now, passed));
        }
        MeasurementLog.record("G17", "100000 pairs of epochs judged as both formulas say");
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 1060, 60, false",
        "1000, 0, 60, true",
        "1000, 999, 0, false",
        "1000, 998, 0, true",
        "1000, 4600, 3600, false",
        "1000, 4400, 3600, false",
        "1000, 1000, 3600, true",
        "0, 0, 0, false",
        "4294967295, 3, 4, true"
    })
    void a_restart_is_distinguished_from_an_inaccurate_clock(long before, long now, long passed, boolean lost) {
        assertThat(PxpProtocols.isLostByPcp(at(before, 0), at(now, passed))).isEqualTo(lost);
    }
}
