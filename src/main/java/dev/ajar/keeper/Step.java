package dev.ajar.keeper;

import dev.ajar.model.GatewayId;
import java.util.List;

/** One thing to do, each a conversation with one gateway. */
sealed interface Step {
    /** Ask for mappings that are not open, of whichever gateway is there. */
    record Open(List<Kept> wanted) implements Step {}

    record Renew(Kept kept, Standing.Open open) implements Step {}

    /** Its lease has run out. */
    record End(Kept kept, Standing.Open open) implements Step {}

    /** Look whether it is still in the gateway's table. */
    record Look(Kept kept, Standing.Open open) implements Step {}

    record Remove(Leaver leaver) implements Step {}

    /** Feel the pulse of a gateway that answered last time. */
    record Feel(GatewayId gateway) implements Step {}

    /** Look for one that did not. */
    record Seek(GatewayId gateway, List<Kept> kept) implements Step {}
}
