package dev.ajar.gateway.pxp;

import dev.ajar.model.LeaseHandle;
import dev.ajar.model.MappingTraits;
import java.util.Map;

/** NAT-PMP needs no handle: the gateway tells its clients apart by address and internal port alone. */
record NatPmpClient() implements LeaseHandle {
    @Override
    public Map<String, Object> members() {
        return Map.of();
    }

    @Override
    public MappingTraits traits() {
        return PxpProtocols.MAPPINGS;
    }
}
